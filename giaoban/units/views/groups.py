"""Groups of units."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.core.pages import Column, ListPage
from giaoban.core.pages.asking import ask
from giaoban.units import actions, browsing
from giaoban.units.forms import groups as forms
from giaoban.units.models import Group
from giaoban.units.policy import GROUPS

GROUPS_LIST = ListPage(
    name="groups",
    columns=(
        Column("name", gettext_lazy("Group"), value=str, link=lambda g: page(g)),
        Column("code", gettext_lazy("Code"), sort="code"),
        Column("count", gettext_lazy("Members today"), kind="number", sort="count"),
    ),
    search=("code", "names"),
    sort="code",
)


def page(group: Group) -> str:
    return reverse("units:group", args=[group.pk])


def crumbs(group: Group | None = None) -> list[tuple[Any, str]]:
    steps: list[tuple[Any, str]] = [
        (_("Units"), reverse("units:index")), (_("Groups of units"), reverse("units:groups")),
    ]  # fmt: skip
    return [*steps, (str(group), page(group))] if group else steps


@login_required
def index(request: HttpRequest) -> HttpResponse:
    rows = browsing.groups_with_counts(request.by, request.by.day)
    context = {"may_change": GROUPS.may_at_all(request.by, "change")}
    return GROUPS_LIST.answer(request, rows, "units/groups.html", context)


@login_required
def group(request: HttpRequest, pk: int) -> HttpResponse:
    row = browsing.group_for(request.by, pk)
    return render(request, "units/group.html", {
        "group": row, "members": browsing.members_of(row), "day": request.by.day,
        "may_change": GROUPS.may_at_all(request.by, "change"),
    })  # fmt: skip


@login_required
def new(request: HttpRequest) -> HttpResponse:
    if not GROUPS.may_at_all(request.by, "change"):
        raise Http404
    return ask(
        request, forms.GroupForm(request.POST or None),
        lambda **given: page(actions.make_group(by=request.by, at=request.at, **given)),
        title=_("Make a group"), back=reverse("units:groups"), crumbs=crumbs(),
        done=_("The group is made. Add its members."),
    )  # fmt: skip


@login_required
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    row = browsing.group_for(request.by, pk, "change")
    form = forms.GroupNamesForm(request.POST or None, group=row)
    return ask(
        request, form, lambda **given: page(actions.rename_group(group=row, by=request.by, at=request.at, **given)),
        title=_("Rename the group"), back=page(row), crumbs=crumbs(row), done=_("The group is renamed."),
    )  # fmt: skip


@login_required
def add(request: HttpRequest, pk: int) -> HttpResponse:
    row = browsing.group_for(request.by, pk, "change")
    form = forms.MembersForm(
        request.POST or None, initial={"on": request.by.day}, by=request.by, day=request.by.day
    )
    return ask(
        request, form, lambda **given: actions.add_members(group=row, by=request.by, at=request.at, **given) and None,
        title=_("Add members"), back=page(row), crumbs=crumbs(row), done=_("The members are added."),
    )  # fmt: skip


@login_required
def end(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    row = browsing.group_for(request.by, pk, "change")
    found = get_object_or_404(row.members.select_related("unit", "group"), pk=member)
    form = forms.EndForm(request.POST or None, initial={"on": request.by.day})
    return ask(
        request, form, lambda **given: actions.end_member(member=found, by=request.by, at=request.at, **given),
        title=_("End the membership of %(unit)s") % {"unit": found.unit}, back=page(row), crumbs=crumbs(row),
        done=_("The membership is ended."), tone="danger",
    )  # fmt: skip
