"""Accounts of people with roles: the rights of agreements, handed to the account's own actions."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from giaoban.accounts import actions as accounts
from giaoban.accounts.models import User
from giaoban.agreements.models import Membership, Role
from giaoban.agreements.policy import ACCOUNTS
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused

reactivate_person = partial(accounts.reactivate, policy=ACCOUNTS)
reset_password = partial(accounts.reset_password, policy=ACCOUNTS)
reset_second_factor = partial(accounts.reset_second_factor, policy=ACCOUNTS)


def deactivate_person(*, person: User, by: Actor, at: datetime) -> None:
    """Nobody signs in with the account any more. The last operator stays."""
    operators = Membership.objects.filter(role=Role.OPERATOR, valid_to=None, user__is_active=True)
    ids = set(operators.values_list("user", flat=True))
    if ids == {person.pk}:
        raise Refused(_("This is the last operator. Make somebody else operator first."))
    accounts.deactivate(person=person, by=by, at=at, policy=ACCOUNTS)
