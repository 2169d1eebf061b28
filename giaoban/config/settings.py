"""Settings: everything that differs between machines comes from the environment (docs/reference/settings.md)."""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from giaoban.config.home import HOME, database, secret_key
from giaoban.config.publishing import *  # noqa: F403
from giaoban.config.publishing import PUBLISHING_APPS
from giaoban.config.security import *  # noqa: F403


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in ("1", "true", "yes")


SECRET_KEY = secret_key()
DEBUG = _flag("GIAOBAN_DEBUG")
ALLOWED_HOSTS = os.environ.get("GIAOBAN_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("GIAOBAN_ORIGINS", "").split(",") if o]
#: Where people reach the product: documents link there from each figure.
SITE_URL = os.environ.get("GIAOBAN_URL", "http://localhost:8000").rstrip("/")

#: The product's own apps, from the bottom of the staircase to the top.
GIAOBAN_APPS = [
    "core", "accounts", "units", "attendance", "documents", "notices", "agreements", "reportforms", "plans",
    "reports", "rollups", "reviews", "meetings", "portal", "desk", "programmes",
]  # fmt: skip

INSTALLED_APPS = [
    *(f"giaoban.{name}" for name in reversed(GIAOBAN_APPS)),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "csp",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    *PUBLISHING_APPS,
]

MIDDLEWARE = [
    "giaoban.portal.middleware.StoredMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "giaoban.portal.middleware.EditorMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "giaoban.accounts.middleware.PreferencesMiddleware",
    "giaoban.agreements.middleware.StandingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "giaoban.core.middleware.RefusedMiddleware",
    "giaoban.portal.middleware.OldAddressMiddleware",
]

ROOT_URLCONF = "giaoban.config.urls"
WSGI_APPLICATION = "giaoban.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "giaoban.config.navigation.context",
            ],
            "builtins": ["template_partials.templatetags.partials", "giaoban.core.templatetags.giaoban"],
        },
    }
]

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"

LANGUAGE_CODE = "vi"
LOCALE_PATHS = [Path(__file__).parent / "locale", Path(__file__).parent.parent / "lib" / "locale"]
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["giaoban.config.formats"]

STATIC_URL = "static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "giaoban.config.finders.VendorFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
MEDIA_ROOT = HOME / "media"
MEDIA_URL = "media/"
FACTS_ROOT = HOME / "facts"
PAGES_ROOT = HOME / "pages"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend"},
    "at_once": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
}

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = HOME / "outbox"
if os.environ.get("GIAOBAN_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["GIAOBAN_SMTP_HOST"]
    EMAIL_PORT = int(os.environ.get("GIAOBAN_SMTP_PORT", "25"))
    EMAIL_HOST_USER = os.environ.get("GIAOBAN_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("GIAOBAN_SMTP_PASSWORD", "")
    EMAIL_TIMEOUT = 30
    EMAIL_USE_TLS = _flag("GIAOBAN_SMTP_TLS")
#: Where answers to mails go (else to the sender), the key a mail gateway signs with ("": there is none),
#: and after how many days mails lose their addresses and texts.
MAIL_REPLY_TO = os.environ.get("GIAOBAN_MAIL_REPLY_TO", "")
MAIL_GATEWAY_KEY = os.environ.get("GIAOBAN_MAIL_GATEWAY_KEY", "")
MAIL_DAYS = int(os.environ.get("GIAOBAN_MAIL_DAYS", "365"))
DEFAULT_FROM_EMAIL = os.environ.get("GIAOBAN_MAIL_FROM", "giaoban@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
