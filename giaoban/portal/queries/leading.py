"""Old addresses, and where they lead in the end: to a page or an address, in one step, never back to themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from giaoban.core.refused import Refused
from giaoban.portal.queries import browsing

_LANGUAGE = re.compile(r"/(?:vi|en)(?=/|$)")
#: Where it leads: a page, or else an address.
End = tuple[Page | None, str]


def old_path(address: str) -> str:
    """An old address as it is kept: without this site, without the language, since it leads on in both."""
    kept = Redirect.normalise_path(address.strip().removeprefix(settings.SITE_URL) or "/")
    return _LANGUAGE.sub("", kept, count=1) or "/"


@dataclass(frozen=True)
class Led:
    """Where somebody is led, and whether for good."""

    address: str
    for_good: bool


def led_to(address: str, language: str, *, at: datetime) -> Led | None:
    """Where an old address leads: with the question behind it if that was kept, else without."""
    if "\x00" in address:
        return None
    old = old_path(address)
    rows = Redirect.objects.filter(old_path__in={old, old.partition("?")[0]}).order_by("-old_path")
    for row in rows:
        if row.redirect_page_id is None:
            return Led(row.redirect_link, row.is_permanent)
        page = browsing.open_pages(at=at).filter(pk=row.redirect_page_id).first()
        if page is not None:
            return Led(page.address(language), row.is_permanent)
    return None


def end_of(old: str, page: Page | None, link: str, *, at: datetime) -> End:
    """Where an old address shall lead. Refuses loops, addresses where a page stands, and those where nothing does."""
    if bool(page) == bool(link):
        raise Refused(_("Say where it leads: choose a page, or write an address. Not both."))
    standing = browsing.page_at(old.lstrip("/"), at=at)
    if standing is not None:
        sentence = _("The page “%(title)s” stands at this address: nobody would be led on.")
        raise Refused(sentence % {"title": standing.page.title}, field="old_path")
    return (page, "") if page else _followed(old, link, at=at)


def _followed(old: str, link: str, *, at: datetime) -> End:
    """The page or address at the end of the way that begins at this address."""
    passed = {old}
    while True:
        try:
            parts = urlsplit(link)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https", "") or not (parts.netloc or link.startswith("/")):
            raise Refused(
                _("An address begins with https://, or with / for this site."), field="redirect_link"
            )
        if parts.netloc and f"{parts.scheme}://{parts.netloc}" != settings.SITE_URL:
            return None, link
        here = old_path(link)
        if here in passed:
            raise Refused(
                _("This leads back to itself. Choose another page or address."), field="redirect_link"
            )
        passed.add(here)
        found = browsing.page_at(here.lstrip("/"), at=at) if _LANGUAGE.match(parts.path) else None
        if found is not None:
            return found.page.page_ptr, ""
        further = Redirect.objects.filter(old_path=here).select_related("redirect_page").first()
        if further is None:
            return None, _outside_the_tree(link, parts.path)
        if further.redirect_page is not None:
            return further.redirect_page, ""
        link = further.redirect_link


def _outside_the_tree(link: str, path: str) -> str:
    if _LANGUAGE.match(path) and not path.endswith((".xml", ".json", ".html")):
        raise Refused(_("Nothing stands at %(address)s.") % {"address": path}, field="redirect_link")
    return link if link.startswith("http") else settings.SITE_URL + link
