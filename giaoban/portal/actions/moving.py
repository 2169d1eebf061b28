"""Addresses that pages used to have."""

from __future__ import annotations

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page


def remember_address(*, page: Page, before: str) -> int:
    """Lead from the old address of a page, and of all below it, to where they are; how many. The language is
    not part of it: an old address leads on in both."""
    after = Page.objects.get(pk=page.pk).url_path
    rows = []
    for pk, path in Page.objects.filter(path__startswith=page.path).values_list("pk", "url_path"):
        old = _bare(before + path.removeprefix(after))
        rows.append(
            Redirect(old_path=old, redirect_page_id=pk, automatically_created=True, is_permanent=True)
        )
    with transaction.atomic():
        now = {
            _bare(path)
            for path in Page.objects.filter(path__startswith=page.path).values_list("url_path", flat=True)
        }
        Redirect.objects.filter(old_path__in=[row.old_path for row in rows] + list(now), site=None).delete()
        Redirect.objects.bulk_create(rows)
    return len(rows)


def _bare(url_path: str) -> str:
    """The path below the front page: /portal/tin-tuc/x/ is /tin-tuc/x."""
    return Redirect.normalise_path("/" + url_path.split("/", 2)[2])
