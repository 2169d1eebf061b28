"""Addresses that pages used to have."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
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


def shorten(*, redirect: Redirect) -> int:
    """Who led to this old address leads where it leads, in one step; how many."""
    here = [
        f"{settings.SITE_URL}{start}{redirect.old_path}{end}"
        for start in ("", "/vi", "/en")
        for end in ("", "/")
    ]
    rows = list(Redirect.objects.filter(redirect_link__in=here))
    with transaction.atomic():
        for row in rows:
            row.redirect_page, row.redirect_link = redirect.redirect_page, redirect.redirect_link
            row.save()
            log(instance=row, action="wagtail.edit")
    return len(rows)


def _bare(url_path: str) -> str:
    """The path below the front page: /portal/tin-tuc/x/ is /tin-tuc/x."""
    return Redirect.normalise_path("/" + url_path.split("/", 2)[2])
