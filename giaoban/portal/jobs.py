"""What the portal does by itself: planned pages come and go, and what was published is kept as bytes;
the search is mended, readers' requests are reminded of, their addresses forgotten."""

from __future__ import annotations

import time
from datetime import datetime
from functools import cache, partial
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from PIL import features

from giaoban.core.actors import System
from giaoban.core.jobs import every
from giaoban.portal.actions import correcting
from giaoban.portal.actions.finding import learn
from giaoban.portal.actions.knocking import forget_knocks
from giaoban.portal.actions.scheduling import publish_due
from giaoban.portal.models import PortalImage
from giaoban.portal.pictures import SLOW, make_renditions
from giaoban.portal.queries import browsing, words
from giaoban.portal.queries.finding import lacking
from giaoban.portal.stored.shelf import shelf

#: One run makes no more; the rest is made when somebody asks for it.
MOST_SECONDS = 20.0


@every(minutes=1)
def publish_planned(at: datetime) -> None:
    """Pages whose instant has come or gone, where no reader came first."""
    publish_due(by=System("portal"), at=at)


@task()
def keep_pages() -> None:
    """Make the bytes of the open pages that are not kept, the lists first, then the newest pages."""
    until = time.monotonic() + MOST_SECONDS
    pages = browsing.open_pages(at=timezone.now()).order_by("depth", "-last_published_at")
    paths = [page.address(code) for page in pages.iterator() for code in ("vi", "en")]
    for path in [*paths[:2], "/sitemap.xml", "/vi/rss.xml", "/en/rss.xml", *paths[2:]]:
        if time.monotonic() > until:
            return
        if shelf().find(path) is None:
            ask(path)


@task()
def make_slow_renditions(pk: int) -> None:
    """The smallest form of a picture, which takes a second or two to make."""
    image = PortalImage.objects.filter(pk=pk).first()
    if image is not None and features.check("avif"):
        make_renditions(image, SLOW)


def pictures_of(pk: int) -> None:
    """Enqueue them once the picture is really there."""
    transaction.on_commit(partial(make_slow_renditions.enqueue, pk))


def soon() -> None:
    """Enqueue `keep_pages` once the transaction is through, if none waits already."""
    transaction.on_commit(_enqueue)


def _enqueue() -> None:
    waiting = DBTaskResult.objects.filter(
        task_path=keep_pages.module_path, status=TaskResultStatus.READY
    ).exists()
    if not waiting:
        keep_pages.enqueue()


def ask(path: str) -> int:
    """Ask for a page as a reader would; returns the status."""
    site = urlsplit(settings.SITE_URL)
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "",
        "SERVER_NAME": site.hostname or "localhost", "SERVER_PORT": str(site.port or 80),
        "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": site.netloc, "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(), "wsgi.errors": BytesIO(), "CONTENT_LENGTH": "0",
    }  # fmt: skip
    told: list[Any] = []
    answer = _django()(environ, lambda status, headers, *more: told.append(status))
    for _part in answer:
        pass
    if hasattr(answer, "close"):
        answer.close()
    return int(told[0].split()[0])


@cache
def _django() -> Any:
    return get_wsgi_application()


@every(hours=1)
def learn_what_is_missing(at: datetime) -> None:
    """The search takes in pages it does not know: after an upgrade, or when its table was lost."""
    while missing := lacking(most=500):
        if not learn(missing):
            return


@every(hours=24)
def tidy_words(at: datetime) -> None:
    """What the search learned page by page is put together, so that questions stay quick."""
    words.tidy()


@every(hours=1)
def forget_addresses(at: datetime) -> None:
    """The key of yesterday goes, and with it what it made of addresses."""
    forget_knocks(at=at)


@every(hours=24)
def keep_promises_to_readers(at: datetime) -> None:
    """Requests that waited too long are told; addresses of readers are erased after their term."""
    correcting.remind(at=at)
    correcting.erase_readers(at=at)
