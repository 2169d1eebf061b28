"""Activities of units: list, record, put right, call typical, pictures."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from giaoban.agreements.models import Agreement
from giaoban.agreements.queries import agreement_for
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask, confirm
from giaoban.plans import actions, queries
from giaoban.plans.forms.activities import ActivityForm, PictureForm
from giaoban.plans.forms.tasks import ReasonForm
from giaoban.plans.models import Activity, ActivityKind, Picture
from giaoban.plans.policy import ACTIVITIES

LIST = ListPage(
    name="activities",
    columns=(
        Column("title", gettext_lazy("What was done"), link=lambda a: a.get_absolute_url(), sort="title"),
        Column("kind", gettext_lazy("Kind"), value=lambda a: a.get_kind_display(), sort="kind"),
        Column("unit", gettext_lazy("Unit"), value=lambda a: a.unit.name, sort="unit__name"),
        Column("held_on", gettext_lazy("From"), kind="day", sort="held_on"),
        Column("place", pgettext_lazy("activity", "Place")),
        Column("partners", gettext_lazy("Partners")),
        Column("participants", gettext_lazy("Number of participants"), kind="number", sort="participants"),
        Column(
            "typical", gettext_lazy("Typical"), value=lambda a: _("typical") if a.is_typical else "",
            tone=lambda a: "good", sort="is_typical",
        ),
    ),
    search=("title", "place", "partners", "output", "unit__code", "unit__name"),
    filters=(
        Filter("kind", gettext_lazy("Kind"), ActivityKind.choices),
        Filter("typical", gettext_lazy("Typical"), [("yes", gettext_lazy("typical only"))],
               where=lambda rows, value: rows.filter(is_typical=True)),
        Filter("from", gettext_lazy("From"), kind="day", lookup="held_on__gte"),
        Filter("until", gettext_lazy("Until"), kind="day", lookup="held_on__lte"),
    ),
    sort="-held_on",
)  # fmt: skip


def home(agreement: Agreement) -> str:
    return reverse("plans:activities", args=[agreement.code])


def crumbs(agreement: Agreement, row: Activity | None = None) -> list[tuple[Any, str]]:
    way = [(str(agreement), agreement.get_absolute_url()), (_("Activities"), home(agreement))]
    return [*way, (row, row.get_absolute_url())] if row else way


@login_required
def index(request: HttpRequest, agreement: str) -> HttpResponse:
    row = agreement_for(request.by, agreement)
    context = {"agreement": row, "may_write": ACTIVITIES.may_in(request.by, "write", row.pk)}
    if context["may_write"]:
        context |= {
            "empty_action": _("Record an activity"),
            "empty_url": reverse("plans:activity-new", args=[row.code]),
        }
    return LIST.answer(request, queries.activities_of(row, request.by), "plans/activities.html", context)


@login_required
def activity(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.activity_for(request.by, agreement, pk)
    context = {
        "agreement": row.agreement, "activity": row, "may_write": ACTIVITIES.may(request.by, "write", row),
        "may_mark": ACTIVITIES.may(request.by, "mark", row),
        "pictures": [p for p in row.pictures.select_related("document") if p.removed_at is None],
    }  # fmt: skip
    return render(request, "plans/activity.html", context)


@login_required
def new(request: HttpRequest, agreement: str) -> HttpResponse:
    row = agreement_for(request.by, agreement)
    if not ACTIVITIES.may_in(request.by, "write", row.pk):
        raise Http404
    held = [m.unit for m in request.by.memberships if m.agreement_id == row.pk and m.unit]
    first = {"unit": held[0]} if held else {}
    first |= {"task": request.GET.get("task")}
    form = ActivityForm(
        request.POST or None, request.FILES or None, agreement=row, by=request.by, initial=first
    )

    def act(**given: Any) -> str:
        made = actions.record_activity(agreement=row, by=request.by, at=request.at, **given)
        return made.get_absolute_url()

    return ask(
        request, form, act, title=_("Record an activity"), back=home(row), crumbs=crumbs(row), agreement=row,
        done=_("The activity is recorded."),
    )  # fmt: skip


@login_required
def edit(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.activity_for(request.by, agreement, pk, "write")
    form = ActivityForm(
        request.POST or None, request.FILES or None, agreement=row.agreement, by=request.by, activity=row
    )  # fmt: skip

    def act(**given: Any) -> None:
        actions.edit_activity(activity=row, by=request.by, at=request.at, **given)

    return ask(
        request, form, act, title=_("Change the activity"), back=row.get_absolute_url(), agreement=row.agreement,
        crumbs=crumbs(row.agreement, row), done=_("The activity is changed."),
    )  # fmt: skip


@login_required
def mark(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.activity_for(request.by, agreement, pk, "mark")
    form = ReasonForm(request.POST or None, needed=True, initial={"reason": row.why_typical})

    def act(reason: str) -> None:
        actions.mark_typical(activity=row, reason=reason, by=request.by, at=request.at)

    return ask(
        request, form, act, title=_("Call it typical"), action=_("Call it typical"), about=row,
        back=row.get_absolute_url(), agreement=row.agreement, crumbs=crumbs(row.agreement, row),
        done=_("It stands in the review as a typical activity."),
    )  # fmt: skip


@login_required
def unmark(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.activity_for(request.by, agreement, pk, "mark")
    return confirm(
        request, lambda: _none(actions.unmark_typical(activity=row, by=request.by, at=request.at)),
        title=_("Not typical any more?"), action=_("Not typical"), sentence=str(row), back=row.get_absolute_url(),
        agreement=row.agreement, crumbs=crumbs(row.agreement, row), tone="primary",
        done=_("It is not typical any more."),
    )  # fmt: skip


@login_required
def withdraw(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.activity_for(request.by, agreement, pk, "write")

    def act(reason: str) -> str:
        actions.withdraw_activity(activity=row, reason=reason, by=request.by, at=request.at)
        return home(row.agreement)

    return ask(
        request, ReasonForm(request.POST or None, needed=True), act, title=_("Withdraw the activity"),
        action=_("Withdraw"), tone="danger", about=row, back=row.get_absolute_url(), agreement=row.agreement,
        crumbs=crumbs(row.agreement, row), done=_("The activity is withdrawn."),
    )  # fmt: skip


@login_required
def picture_new(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.activity_for(request.by, agreement, pk, "write")

    def act(**given: Any) -> None:
        actions.add_picture(activity=row, by=request.by, at=request.at, **given)

    return ask(
        request, PictureForm(request.POST or None, request.FILES or None), act, title=_("Add a picture"),
        about=row, back=row.get_absolute_url(), agreement=row.agreement, crumbs=crumbs(row.agreement, row),
        done=_("The picture is added."),
    )  # fmt: skip


@login_required
def picture(request: HttpRequest, agreement: str, pk: int, picture: int) -> FileResponse:
    """The picture itself."""
    row = queries.activity_for(request.by, agreement, pk)
    found = get_object_or_404(_pictures(row), pk=picture)
    return FileResponse(found.document.file.open("rb"), content_type=found.document.content_type)


@login_required
def picture_remove(request: HttpRequest, agreement: str, pk: int, picture: int) -> HttpResponse:
    row = queries.activity_for(request.by, agreement, pk, "write")
    found = get_object_or_404(_pictures(row), pk=picture)
    return confirm(
        request, lambda: actions.remove_picture(picture=found, by=request.by, at=request.at),
        title=_("Take this picture off?"), action=_("Take it off"), sentence=found.document.alternative,
        back=row.get_absolute_url(), agreement=row.agreement, crumbs=crumbs(row.agreement, row),
        done=_("The picture is taken off."),
    )  # fmt: skip


@login_required
def source(request: HttpRequest, agreement: str, pk: int) -> FileResponse:
    """The document that tells of the activity."""
    row = queries.activity_for(request.by, agreement, pk)
    if row.source is None:
        raise Http404
    return FileResponse(row.source.file.open("rb"), as_attachment=True, filename=row.source.name)


def _pictures(row: Activity) -> Any:
    return Picture.objects.select_related("document", "activity").filter(activity=row, removed_at=None)


def _none(_row: Any) -> None:
    return None
