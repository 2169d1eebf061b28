"""What stands at the addresses of the portal, and why a reader would not find it; read once for many links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect

from giaoban.portal.models import NoteKind, PortalFile, PortalImage, PortalPage, PortalRendition, public
from giaoban.portal.queries import files
from giaoban.portal.queries.leading import old_path

DELETED, UNPUBLISHED = _("the page was deleted"), _("the page is not published")
PRIVATE, ABOVE = _("the page is private"), _("a page above it is not public")
WITHDRAWN = _("the page was withdrawn; only its note is shown")
NO_FILE, UNSEEN_FILE = _("the file was deleted"), _("no public page shows this file")
NOTHING, INSIDE = _("nothing stands at this address"), _("readers would have to sign in")
EXTERNAL = _("another site; it was not looked at")
#: Addresses of the portal without a language that are for everybody.
ANYBODY = {"style", "sitemap", "robots"}


@dataclass(frozen=True)
class Spot:
    """A page: its title, its place in the tree, its path below the language, and why it is not public by itself."""

    title: str
    path: str
    bare: str
    shut: Any


class Ground:
    """All pages, files and old addresses at an instant. Six queries, however many links are asked about."""

    def __init__(self, at: datetime) -> None:
        shown = set(PortalPage.objects.filter(public(at)).values_list("pk", flat=True))
        rows = PortalPage.objects.values_list(
            "pk", "title", "path", "url_path", "live", "note_kind", "view_restrictions"
        )
        self.spots = {
            pk: Spot(title, path, bare(url), _shut(pk in shown, live, note, private))
            for pk, title, path, url, live, note, private in rows.order_by("path")
        }
        self._by_path = {spot.path: spot for spot in self.spots.values()}
        self._by_address = {spot.bare: pk for pk, spot in self.spots.items()}
        self._old = dict(Redirect.objects.values_list("old_path", "redirect_page"))
        self._files = set(PortalFile.objects.values_list("pk", flat=True))
        self._shown = {file for file, page in files.standing(PortalFile) if not self.reason(page)}

    @cached_property
    def _pictures(self) -> dict[str, bool]:
        """Each picture's file, and whether a public page shows it. Two queries more, if one is linked to."""
        shown = {picture for picture, page in files.standing(PortalImage) if not self.reason(page)}
        rows = PortalRendition.objects.values_list("file", "image")
        return {name: picture in shown for name, picture in rows}

    def reason(self, pk: int) -> Any:
        """Why a reader does not find this page; nothing if he does."""
        spot = self.spots.get(pk)
        if spot is None:
            return DELETED
        step = PortalPage.steplen
        above = (self._by_path.get(spot.path[:end]) for end in range(2 * step, len(spot.path), step))
        if spot.shut:
            return spot.shut
        return ABOVE if any(one and one.shut and one.shut is not WITHDRAWN for one in above) else ""

    def title(self, pk: int) -> str:
        return self.spots[pk].title if pk in self.spots else ""

    def address(self, pk: int, language: str) -> str:
        """Its path in the language, public or not."""
        return f"/{language}{self.spots[pk].bare}/".replace("//", "/") if pk in self.spots else ""

    def judge(self, kind: str, target: str, here: int, language: str) -> tuple[Any, str]:
        """Why the link of a page leads nowhere or elsewhere (nothing if it does not), and the address it shows."""
        if kind == "page":
            pk = int(target) if target.isdigit() else 0
            return self.reason(pk), self.address(pk, language)
        if kind == "document":
            return ("" if target.isdigit() and int(target) in self._files else NO_FILE), ""
        try:
            whole = urljoin(settings.SITE_URL + (self.address(here, language) or f"/{language}/"), target)
            parts = urlsplit(whole)
        except ValueError:
            return NOTHING, target
        if parts.scheme not in ("http", "https"):
            return "", target
        if f"{parts.scheme}://{parts.netloc}" != settings.SITE_URL:
            return EXTERNAL, target
        return self._at(unquote(parts.path) or "/"), target

    def _at(self, path: str) -> Any:
        """The same for an address of this site."""
        if path == "/" or path.startswith((settings.STATIC_URL, reverse("account_login"))):
            return ""
        try:
            found = resolve(path)
        except Resolver404:
            return self._led(path, NOTHING)
        if found.app_name != "portal":
            return INSIDE
        return self._in_portal(found)

    def _in_portal(self, found: ResolverMatch) -> Any:
        given = found.kwargs
        if found.url_name == "file":
            return (
                "" if given["pk"] in self._shown else UNSEEN_FILE if given["pk"] in self._files else NO_FILE
            )
        if found.url_name == "rendition":
            drawn = self._pictures.get(f"portal/{given['name']}")
            return NO_FILE if drawn is None else "" if drawn else UNSEEN_FILE
        if "path" in given:
            pk = self._by_address.get(bare(f"/x/{given['path']}"))
            reason = self.reason(pk) if pk else NOTHING
            return self._led(f"/{given['path']}", reason) if reason else ""
        if "language" in given and "pk" in given:
            return self.reason(int(given["pk"]))
        return "" if "language" in given or found.url_name in ANYBODY else INSIDE

    def _led(self, path: str, reason: Any) -> Any:
        """An old address leads on to its page, or to any other address."""
        old = old_path(path)
        if old not in self._old:
            return reason
        return self.reason(self._old[old]) if self._old[old] else ""


def bare(url_path: str) -> str:
    """The path below the front page: /portal/tin-tuc/x/ is /tin-tuc/x."""
    inside = url_path.split("/", 2)[2] if url_path.count("/") > 1 else ""
    return str(Redirect.normalise_path(f"/{inside}"))


def _shut(is_shown: bool, live: bool, note: str, private: int | None) -> Any:
    if not is_shown:
        return PRIVATE if live and private else UNPUBLISHED
    return WITHDRAWN if note == NoteKind.WITHDRAWAL else ""
