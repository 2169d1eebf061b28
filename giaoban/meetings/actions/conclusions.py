"""Write down what the chair concludes, accept it, drop it, say what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.lifecycle import move
from giaoban.core.refused import Refused
from giaoban.meetings.actions.preparing import tidy
from giaoban.meetings.models import Conclusion, ConclusionState, Ground, Meeting, State
from giaoban.meetings.policy import CONCLUSIONS
from giaoban.reviews.models import Figure, Sentence
from giaoban.units.models import Unit

#: What a conclusion may be told, besides its supporting units.
FIELDS = ("texts", "item", "lead", "due_on", "output", "amends")
MOST_CHARACTERS = 4_000


def conclude(
    *, meeting: Meeting, texts: dict[str, str], by: Actor, at: datetime, support: Sequence[Unit] = (), **fields: Any
) -> Conclusion:  # fmt: skip
    """A conclusion, proposed, as the last of its meeting. fields: see FIELDS."""
    with transaction.atomic():
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if not CONCLUSIONS.may_in(by, "write", locked.agreement_id):
            raise Refused(_("You may not write the conclusions of this meeting."), code="right")
        if locked.state in (State.DRAFT, State.CANCELLED):
            raise Refused(_("Conclusions are written of a meeting that was announced."), code="state")
        newest = locked.conclusions.aggregate(most=Max("number"))["most"] or 0
        conclusion = Conclusion(meeting=locked, number=newest + 1, changed_by=by.actor_id, changed_at=at)
        _fill(conclusion, {"texts": texts} | fields, support)
        conclusion.save()
        conclusion.support.set(support)
        audit.record(subject=conclusion, verb="conclude", by=by, at=at, detail={"meeting": locked.pk})
    return conclusion


@contextmanager
def changing(
    conclusion: Conclusion, verb: str, *, edition: int | None, by: Actor, at: datetime
) -> Iterator[tuple[Conclusion, dict[str, Any]]]:
    """Lock a conclusion that is still proposed; a writer with an older edition is told."""
    with transaction.atomic():
        locked = Conclusion.objects.select_for_update().select_related("meeting").get(pk=conclusion.pk)
        if not CONCLUSIONS.may(by, "write", locked):
            raise Refused(_("You may not write the conclusions of this meeting."), code="right")
        if locked.state != ConclusionState.PROPOSED:
            raise Refused(
                _("This conclusion is %(state)s; propose it again before you change it.")
                % {"state": locked.get_state_display()}, code="state",
            )  # fmt: skip
        if edition is not None and locked.edition != edition:
            raise Refused(
                _("Somebody else has changed this conclusion since you opened it. Your words were not saved: "
                  "copy them, reload the page and look."),
                code="edition",
            )  # fmt: skip
        detail: dict[str, Any] = {}
        yield locked, detail
        locked.edition += 1
        locked.changed_by, locked.changed_at = by.actor_id, at
        locked.save()
        audit.record(subject=locked, verb=verb, by=by, at=at, detail=detail)


def change_conclusion(
    *, conclusion: Conclusion, edition: int, by: Actor, at: datetime, support: Sequence[Unit] | None = None,
    **fields: Any,
) -> Conclusion:  # fmt: skip
    """Other words, units or dates. fields: see FIELDS."""
    with changing(conclusion, "change conclusion", edition=edition, by=by, at=at) as (locked, detail):
        chosen = list(locked.support.all()) if support is None else list(support)
        detail["fields"] = _fill(locked, fields, chosen)
        if support is not None:
            locked.support.set(support)
    return locked


def _fill(conclusion: Conclusion, fields: dict[str, Any], support: Sequence[Unit]) -> list[str]:
    unknown = fields.keys() - set(FIELDS)
    if unknown:
        raise TypeError(f"A conclusion has no {sorted(unknown)}.")
    given = dict(fields)
    if "texts" in given:
        given["texts"] = _words(given["texts"])
    if "output" in given:
        given["output"] = tidy(given["output"])
    before = {name: getattr(conclusion, name) for name in FIELDS}
    for name, value in given.items():
        setattr(conclusion, name, value)
    if conclusion.item is not None and conclusion.item.meeting_id != conclusion.meeting_id:
        raise Refused(_("This item is not on the agenda of this meeting."), field="item")
    if conclusion.due_on is not None and conclusion.due_on < conclusion.meeting.starts_at.date():
        raise Refused(_("A conclusion is due after its meeting."), field="due_on")
    if conclusion.lead is not None and conclusion.lead in support:
        raise Refused(_("The lead unit does not support itself."), field="support")
    return sorted(name for name in FIELDS if getattr(conclusion, name) != before[name])


def _words(texts: dict[str, str]) -> dict[str, str]:
    kept = {language: tidy(text) for language, text in texts.items() if text.strip()}
    if not kept:
        raise Refused(_("Write what was concluded."), field="text_vi")
    if any(len(text) > MOST_CHARACTERS for text in kept.values()):
        raise Refused(_("This is too long for one conclusion; divide it."), field="text_vi")
    return kept


def shift_conclusion(*, conclusion: Conclusion, step: int, by: Actor, at: datetime) -> Conclusion:
    """Move a conclusion up (step -1) or down (step 1); numbers stay 1, 2, 3 …"""
    with changing(conclusion, "order conclusions", edition=None, by=by, at=at) as (locked, detail):
        rows = list(
            Conclusion.objects.select_for_update().filter(meeting=locked.meeting_id).order_by("number")
        )
        here = next(n for n, row in enumerate(rows) if row.pk == locked.pk)
        if not 0 <= here + step < len(rows):
            raise Refused(_("It is already at the edge of the list."))
        other = rows[here + step]
        mine, theirs = locked.number, other.number
        Conclusion.objects.filter(pk=locked.pk).update(number=30_000)
        Conclusion.objects.filter(pk=other.pk).update(number=mine)
        locked.number = theirs
        detail |= {"step": step, "with": other.pk}
    return locked


def accept(*, conclusion: Conclusion, by: Actor, at: datetime) -> Conclusion:
    """The chair has concluded so."""
    return move(conclusion, "accept", by=by, at=at, policy=CONCLUSIONS, change=_touch(by, at))


def repropose(*, conclusion: Conclusion, reason: str, by: Actor, at: datetime) -> Conclusion:
    """Back to a proposal, to be changed."""
    return move(
        conclusion, "repropose", by=by, at=at, policy=CONCLUSIONS, reason=reason, change=_touch(by, at)
    )


def drop(*, conclusion: Conclusion, reason: str, by: Actor, at: datetime) -> Conclusion:
    """It is not concluded; it stays in the trail."""
    return move(conclusion, "drop", by=by, at=at, policy=CONCLUSIONS, reason=reason, change=_touch(by, at))


def _touch(by: Actor, at: datetime) -> Callable[[Conclusion], None]:
    def change(row: Conclusion) -> None:
        row.edition += 1
        row.changed_by, row.changed_at = by.actor_id, at

    return change


def rest_on(
    *, conclusion: Conclusion, by: Actor, at: datetime, figure: Figure | None = None, sentence: Sentence | None = None
) -> Ground:  # fmt: skip
    """Say that a conclusion rests on a figure, or on a sentence, of a review of the same agreement."""
    if (figure is None) == (sentence is None):
        raise TypeError("One figure, or one sentence.")
    review = figure.review if figure else sentence.block.section.review  # type: ignore[union-attr]
    with changing(conclusion, "rest on", edition=None, by=by, at=at) as (locked, detail):
        if review.agreement_id != locked.meeting.agreement_id:
            raise Refused(_("This review belongs to another agreement."), field="place")
        ground, _made = Ground.objects.get_or_create(conclusion=locked, figure=figure, sentence=sentence)
        detail["ground"] = ground.pk
    return ground


def rest_no_more(*, ground: Ground, by: Actor, at: datetime) -> None:
    """Take a figure or sentence away from under a conclusion."""
    with changing(ground.conclusion, "rest no more", edition=None, by=by, at=at) as (_locked, detail):
        detail["ground"] = ground.pk
        Ground.objects.filter(pk=ground.pk).delete()
