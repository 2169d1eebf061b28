"""The tabs of a meeting's pages: a table. Each part of the app adds its line.

A tab leads to an address name that takes agreement code and meeting; `shown` decides from the rights
the reader has (`Rights`), without a query.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from giaoban.core.actors import Actor
from giaoban.meetings.models import Meeting
from giaoban.meetings.policy import MEETINGS


@dataclass(frozen=True)
class Rights:
    """What the reader may with this meeting. Every right of a meeting reaches the whole agreement."""

    by: Actor
    meeting: Meeting

    def may(self, right: str) -> bool:
        return MEETINGS.may_in(self.by, right, self.meeting.agreement_id)


@dataclass(frozen=True)
class Tab:
    label: Any
    url_name: str
    shown: Callable[[Rights], bool] = lambda rights: True


TABS: list[Tab] = [
    Tab(pgettext_lazy("meeting", "Overview"), "meetings:meeting"),
    Tab(_("Delegations"), "meetings:delegations"),
    Tab(_("Delegates"), "meetings:delegates"),
    Tab(pgettext_lazy("meeting", "Check-in"), "meetings:check-in", lambda rights: rights.may("read_draft")),
    Tab(_("Agenda"), "meetings:agenda"),
    Tab(pgettext_lazy("meeting", "Papers"), "meetings:papers"),
    Tab(_("Minutes"), "meetings:minutes"),
    Tab(_("Conclusions"), "meetings:conclusions"),
    Tab(_("Contributions"), "meetings:contributions"),
    Tab(_("Photographs"), "meetings:photos"),
    Tab(_("Questions and survey"), "meetings:questions", lambda rights: rights.may("read_draft")),
    Tab(_("Figures and file"), "meetings:figures", lambda rights: rights.may("read_draft")),
    Tab(_("History"), "meetings:history", lambda rights: rights.may("read_draft")),
]


def tabs_of(meeting: Meeting, by: Actor) -> list[tuple[Any, str]]:
    """Label and address of each tab the reader has."""
    rights = Rights(by, meeting)
    args = [meeting.agreement.code, meeting.pk]
    return [(tab.label, reverse(tab.url_name, args=args)) for tab in TABS if tab.shown(rights)]
