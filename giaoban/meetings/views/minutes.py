"""Minutes: read, write with autosave, decide, fill in who attended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from giaoban.core.lifecycle import Move
from giaoban.core.pages.asking import ask, confirm
from giaoban.core.refused import Refused
from giaoban.meetings import queries
from giaoban.meetings.actions import minutes as actions
from giaoban.meetings.exports import FORMATS
from giaoban.meetings.forms.minutes import DecisionForm
from giaoban.meetings.models import Meeting, Minutes, MinutesState
from giaoban.meetings.policy import ANSWERS, MINUTES
from giaoban.meetings.queries import agenda, conclusions
from giaoban.meetings.queries import minutes as reading
from giaoban.meetings.views.frame import about, crumbs

TONES = {
    MinutesState.DRAFT: "wait", MinutesState.CIRCULATED: "warn", MinutesState.ADOPTED: "good",
    MinutesState.SIGNED: "good",
}  # fmt: skip


@login_required
def minutes(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """The minutes as they stand, who has answered, and what can be done next."""
    row = queries.meeting_for(request.by, agreement, pk)
    found = reading.minutes_of(request.by, row)
    context = about(request, row)
    if found is None:
        may_begin = context["may_write"] and row.state in actions.HELD
        return render(request, "meetings/minutes_none.html", context | {"may_begin": may_begin})
    found.meeting = row
    concluded = conclusions.visible_conclusions(request.by).filter(meeting=row).exclude(state="dropped")
    return render(request, "meetings/minutes.html", context | _round(request, found) | {
        "minutes": found, "minutes_tone": TONES[MinutesState(found.state)], "formats": FORMATS,
        "passages": reading.passages(found), "moves": _moves(request, found),
        "may_edit": found.is_draft and context["may_write"], "concluded": list(concluded.order_by("number")),
        "settles": ANSWERS.may_in(request.by, "settle", row.agreement_id),
    })  # fmt: skip


def _round(request: HttpRequest, found: Minutes) -> dict[str, Any]:
    """What the delegations said; while they are asked, who is silent and whether the reader answers."""
    answers = reading.answers_of(found) if found.round else []
    if found.state != MinutesState.CIRCULATED:
        return {"answers": answers}
    silent = reading.silent_units(found, answers)
    return {
        "answers": answers,
        "silent": silent,
        "answers_for": bool(reading.may_answer_for(request.by, found)),
    }


def _moves(request: HttpRequest, found: Minutes) -> list[Move]:
    """The moves the reader can make. No query: the rights on minutes reach the whole agreement."""
    here = [m for m in MINUTES.moves.values() if found.state in m.sources]
    return [m for m in here if MINUTES.may_in(request.by, m.right, found.meeting.agreement_id)]


@login_required
@require_POST
def begin(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    actions.begin_minutes(meeting=row, by=request.by, at=request.at)
    return HttpResponseRedirect(_writing(row))


@login_required
def write(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """The editor: a box for each item; what is typed is kept by itself."""
    row, found = _draft(request, agreement, pk)
    conflicts: dict[int, str] = {}
    typed: dict[int, str] = {}
    if request.method == "POST":
        conflicts, typed = _save_all(request, found)
        if not conflicts:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(found.get_absolute_url())
    shown = [
        (passage, typed.get(passage.item.pk, passage.text), conflicts.get(passage.item.pk, ""))
        for passage in reading.passages(found)
    ]
    context = about(request, row) | {"minutes": found, "shown": shown, "conflicts": conflicts}
    return render(request, "meetings/minutes_write.html", context, status=409 if conflicts else 200)


def _save_all(request: HttpRequest, found: Minutes) -> tuple[dict[int, str], dict[int, str]]:
    """Save every box that was sent; what could not be kept, and the words of those boxes, by item."""
    conflicts, typed = {}, {}
    for item in agenda.items_of(found.meeting):
        text = request.POST.get(f"text-{item.pk}")
        if text is None:
            continue
        try:
            actions.save_entry(
                minutes=found,
                item=item,
                text=text,
                edition=_edition(request, item.pk),
                by=request.by,
                at=request.at,
            )
        except Refused as refusal:
            conflicts[item.pk], typed[item.pk] = str(refusal), text
    return conflicts, typed


def _edition(request: HttpRequest, item: int) -> int:
    given = request.POST.get(f"edition-{item}", "0")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else -1


@login_required
@require_POST
def autosave(request: HttpRequest, agreement: str, pk: int, item: int) -> JsonResponse:
    """Keep what has been typed under one item; answers with the new edition."""
    row, found = _draft(request, agreement, pk)
    under = agenda.item_for(row, item)
    try:
        entry = actions.save_entry(
            minutes=found, item=under, text=request.POST.get(f"text-{item}", ""), edition=_edition(request, item),
            by=request.by, at=request.at,
        )  # fmt: skip
    except Refused as refusal:
        return JsonResponse({"conflict": str(refusal)}, status=409)
    clock = formats.time_format(timezone.localtime(request.at), "H:i:s")
    return JsonResponse({"edition": entry.edition, "saved": _("Saved at %(clock)s") % {"clock": clock}})


@login_required
@require_POST
def attendance(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    _row, found = _draft(request, agreement, pk)
    actions.fill_attendance(minutes=found, by=request.by, at=request.at)
    messages.success(request, _("Who was invited and who came is filled in from the register."))
    return HttpResponseRedirect(f"{found.get_absolute_url()}#attendance")


@login_required
def add_decision(request: HttpRequest, agreement: str, pk: int, item: int) -> HttpResponse:
    row, found = _draft(request, agreement, pk)
    under = agenda.item_for(row, item)
    form = DecisionForm(request.POST or None)

    def act(**given: Any) -> None:
        actions.add_decision(minutes=found, item=under, by=request.by, at=request.at, **given)

    return ask(
        request, form, act, title=_("A decision under “%(item)s”") % {"item": under}, back=found.get_absolute_url(),
        agreement=row.agreement, crumbs=minutes_crumbs(row), done=_("The decision is in the minutes."),
    )  # fmt: skip


@login_required
def change_decision(request: HttpRequest, agreement: str, pk: int, decision: int) -> HttpResponse:
    row, found = _draft(request, agreement, pk)
    chosen = reading.decision_for(found, decision)
    form = DecisionForm(request.POST or None, decision=chosen)

    def act(**given: Any) -> None:
        actions.change_decision(decision=chosen, by=request.by, at=request.at, **given)

    return ask(
        request, form, act, title=_("Change the decision"), back=found.get_absolute_url(), agreement=row.agreement,
        crumbs=minutes_crumbs(row), done=_("The decision is changed."),
    )  # fmt: skip


@login_required
def remove_decision(request: HttpRequest, agreement: str, pk: int, decision: int) -> HttpResponse:
    row, found = _draft(request, agreement, pk)
    chosen = reading.decision_for(found, decision)
    return confirm(
        request, lambda: actions.remove_decision(decision=chosen, by=request.by, at=request.at),
        title=_("Take this decision out of the minutes?"), action=_("Take it out"), back=found.get_absolute_url(),
        agreement=row.agreement, crumbs=minutes_crumbs(row), sentence=chosen.text,
    )  # fmt: skip


def _draft(request: HttpRequest, agreement: str, pk: int) -> tuple[Meeting, Minutes]:
    """The meeting and its minutes, to be written by this reader; else 404, or a sentence when they are not open."""
    row = queries.meeting_for(request.by, agreement, pk)
    found = reading.minutes_for(request.by, row, "write")
    found.meeting = row
    if not found.is_draft:
        raise Refused(
            _("These minutes are %(state)s; they do not change now.") % {"state": found.get_state_display()},
            code="state",
        )
    return row, found


def _writing(row: Meeting) -> str:
    return reverse("meetings:write-minutes", args=[row.agreement.code, row.pk])


def minutes_crumbs(row: Meeting) -> list[tuple[Any, str]]:
    return [*crumbs(row), (_("Minutes"), reverse("meetings:minutes", args=[row.agreement.code, row.pk]))]
