"""Figures of a meeting, its file as a ZIP, mail to delegates, the next meeting, series."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models import Agreement
from giaoban.agreements.queries import agreement_for
from giaoban.core.pages import Column, ListPage
from giaoban.core.pages.asking import ask, refuse
from giaoban.core.refused import Refused
from giaoban.lib.text import slug
from giaoban.meetings import actions, queries
from giaoban.meetings.actions import copying, letters
from giaoban.meetings.archive import archive
from giaoban.meetings.forms.extras import CopyForm, SeriesForm, WriteForm
from giaoban.meetings.models import STANDING, Delegate, Meeting, Series
from giaoban.meetings.policy import MEETINGS
from giaoban.meetings.queries.conclusions import followed
from giaoban.meetings.queries.series import next_host, series_for, series_of
from giaoban.meetings.queries.statistics import statistics
from giaoban.meetings.views.delegates import DELEGATES_PAGE
from giaoban.meetings.views.extras import of
from giaoban.meetings.views.frame import about, crumbs, may_write

SERIES_PAGE = ListPage(
    name="series",
    columns=(
        Column("title", _("Series"), value=str, sort=KT("titles__vi"), link=lambda s: series_page(s)),
        Column("held", _("Meetings"), kind="number", sort="held"),
        Column("hosts", _("Hosts in turn"), value=lambda s: ", ".join(p.unit.name for p in s.hosts.all())),
    ),
    search=(KT("titles__vi"), KT("titles__en")),
    sort="title",
)  # fmt: skip


def series_page(series: Series) -> str:
    return reverse("meetings:edit-series", args=[series.agreement.code, series.pk])


@login_required
def figures(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Who was invited and who came forward, by unit and level."""
    row = queries.meeting_for(request.by, agreement, pk, "read_draft")
    return render(
        request,
        "meetings/figures.html",
        about(request, row) | {"found": statistics(row), "may_copy": may_write(request, row)},
    )


@login_required
def file(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """The file of the meeting."""
    row = queries.meeting_for(request.by, agreement, pk, "read_draft")
    name = slug(f"ho so {row.agreement.code} {row.starts_at:%Y-%m-%d} {row.pk}")
    held = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
    return HttpResponse(archive(row, by=request.by), content_type="application/zip", headers=held)


@login_required
def write(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Words to the delegates that the filter of the list picks: looked at first, then sent."""
    row = queries.meeting_for(request.by, agreement, pk, "write")
    picked = _picked(request, row)
    form, mails = WriteForm(request.POST or None), []
    if request.method == "POST" and form.is_valid():
        given = {"meeting": row, "delegates": picked, "by": request.by, "at": request.at, **form.cleaned_data}
        try:
            if "send" in request.POST:
                count = len(letters.write_to(**given))
                said = ngettext("%(count)s mail is on its way.", "%(count)s mails are on their way.", count)
                messages.success(request, said % {"count": count})
                return HttpResponseRedirect(of(row, "delegates"))
            mails = letters.preview(**given)
        except Refused as refusal:
            refuse(form, refusal)
    context = about(request, row) | {
        "form": form, "mails": mails[:3], "count": picked.exclude(email="").count(), "without": picked.filter(email=""),
    }  # fmt: skip
    return render(request, "meetings/write.html", context)


def _picked(request: HttpRequest, row: Meeting) -> QuerySet[Delegate]:
    rows = queries.delegates_of(row, request.by)
    levels = [(n, n) for n in rows.order_by().values_list("invitation__unit__level", flat=True).distinct()]
    return DELEGATES_PAGE.page(request, rows, choices={"level": levels}).found


@login_required
def copy(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Prepare the next meeting from this one."""
    row = queries.meeting_for(request.by, agreement, pk, "write")
    host = next_host(row.series, after=row.host) if row.series else row.host

    def act(**given: Any) -> str:
        made = copying.copy_meeting(meeting=row, by=request.by, at=request.at, **given)
        return made.get_absolute_url()

    lead = gettext("Organisers, chair, invited units and questions are taken over; nobody is named yet.")
    if any(each.is_open for each in followed(row.conclusions.filter(state__in=STANDING))):
        lead += " " + gettext("What is still open of its conclusions is the first item of the agenda.")
    if host:
        lead += " " + gettext("Host: %(unit)s.") % {"unit": host}
    return ask(
        request, CopyForm.of(row, request.POST or None), act, title=gettext("Prepare the next meeting"), lead=lead,
        back=row.get_absolute_url(), agreement=row.agreement, crumbs=crumbs(row),
        done=gettext("The next meeting is there, in draft."),
    )  # fmt: skip


@login_required
def series(request: HttpRequest, agreement: str) -> HttpResponse:
    found = _agreement(request, agreement)
    context = {
        "agreement": found, "empty_text": gettext("Meetings that come round, with a host that rotates."),
        "empty_url": reverse("meetings:new-series", args=[agreement]), "empty_action": gettext("New series"),
    }  # fmt: skip
    return SERIES_PAGE.answer(
        request, series_of(found).select_related("agreement"), "meetings/series.html", context
    )


@login_required
def new_series(request: HttpRequest, agreement: str) -> HttpResponse:
    found = _agreement(request, agreement)
    form = SeriesForm(request.POST or None, by=request.by, day=request.by.day)

    def act(**given: Any) -> None:
        actions.make_series(agreement=found, by=request.by, at=request.at, **given)

    return _series(request, found, form, act, gettext("New series"))


@login_required
def edit_series(request: HttpRequest, agreement: str, series: int) -> HttpResponse:
    found = _agreement(request, agreement)
    row = series_for(found, series)
    form = SeriesForm(request.POST or None, by=request.by, day=request.by.day, series=row)

    def act(**given: Any) -> None:
        actions.edit_series(series=row, by=request.by, at=request.at, **given)

    return _series(request, found, form, act, str(row))


def _series(request: HttpRequest, found: Agreement, form: SeriesForm, act: Any, title: str) -> HttpResponse:
    return ask(
        request, form, act, title=title, back=reverse("meetings:series", args=[found.code]), agreement=found,
        crumbs=crumbs(found), done=gettext("Saved."),
    )  # fmt: skip


def _agreement(request: HttpRequest, code: str) -> Agreement:
    found = agreement_for(request.by, code)
    if not MEETINGS.may_in(request.by, "write", found.pk):
        raise Http404
    return found
