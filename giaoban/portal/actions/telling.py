"""Editors tell each other about a page: its comments, what became of its approval. As notices, so that each comes
in the receiver's language, waits in his inbox, and goes by mail where he wants that kind by mail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from giaoban.accounts.models import User
from giaoban.core.actors import Actor, System
from giaoban.notices.actions import tell
from giaoban.portal.models import PortalPage
from giaoban.portal.queries.editing import takers

COMMENT, APPROVAL, STEP = "portal.comment", "portal.approval", "portal.step"
#: What was done with a comment -> the sentence.
COMMENTED: dict[str, Callable[[], str]] = {
    "new": lambda: _("%(who)s comments on “%(page)s”: %(words)s"),
    "reply": lambda: _("%(who)s replies to a comment on “%(page)s”: %(words)s"),
    "resolved": lambda: _("%(who)s has settled a comment on “%(page)s”: %(words)s"),
    "deleted": lambda: _("%(who)s has deleted a comment on “%(page)s”: %(words)s"),
}
DECIDED: dict[str, Callable[[], str]] = {
    "approved": lambda: _("“%(page)s” was approved."),
    "rejected": lambda: _("“%(page)s” was returned for changes: %(words)s"),
}


def tell_of_comment(
    *, page: PortalPage, what: str, words: str, people: Iterable[User], by: User, at: datetime
) -> None:
    """Something was said beside the page. what: a key of COMMENTED; words: the comment or the reply."""
    _tell(COMMENTED[what], page, words, people, kind=COMMENT, by=by, at=at, who=str(by))


def tell_of_decision(
    *, page: PortalPage, what: str, words: str, people: Iterable[User], by: Actor, at: datetime
) -> None:
    """Its approval came to an end. what: a key of DECIDED; words: why it was returned."""
    _tell(DECIDED[what], page, words or "–", people, kind=APPROVAL, by=by, at=at)


def tell_of_step(*, page: PortalPage, right: str, by: User | None, at: datetime) -> None:
    """It waits for the next step of its approval, which needs that right."""
    people = takers(page, right, but=by, day=localdate(at))
    _tell(
        lambda: _("“%(page)s” waits for your approval."), page, "", people, kind=STEP, by=by or System("portal"), at=at
    )  # fmt: skip


def _tell(
    sentence: Callable[[], str], page: PortalPage, words: str, people: Iterable[User], *, kind: str, by: Actor,
    at: datetime, **named: Any,
) -> None:  # fmt: skip
    title = Truncator(page.draft_title or page.title).chars(90)
    given = {"page": title, "words": Truncator(" ".join(words.split())).chars(120), **named}
    tell(
        people=people, sentence=lambda: sentence() % given, about=("portal.portalpage", page.pk), by=by, at=at,
        kind=kind, url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )  # fmt: skip
