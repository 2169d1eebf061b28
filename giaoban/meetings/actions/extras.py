"""Contributions, questions, photographs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from giaoban.core import audit, lifecycle
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.documents.actions import store
from giaoban.lib.text import fold, nfc
from giaoban.meetings.actions.meetings import writable
from giaoban.meetings.models import (
    Contribution,
    Delegate,
    DelegateAnswer,
    Meeting,
    Photo,
    Question,
    QuestionKind,
    QuestionPart,
    State,
)
from giaoban.meetings.policy import CONTRIBUTIONS
from giaoban.units.models import Unit

PICTURES = (".jpg", ".jpeg", ".png")


def register_contribution(
    *, meeting: Meeting, unit: Unit, title: str, speaker: str = "", minutes: int = 10,
    file: UploadedFile | None = None, by: Actor, at: datetime,
) -> Contribution:  # fmt: skip
    """A unit says what it wants to contribute, with its text or without."""
    with transaction.atomic():
        row = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if row.state in (State.DRAFT, State.CLOSED, State.CANCELLED):
            raise Refused(_("This meeting takes no contributions now."), code="state")
        last = row.contributions.aggregate(last=Max("position"))["last"] or 0
        made = Contribution.objects.create(
            meeting=row, unit=unit, title=nfc(title.strip()), speaker=nfc(speaker.strip()), minutes=minutes,
            position=last + 1, registered_at=at, document=store(file=file, by=by, at=at) if file else None,
        )  # fmt: skip
        if not CONTRIBUTIONS.may(by, "register", made):
            raise Refused(_("You may not register a contribution for this unit."), field="unit", code="right")
        audit.record(subject=made, verb="register contribution", by=by, at=at, detail={"unit": unit.pk})
    return made


def edit_contribution(
    *, contribution: Contribution, file: UploadedFile | None = None, by: Actor, at: datetime, **details: Any
) -> Contribution:  # fmt: skip
    """Change title, speaker, minutes, order, or hand in the text."""
    with transaction.atomic():
        row = Contribution.objects.select_for_update().get(pk=contribution.pk)
        if not CONTRIBUTIONS.may(by, "register", row):
            raise Refused(_("You may not change this contribution."), code="right")
        if row.meeting.state in (State.CLOSED, State.CANCELLED):
            raise Refused(_("The file of this meeting is closed; nothing changes any more."), code="state")
        if file:
            details["document"] = store(file=file, by=by, at=at)
        changed = [name for name, value in details.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, details[name])
        if changed:
            row.save(update_fields=changed)
            audit.record(subject=row, verb="edit contribution", by=by, at=at, detail={"fields": changed})
    return row


def move_contribution(*, contribution: Contribution, name: str, by: Actor, at: datetime) -> Contribution:
    """Put it on the list, note that it was given, take it in writing, withdraw it."""
    if name == "write" and contribution.document_id is None:
        raise Refused(_("The text is not there yet. Attach it first."), code="file")
    return lifecycle.move(contribution, name, by=by, at=at, policy=CONTRIBUTIONS)


def set_question(
    *, meeting: Meeting, question: Question | None = None, details: Mapping[str, Any], by: Actor, at: datetime
) -> Question:
    """Add or change a question. A survey asks no free text."""
    with transaction.atomic():
        row = writable(meeting, by=by)
        made = question or Question(meeting=row)
        if question and (question.answers.exists() or question.tallies.exists()):
            raise Refused(_("This question was answered already; it does not change any more."), code="state")
        for name, value in details.items():
            setattr(made, name, value)
        _check_question(made)
        made.save()
        audit.record(subject=row, verb="set question", by=by, at=at, detail={"question": made.pk})
    return made


def remove_question(*, question: Question, by: Actor, at: datetime) -> None:
    """With its answers."""
    with transaction.atomic():
        row = writable(question.meeting, by=by)
        audit.record(subject=row, verb="remove question", by=by, at=at, detail={"question": question.pk})
        question.delete()


def answer_questions(*, delegate: Delegate, answers: Mapping[int, str]) -> None:
    """What was answered for a delegate, by question. Inside the transaction that names him."""
    for question in delegate.invitation.meeting.questions.filter(part=QuestionPart.REGISTRATION):
        text = nfc(answers.get(question.pk, "").strip())[:400]
        if question.required and not text:
            raise Refused(_("Answer this question."), field=f"question_{question.pk}")
        if text and question.options and text not in question.options:
            raise Refused(_("This answer is not offered."), field=f"question_{question.pk}")
        DelegateAnswer.objects.filter(question=question, delegate=delegate).delete()
        if text:
            DelegateAnswer.objects.create(question=question, delegate=delegate, text=text)


def add_photo(
    *, meeting: Meeting, file: UploadedFile, caption: str, alternative: str, may_publish: bool = False,
    by: Actor, at: datetime,
) -> Photo:  # fmt: skip
    """A photograph with a caption, and with what one sees in it (not the name of its file)."""
    name = str(file.name).lower()
    if not name.endswith(PICTURES):
        raise Refused(_("A photograph is a .jpg or .png file."), field="file")
    said = fold(alternative)
    if len(said) < 5 or said in (fold(name), fold(name.rsplit(".", 1)[0]), fold(caption)):
        raise Refused(
            _("Say what one sees in the photograph, for those who do not see it; not the file's name."),
            field="alternative",
        )
    with transaction.atomic():
        row = writable(meeting, by=by)
        kept = store(file=file, caption=caption, alternative=alternative, by=by, at=at)
        last = row.photos.aggregate(last=Max("position"))["last"] or 0
        made = Photo.objects.create(meeting=row, document=kept, position=last + 1, may_publish=may_publish)
        audit.record(subject=row, verb="add photo", by=by, at=at, detail={"photo": made.pk})
    return made


def remove_photo(*, photo: Photo, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        row = writable(photo.meeting, by=by)
        audit.record(subject=row, verb="remove photo", by=by, at=at, detail={"photo": photo.pk})
        photo.delete()


def _check_question(question: Question) -> None:
    if question.kind == QuestionKind.CHOICE and len(question.options) < 2:
        raise Refused(_("Give at least two answers, one on each line."), field="choices")
    if question.part == QuestionPart.SURVEY and question.kind == QuestionKind.TEXT:
        raise Refused(
            _("A survey asks no free text: nothing is gathered about persons or their opinions."),
            field="kind",
        )
