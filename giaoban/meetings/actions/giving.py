"""What becomes of conclusions: tasks of the next plan, a direction block in a review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import formats, translation
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.lifecycle import move
from giaoban.core.refused import Refused
from giaoban.lib.text import pick
from giaoban.meetings.models import STANDING, Conclusion, ConclusionState, Meeting
from giaoban.meetings.policy import CONCLUSIONS
from giaoban.meetings.queries.conclusions import Followed, followed
from giaoban.plans.actions import give_task
from giaoban.plans.models import Task
from giaoban.reviews.actions import blocks, sentences
from giaoban.reviews.models import Review, Sentence
from giaoban.reviews.picking import Picked, Source


def give_tasks(
    *, meeting: Meeting, year: int, by: Actor, at: datetime, chosen: Sequence[Conclusion] | None = None
) -> list[Task]:
    """Make a task of the year's plan of every accepted conclusion (or of the chosen ones): all or none.

    Each needs a lead unit and a due date; which ones lack them is told.
    """
    with transaction.atomic():
        rows = Conclusion.objects.select_for_update(of=("self",)).filter(
            meeting=meeting, state=ConclusionState.ACCEPTED
        )
        wanted = list(rows.select_related("lead", "meeting__agreement").order_by("number"))
        if chosen is not None:
            names = {row.pk for row in chosen}
            wanted = [row for row in wanted if row.pk in names]
        if not wanted:
            raise Refused(_("There is no accepted conclusion that is not a task yet."), code="state")
        _complete(wanted)
        return [_give(row, year, by, at) for row in wanted]


def _complete(rows: Sequence[Conclusion]) -> None:
    for missing, sentence in (
        ([row for row in rows if row.lead is None], _("Name the lead unit of: %(numbers)s.")),
        ([row for row in rows if row.due_on is None], _("Give the due date of: %(numbers)s.")),
    ):
        if missing:
            raise Refused(
                sentence % {"numbers": ", ".join(str(row.number) for row in missing)}, code="incomplete"
            )


def _give(conclusion: Conclusion, year: int, by: Actor, at: datetime) -> Task:
    given: list[Task] = []

    def change(row: Conclusion) -> dict[str, Any]:
        given.append(
            give_task(
                agreement=conclusion.meeting.agreement, year=year, titles=row.texts, lead=conclusion.lead,
                support=tuple(row.support.all()), due_on=row.due_on, output=row.output, origin="conclusion",
                origin_ref=row.ref, by=by, at=at,
            )
        )  # fmt: skip
        return {"task": given[0].pk}

    move(conclusion, "give", by=by, at=at, policy=CONCLUSIONS, change=change)
    return given[0]


def write_direction(*, meeting: Meeting, review: Review, by: Actor, at: datetime) -> list[Sentence]:
    """Write what the meeting concluded into the section "direction" of a draft, one sentence for each.

    The source of each is its conclusion, and the task that came of it.
    """
    rows = Conclusion.objects.filter(meeting=meeting, state__in=STANDING)
    concluded = list(
        rows.select_related("lead", "meeting__agreement").prefetch_related("support").order_by("number")
    )
    if not concluded:
        raise Refused(_("This meeting has no accepted conclusion yet."), code="state")
    section = review.sections.filter(code="direction").first()
    if section is None or review.agreement_id != meeting.agreement_id:
        raise Refused(_("This review has no section for the direction of the next period."), field="review")
    with transaction.atomic():
        block = blocks.add_paragraph(review=review, section=section, by=by, at=at)
        picked = [_picked(each, review.language) for each in followed(concluded)]
        written = sentences.put(review=review, block=block, picked=picked, by=by, at=at)
        detail = {"review": review.pk, "block": block.pk}
        audit.record(subject=meeting, verb="write direction", by=by, at=at, detail=detail)
    return written


def _picked(each: Followed, language: str) -> Picked:
    row = each.conclusion
    with translation.override(language):
        told = {"number": row.number, "meeting": pick(row.meeting.titles, language)}
        label = _("conclusion %(number)s, %(meeting)s") % told
    task = each.task.pk if each.task else None
    source = Source(None, "", label[:300], task=task, address=row.get_absolute_url())
    return Picked(direction(row, language).replace("{{", "{ {").replace("}}", "} }"), (source,))


def direction(conclusion: Conclusion, language: str) -> str:
    """One sentence of the direction block: what, who, until when."""
    with translation.override(language):
        text = pick(conclusion.texts, language).rstrip(" .;")
        told = []
        if conclusion.lead:
            told.append(_("lead: %(unit)s") % {"unit": conclusion.lead.name})
        if supporting := [unit.name for unit in conclusion.support.all()]:
            told.append(_("support: %(units)s") % {"units": ", ".join(supporting)})
        if conclusion.due_on:
            told.append(
                _("due %(day)s") % {"day": formats.date_format(conclusion.due_on, "SHORT_DATE_FORMAT")}
            )
    return f"{text} ({'; '.join(told)})." if told else f"{text}."
