"""Check-in of a meeting: heads, people, the sheet for the minutes, what is printed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from giaoban.attendance import badge, exports
from giaoban.attendance.actions.registers import GUEST
from giaoban.attendance.models import Register
from giaoban.attendance.queries.conflicts import conflicts_of
from giaoban.attendance.queries.heads import total, unit_of
from giaoban.attendance.queries.registers import is_open, register_of
from giaoban.attendance.queries.stays import ABSENT, EXCUSED, PRESENT, REPLACED, Stay, stays_of
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.meetings import queries
from giaoban.meetings.models import Meeting
from giaoban.meetings.queries.attending import ABOUT, register_for, sheet_of
from giaoban.meetings.views.frame import about, may_write

OUTCOMES = {
    PRESENT: _("present"), REPLACED: _("replaced"), EXCUSED: _("absent with a reason"),
    ABSENT: _("absent without a reason"),
}  # fmt: skip
TONES = {PRESENT: "good", REPLACED: "plain", EXCUSED: "wait", ABSENT: "warn"}

SHEET = ListPage(
    name="attendance",
    columns=(
        Column("unit", _("Unit"), value=lambda h: h.unit or gettext("Without a unit"), sort=True),
        Column("invited", _("Invited"), kind="number", sort=True),
        Column("present", _("Present"), kind="number", sort=True),
        Column("replaced", _("of whom in the place of others"), kind="number", sort=True),
        Column("late", _("of whom late"), kind="number", sort=True),
        Column("extra", _("Without an invitation"), kind="number", sort=True),
        Column("excused", _("Absent with a reason"), kind="number", sort=True),
        Column("absent", _("Absent without a reason"), kind="number", sort=True),
        Column("reasons", _("Reasons"), value=lambda h: "; ".join(h.excuses)),
    ),
    size=200,
)


def load(request: HttpRequest, agreement: str, pk: int, right: str = "read_draft") -> Meeting:
    """The meeting, for those who prepare it: a unit sees the names of no other unit here."""
    return queries.meeting_for(request.by, agreement, pk, right)


def home(meeting: Meeting, name: str = "check-in", *args: Any) -> str:
    return reverse(f"meetings:{name}", args=[meeting.agreement.code, meeting.pk, *args])


@login_required
def overview(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Who is inside now, by unit; doors; conflicts."""
    row = load(request, agreement, pk)
    register = register_of(ABOUT, row.pk)
    if register is None:
        return render(request, "meetings/checkin/unopened.html", about(request, row))
    doors = [(door, is_open(door, request.at)) for door in register.doors.all()]
    prints = [(kind, PRINTS[kind], home(row, "check-in-print", kind)) for kind in PRINTS]
    may_erase = may_write(request, row) and request.at >= register.closes_at and register.erased_at is None
    context = about(request, row) | _heads(row, register)
    context |= {"doors": doors, "prints": prints, "may_erase": may_erase}
    return render(request, "meetings/checkin/overview.html", context)


def _heads(meeting: Meeting, register: Register) -> dict[str, Any]:
    stays = stays_of(register)
    heads = sheet_of(meeting, stays)
    return {
        "register": register,
        "heads": heads,
        "total": total(heads),
        "conflicts": conflicts_of(register, stays)[::-1],
    }


PRINTS = {
    "badges": _("Badges with QR codes"), "plates": _("Name plates"), "protocol": _("List in protocol order"),
    "seats": _("Seating by level"),
}  # fmt: skip


@login_required
def sheet(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """The attendance by unit, as the minutes need it."""
    row = load(request, agreement, pk)
    lines = sheet_of(row, stays_of(register_for(row)))
    context = about(request, row) | _nobody(request, row) | {"total": total(lines)}
    return SHEET.answer(request, lines, "meetings/checkin/sheet.html", context)


@login_required
def people(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Everybody on the list, with what is known of him."""
    row = load(request, agreement, pk)
    stays = [s for s in stays_of(register_for(row)) if s.attendee.withdrawn_at is None or s.scans]
    units = dict.fromkeys(unit_of(stay.attendee) for stay in stays)
    choices = {"unit": [(name, name or gettext("Without a unit")) for name in units if name]}
    listing = ListPage("delegates", _columns(row), filters=FILTERS, size=100)
    return listing.answer(
        request,
        stays,
        "meetings/checkin/people.html",
        about(request, row) | _nobody(request, row),
        choices=choices,
    )


def _nobody(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What an empty list says."""
    said: dict[str, Any] = {
        "empty_text": gettext("The delegates are listed once the list of the meeting is taken over.")
    }
    if may_write(request, meeting):
        said |= {
            "empty_action": gettext("Take over the list of the meeting"), "empty_url": home(meeting, "check-in-update"),
        }  # fmt: skip
    return said


FILTERS = (
    Filter("unit", _("Unit"), where=lambda rows, name: [s for s in rows if unit_of(s.attendee) == name]),
    Filter("outcome", _("Attendance"), tuple(OUTCOMES.items())),
    Filter(
        "inside",
        _("In the hall"),
        (("True", _("inside now")), ("False", _("not inside"))),
    ),
    Filter("is_late", pgettext_lazy("meeting", "Late"), (("True", pgettext_lazy("meeting", "late")),)),
)


def _columns(meeting: Meeting) -> tuple[Column, ...]:
    return (
        Column(
            "name", _("Name"), value=lambda s: s.attendee.name or gettext("name erased"), sort=True,
            link=lambda s: home(meeting, "check-in-person", s.attendee.pk),
        ),
        Column("title", _("Position"), value=lambda s: s.attendee.title),
        Column("unit", _("Unit"), value=lambda s: unit_of(s.attendee), sort=True),
        Column("seat", _("Seat"), value=lambda s: s.attendee.seat, sort=True),
        Column("outcome", _("Attendance"), value=outcome, tone=lambda s: TONES[s.outcome], sort=True),
        Column("first_in", _("First entry"), kind="moment", sort=lambda s: (s.first_in is None, s.first_in or NEVER)),
        Column("late", pgettext_lazy("meeting", "Late"), value=late),
        Column("inside", _("In the hall"), value=lambda s: gettext("inside now") if s.inside else ""),
        Column("remark", _("What else is known"), value=remark),
    )  # fmt: skip


NEVER = datetime.max


def outcome(stay: Stay) -> Any:
    return OUTCOMES[stay.outcome]


def late(stay: Stay) -> str:
    return pgettext("meeting", "late") if stay.is_late else ""


def remark(stay: Stay) -> str:
    """In whose place somebody came, who came for him, why he is absent."""
    one = stay.attendee
    if stay.replacements:
        names = ", ".join(other.attendee.name for other in stay.replacements)
        return gettext("replaced by %(names)s") % {"names": names}
    if one.instead_of_id:
        return gettext("in the place of another person")
    return gettext("without an invitation") if one.walk_in else one.excuse


@login_required
def person(request: HttpRequest, agreement: str, pk: int, attendee: int) -> HttpResponse:
    """One person: the badge, the entries and exits, what can be done."""
    row = load(request, agreement, pk)
    register = register_for(row)
    stay = next((s for s in stays_of(register) if s.attendee.pk == attendee), None)
    if stay is None:
        raise Http404(attendee)
    frame = about(request, row)
    has_badge = frame["may_write"] and stay.attendee.withdrawn_at is None and not stay.replacements
    context = frame | {
        "stay": stay, "outcome": outcome(stay), "outcome_tone": TONES[stay.outcome], "remark": remark(stay),
        "unit": unit_of(stay.attendee), "code": badge.shown_code(stay.attendee.code), "has_badge": has_badge,
        "verbs": _verbs(stay), "events": stay.attendee.scans.select_related("door").order_by("at", "nonce"),
    }  # fmt: skip
    if has_badge:
        text = exports.qr_text(register, [stay.attendee])[stay.attendee.pk]
        context["qr"] = exports.qr_picture(text, scale=5)
    return render(request, "meetings/checkin/person.html", context)


def _verbs(stay: Stay) -> list[tuple[str, Any]]:
    """What can be done with one person: the name in the address, and the button."""
    verbs = [("note", gettext("Note an entry or exit"))]
    if stay.outcome in (ABSENT, EXCUSED):
        verbs.append(("excuse", gettext("Reason for the absence")))
    verbs += [("seat", gettext("Seat")), ("code", gettext("Badge lost: new code"))]
    return verbs + (
        [("withdraw", gettext("Take off the list"))] if stay.attendee.source_kind == GUEST else []
    )


def told(listed: Any) -> str:
    """What bringing the list up to date did, in a sentence."""
    parts = [
        ngettext("%(count)s person added", "%(count)s people added", listed.added) % {"count": listed.added},
        ngettext("%(count)s person changed", "%(count)s people changed", listed.changed)
        % {"count": listed.changed},
        ngettext("%(count)s taken off", "%(count)s taken off", listed.withdrawn)
        % {"count": listed.withdrawn},
    ]
    return f"{', '.join(parts)}."
