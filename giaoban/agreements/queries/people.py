"""Questions about who holds which role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement, Membership, Role
from giaoban.agreements.policy import MEMBERSHIPS
from giaoban.agreements.queries.agreements import rules_all
from giaoban.core.actors import Actor
from giaoban.units.models import valid_on


def roles_in(agreement: Agreement, by: Actor) -> QuerySet[Membership]:
    """The roles of an agreement that the actor may see, with person and unit."""
    rows = Membership.objects.filter(MEMBERSHIPS.q(by, "read"), agreement=agreement)
    return rows.select_related("user", "unit", "agreement")


def role_for(by: Actor, pk: int, agreement: Agreement | None, right: str = "change") -> Membership:
    """One role, if the actor may change it; else "not found"."""
    rows = Membership.objects.filter(MEMBERSHIPS.q(by, right), pk=pk, agreement=agreement)
    found = rows.select_related("user", "unit", "agreement").first()
    if found is None:
        raise Http404(pk)
    return found


def person_in(agreement: Agreement, pk: int) -> User:
    """A person who has, or had, a role in the agreement; else "not found"."""
    found = User.objects.filter(pk=pk, memberships__agreement=agreement).distinct().first()
    if found is None:
        raise Http404(pk)
    return found


def person_anywhere(by: Actor, pk: int) -> User:
    """Any person, for an operator; else "not found"."""
    found = everybody(by).filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found


def everybody(by: Actor) -> QuerySet[User]:
    """All accounts with their roles, for an operator; nobody for others. Two queries."""
    roles = Membership.objects.select_related("agreement", "unit")
    people = User.objects.prefetch_related(Prefetch("memberships", queryset=roles)).order_by("name", "pk")
    return people.filter(Q() if rules_all(by) else Q(pk__in=[]))


def other_operators(without: Membership, day: date) -> bool:
    """Does another person who may sign in hold the operator's role, without end, on that day?"""
    rows = Membership.objects.filter(valid_on(day), role=Role.OPERATOR, user__is_active=True, valid_to=None)
    return rows.exclude(user=without.user_id).exists()


def has_role_in_force(person: User, day: date) -> bool:
    return Membership.objects.filter(valid_on(day), user=person).exists()


@dataclass(frozen=True)
class RoleState:
    """Whether a role holds on a day: "now", "later" or "ended", with words and a tone for a badge."""

    code: str
    words: str
    tone: str


def state_on(role: Membership, day: date) -> RoleState:
    if role.valid_from > day:
        return RoleState("later", _("begins later"), "wait")
    if role.valid_to is not None and role.valid_to <= day:
        return RoleState("ended", _("ended"), "plain")
    return RoleState("now", _("in force"), "good")


def with_open_role(people: QuerySet[User], day: date) -> QuerySet[User]:
    """The people who hold any role on that day."""
    return people.filter(Exists(Membership.objects.filter(valid_on(day), user=OuterRef("pk"))))
