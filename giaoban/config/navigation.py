"""The menu: every app's places, with the right that shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models import Agreement
from giaoban.agreements.policy import AGREEMENTS, Policy
from giaoban.portal.policy import PORTAL


@dataclass(frozen=True)
class Entry:
    """One line of the menu. policy and right: who sees it (none: everybody signed in)."""

    label: Any
    url_name: str
    right: str = ""
    policy: Policy = AGREEMENTS


#: Places that belong to no agreement.
WORKSPACE = (
    Entry(_("Home"), "desk:home"),
    Entry(_("Notices"), "notices:inbox"),
    Entry(_("Agreements"), "agreements:index"),
    Entry(_("Units"), "units:index"),
    Entry(_("Accounts"), "agreements:everybody", "create"),
    Entry(_("House templates"), "agreements:house", "create"),
    Entry(_("Outgoing mail"), "notices:outbox", "create"),
    Entry(_("Replies by mail"), "notices:replies", "manage_people"),
    Entry(_("Public portal"), "portal:desk", "write", PORTAL),
    Entry(_("Search"), "desk:search"),
)

#: Places of one agreement; their addresses take its code.
AGREEMENT = (
    Entry(_("Overview"), "agreements:overview", "read"),
    Entry(_("Articles"), "agreements:text", "read"),
    Entry(_("Papers"), "agreements:papers", "read"),
    Entry(_("Plans"), "plans:index", "read"),
    Entry(_("Tasks"), "plans:tasks", "read"),
    Entry(_("Activities"), "plans:activities", "read"),
    Entry(_("Targets"), "plans:targets", "read"),
    Entry(_("Reports"), "reports:index", "read"),
    Entry(_("Explore figures"), "rollups:explore", "read"),
    Entry(_("Reviews"), "reviews:index", "read"),
    Entry(_("Meetings"), "meetings:index", "read"),
    Entry(_("Conclusions"), "meetings:all-conclusions", "read"),
    Entry(_("Indicators"), "reportforms:indicators", "read"),
    Entry(_("Report forms"), "reportforms:forms", "read"),
    Entry(_("Reporting regimes"), "reportforms:regimes", "read"),
    Entry(_("People and roles"), "agreements:people", "manage_people"),
)


@dataclass(frozen=True)
class Place:
    """A line as shown: is_here marks the branch the reader is in, is_page the page itself."""

    label: Any
    url: str
    is_here: bool
    is_page: bool


@dataclass(frozen=True)
class Group:
    title: Any
    places: list[Place]


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the text size of the reader, and the function that {% places %} calls."""
    return {"text_size": getattr(request, "text_size", "normal"), "navigation": _finder(request)}


def _finder(request: HttpRequest) -> Callable[[Any], list[Group]]:
    def find(agreement: Any = None) -> list[Group]:
        if not getattr(request, "by", None) or not request.user.is_authenticated:
            return []
        groups = [Group(_("Workspace"), _places(request, WORKSPACE, None))]
        agreement = agreement if isinstance(agreement, Agreement) else _only_one(request)
        if agreement is not None:
            groups.append(Group(str(agreement), _places(request, AGREEMENT, agreement)))
        return [group for group in groups if group.places]

    return find


def _only_one(request: HttpRequest) -> Agreement | None:
    """Who works in one agreement has its places before him on every page."""
    held = {m.agreement_id: m.agreement for m in request.by.memberships}  # type: ignore[attr-defined]
    return next(iter(held.values())) if len(held) == 1 else None


def _places(request: HttpRequest, entries: tuple[Entry, ...], agreement: Agreement | None) -> list[Place]:
    found = []
    for entry in entries:
        url = _address(entry, agreement)
        if url and _may(request, entry, agreement):
            found.append((entry.label, url))
    here = _nearest(request.path, [url for _label, url in found])
    return [Place(label, url, url == here, url == request.path) for label, url in found]


def _address(entry: Entry, agreement: Agreement | None) -> str:
    try:
        return reverse(entry.url_name, args=[agreement.code] if agreement else [])
    except NoReverseMatch:
        return ""


def _may(request: HttpRequest, entry: Entry, agreement: Agreement | None) -> bool:
    if not entry.right:
        return True
    if agreement is None:
        return any(m.role == g.role for m in request.by.memberships for g in entry.policy.rights[entry.right])  # type: ignore[attr-defined]
    return entry.policy.may_in(request.by, entry.right, agreement.pk)  # type: ignore[attr-defined]


def _nearest(path: str, urls: list[str]) -> str:
    """The longest address that the page lies under."""
    under = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(under, key=len, default="")
