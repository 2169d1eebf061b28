"""Who is acting, with the roles he holds at that instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings

from giaoban.accounts.models import User
from giaoban.agreements.models import Membership, Role
from giaoban.units.models import valid_on


@dataclass
class Standing:
    """A user at an instant. Its memberships are read once; policies ask nothing else."""

    user: User
    at: datetime

    @property
    def actor_id(self) -> str:
        return self.user.actor_id

    @property
    def label(self) -> str:
        return self.user.label

    @cached_property
    def day(self) -> date:
        return self.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()

    @cached_property
    def memberships(self) -> list[Membership]:
        """The memberships in force on that day. One query."""
        if not getattr(self.user, "is_active", False):
            return []
        held = Membership.objects.filter(valid_on(self.day), user=self.user)
        return list(held.select_related("agreement", "unit"))

    @property
    def is_operator(self) -> bool:
        return any(m.role == Role.OPERATOR for m in self.memberships)

    def roles_in(self, agreement_id: int) -> set[str]:
        return {m.role for m in self.memberships if m.agreement_id == agreement_id}
