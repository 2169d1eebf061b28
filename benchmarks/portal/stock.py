"""A stock Wagtail site, as `wagtail start` and its tutorial make one, with the same articles. Writes the project,
fills it, and is its own `manage.py`: `python -m benchmarks.portal.stock FOLDER`."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from benchmarks.portal import words

SETTINGS = """
from pathlib import Path
BASE_DIR = Path(__file__).resolve().parent
SECRET_KEY, DEBUG, ALLOWED_HOSTS = "a benchmark keeps no secret", False, ["127.0.0.1", "localhost"]
INSTALLED_APPS = [
    "stocknews", "wagtail.contrib.forms", "wagtail.contrib.redirects", "wagtail.embeds", "wagtail.sites",
    "wagtail.users", "wagtail.snippets", "wagtail.documents", "wagtail.images", "wagtail.search", "wagtail.admin",
    "wagtail", "modelcluster", "taggit", "django_filters", "django.contrib.admin", "django.contrib.auth",
    "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware", "django.middleware.security.SecurityMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
ROOT_URLCONF = "stockurls"
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]},
}]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE, TIME_ZONE, USE_TZ = "vi", "Asia/Ho_Chi_Minh", True
STATIC_URL, MEDIA_URL, MEDIA_ROOT = "/static/", "/media/", BASE_DIR / "media"
WAGTAIL_SITE_NAME, WAGTAILADMIN_BASE_URL = "stock", "http://127.0.0.1"
LOGGING = {"version": 1, "disable_existing_loggers": True}
"""
URLS = """
from django.urls import include, path
from wagtail import urls as wagtail_urls
urlpatterns = [path("", include(wagtail_urls))]
"""
WSGI = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "stocksettings"
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""
MODELS = """
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

class ArticlePage(Page):
    intro = models.CharField(max_length=250)
    body = RichTextField(blank=True)
    picture = models.ForeignKey("wagtailimages.Image", null=True, on_delete=models.SET_NULL, related_name="+")
    content_panels = Page.content_panels + [FieldPanel("intro"), FieldPanel("body"), FieldPanel("picture")]
"""
TEMPLATE = """{% load wagtailcore_tags wagtailimages_tags wagtailuserbar %}<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>{{ page.title }}</title>
<meta name="description" content="{{ page.intro }}"><link rel="stylesheet" href="/static/site.css"></head>
<body>{% wagtailuserbar %}
<nav>{% for step in page.get_ancestors %}{% if not step.is_root %}<a href="{% pageurl step %}">{{ step }}</a>{% endif %}
{% endfor %}</nav>
<main><h1>{{ page.title }}</h1><p>{{ page.intro }}</p>{% image page.picture width-800 %}{{ page.body|richtext }}</main>
</body></html>
"""
FILES = {
    "stocksettings.py": SETTINGS, "stockurls.py": URLS, "stockwsgi.py": WSGI, "stocknews/__init__.py": "",
    "stocknews/models.py": MODELS, "stocknews/migrations/__init__.py": "",
    "stocknews/templates/stocknews/article_page.html": TEMPLATE,
}  # fmt: skip


def build(folder: Path) -> list[str]:
    """Write and fill the site if it is not there; the addresses of its articles."""
    done = folder / "done"
    if not done.exists():
        for name, text in FILES.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        subprocess.run(
            [sys.executable, "-m", "benchmarks.portal.stock", str(folder)],
            env=environment(folder),
            check=True,
        )
        done.touch()
    return [f"/bai-{number}/" for number in range(words.ARTICLES)]


def environment(folder: Path) -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[2])
    return {
        **os.environ, "PYTHONPATH": f"{folder}:{root}", "DJANGO_SETTINGS_MODULE": "stocksettings",
    }  # fmt: skip


def fill() -> None:
    import django

    django.setup()
    from django.core.files.images import ImageFile
    from django.core.management import call_command
    from wagtail.images import get_image_model
    from wagtail.models import Site

    call_command("makemigrations", "stocknews", verbosity=0)
    call_command("migrate", verbosity=0)
    from stocknews.models import ArticlePage

    pictures = []
    for number in range(words.PICTURES):
        file = ImageFile(BytesIO(words.picture(number)), name=f"{number}.jpg")
        image = get_image_model().objects.create(title=f"Tranh {number}", file=file)
        pictures.append(image)
    root = Site.objects.get().root_page
    for number in range(words.ARTICLES):
        page = ArticlePage(
            title=words.title(number), slug=f"bai-{number}", intro=words.title(number), body=words.body(number),
            picture=pictures[number % words.PICTURES],
        )  # fmt: skip
        root.add_child(instance=page)
        page.save_revision().publish()


if __name__ == "__main__":
    fill()
