"""People of one agreement and their roles."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.accounts.models import User
from giaoban.agreements import actions, queries
from giaoban.agreements.forms import EndRoleForm, InviteForm, RoleForm
from giaoban.agreements.models import Agreement, Membership, Role
from giaoban.agreements.policy import ACCOUNTS
from giaoban.core.history import Event, history
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask, given_by, refuse
from giaoban.core.refused import Refused
from giaoban.units.models import valid_on

PEOPLE = ListPage(
    name="people",
    columns=(
        Column(
            "name",
            gettext_lazy("Person"),
            value=lambda m: m.user.label,
            link=lambda m: person_page(m),
            sort="user__name",
        ),
        Column("role", gettext_lazy("Role"), value=Membership.get_role_display, sort="role"),
        Column(
            "unit", gettext_lazy("Unit"), value=lambda m: m.unit.name if m.unit else "", sort="unit__name"
        ),
        Column("email", gettext_lazy("E-mail address"), value=lambda m: m.user.email, sort="user__email"),
        Column("valid_to", gettext_lazy("Until (not included)"), kind="day", sort="valid_to"),
        Column(
            "active",
            gettext_lazy("Account"),
            value=lambda m: account_state(m.user),
            tone=lambda m: account_tone(m.user),
        ),
    ),
    search=("user__name", "user__email", "user__title", "unit__name", "unit__code"),
    filters=(
        Filter("role", gettext_lazy("Role"), [c for c in Role.choices if c[0] != Role.OPERATOR]),
        Filter(
            "when",
            gettext_lazy("In force"),
            [("now", gettext_lazy("today"))],
            default="now",
            where=lambda rows, value: rows.filter(in_force=True),
        ),
    ),
    sort="name",
)


def account_state(person: User) -> Any:
    return _("active") if person.is_active else _("deactivated")


def account_tone(person: User) -> str:
    return "good" if person.is_active else "bad"


def person_page(row: Membership) -> str:
    return reverse("agreements:person", args=[row.agreement.code, row.user_id])


def crumbs(agreement: Agreement, person: User | None = None) -> list[tuple[Any, str]]:
    """The way to a page about people of an agreement."""
    code = agreement.code
    steps: list[tuple[Any, str]] = [
        (str(agreement), agreement.get_absolute_url()),
        (_("People and roles"), reverse("agreements:people", args=[code])),
    ]
    return [*steps, (person.label, reverse("agreements:person", args=[code, person.pk]))] if person else steps


@login_required
def people(request: HttpRequest, agreement: str) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement, "manage_people")
    rows = queries.roles_in(row, request.by).annotate(in_force=valid_on_day(request.by.day))
    return PEOPLE.answer(request, rows, "agreements/people.html", {"agreement": row})


def valid_on_day(day: Any) -> Any:
    return ExpressionWrapper(valid_on(day), output_field=BooleanField())


@login_required
def invite(request: HttpRequest, agreement: str) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement, "manage_people")
    form = InviteForm(request.POST or None, by=request.by, day=request.by.day)
    around = {"agreement": row, "crumbs": crumbs(row), "back": reverse("agreements:people", args=[row.code])}
    return ask_whom(request, form, row, around, title=_("Invite a person"))


def ask_whom(
    request: HttpRequest, form: Form, agreement: Agreement | None, around: dict[str, Any], *, title: str
) -> HttpResponse:
    """Invite somebody; the page after it shows the one-time link, which is not kept anywhere."""
    if request.method == "POST" and form.is_valid():
        try:
            invitation = actions.invite_person(
                agreement=agreement, site=request.build_absolute_uri("/"), by=request.by, at=request.at,
                **given_by(form),
            )  # fmt: skip
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return render(request, "agreements/invited.html", around | {"invitation": invitation})
    asked = {"form": form, "title": title, "action": _("Invite")}
    return render(request, "core/form_page.html", around | asked)


@login_required
def person(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement, "manage_people")
    found = queries.person_in(row, pk)
    roles = list(queries.roles_in(row, request.by).filter(user=found).order_by("-valid_from"))
    return render(request, "agreements/person.html", {
        "agreement": row, "person": found, "crumbs": crumbs(row), "events": _events(request, row, found),
        "roles": [(role, queries.state_on(role, request.by.day)) for role in roles],
        "may_account": ACCOUNTS.may(request.by, "deactivate", found),
        "may_roles": queries.rules_all(request.by) or found.actor_id != request.by.actor_id,
    })  # fmt: skip


def _events(request: HttpRequest, agreement: Agreement, person: User) -> list[Event]:
    """What happened to the person here; to an operator also what happened elsewhere."""
    here = None if queries.rules_all(request.by) else Q(detail__agreement=agreement.pk)
    return history([person], only=here)


@login_required
def give(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement, "manage_people")
    found = queries.person_in(row, pk)
    form = RoleForm(request.POST or None, by=request.by, day=request.by.day)
    return ask(
        request, form,
        lambda **given: done(actions.give_role, person=found, agreement=row, by=request.by, at=request.at, **given),
        title=_("Give a role to %(name)s") % {"name": found}, back=crumbs(row, found)[-1][1], agreement=row,
        crumbs=crumbs(row, found), done=_("The role is given."),
    )  # fmt: skip


@login_required
def change(request: HttpRequest, agreement: str, role: int) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement, "manage_people")
    held = queries.role_for(request.by, role, row)
    form = RoleForm(request.POST or None, by=request.by, day=request.by.day, role=held)
    return ask(
        request, form,
        lambda **given: done(actions.change_role, membership=held, by=request.by, at=request.at, **given),
        title=_("Change the role of %(name)s") % {"name": held.user}, back=person_page(held), agreement=row,
        crumbs=crumbs(row, held.user), done=_("The role is changed."),
    )  # fmt: skip


@login_required
def end(request: HttpRequest, agreement: str, role: int) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement, "manage_people")
    held = queries.role_for(request.by, role, row)
    if held.user_id is None:
        raise Http404
    form = EndRoleForm(request.POST or None, initial={"on": request.by.day})
    return ask(
        request, form, lambda **given: actions.end_role(membership=held, by=request.by, at=request.at, **given),
        title=_("End the role of %(name)s") % {"name": held.user}, lead=str(held), agreement=row,
        back=reverse("agreements:people", args=[row.code]), crumbs=crumbs(row, held.user), done=_("The role is ended."),
        tone="danger", action=_("End the role"),
    )  # fmt: skip


def done(act: Any, **given: Any) -> None:
    act(**given)
