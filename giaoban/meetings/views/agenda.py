"""The agenda: the draft for those who prepare it, the published versions for everybody else."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from giaoban.core.pages.asking import ask, confirm
from giaoban.core.refused import Refused
from giaoban.meetings import queries
from giaoban.meetings.actions import agenda as actions
from giaoban.meetings.forms.agenda import ItemForm, NoteForm
from giaoban.meetings.models import ItemKind, Meeting
from giaoban.meetings.queries import agenda as reading
from giaoban.meetings.queries import conclusions, papers
from giaoban.meetings.views.frame import about, crumbs


@login_required
def agenda(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """The agenda as the reader may see it."""
    row = queries.meeting_for(request.by, agreement, pk)
    context = about(request, row) | _last_time(row)
    versions = list(row.agenda_versions.all())
    newest = versions[0] if versions else None
    context["versions"] = versions
    if context["may_write"]:
        slots = reading.timed(row, reading.items_of(row))
        return render(request, "meetings/agenda_edit.html", context | {
            "slots": slots, "newest": newest, "changes": reading.unpublished(newest, slots),
            "only_carried": all(s.item.kind == ItemKind.CONCLUSIONS for s in slots),
            "ends": slots[-1].ends if slots else None, "papers": _papers(request, row),
        })  # fmt: skip
    return render(request, "meetings/agenda.html", context | _published(request, row, newest))


def _published(request: HttpRequest, row: Meeting, version: Any) -> dict[str, Any]:
    """The newest version, each line with what it leads to as far as the reader may go there."""
    lines = [reading.Line.of(kept) for kept in version.lines] if version else []
    items = {item.pk: item for item in reading.items_of(row)}
    sections = [item.section for item in items.values() if item.section]
    return {
        "newest": version, "papers": _papers(request, row),
        "lines": [(line, items.get(line.item)) for line in lines], "kinds": dict(ItemKind.choices),
        "open_sections": reading.shown_sections(sections, request.by),
    }  # fmt: skip


def _papers(request: HttpRequest, row: Meeting) -> dict[int, list[Any]]:
    """The papers the reader may know of, by item."""
    found: dict[int, list[Any]] = {}
    for paper in papers.readable(request.by, row).filter(withdrawn_at=None, item__isnull=False):
        found.setdefault(paper.item_id, []).append(paper)
    return found


def _last_time(row: Meeting) -> dict[str, Any]:
    before, followed = conclusions.of_last_time(row)
    return {"before": before, "followed": followed}


def _back(row: Meeting) -> str:
    return reverse("meetings:agenda", args=[row.agreement.code, row.pk])


@login_required
@require_POST
def begin(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    actions.begin_agenda(meeting=row, by=request.by, at=request.at)
    messages.success(request, _("The agenda is begun in the usual order. Change it as you like."))
    return HttpResponseRedirect(_back(row))


@login_required
def add(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    form = ItemForm(request.POST or None, meeting=row, by=request.by, day=request.by.day)

    def act(**given: Any) -> None:
        actions.add_item(meeting=row, by=request.by, at=request.at, **given)

    return ask(
        request, form, act, title=_("New item of the agenda"), back=_back(row), agreement=row.agreement,
        crumbs=_crumbs(row), done=_("The item stands at the end of the agenda."),
    )  # fmt: skip


@login_required
def change(request: HttpRequest, agreement: str, pk: int, item: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    found = reading.item_for(row, item)
    form = ItemForm(request.POST or None, meeting=row, by=request.by, day=request.by.day, item=found)

    def act(**given: Any) -> None:
        actions.change_item(item=found, by=request.by, at=request.at, **given)

    return ask(
        request, form, act, title=_("Change the item"), back=_back(row), agreement=row.agreement,
        crumbs=_crumbs(row), done=_("The item is changed."),
    )  # fmt: skip


@login_required
@require_POST
def shift(request: HttpRequest, agreement: str, pk: int, item: int, way: str) -> HttpResponse:
    """One place up or down."""
    row = queries.meeting_for(request.by, agreement, pk, "write")
    found = reading.item_for(row, item)
    actions.shift_item(item=found, step=-1 if way == "up" else 1, by=request.by, at=request.at)
    return HttpResponseRedirect(f"{_back(row)}#item-{found.pk}")


@login_required
@require_POST
def arrange(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """The whole order at once, as it was dragged."""
    row = queries.meeting_for(request.by, agreement, pk, "write")
    given = [part for part in request.POST.get("order", "").split(",") if part]
    if not all(part.isascii() and part.isdigit() and len(part) < 15 for part in given):
        raise Refused(_("This is no order of the agenda's items."))
    actions.arrange(meeting=row, order_of=[int(part) for part in given], by=request.by, at=request.at)
    return HttpResponseRedirect(_back(row))


@login_required
def remove(request: HttpRequest, agreement: str, pk: int, item: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    found = reading.item_for(row, item)
    return confirm(
        request, lambda: actions.remove_item(item=found, by=request.by, at=request.at),
        title=_("Take this item off the agenda?"), action=_("Take it off"), back=_back(row), agreement=row.agreement,
        crumbs=_crumbs(row), sentence=str(found), done=_("The item is off the agenda."),
    )  # fmt: skip


@login_required
def publish(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """What is new, and the button that publishes it."""
    row = queries.meeting_for(request.by, agreement, pk, "write")
    form = NoteForm(request.POST or None)
    newest = reading.published(row)
    slots = reading.timed(row, reading.items_of(row))

    def act(note: str) -> None:
        actions.publish_agenda(meeting=row, note=note, by=request.by, at=request.at)

    return ask(
        request, form, act, title=_("Publish the agenda"), back=_back(row), template="meetings/agenda_publish.html",
        done=_("The agenda is published as a new version."), changes=reading.unpublished(newest, slots), newest=newest,
        **about(request, row),
    )  # fmt: skip


@login_required
def version(request: HttpRequest, agreement: str, pk: int, number: int) -> HttpResponse:
    """One published version, and what changed in it since the one before."""
    row = queries.meeting_for(request.by, agreement, pk)
    found = reading.version_for(row, number)
    older = row.agenda_versions.filter(number__lt=number).first()
    return render(request, "meetings/agenda_version.html", about(request, row) | {
        "version": found, "older": older, "lines": [(reading.Line.of(kept), None) for kept in found.lines],
        "changes": reading.differences(older.lines, found.lines) if older else [],
        "versions": list(row.agenda_versions.all()), "kinds": dict(ItemKind.choices),
    })  # fmt: skip


def _crumbs(row: Meeting) -> list[tuple[Any, str]]:
    return [*crumbs(row), (_("Agenda"), _back(row))]
