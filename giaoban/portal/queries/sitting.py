"""A meeting as the public may see it at an instant: its agenda, the papers that are open, who has something to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from giaoban.meetings.models import PaperVersion
from giaoban.meetings.queries import telling
from giaoban.meetings.queries.agenda import Line
from giaoban.portal.models import LANGUAGES, MeetingPage, Words
from giaoban.portal.models.noting import holds_until


@dataclass(frozen=True)
class Item:
    """An item of the agenda in the reader's language. is_now: it is on."""

    title: Words
    line: Line
    is_now: bool


@dataclass(frozen=True)
class Paper:
    """A paper that everybody may read, in its newest version."""

    title: Words
    version: PaperVersion


def sitting(page: MeetingPage, asked: Any) -> dict[str, Any]:
    """Three queries at most. What is being made holds until an item begins or ends, or an embargo does."""
    meeting = page.of_meeting
    if meeting is None or page.is_cancelled:
        return {}
    return {
        "agenda": _agenda(telling.agenda_of(meeting), asked) if page.shows_agenda else [],
        "papers": _papers(telling.papers_of(meeting), asked),
        "contributions": list(telling.contributions_of(meeting)) if page.shows_contributions else [],
    }


def _agenda(lines: list[Line], asked: Any) -> list[Item]:
    """An item is on from its beginning to its end; where two overlap, the one that began last."""
    _holds(asked.at, [instant for line in lines for instant in (line.begins, line.ends)])
    on = [line for line in lines if line.begins <= asked.at < line.ends]
    now = max(on, key=lambda line: line.begins, default=None)
    return [Item(_spoken(line.titles, asked.language), line, line is now) for line in lines]


def _papers(versions: list[PaperVersion], asked: Any) -> list[Paper]:
    _holds(asked.at, [v.paper.readable_from for v in versions])
    return [Paper(_spoken(v.paper.titles, asked.language), v) for v in versions if v.paper.is_open(asked.at)]


def _holds(at: datetime, instants: list[datetime | None]) -> None:
    for instant in instants:
        if instant is not None and instant > at:
            holds_until(instant)


def _spoken(titles: Mapping[str, str], language: str) -> Words:
    """The title in the reader's language, else in the other."""
    codes = (language, *(code for code in LANGUAGES if code != language))
    return next((Words(titles[code], code) for code in codes if titles.get(code)), Words("", language))
