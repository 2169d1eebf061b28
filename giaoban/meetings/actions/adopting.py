"""The round among the delegations, and the signature."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.lifecycle import move
from giaoban.core.refused import Refused
from giaoban.documents.models import PaperType
from giaoban.lib.text import nfc
from giaoban.meetings.actions.filing import keep_files, register
from giaoban.meetings.actions.telling import tell_units
from giaoban.meetings.models import AgendaItem, Answer, AnswerState, Minutes, MinutesState
from giaoban.meetings.policy import ANSWERS, MINUTES
from giaoban.meetings.queries import minutes as queries
from giaoban.meetings.queries.composing import minutes_paper
from giaoban.meetings.queries.delegations import delegation_units
from giaoban.units.models import Unit


def _day_of(minutes: Minutes, at: datetime) -> date:
    """The day of an instant where the agreement counts its days."""
    return at.astimezone(ZoneInfo(minutes.meeting.agreement.timezone)).date()


def circulate(*, minutes: Minutes, answer_by: date, by: Actor, at: datetime) -> Minutes:
    """Send the minutes to the delegations, who answer until that day."""
    if answer_by < _day_of(minutes, at):
        raise Refused(_("This day has passed."), field="answer_by")

    def change(locked: Minutes) -> dict[str, Any]:
        if not any(queries.written(locked)):
            raise Refused(_("Nothing is written in these minutes yet."), code="state")
        if locked.answers.filter(state=AnswerState.ASKED).exists():
            raise Refused(
                _("Say first of each change that was asked for whether it is taken up."), code="state"
            )
        locked.answer_by = answer_by
        locked.round += 1
        return {"round": locked.round}

    def sentence() -> str:
        told = {"meeting": str(minutes.meeting), "day": date_format(answer_by, "SHORT_DATE_FORMAT")}
        return _("The minutes are with you: %(meeting)s. Agree, or ask for a change, until %(day)s.") % told

    with transaction.atomic():
        sent = move(minutes, "circulate", by=by, at=at, policy=MINUTES, change=change)
        sent.meeting = minutes.meeting
        units = delegation_units(sent.meeting)
        tell_units(sent.meeting, units, sentence, sent.get_absolute_url(), by=by, at=at)
    return sent


def revise(*, minutes: Minutes, reason: str, by: Actor, at: datetime) -> Minutes:
    """Take the minutes back to change them; the delegations are asked again afterwards."""
    return move(minutes, "revise", by=by, at=at, policy=MINUTES, reason=reason)


def answer(
    *, minutes: Minutes, unit: Unit, agrees: bool, by: Actor, at: datetime, text: str = "",
    item: AgendaItem | None = None,
) -> Answer:  # fmt: skip
    """A delegation's answer of this round; it may be given anew until the last day."""
    with transaction.atomic():
        locked = Minutes.objects.select_for_update().select_related("meeting__agreement").get(pk=minutes.pk)
        if unit.pk not in queries.may_answer_for(by, locked):
            raise Refused(_("You do not answer for this unit."), code="right")
        if locked.state != MinutesState.CIRCULATED:
            raise Refused(_("The minutes are not with the delegations now."), code="state")
        if locked.answer_by is not None and _day_of(locked, at) > locked.answer_by:
            raise Refused(_("The last day for answers has passed."), code="late")
        words = nfc(text.strip())
        if not agrees and not words:
            raise Refused(_("Say what should be changed."), field="text")
        if item is not None and item.meeting_id != locked.meeting_id:
            raise Refused(_("This item is not on the agenda of this meeting."), field="item")
        given = {"text": "" if agrees else words, "item": None if agrees else item}
        before = Answer.objects.filter(minutes=locked, unit=unit, round=locked.round).first()
        if before is not None:
            return _answer_anew(before, agrees, given, by, at)
        state = AnswerState.AGREED if agrees else AnswerState.ASKED
        made = Answer.objects.create(
            minutes=locked, unit=unit, round=locked.round, state=state, author=by.actor_id, at=at, **given
        )
        audit.record(subject=made, verb="answer minutes", by=by, at=at, detail={"to": state, "unit": unit.pk})
    return made


def _answer_anew(before: Answer, agrees: bool, given: dict[str, Any], by: Actor, at: datetime) -> Answer:
    def change(row: Answer) -> None:
        row.text, row.item, row.author, row.at, row.reply = given["text"], given["item"], by.actor_id, at, ""

    return move(before, "agree" if agrees else "ask", by=by, at=at, policy=ANSWERS, change=change)


def take_up(*, answer: Answer, by: Actor, at: datetime) -> Answer:
    """The change that was asked for is, or will be, in the minutes."""
    return move(answer, "take up", by=by, at=at, policy=ANSWERS)


def decline(*, answer: Answer, reason: str, by: Actor, at: datetime) -> Answer:
    """The change is not made; the delegation reads why."""

    def change(locked: Answer) -> None:
        locked.reply = nfc(reason.strip())

    return move(answer, "leave out", by=by, at=at, policy=ANSWERS, reason=reason, change=change)


def adopt(*, minutes: Minutes, by: Actor, at: datetime) -> Minutes:
    """The round is over: all agreed, or the last day has passed and every change asked for is settled."""

    def change(locked: Minutes) -> None:
        silent = queries.silent_units(locked)
        if locked.answers.filter(round=locked.round, state=AnswerState.ASKED).exists():
            raise Refused(
                _("Say first of each change that was asked for whether it is taken up."), code="state"
            )
        if locked.answers.filter(round=locked.round, state=AnswerState.TAKEN).exists():
            raise Refused(
                _("A change was taken up: take the minutes back, make it, and send them once more."),
                code="state",
            )
        if silent and locked.answer_by is not None and _day_of(locked, at) <= locked.answer_by:
            raise Refused(
                _("%(count)s delegations have not answered, and the last day has not passed.")
                % {"count": len(silent)}, code="early",
            )  # fmt: skip

    return move(minutes, "adopt", by=by, at=at, policy=MINUTES, change=change)


def reopen(*, minutes: Minutes, reason: str, by: Actor, at: datetime) -> Minutes:
    """Adopted minutes go back to be written."""
    return move(minutes, "reopen", by=by, at=at, policy=MINUTES, reason=reason)


def sign(*, minutes: Minutes, number: str, signed_on: date, by: Actor, at: datetime) -> Minutes:
    """The chair signs: number and date are set, the files are frozen and entered in the register of papers."""
    words = nfc(" ".join(number.split()))
    if not words:
        raise Refused(_("Give number and symbol."), field="number")
    meeting = minutes.meeting
    if signed_on < meeting.starts_at.astimezone(ZoneInfo(meeting.agreement.timezone)).date():
        raise Refused(_("Minutes are dated after the meeting has begun."), field="signed_on")

    def change(locked: Minutes) -> None:
        locked.number, locked.signed_on = words, signed_on

    with transaction.atomic():
        signed = move(minutes, "sign", by=by, at=at, policy=MINUTES, change=change)
        signed.meeting = meeting
        paper = minutes_paper(signed)
        files = keep_files(meeting, "minutes", paper, by=by, at=at)
        register(
            meeting, type=PaperType.MINUTES, number=words, dated=signed_on, abstract=paper.head.abstract[:600],
            files=files, by=by, at=at,
        )  # fmt: skip
    return signed
