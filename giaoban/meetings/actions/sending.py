"""Send the invitations: every unit its letter, its people a notice; the paper into the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace as with_fields
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.agreements.actions import papers
from giaoban.core import audit, lifecycle
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.documents.actions import keep
from giaoban.documents.models import Document, PaperKind
from giaoban.documents.queries import house_template
from giaoban.lib.paper import docx
from giaoban.lib.text import slug
from giaoban.meetings.actions.mailing import letter_out, people_of
from giaoban.meetings.actions.meetings import writable
from giaoban.meetings.letters import Facts, Letter, facts_of, invitation_paper, letter_of
from giaoban.meetings.models import Invitation, InvitationState, Meeting
from giaoban.meetings.policy import INVITATIONS

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def set_letter(*, meeting: Meeting, letter: Letter, by: Actor, at: datetime) -> Meeting:
    """Number, date, signer and words of the letter. A paper in the register keeps its number."""
    with transaction.atomic():
        row = writable(meeting, by=by)
        before = letter_of(row)
        if before.paper and letter.number != before.number:
            raise Refused(_("The letter is in the register under its number."), field="number")
        row.settings = {**row.settings, "letter": with_fields(letter, paper=before.paper).kept()}
        row.save(update_fields=["settings"])
        audit.record(subject=row, verb="set letter", by=by, at=at)
    return row


def send_invitations(
    *, meeting: Meeting, by: Actor, at: datetime, only: Iterable[Invitation] | None = None
) -> list[Invitation]:
    """Send what is prepared (or `only` these): a .docx for each unit, mail and notices, in one transaction."""
    with transaction.atomic():
        row = writable(meeting, by=by)
        if not row.is_live:
            raise Refused(_("Announce the meeting first; then its invitations can go out."), code="state")
        waiting = row.invitations.filter(state=InvitationState.PREPARED).select_related("unit")
        if only is not None:
            waiting = waiting.filter(pk__in=[i.pk for i in only])
        rows = list(waiting)
        if not rows:
            raise Refused(_("No invitation is waiting to be sent."), code="none")
        facts = _registered(row, by, at)
        people = people_of(row, [i.unit_id for i in rows], at=at)
        sent = []
        for prepared in rows:
            prepared.meeting = row
            one = _sent(prepared, by, at)
            one.unit, one.meeting = prepared.unit, row
            letter = letter_document(invitation=one, facts=facts, by=by, at=at)
            letter_out(invitation=one, people=people.get(one.unit_id, []), attachments=[letter], by=by, at=at)
            sent.append(one)
    return sent


def letter_document(*, invitation: Invitation, facts: Facts, by: Actor, at: datetime) -> Document:
    """The letter to one unit, kept."""
    content = docx.write(
        invitation_paper(invitation.meeting, facts, invitation), template=house_template(PaperKind.INVITATION)
    )
    name = f"{slug(f'giay moi {invitation.unit.code} {invitation.unit.name}')}.docx"
    return keep(content=content, name=name, content_type=DOCX, by=by, at=at)


def _sent(invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    def change(row: Invitation) -> None:
        row.sent_at = at

    return lifecycle.move(invitation, "send", by=by, at=at, policy=INVITATIONS, change=change)


def _registered(meeting: Meeting, by: Actor, at: datetime) -> Facts:
    """A letter with number and date goes into the register of papers, once."""
    facts = facts_of(meeting)
    letter = facts.letter
    if not (letter.number and letter.dated) or letter.paper:
        return facts
    content = docx.write(invitation_paper(meeting, facts), template=house_template(PaperKind.INVITATION))
    document = keep(content=content, name=f"giay-moi-{meeting.pk}.docx", content_type=DOCX, by=by, at=at)
    paper = papers.register_paper(
        agreement=meeting.agreement, type="invitation", number=letter.number, direction="out", issued_on=letter.dated,
        issuer="; ".join(facts.issuers)[:300], signer=letter.signer, abstract=str(meeting)[:600], document=document,
        by=by, at=at,
    )  # fmt: skip
    letter = with_fields(letter, paper=paper.pk)
    meeting.settings = {**meeting.settings, "letter": letter.kept()}
    meeting.save(update_fields=["settings"])
    return with_fields(facts, letter=letter)
