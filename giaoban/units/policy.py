"""Who may do what with units and groups. Reach is the tree in which an agreement lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from giaoban.core.actors import Actor, System
from giaoban.core.refused import Refused
from giaoban.units.models import Ancestry, GroupMember

#: right -> roles. A tree may serve several agreements, so only the operator changes it.
RIGHTS: Mapping[str, tuple[str, ...]] = {
    "read": ("reporter", "verifier", "coordinator", "chair", "operator"),
    "change": ("operator",),
}


@dataclass(frozen=True)
class TreePolicy:
    """Rights on rows that hang on units. path: from the row to its unit ("pk" for a unit itself)."""

    path: str = "pk"
    rights: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: RIGHTS)

    def q(self, by: Actor, right: str) -> Q:
        """The rows of this kind on which the actor has the right."""
        if self._everywhere(by, right):
            return Q()
        held = self._held(by, right)
        if not held:
            return Q(pk__in=[])
        return Q(**{f"{self.path}__in": self._in_trees(held)})

    def may(self, by: Actor, right: str, row: Model) -> bool:
        """Has the actor the right on this saved row?"""
        return (
            self._everywhere(by, right)
            or type(row)._base_manager.filter(self.q(by, right), pk=row.pk).exists()
        )

    def may_at_all(self, by: Actor, right: str) -> bool:
        """Has the actor the right somewhere (to show a page or a button)?"""
        return isinstance(by, System) or bool(self._held(by, right))

    def require(self, by: Actor, right: str = "change") -> None:
        """Refuses an actor who has the right nowhere."""
        if not self.may_at_all(by, right):
            raise Refused(_("Only an operator may change the tree of units."), code="right")

    def _held(self, by: Actor, right: str) -> list[Any]:
        return [m for m in getattr(by, "memberships", ()) if m.role in self.rights[right]]

    def _everywhere(self, by: Actor, right: str) -> bool:
        return isinstance(by, System) or any(m.agreement_id is None for m in self._held(by, right))

    def _in_trees(self, held: list[Any]) -> QuerySet[Any, Any]:
        """Units that share an ancestor, at any time, with the places where the roles are held."""
        places = {m.agreement.lead_id for m in held} | {m.unit_id for m in held}
        above = Ancestry.objects.filter(unit__in=places).values("ancestor")
        units = Ancestry.objects.filter(ancestor__in=above).values("unit")
        if self.path == "pk" or self.path.endswith("unit"):
            return units
        return GroupMember.objects.filter(unit__in=units).values("group")


UNITS = TreePolicy()
GROUPS = TreePolicy(path="id")
