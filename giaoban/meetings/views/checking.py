"""Check-in of a meeting: what is changed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.attendance.exports import qr_picture
from giaoban.attendance.queries.registers import attendee_in, door_in, is_open, register_of, scan_in, token_of
from giaoban.core.pages.asking import ask, confirm
from giaoban.meetings.actions import attending as actions
from giaoban.meetings.forms.attending import (
    DoorForm,
    ExcuseForm,
    GuestForm,
    HoursForm,
    NoteForm,
    SeatForm,
    SeatsForm,
)
from giaoban.meetings.forms.meetings import ReasonForm
from giaoban.meetings.models import Meeting
from giaoban.meetings.queries.attending import ABOUT, register_for
from giaoban.meetings.views.attending import home, load, told
from giaoban.meetings.views.frame import about, crumbs


def _ask(request: HttpRequest, row: Meeting, form: Any, act: Any, title: str, **more: Any) -> HttpResponse:
    more = {"back": home(row), "done": _("Saved.")} | more
    way = [*crumbs(row), (_("Check-in"), home(row))]
    return ask(request, form, act, title=title, agreement=row.agreement, crumbs=way, **more)


def _confirm(request: HttpRequest, row: Meeting, act: Any, title: str, **more: Any) -> HttpResponse:
    more = {"back": home(row)} | more
    way = [*crumbs(row), (_("Check-in"), home(row))]
    return confirm(request, act, title=title, agreement=row.agreement, crumbs=way, **more)


@login_required
def hours(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Prepare check-in, or change its hours."""
    row = load(request, agreement, pk, "write")
    register = register_of(ABOUT, row.pk)
    stated = {
        "opens_at": register.opens_at if register else row.starts_at - actions.BEFORE,
        "late_after": register.late_after if register else row.starts_at + actions.PATIENCE,
        "closes_at": register.closes_at if register else row.ends_at + actions.AFTER,
    }
    act = actions.change_check_in if register else actions.open_check_in
    form = HoursForm(request.POST or None, initial=stated)
    return _ask(
        request, row, form, lambda **given: _nothing(act(meeting=row, by=request.by, at=request.at, **given)),
        _("Hours of check-in") if register else _("Prepare check-in"),
        lead=_("Whoever enters after “late after” is counted as late."),
    )  # fmt: skip


@login_required
def update(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Take over whom the meeting names now."""
    row = load(request, agreement, pk, "write")
    register_for(row)
    done: list[str] = []

    def act() -> None:
        done.append(told(actions.update_list(meeting=row, by=request.by, at=request.at)))

    return _confirm(
        request, row, act, _("Take over the list of the meeting?"), action=_("Update the list"), tone="primary",
        sentence=_("New people get a code, changed ones keep theirs, and badges of people no longer named are void."),
        done=_Told(done),
    )  # fmt: skip


class _Told:
    """A sentence known only after the act."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences

    def __str__(self) -> str:
        return " ".join(self.sentences)


@login_required
def new_door(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = load(request, agreement, pk, "write")
    register = register_for(row)
    form = DoorForm(request.POST or None, initial={"expires_at": register.closes_at})

    def act(**given: Any) -> str:
        door = actions.open_door(meeting=row, by=request.by, at=request.at, **given)
        return home(row, "check-in-door", door.pk)

    return _ask(
        request, row, form, act, _("Open a door"), action=_("Make the link"), done=_("The link is made."),
        lead=_("A link for the phone or laptop at one entrance. It needs no account and can do nothing else."),
    )  # fmt: skip


@login_required
def door(request: HttpRequest, agreement: str, pk: int, door: int) -> HttpResponse:
    """The link of a door, to be opened or scanned with the phone that will stand there."""
    row = load(request, agreement, pk, "write")
    found = door_in(register_for(row), door)
    context: dict[str, Any] = {"door": found, "is_open": is_open(found, request.at)}
    if context["is_open"]:
        link = request.build_absolute_uri(reverse("attendance:door", args=[token_of(found)]))
        context |= {"link": link, "qr": qr_picture(link, scale=5)}
    return render(request, "meetings/checkin/door.html", about(request, row) | context)


@login_required
def close_door(request: HttpRequest, agreement: str, pk: int, door: int) -> HttpResponse:
    row = load(request, agreement, pk, "write")
    found = door_in(register_for(row), door)
    return _confirm(
        request, row, lambda: _nothing(actions.close_door(meeting=row, door=found, by=request.by, at=request.at)),
        _("Close the door %(name)s?") % {"name": found.name}, action=_("Close the door"), done=_("The door is closed."),
        sentence=_("Its link works no more, and what its device has not sent yet is lost. Let it send first."),
    )  # fmt: skip


@login_required
def key(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = load(request, agreement, pk, "write")
    register_for(row)
    return _confirm(
        request, row, lambda: _nothing(actions.renew_key(meeting=row, by=request.by, at=request.at)),
        _("Make a new key for the badges?"), action=_("Make a new key"), done=_("All badges must be printed again."),
        sentence=_("Every badge printed so far is void from now on. Do this if badges were copied or the key is lost."),
    )  # fmt: skip


@login_required
def erase(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = load(request, agreement, pk, "write")
    register_for(row)
    return _confirm(
        request, row, lambda: _nothing(actions.erase_people(meeting=row, by=request.by, at=request.at)),
        _("Erase the names of this check-in?"), action=_("Erase the names"), done=_("The names are erased."),
        sentence=_("Names, positions and reasons are gone for good; the numbers stay, and all doors are closed."),
    )  # fmt: skip


@login_required
def seats(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = load(request, agreement, pk, "write")
    register_for(row)
    return _ask(
        request, row, SeatsForm(request.POST or None),
        lambda per_row: _nothing(actions.number_seats(meeting=row, per_row=per_row, by=request.by, at=request.at)),
        _("Number the seats"), done=_("The seats are numbered."), action=_("Number the seats"),
        lead=_("All seats are numbered anew: the highest level in front, inside a level in protocol order."),
    )  # fmt: skip


@login_required
def guest(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = load(request, agreement, pk, "write")
    register_for(row)
    form = GuestForm(request.POST or None, by=request.by, day=request.by.day)
    return _ask(
        request, row, form,
        lambda **given: _nothing(actions.add_guest(meeting=row, by=request.by, at=request.at, **given)),
        _("Add a guest"), back=home(row, "check-in-people"),
        lead=_("Somebody whom no unit names. Delegates are named by their units."),
    )  # fmt: skip


#: verb -> (title, form, sentence, button)
PERSON: dict[str, tuple[Any, Any, Any, Any]] = {
    "note": (lambda: _("Note an entry or exit"), NoteForm, None, None),
    "excuse": (lambda: _("Reason for the absence"), ExcuseForm, None, None),
    "seat": (lambda: _("Seat"), SeatForm, None, None),
    "code": (
        lambda: _("Declare the badge void?"), None,
        lambda: _("The person gets a new code; the old badge opens no door from now on. Print the new badge."),
        lambda: _("Make a new code"),
    ),
    "withdraw": (
        lambda: _("Take this guest off the list?"), None, lambda: _("The badge is void from now on."),
        lambda: _("Take off the list"),
    ),
}  # fmt: skip


@login_required
def person(request: HttpRequest, agreement: str, pk: int, attendee: int, verb: str) -> HttpResponse:
    """One of the verbs about one person."""
    row = load(request, agreement, pk, "write")
    found = attendee_in(register_for(row), attendee)
    if verb not in PERSON:
        raise Http404(verb)
    title, form_class, sentence, button = PERSON[verb]
    back = home(row, "check-in-person", found.pk)

    def act(**given: Any) -> None:
        actions.for_person(verb, meeting=row, attendee=found, by=request.by, at=request.at, **given)

    if form_class is None:
        return _confirm(
            request, row, act, title(), action=button(), sentence=sentence(), back=back, facts=[found.name],
            done=_("Saved."),
        )  # fmt: skip
    more = {"at": request.at} if form_class is NoteForm else {"attendee": found}
    form = form_class(request.POST or None, **more)
    return _ask(request, row, form, act, title(), back=back, lead=found.name)


@login_required
def set_aside(request: HttpRequest, agreement: str, pk: int, scan: int) -> HttpResponse:
    row = load(request, agreement, pk, "write")
    found = scan_in(register_for(row), scan)

    def act(reason: str) -> None:
        actions.set_aside(meeting=row, scan=found, reason=reason, by=request.by, at=request.at)

    return _ask(
        request, row, ReasonForm(request.POST or None), act, _("Do not count this entry or exit?"),
        action=_("Set aside"), lead=_("It stays in the list of what happened, with your reason."),
    )  # fmt: skip


def _nothing(_answer: Any) -> None:
    """An act that leads back, whatever it answered."""
