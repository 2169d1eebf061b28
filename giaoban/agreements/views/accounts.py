"""Accounts of people: of an agreement for its coordinator, of everybody for the operator."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.accounts.models import User
from giaoban.agreements import actions, queries
from giaoban.agreements.forms import EndRoleForm, InviteOperatorForm, OperatorForm
from giaoban.agreements.policy import ACCOUNTS
from giaoban.agreements.views.people import account_state, account_tone, ask_whom, done
from giaoban.core.history import history
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask, confirm

EVERYBODY = ListPage(
    name="accounts",
    columns=(
        Column(
            "name",
            gettext_lazy("Person"),
            value=str,
            sort="name",
            link=lambda p: reverse("agreements:account", args=[p.pk]),
        ),
        Column("title", gettext_lazy("Position"), sort="title"),
        Column("email", gettext_lazy("E-mail address"), sort="email"),
        Column("roles", gettext_lazy("Roles"), value=lambda p: roles_of(p)),
        Column("last_login", gettext_lazy("Signed in last"), kind="moment", sort="last_login"),
        Column("active", gettext_lazy("Account"), value=account_state, tone=account_tone, sort="is_active"),
    ),
    search=("name", "email", "title"),
    filters=(
        Filter(
            "is_active",
            gettext_lazy("Account"),
            [("True", gettext_lazy("active")), ("False", gettext_lazy("deactivated"))],
        ),
    ),
    sort="name",
)


def roles_of(person: User) -> str:
    """The roles of a person with their agreements, in words; from what was read with him."""
    held = person.memberships.all()
    return "; ".join(
        f"{m.get_role_display()} ({m.agreement.code})" if m.agreement else m.get_role_display() for m in held
    )


@login_required
def everybody(request: HttpRequest) -> HttpResponse:
    if not queries.rules_all(request.by):
        raise Http404
    return EVERYBODY.answer(request, queries.everybody(request.by), "agreements/everybody.html")


@login_required
def account(request: HttpRequest, pk: int) -> HttpResponse:
    person = queries.person_anywhere(request.by, pk)
    roles = [(role, queries.state_on(role, request.by.day)) for role in person.memberships.all()]
    return render(request, "agreements/person.html", {
        "person": person, "roles": roles, "may_account": True, "crumbs": crumbs(), "events": history([person]),
        "is_operator": any(role.agreement_id is None and state.code == "now" for role, state in roles),
    })  # fmt: skip


@login_required
def invite_operator(request: HttpRequest) -> HttpResponse:
    if not queries.rules_all(request.by):
        raise Http404
    form = InviteOperatorForm(request.POST or None, initial={"valid_from": request.by.day})
    around = {"crumbs": crumbs(), "back": reverse("agreements:everybody")}
    return ask_whom(request, form, None, around, title=_("Invite an operator"))


@login_required
def make_operator(request: HttpRequest, pk: int) -> HttpResponse:
    person = queries.person_anywhere(request.by, pk)
    form = OperatorForm(request.POST or None, initial={"valid_from": request.by.day})
    return ask(
        request, form,
        lambda **given: done(actions.give_role, person=person, agreement=None, by=request.by, at=request.at, **given),
        title=_("Make %(name)s an operator") % {"name": person}, back=page(pk), crumbs=crumbs(person),
        lead=_("An operator manages every agreement, every account and the tree of units."),
        done=_("The role is given."),
    )  # fmt: skip


@login_required
def end_operator(request: HttpRequest, pk: int, role: int) -> HttpResponse:
    person = queries.person_anywhere(request.by, pk)
    held = queries.role_for(request.by, role, None)
    form = EndRoleForm(request.POST or None, initial={"on": request.by.day})
    return ask(
        request, form, lambda **given: actions.end_role(membership=held, by=request.by, at=request.at, **given),
        title=_("End the role of %(name)s") % {"name": person}, back=page(pk), crumbs=crumbs(person), tone="danger",
        done=_("The role is ended."), action=_("End the role"),
    )  # fmt: skip


@login_required
def switch(request: HttpRequest, pk: int, what: str, agreement: str = "") -> HttpResponse:
    """Deactivate, reactivate, or reset the second step, after asking."""
    person, back, context = _who(request, pk, agreement)
    act, title, sentence, tone = _SWITCHES[what]
    return confirm(
        request, lambda: act(person=person, by=request.by, at=request.at) and None,
        title=title % {"name": person}, sentence=sentence, action=title % {"name": person}, tone=tone, back=back,
        done=_("It is done."), **context,
    )  # fmt: skip


@login_required
def reset(request: HttpRequest, pk: int, agreement: str = "") -> HttpResponse:
    """Take the password away; who may see it gets the one-time link, on this page only."""
    person, back, context = _who(request, pk, agreement)
    title = _("Reset the password of %(name)s") % {"name": person}
    if request.method != "POST":
        sentence = _(
            "The old password stops working at once. A one-time link for a new one goes out by mail."
        )
        context |= {"title": title, "action": title, "sentence": sentence, "back": back, "tone": "danger"}
        return render(request, "core/confirm.html", context)
    link = actions.reset_password(
        person=person, site=request.build_absolute_uri("/"), by=request.by, at=request.at
    )
    return render(
        request, "agreements/reset_done.html", context | {"person": person, "link": link, "back": back}
    )


_SWITCHES: dict[str, tuple[Any, Any, Any, str]] = {
    "deactivate": (
        actions.deactivate_person, gettext_lazy("Deactivate the account of %(name)s"),
        gettext_lazy("He is signed out at once and cannot sign in any more. Everything he did stays in the history."),
        "danger",
    ),
    "reactivate": (
        actions.reactivate_person, gettext_lazy("Reactivate the account of %(name)s"),
        gettext_lazy("He signs in with the password he had; his roles hold again."), "primary",
    ),
    "reset-second-step": (
        actions.reset_second_factor, gettext_lazy("Reset the second step of %(name)s"),
        gettext_lazy("His authenticator app, passkeys and recovery codes are forgotten; he sets up new ones."),
        "danger",
    ),
}  # fmt: skip


def page(pk: int) -> str:
    return reverse("agreements:account", args=[pk])


def crumbs(person: User | None = None) -> list[tuple[Any, str]]:
    steps: list[tuple[Any, str]] = [(_("Accounts"), reverse("agreements:everybody"))]
    return [*steps, (str(person), page(person.pk))] if person else steps


def _who(request: HttpRequest, pk: int, code: str) -> tuple[User, str, dict[str, Any]]:
    """The person, his page, and the frame; "not found" where his account is not the actor's to manage."""
    if not code:
        person = queries.person_anywhere(request.by, pk)
        return person, page(pk), {"crumbs": crumbs(person)}
    row = queries.agreement_for(request.by, code, "manage_people")
    person = queries.person_in(row, pk)
    if not ACCOUNTS.may(request.by, "deactivate", person):
        raise Http404(pk)
    back = reverse("agreements:person", args=[row.code, pk])
    steps = [
        (str(row), row.get_absolute_url()),
        (_("People and roles"), reverse("agreements:people", args=[row.code])),
    ]
    return person, back, {"agreement": row, "crumbs": [*steps, (str(person), back)]}
