"""The letter of invitation as a paper in the layout of Decree 30/2020 (sample 1.7, giấy mời)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from giaoban.lib.paper import Head, Paper, Paragraph, Signature, Text
from giaoban.lib.text import pick
from giaoban.meetings.models import Invitation, Meeting, OfficerRole

_NUMBER = re.compile(r"\s*0*([0-9]+)\s*/\s*(\S.*)")


@dataclass(frozen=True)
class Letter:
    """What is set once for all units: number as text, date, place, who signs, words before the facts."""

    number: str = ""
    place: str = ""
    dated: date | None = None
    superior: str = ""
    words: str = ""
    authority: tuple[str, ...] = ()
    signer: str = ""
    recipients: tuple[str, ...] = ()
    #: the paper in the register, once it is entered
    paper: int | None = field(default=None)

    def kept(self) -> dict[str, Any]:
        """As it stands in Meeting.settings."""
        plain = asdict(self)
        return plain | {"dated": self.dated.isoformat() if self.dated else None}


def letter_of(meeting: Meeting) -> Letter:
    kept = dict(meeting.settings.get("letter", {}))
    if not kept:
        return Letter(place=meeting.host.name if meeting.host else "")
    kept["dated"] = date.fromisoformat(kept["dated"]) if kept.get("dated") else None
    return Letter(**{**kept, **{name: tuple(kept.get(name, ())) for name in ("authority", "recipients")}})


@dataclass(frozen=True)
class Facts:
    """What every letter of one meeting says; read once for all units."""

    issuers: tuple[str, ...]
    chairs: tuple[str, ...]
    letter: Letter


def facts_of(meeting: Meeting) -> Facts:
    """Two queries."""
    issuers = tuple(o.unit.name for o in meeting.organisers.select_related("unit"))
    chairs = meeting.officers.filter(role=OfficerRole.CHAIR).select_related("unit")
    said = [", ".join(part for part in (o.name, o.title, o.unit.name) if part) for o in chairs]
    return Facts(issuers, tuple(said), letter_of(meeting))


def invitation_paper(
    meeting: Meeting, facts: Facts, invitation: Invitation | None = None, language: str = "vi"
) -> Paper:
    """The letter to one unit; without an invitation the one for the register, to all units invited."""
    with translation.override(language):
        letter = facts.letter
        found = _NUMBER.fullmatch(letter.number)
        title = pick(meeting.titles, language)
        sample = _("SAMPLE DATA") if meeting.agreement.is_sample else ""
        return Paper(
            language="vi" if language == "vi" else "en", title=f"{_('Invitation')}: {title}",
            head=Head(
                issuers=facts.issuers or (meeting.agreement.lead.name,), superior=letter.superior,
                number=int(found[1]) if found else None, symbol=found[2] if found else letter.number or "GM",
                place=letter.place, day=letter.dated, type_name=_("Invitation"), abstract=title,
            ),
            blocks=tuple(_blocks(meeting, facts, invitation, language)),
            signatures=(Signature(letter.authority, letter.signer),) if letter.authority or letter.signer else (),
            recipients=letter.recipients or (_("As above"), _("Kept: office")), mark=sample,
            origin=settings.SITE_URL + meeting.get_absolute_url(),
        )  # fmt: skip


def _blocks(
    meeting: Meeting, facts: Facts, invitation: Invitation | None, language: str
) -> Sequence[Paragraph]:
    whom = invitation.unit.name if invitation else _("the units on the list of delegations")
    inviting = "; ".join(facts.issuers) or meeting.agreement.lead.name
    lines = [
        _("%(inviting)s respectfully invite: %(whom)s") % {"inviting": inviting, "whom": whom},
        _("To attend: %(title)s.") % {"title": pick(meeting.titles, language)},
    ]
    if invitation:
        lines.append(_("Delegates: %(seats)s.") % {"seats": invitation.seats})
    if facts.letter.words:
        lines += [line for line in facts.letter.words.splitlines() if line.strip()]
    elif meeting.purpose:
        lines.append(_("Content: %(text)s") % {"text": meeting.purpose})
    if facts.chairs:
        lines.append(_("In the chair: %(people)s.") % {"people": "; ".join(facts.chairs)})
    lines += [
        _("Time: %(when)s.") % {"when": spoken(meeting.starts_at)},
        _("Venue: %(where)s.") % {"where": meeting.venue or meeting.get_mode_display()},
    ]
    if meeting.answer_by:
        lines.append(_("Please name the delegates by %(when)s.") % {"when": spoken(meeting.answer_by)})
    if meeting.contact:
        lines.append(_("Contact: %(contact)s.") % {"contact": meeting.contact.rstrip(".")})
    return [Paragraph((Text(line),)) for line in lines]


def spoken(moment: datetime) -> str:
    """08:00, 14/01/2021, in the zone of the house and the language that is active."""
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    return f"{local:%H:%M}, {date_format(local.date(), 'SHORT_DATE_FORMAT')}"
