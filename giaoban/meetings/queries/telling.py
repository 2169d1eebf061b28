"""What of a meeting may be told to everybody: for the public portal. Nothing of a meeting in draft or called off."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet

from giaoban.meetings.models import AgendaVersion, Audience, Contribution, PaperVersion, State
from giaoban.meetings.queries.agenda import Line
from giaoban.meetings.queries.extras import SHOWN

TOLD = (State.ANNOUNCED, State.OPEN, State.HELD, State.CLOSED)


def agenda_of(meeting: int) -> list[Line]:
    """The agenda as it was last published. One query."""
    rows = AgendaVersion.objects.filter(meeting=meeting, meeting__state__in=TOLD)
    newest = rows.order_by("-number").first()
    return [Line.of(kept) for kept in newest.lines] if newest else []


def contributions_of(meeting: int) -> QuerySet[Contribution]:
    """Those on the list, in their order. One query."""
    rows = Contribution.objects.filter(meeting=meeting, meeting__state__in=TOLD, state__in=SHOWN)
    return rows.select_related("unit")


def papers_of(meeting: int) -> list[PaperVersion]:
    """The newest file of each paper that is meant for everybody, those under embargo among them: ask
    `paper.is_open(at)` before telling of one. One query."""
    rows = _for_everybody().filter(paper__meeting=meeting)
    place = F("paper__item__position").asc(nulls_last=True)
    return list({row.paper_id: row for row in rows.order_by(place, "paper", "number")}.values())


def open_paper(pk: int, *, at: datetime) -> PaperVersion | None:
    """The newest file of a paper, if everybody may read it then."""
    found = _for_everybody().filter(paper=pk).order_by("-number").first()
    return found if found and found.paper.is_open(at) else None


def _for_everybody() -> QuerySet[PaperVersion]:
    rows = PaperVersion.objects.filter(paper__audience=Audience.PUBLIC, paper__withdrawn_at=None)
    return rows.filter(paper__meeting__state__in=TOLD).select_related("paper__meeting", "document")
