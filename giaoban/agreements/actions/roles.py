"""Who holds which role: invite, give, change, end."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from giaoban.accounts import actions as accounts
from giaoban.accounts.actions import Invitation
from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement, Membership, Role
from giaoban.agreements.policy import ACCOUNTS, AGREEMENTS
from giaoban.agreements.queries import other_operators, rules_all
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.units.models import Unit

CHANGEABLE = ("unit", "role", "may_accept_own", "valid_from", "valid_to")


def invite_person(
    *, agreement: Agreement | None, email: str, name: str, role: str, valid_from: date, site: str,
    by: Actor, at: datetime, unit: Unit | None = None, valid_to: date | None = None,
    may_accept_own: bool = False, **account: Any,
) -> Invitation:  # fmt: skip
    """An account (or the one the address has) with its first role here. account: title, phone, language."""
    _demand(by, agreement)
    with transaction.atomic():
        invitation = accounts.invite(
            email=email, name=name, site=site, by=by, at=at, policy=ACCOUNTS, **account
        )
        give_role(
            person=invitation.person, agreement=agreement, role=role, unit=unit, valid_from=valid_from,
            valid_to=valid_to, may_accept_own=may_accept_own, by=by, at=at,
        )  # fmt: skip
    return invitation


def give_role(
    *, person: User, agreement: Agreement | None, role: str, valid_from: date, by: Actor, at: datetime,
    unit: Unit | None = None, valid_to: date | None = None, may_accept_own: bool = False,
) -> Membership:  # fmt: skip
    """A role of a person from a day on; for an operator without agreement and unit."""
    _demand(by, agreement, person)
    with transaction.atomic():
        made = Membership(
            user=person, agreement=agreement, unit=unit, role=role, may_accept_own=may_accept_own,
            valid_from=valid_from, valid_to=valid_to,
        )  # fmt: skip
        _check(made)
        made.save()
        audit.record(subject=person, verb="give role", by=by, at=at, detail=_stated(made))
    return made


def change_role(*, membership: Membership, by: Actor, at: datetime, **fields: Any) -> Membership:
    """Change some of CHANGEABLE of a role."""
    _demand(by, membership.agreement, membership.user)
    unknown = set(fields) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"Not fields of a role: {sorted(unknown)}")
    with transaction.atomic():
        row = Membership.objects.select_for_update().get(pk=membership.pk)
        changed = [name for name in CHANGEABLE if name in fields and fields[name] != getattr(row, name)]
        if not changed:
            return row
        for name in changed:
            setattr(row, name, fields[name])
        _check(row)
        if row.role == Role.OPERATOR and row.valid_to is not None:
            _not_the_last(row, row.valid_to)
        row.save(update_fields=changed)
        detail = _stated(row) | {"fields": changed}
        audit.record(subject=row.user, verb="change role", by=by, at=at, detail=detail)
    return row


def end_role(*, membership: Membership, on: date, by: Actor, at: datetime) -> None:
    """The role ends: `on` is the first day it no longer holds. A role that has not begun by then is taken back."""
    _demand(by, membership.agreement, membership.user)
    with transaction.atomic():
        row = Membership.objects.select_for_update().get(pk=membership.pk)
        if row.valid_to is not None and row.valid_to <= on:
            raise Refused(_("The role has ended by that day already."), field="on")
        if row.role == Role.OPERATOR:
            _not_the_last(row, on)
        detail = _stated(row) | {"on": on.isoformat(), "fields": ["valid_to"]}
        audit.record(subject=row.user, verb="end role", by=by, at=at, detail=detail)
        if on <= row.valid_from:
            row.delete()
        else:
            row.valid_to = on
            row.save(update_fields=["valid_to"])


def _demand(by: Actor, agreement: Agreement | None, person: User | None = None) -> None:
    """A coordinator manages the roles of his agreement, but not his own; an operator all."""
    if rules_all(by):
        return
    if agreement is None:
        raise Refused(_("Only an operator makes operators."), field="role", code="right")
    if not AGREEMENTS.may(by, "manage_people", agreement):
        raise Refused(_("You may not manage the people of this agreement."), code="right")
    if person is not None and person.actor_id == by.actor_id:
        raise Refused(_("You cannot change your own roles. Ask an operator."), code="self")


def _check(row: Membership) -> None:
    if row.role not in Role.values:
        raise Refused(_("Choose a role."), field="role")
    if (row.role == Role.OPERATOR) != (row.agreement is None):
        raise Refused(_("An operator works for all agreements, everybody else for one."), field="role")
    if row.role != Role.OPERATOR and row.unit is None:
        raise Refused(_("Say for which unit."), field="unit")
    if row.may_accept_own and row.role != Role.VERIFIER:
        raise Refused(
            _("Only a verifier may be allowed to accept a report he wrote."), field="may_accept_own"
        )
    if row.valid_to is not None and row.valid_to <= row.valid_from:
        raise Refused(_("The role ends before it begins."), field="valid_to")
    _check_unit(row)
    _check_twice(row)


def _check_unit(row: Membership) -> None:
    unit = row.unit
    if unit is None:
        return
    if (
        unit.valid_to is not None
        and unit.valid_to <= row.valid_from
        or row.valid_to
        and row.valid_to <= unit.valid_from
    ):
        raise Refused(_("%(unit)s does not exist in that time.") % {"unit": unit}, field="unit")


def _check_twice(row: Membership) -> None:
    same = Membership.objects.filter(user=row.user, agreement=row.agreement, role=row.role, unit=row.unit)
    same = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=row.valid_from)).exclude(pk=row.pk)
    if row.valid_to is not None:
        same = same.filter(valid_from__lt=row.valid_to)
    if same.exists():
        raise Refused(_("This person has that role there already in that time."), field="role")


def _not_the_last(row: Membership, end: date) -> None:
    if not other_operators(row, end - timedelta(days=1)):
        raise Refused(_("This is the last operator. Make somebody else operator first."))


def _stated(row: Membership) -> dict[str, Any]:
    """What the trail says of a role: ids and words of the programme, nothing personal."""
    return {
        "membership": row.pk, "agreement": row.agreement_id, "role": row.role, "unit": row.unit_id,
        "from": row.valid_from.isoformat(), "to": row.valid_to.isoformat() if row.valid_to else None,
    }  # fmt: skip
