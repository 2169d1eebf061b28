"""People of the tests: Oanh may manage every account, Kim the accounts of two, Nga nobody's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from giaoban.accounts.models import User
from giaoban.accounts.policy import INVITE, SEE_LINK

AT = datetime(2026, 1, 5, 2, tzinfo=UTC)
SITE = "https://giaoban.example/"


@dataclass
class Rights:
    """A policy as agreements hand it in: operators may everything, coordinators manage theirs."""

    operators: set[int] = field(default_factory=set)
    managed: dict[int, set[int]] = field(default_factory=dict)

    def may(self, by, right: str, person: User | None) -> bool:
        if by.pk in self.operators:
            return True
        if right == INVITE:
            return by.pk in self.managed
        return right != SEE_LINK and person.pk in self.managed.get(by.pk, ())


def person(name: str, password: str | None = "mot-mat-khau-dai") -> User:
    return User.objects.create_user(f"{name.lower()}@example.org", password, name=name)
