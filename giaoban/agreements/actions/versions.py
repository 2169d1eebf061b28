"""The way of a version: asked about, signed, in force, replaced; or discarded."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.agreements.actions.papers import register_paper
from giaoban.agreements.actions.text import put_in_force
from giaoban.agreements.models import Agreement, Audience, LegalForm, State, Version
from giaoban.agreements.policy import AGREEMENTS, VERSIONS
from giaoban.agreements.queries.parties import signature_block
from giaoban.agreements.queries.text import version_in_force
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.lifecycle import move
from giaoban.core.refused import Refused
from giaoban.documents.actions import replace_paper
from giaoban.documents.models import Direction, Paper, PaperType
from giaoban.lib.text import pick

PAPER_TYPES = {
    LegalForm.COSIGNED: PaperType.REGULATION,
    LegalForm.DECISION: PaperType.DECISION,
    LegalForm.JOINT_RESOLUTION: PaperType.JOINT_RESOLUTION,
    LegalForm.PROGRAMME: PaperType.PROGRAMME,
}


def consult(*, version: Version, due_on: date, by: Actor, at: datetime) -> Version:
    """Ask the parties what they say of the draft; the text is locked meanwhile."""
    if due_on < version.agreement.day_of(at):
        raise Refused(_("The day by which to answer has passed."), field="due_on")

    def change(row: Version) -> dict[str, Any]:
        if not row.wordings.exists():
            raise Refused(_("There is no text yet. Write it first."))
        row.round, row.due_on = row.round + 1, due_on
        return {"round": row.round, "fields": ["due_on"]}

    return move(version, "consult", by=by, at=at, policy=VERSIONS, change=change)


def revise(*, version: Version, by: Actor, at: datetime) -> Version:
    """End the consultation and go on writing."""
    return move(version, "revise", by=by, at=at, policy=VERSIONS)


def discard(*, version: Version, reason: str, by: Actor, at: datetime) -> Version:
    """Give the draft up; what is in force stays."""
    with transaction.atomic():
        row = move(version, "discard", by=by, at=at, policy=VERSIONS, reason=reason)
        agreement = Agreement.objects.get(pk=row.agreement_id)
        if agreement.state == State.AMENDED:
            move(agreement, "settle", by=by, at=at, policy=AGREEMENTS)
    return row


def sign(
    *, version: Version, signed_number: str, signed_on: date, effective_on: date, by: Actor, at: datetime,
    place: str = "", ends_on: date | None = None, file: UploadedFile | None = None,
) -> Version:  # fmt: skip
    """Record that the parties signed: number and day, from when, until when. It takes effect on its day."""
    agreement, today = version.agreement, version.agreement.day_of(at)
    _check_days(version, signed_on, effective_on, ends_on, today)
    with transaction.atomic():

        def change(row: Version) -> dict[str, Any]:
            if not row.wordings.exists():
                raise Refused(_("There is no text yet. Write it first."))
            row.signed_number, row.signed_on, row.effective_on = (
                signed_number.strip(),
                signed_on,
                effective_on,
            )
            row.place, row.ends_on = place.strip() or row.place, ends_on
            row.signatures = signature_block(agreement, effective_on)
            row.paper = _signed_paper(row, agreement, file, by, at)
            return {"paper": row.paper.pk, "fields": ["signed_on", "effective_on", "ends_on"]}

        row = move(version, "sign", by=by, at=at, policy=VERSIONS, change=change)
        return take_effect(version=row, by=by, at=at) if effective_on <= today else row


def take_effect(*, version: Version, by: Actor, at: datetime) -> Version:
    """The signed version is the text in force from now on; the one before gives way."""
    with transaction.atomic():
        agreement = Agreement.objects.select_for_update().get(pk=version.agreement_id)
        old = version_in_force(agreement)
        if old is not None:
            move(old, "give_way", by=by, at=at, policy=VERSIONS)
            if old.paper and version.paper:
                replace_paper(
                    paper=old.paper, replacement=version.paper, on=version.effective_on, by=by, at=at
                )
        row = move(version, "take_effect", by=by, at=at, policy=VERSIONS)
        put_in_force(row)
        _update(agreement, row, by, at)
    return row


def _update(agreement: Agreement, row: Version, by: Actor, at: datetime) -> None:
    """The agreement bears the number, title and term of its version in force."""
    agreement.number = row.signed_number or agreement.number
    agreement.titles, agreement.signed_on, agreement.ends_on = row.titles, row.signed_on, row.ends_on
    fields = ["number", "titles", "signed_on", "ends_on"]
    agreement.save(update_fields=fields)
    audit.record(
        subject=agreement, verb="edit agreement", by=by, at=at, detail={"fields": fields, "version": row.pk}
    )
    steps = {State.DRAFT: "enforce", State.AMENDED: "settle"}
    step = steps.get(State(agreement.state))
    if step:
        move(agreement, step, by=by, at=at, policy=AGREEMENTS)


def _signed_paper(
    row: Version, agreement: Agreement, file: UploadedFile | None, by: Actor, at: datetime
) -> Paper:
    """The signed text enters the register of the agreement."""
    assert row.signed_on is not None
    return register_paper(
        agreement=agreement, type=PAPER_TYPES[LegalForm(agreement.form)], number=row.signed_number,
        direction=Direction.OUT, issued_on=row.signed_on, issuer=agreement.lead.name,
        abstract=pick(row.titles, "vi")[:600], valid_from=row.effective_on, audience=Audience.PARTIES, file=file, by=by,
        at=at,
    )  # fmt: skip


def _check_days(
    version: Version, signed_on: date, effective_on: date, ends_on: date | None, today: date
) -> None:
    if signed_on > today:
        raise Refused(_("The day of signing lies in the future."), field="signed_on")
    if effective_on < signed_on:
        raise Refused(_("It cannot take effect before it was signed."), field="effective_on")
    before = version.based_on
    if before is not None and before.effective_on and effective_on <= before.effective_on:
        raise Refused(
            _("It must take effect after the version before, which did on %(day)s.")
            % {"day": before.effective_on.strftime("%d/%m/%Y")},
            field="effective_on",
        )
    if ends_on is not None and ends_on < effective_on:
        raise Refused(_("The term ends before it begins."), field="ends_on")
