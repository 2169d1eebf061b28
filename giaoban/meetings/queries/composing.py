"""Minutes and the notice of conclusions as papers: the same content for .docx and PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from giaoban.lib import paper as papers
from giaoban.lib.paper import Paper, Paragraph, Part, Signature, Text
from giaoban.lib.text import pick
from giaoban.meetings.models import (
    STANDING,
    Conclusion,
    ConclusionNotice,
    Decision,
    Meeting,
    Minutes,
    MinutesState,
    NoticeState,
    Officer,
    OfficerRole,
    Way,
)
from giaoban.meetings.queries import minutes as reading
from giaoban.reviews.outline import layout, settings_of

#: Papers of the programme are written in its own language.
LANGUAGE = "vi"
_NUMBER = re.compile(r"\s*([0-9]+)\s*/\s*(.+)")


def minutes_paper(minutes: Minutes) -> Paper:
    """The minutes as they are signed."""
    with translation.override(LANGUAGE):
        meeting = minutes.meeting
        signed = minutes.state == MinutesState.SIGNED
        return Paper(
            language=LANGUAGE, title=_("Minutes of: %(meeting)s") % {"meeting": _title(meeting)},
            head=_head(meeting, pgettext("paper", "Minutes"), _title(meeting), minutes.number, minutes.signed_on, "BB"),
            blocks=tuple(_minutes_blocks(minutes)), signatures=tuple(_hands(meeting)),
            recipients=(_("As those who attended"), _("Kept: Office")), mark=_mark(meeting, signed),
            origin=settings.SITE_URL + minutes.get_absolute_url(),
        )  # fmt: skip


def _minutes_blocks(minutes: Minutes) -> Iterable[papers.Block]:
    meeting = minutes.meeting
    yield _line(_("Beginning: %(moment)s.") % {"moment": _moment(meeting, meeting.starts_at)})
    if meeting.venue:
        yield _line(_("Venue: %(venue)s.") % {"venue": meeting.venue.rstrip(".")})
    yield Part(1, (Text(_("Who attended")),))
    yield from _people(meeting)
    yield from attendance_lines(minutes.attendance)
    yield Part(1, (Text(_("What was said and decided")),))
    for passage in reading.written(minutes):
        yield Part(2, (Text(str(passage.item)),))
        if passage.item.speaker:
            yield _line(_("Presented by: %(speaker)s.") % {"speaker": passage.item.speaker.rstrip(".")})
        for line in filter(None, map(str.strip, passage.text.splitlines())):
            yield _line(line)
        for decision in passage.decisions:
            yield Paragraph((Text(_("Decided: "), bold=True), Text(decided(decision))), lead="-")
    concluded = _concluded(meeting)
    if concluded:
        yield Part(1, (Text(_("Conclusions of the chair")),))
        for conclusion in concluded:
            yield Part(2, (Text(said(conclusion)),), titled=False)
    yield _line(
        _("The meeting ended at %(moment)s. These minutes were read and agreed.")
        % {"moment": _moment(meeting, meeting.ends_at)}
    )


def _people(meeting: Meeting) -> Iterable[Paragraph]:
    for role, label in ((OfficerRole.CHAIR, _("In the chair")), (OfficerRole.SECRETARY, _("Secretary"))):
        named = [officer for officer in _officers(meeting) if officer.role == role]
        if named:
            told = "; ".join(_person(officer) for officer in named)
            yield Paragraph((Text(f"{label}: {told}."),), lead="-")


def _person(officer: Officer) -> str:
    return ", ".join(part for part in (officer.name, officer.title) if part)


def attendance_lines(attendance: dict[str, Any]) -> Iterable[Paragraph]:
    """Who came, in two lines; nothing where it was not filled in."""
    units = attendance.get("units", [])
    if not units:
        return
    present, invited = sum(u["present"] for u in units), sum(u["invited"] for u in units)
    came = [unit["name"] for unit in units if unit["present"]]
    missing = [unit["name"] for unit in units if not unit["present"]]
    sentence = ngettext(
        "%(present)s of %(invited)s delegate, from %(units)s delegations.",
        "%(present)s of %(invited)s delegates, from %(units)s delegations.", invited,
    )  # fmt: skip
    told = sentence % {"present": present, "invited": invited, "units": len(came)}
    yield Paragraph((Text(f"{_('Present')}: {told}"),), lead="-")
    if missing:
        yield Paragraph((Text(f"{_('Absent delegations')}: {', '.join(missing)}."),), lead="-")


def decided(decision: Decision) -> str:
    """A decision with the way it was taken, in one line."""
    text = " ".join(decision.text.split()).rstrip(".")
    if decision.way == Way.CONSENSUS:
        return f"{text} ({_('by consensus')})."
    counts = _("for %(votes_for)s, against %(votes_against)s, abstentions %(abstentions)s") % {
        "votes_for": decision.votes_for, "votes_against": decision.votes_against,
        "abstentions": decision.abstentions,
    }  # fmt: skip
    return f"{text} ({counts})."


def notice_paper(notice: ConclusionNotice) -> Paper:
    """The notice of conclusions."""
    with translation.override(LANGUAGE):
        meeting = notice.meeting
        about = _("Conclusions of the chair at: %(meeting)s") % {"meeting": _title(meeting)}
        return Paper(
            language=LANGUAGE, title=about,
            head=_head(meeting, pgettext("paper", "Notice"), about, notice.number, notice.dated, "TB"),
            blocks=tuple(_notice_blocks(meeting)), signatures=tuple(_chairs(meeting)),
            recipients=(_("Units that lead or support"), _("Kept: Office")),
            mark=_mark(meeting, notice.state == NoticeState.ISSUED),
            origin=f"{settings.SITE_URL}{meeting.get_absolute_url()}conclusions/",
        )  # fmt: skip


def _notice_blocks(meeting: Meeting) -> Iterable[papers.Block]:
    chairs = "; ".join(_person(o) for o in _officers(meeting) if o.role == OfficerRole.CHAIR)
    opening = _("At %(moment)s, at %(venue)s, the following meeting was held: %(meeting)s.") % {
        "moment": _moment(meeting, meeting.starts_at), "venue": meeting.venue or meeting.agreement.lead.name,
        "meeting": _title(meeting),
    }  # fmt: skip
    yield _line(f"{opening} {_('In the chair: %(names)s.') % {'names': chairs}}" if chairs else opening)
    yield _line(_("Having heard the reports and what the delegations said, the chair concluded:"))
    for conclusion in _concluded(meeting):
        yield Part(2, (Text(said(conclusion)),), titled=False)
    yield _line(
        _("The units named carry these conclusions out and report their results in their regular reports.")
    )


def said(conclusion: Conclusion) -> str:
    """A conclusion as one paragraph: what, who leads and supports, until when."""
    text = pick(conclusion.texts, LANGUAGE).rstrip(" .;")
    told = []
    if conclusion.lead:
        told.append(_("Lead: %(unit)s") % {"unit": conclusion.lead.name})
    if supporting := [unit.name for unit in conclusion.support.all()]:
        told.append(_("Support: %(units)s") % {"units": ", ".join(supporting)})
    if conclusion.due_on:
        told.append(_("Due: %(day)s") % {"day": _day(conclusion.due_on)})
    return f"{text}. {'. '.join(told)}." if told else f"{text}."


# ------------------------------------------------------------------- the frame


def _head(
    meeting: Meeting, type_name: str, abstract: str, number: str, day: date | None, symbol: str
) -> papers.Head:
    given = layout(meeting.agreement, LANGUAGE)
    found = _NUMBER.fullmatch(number)
    return papers.Head(
        issuers=tuple(given["issuers"]), superior=given["superior"], type_name=type_name, abstract=abstract,
        number=int(found[1]) if found else None, symbol=found[2] if found else number or symbol,
        place=settings_of(meeting.agreement).get("place", ""), day=day,
    )  # fmt: skip


def _mark(meeting: Meeting, final: bool) -> str:
    sample = _("SAMPLE DATA") if meeting.agreement.is_sample else ""
    return " · ".join(part for part in ("" if final else _("DRAFT"), sample) if part)


def _hands(meeting: Meeting) -> Iterable[Signature]:
    secretaries = [o for o in _officers(meeting) if o.role == OfficerRole.SECRETARY]
    yield Signature((_("SECRETARY"),), secretaries[0].name if secretaries else "")
    yield from _chairs(meeting)


def _chairs(meeting: Meeting) -> Iterable[Signature]:
    chairs = [o for o in _officers(meeting) if o.role == OfficerRole.CHAIR]
    for officer in chairs[:3]:
        yield Signature((_("CHAIR"),), officer.name)
    if not chairs:
        yield Signature((_("CHAIR"),))


def _officers(meeting: Meeting) -> list[Officer]:
    return list(meeting.officers.select_related("unit"))


def _concluded(meeting: Meeting) -> list[Conclusion]:
    rows = meeting.conclusions.filter(state__in=STANDING)
    return list(rows.select_related("lead").prefetch_related("support").order_by("number"))


def _title(meeting: Meeting) -> str:
    return pick(meeting.titles, LANGUAGE)


def _moment(meeting: Meeting, instant: datetime) -> str:
    local = instant.astimezone(ZoneInfo(meeting.agreement.timezone))
    return _("%(hour)s on %(day)s") % {"hour": local.strftime("%H:%M"), "day": _day(local.date())}


def _day(day: date) -> str:
    return formats.date_format(day, "SHORT_DATE_FORMAT")


def _line(text: str) -> Paragraph:
    return Paragraph((Text(text),))
