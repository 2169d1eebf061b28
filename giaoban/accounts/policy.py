"""Who may manage accounts: said here, answered above.

Accounts know no roles. The app that does (agreements) hands in a policy of this shape; a command
(core's System) may do everything. Rights are asked of the person concerned, `invite` of nobody.
"""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext as _

from giaoban.accounts.models import User
from giaoban.core.actors import Actor, System
from giaoban.core.refused import Refused

INVITE, DEACTIVATE, REACTIVATE, RESET, SEE_LINK = "invite", "deactivate", "reactivate", "reset", "see_link"


class AccountPolicy(Protocol):
    def may(self, by: Actor, right: str, person: User | None) -> bool: ...


def demand(policy: AccountPolicy, by: Actor, right: str, person: User | None = None) -> None:
    """Raise Refused unless the actor has the right on this person."""
    if not may(policy, by, right, person):
        raise Refused(_("You may not manage this account. Ask an operator."), code="right")


def may(policy: AccountPolicy, by: Actor, right: str, person: User | None = None) -> bool:
    return isinstance(by, System) or policy.may(by, right, person)
