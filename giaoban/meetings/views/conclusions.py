"""Conclusions: written in the hall, accepted, and what they rest on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from giaoban.agreements.queries import agreement_for
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask, confirm, refuse
from giaoban.core.refused import Refused
from giaoban.meetings import queries
from giaoban.meetings.actions import conclusions as actions
from giaoban.meetings.exports import FORMATS
from giaoban.meetings.forms import ReasonForm
from giaoban.meetings.forms.minutes import ConclusionForm, GroundForm
from giaoban.meetings.models import Conclusion, ConclusionState, Ground, Meeting, State
from giaoban.meetings.policy import CONCLUSIONS, NOTICES
from giaoban.meetings.queries import conclusions as reading
from giaoban.meetings.queries import grounds
from giaoban.meetings.queries.proposing import may_propose, proposal_of
from giaoban.meetings.views.frame import about, crumbs

TONES = {
    ConclusionState.PROPOSED: "wait", ConclusionState.ACCEPTED: "good", ConclusionState.GIVEN: "good",
    ConclusionState.DROPPED: "plain",
}  # fmt: skip

CONCLUSIONS_PAGE = ListPage(
    name="conclusions",
    columns=(
        Column(
            "text", gettext_lazy("Conclusion"), value=str, sort=KT("texts__vi"),
            template="meetings/conclusion_cell.html",
        ),
        Column(
            "meeting", gettext_lazy("Meeting"), value=lambda c: str(c.meeting), sort="meeting__starts_at",
            template="meetings/meeting_cell.html",
        ),
        Column("number", gettext_lazy("No."), kind="number", sort="number"),
        Column("lead", gettext_lazy("Lead unit"), value=lambda c: c.lead.name if c.lead else "", sort="lead__name"),
        Column("due_on", gettext_lazy("Due"), kind="day", sort="due_on"),
        Column(
            "state", gettext_lazy("State"), value=Conclusion.get_state_display,
            tone=lambda c: TONES[ConclusionState(c.state)], sort="state",
        ),
    ),
    search=(KT("texts__vi"), KT("texts__en"), KT("meeting__titles__vi"), "lead__name", "output"),
    filters=(
        Filter("state", gettext_lazy("State"), ConclusionState.choices),
        Filter("meeting", gettext_lazy("Meeting")),
        Filter("lead", gettext_lazy("Lead unit")),
    ),
    sort="-meeting",
)  # fmt: skip


@login_required
def index(request: HttpRequest, agreement: str) -> HttpResponse:
    """All conclusions of the agreement's meetings that the reader may read."""
    found = agreement_for(request.by, agreement)
    rows = reading.visible_conclusions(request.by, found)
    choices = {
        "meeting": [(m.pk, str(m)) for m in Meeting.objects.filter(pk__in=rows.values("meeting"))],
        "lead": list(
            rows.exclude(lead=None).order_by("lead__name").values_list("lead", "lead__name").distinct()
        ),
    }
    context = {"agreement": found, "empty_text": _("Conclusions are written on a meeting's page.")}
    return CONCLUSIONS_PAGE.answer(request, rows, "meetings/all_conclusions.html", context, choices=choices)


@login_required
def conclusions(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """The conclusions of a meeting, and the form that writes the next one."""
    row = queries.meeting_for(request.by, agreement, pk)
    may_conclude = CONCLUSIONS.may_in(request.by, "write", row.agreement_id) and row.state not in (
        State.DRAFT, State.CANCELLED,
    )  # fmt: skip
    form = None
    if may_conclude:
        form = _form(request, row)
        if request.method == "POST" and form.is_valid():
            try:
                made = actions.conclude(meeting=row, by=request.by, at=request.at, **form.given())
            except Refused as refusal:
                refuse(form, refusal)
            else:
                messages.success(
                    request, _("Conclusion %(number)s is written down.") % {"number": made.number}
                )
                return HttpResponseRedirect(f"{_back(row)}#write")
    return render(request, "meetings/conclusions.html", about(request, row) | _listed(request, row) | {
        "form": form, "may_conclude": may_conclude,
    })  # fmt: skip


def _form(request: HttpRequest, row: Meeting, conclusion: Conclusion | None = None) -> ConclusionForm:
    return ConclusionForm(
        request.POST or None, meeting=row, by=request.by, day=request.by.day, conclusion=conclusion
    )


def _listed(request: HttpRequest, row: Meeting) -> dict[str, Any]:
    followed = reading.followed(reading.conclusions_of(request.by, row))
    states = [f.conclusion.state for f in followed]
    notice = getattr(row, "notice", None)
    may = {name: CONCLUSIONS.may_in(request.by, name, row.agreement_id) for name in ("accept", "give")}
    may_issue = NOTICES.may_in(request.by, "issue", row.agreement_id)
    standing = any(s in (ConclusionState.ACCEPTED, ConclusionState.GIVEN) for s in states)
    return {
        "followed": followed, "tones": TONES, "may_accept": may["accept"],
        "may_give": may["give"] and ConclusionState.ACCEPTED in states,
        "may_direct": may["give"] and standing and grounds.open_reviews(request.by, row).exists(),
        "may_issue": may_issue and standing and (notice is None or notice.state == "draft"),
        "notice": notice if notice is not None and (may_issue or notice.state == "issued") else None,
        "formats": FORMATS, "proposed": states.count(ConclusionState.PROPOSED), "may_draft": may_issue and standing,
    }  # fmt: skip


@login_required
def conclusion(request: HttpRequest, agreement: str, pk: int, conclusion: int) -> HttpResponse:
    """One conclusion: what, who, until when, on what it rests, the task that came of it."""
    row = queries.meeting_for(request.by, agreement, pk)
    found = reading.conclusion_for(request.by, row, conclusion)
    found.meeting = row
    (followed,) = reading.followed([found])
    may_change = found.state == ConclusionState.PROPOSED and CONCLUSIONS.may_in(
        request.by, "write", row.agreement_id
    )
    moves = [m for m in CONCLUSIONS.moves.values() if found.state in m.sources and m.name != "give"]
    proposal, may_open = proposal_of(found, request.by)
    return render(request, "meetings/conclusion.html", about(request, row) | {
        "conclusion": found, "conclusion_tone": TONES[ConclusionState(found.state)], "followed": followed,
        "proposal": proposal, "may_open_proposal": may_open, "may_propose": may_propose(found, request.by),
        "may_change": may_change, "grounds": grounds.shown(found, request.by),
        "moves": [m for m in moves if CONCLUSIONS.may_in(request.by, m.right, row.agreement_id)],
    })  # fmt: skip


@login_required
def change(request: HttpRequest, agreement: str, pk: int, conclusion: int) -> HttpResponse:
    row, found = _found(request, agreement, pk, conclusion, "write")
    form = _form(request, row, found)

    def act(**given: Any) -> None:
        actions.change_conclusion(conclusion=found, by=request.by, at=request.at, **given)

    return ask(
        request, form, act, title=_("Change conclusion %(number)s") % {"number": found.number},
        back=found.get_absolute_url(), agreement=row.agreement, crumbs=_crumbs(row),
        done=_("The conclusion is changed."),
    )  # fmt: skip


@login_required
@require_POST
def shift(request: HttpRequest, agreement: str, pk: int, conclusion: int, way: str) -> HttpResponse:
    row, found = _found(request, agreement, pk, conclusion, "write")
    actions.shift_conclusion(conclusion=found, step=-1 if way == "up" else 1, by=request.by, at=request.at)
    return HttpResponseRedirect(f"{_back(row)}#conclusion-{found.pk}")


@login_required
@require_POST
def accept(request: HttpRequest, agreement: str, pk: int, conclusion: int) -> HttpResponse:
    """Accepted with one press: the hall does not wait."""
    row, found = _found(request, agreement, pk, conclusion, "accept")
    actions.accept(conclusion=found, by=request.by, at=request.at)
    return HttpResponseRedirect(f"{_back(row)}#conclusion-{found.pk}")


@login_required
def move(request: HttpRequest, agreement: str, pk: int, conclusion: int, name: str) -> HttpResponse:
    """Drop it, or propose it again, with the reason."""
    verbs: dict[str, Any] = {"drop": actions.drop, "repropose": actions.repropose}
    if name not in verbs:
        raise Http404
    row, found = _found(request, agreement, pk, conclusion, CONCLUSIONS.moves[name].right)
    step = CONCLUSIONS.moves[name]

    def act(reason: str) -> None:
        verbs[name](conclusion=found, reason=reason, by=request.by, at=request.at)

    return ask(
        request, ReasonForm(request.POST or None), act, title=step.label, action=step.label, lead=str(found),
        back=found.get_absolute_url(), agreement=row.agreement, crumbs=_crumbs(row),
        done=_("Done: %(move)s.") % {"move": step.label},
    )  # fmt: skip


@login_required
def add_ground(request: HttpRequest, agreement: str, pk: int, conclusion: int) -> HttpResponse:
    """Link a figure or a sentence of a review that was discussed."""
    row, found = _found(request, agreement, pk, conclusion, "write")
    form = GroundForm(request.POST or None, reviews=grounds.reviews_for(request.by, row))

    def act(review: Any, figure: int | None, words: str) -> None:
        chosen = grounds.find(review, figure, words)
        actions.rest_on(conclusion=found, by=request.by, at=request.at, **chosen)

    return ask(
        request, form, act, title=_("What this conclusion rests on"), action=_("Add"), back=found.get_absolute_url(),
        agreement=row.agreement, crumbs=_crumbs(row), lead=str(found), done=_("The link is there."),
    )  # fmt: skip


@login_required
def remove_ground(
    request: HttpRequest, agreement: str, pk: int, conclusion: int, ground: int
) -> HttpResponse:
    row, found = _found(request, agreement, pk, conclusion, "write")
    chosen = get_object_or_404(Ground, conclusion=found, pk=ground)
    return confirm(
        request, lambda: actions.rest_no_more(ground=chosen, by=request.by, at=request.at),
        title=_("Take this link away?"), action=_("Take it away"), back=found.get_absolute_url(),
        agreement=row.agreement, crumbs=_crumbs(row),
    )  # fmt: skip


def _found(
    request: HttpRequest, agreement: str, pk: int, conclusion: int, right: str
) -> tuple[Meeting, Conclusion]:
    row = queries.meeting_for(request.by, agreement, pk)
    found = reading.conclusion_for(request.by, row, conclusion, right)
    found.meeting = row
    return row, found


def _back(row: Meeting) -> str:
    return reverse("meetings:conclusions", args=[row.agreement.code, row.pk])


def _crumbs(row: Meeting) -> list[tuple[Any, str]]:
    return [*crumbs(row), (_("Conclusions"), _back(row))]
