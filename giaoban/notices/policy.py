"""Who sees what leaves the house and what comes back, and which state of a mail follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from giaoban.core.actors import Actor, System
from giaoban.core.lifecycle import Move

MOVES = {
    move.name: move
    for move in (
        Move("begin", ("queued",), "sending", "deliver", _("Begin to send")),
        Move("deliver", ("sending",), "sent", "deliver", _("Hand to the mail server")),
        Move("put off", ("sending",), "queued", "deliver", _("Try again later"), effect=_("waits longer each time")),
        Move("give up", ("sending",), "failed", "deliver", _("Give up")),
        Move("bounce", ("sent",), "bounced", "deliver", _("Came back"), reason=True),
        Move("send again", ("failed", "bounced", "withdrawn"), "queued", "retry", _("Send again")),
        Move("withdraw", ("queued",), "withdrawn", "retry", _("Do not send")),
    )
}  # fmt: skip


@dataclass(frozen=True)
class MailPolicy:
    """Rights by role. Mails are reached through what they are about; the whole of them is for an operator."""

    rights: Mapping[str, tuple[str, ...]]
    moves: Mapping[str, Move] = field(default_factory=dict)

    def q(self, by: Actor, right: str) -> Q:
        """The rows on which the actor has the right: all or none."""
        return Q() if self.may_at_all(by, right) else Q(pk__in=[])

    def may(self, by: Actor, right: str, row: Model) -> bool:
        return self.may_at_all(by, right)

    def may_at_all(self, by: Actor, right: str) -> bool:
        """Does the actor hold a role with the right?"""
        held = getattr(by, "memberships", ())
        return isinstance(by, System) or any(m.role in self.rights[right] for m in held)


class Entrusted(MailPolicy):
    """For a verb that the thing behind the mail has already allowed: the actor stays himself in the trail."""

    def may_at_all(self, by: Actor, right: str) -> bool:
        return True


#: Mails: an operator looks at them and sends them again; delivering is the software's own work.
MAILS = MailPolicy(rights={"read": ("operator",), "retry": ("operator",), "deliver": ()}, moves=MOVES)

#: What came back: who may bring a reply in. Whether it concerns him is decided by what it answers.
RETURNED = MailPolicy(rights={"bring": ("coordinator", "operator")})


@dataclass(frozen=True)
class FeedPolicy:
    """A person's calendar is his own; a unit's belongs to those who hold a role for it."""

    rights: Mapping[str, tuple[str, ...]]

    def q(self, by: Actor, right: str) -> Q:
        mine = Q(unit__in=self.units(by, right))
        user = getattr(by, "user", None)
        return mine | Q(person=user.pk) if user is not None else mine

    def may(self, by: Actor, right: str, row: Model) -> bool:
        return type(row)._base_manager.filter(self.q(by, right), pk=row.pk).exists()

    def units(self, by: Actor, right: str) -> set[int]:
        """The units for which the actor holds a role with the right."""
        held = getattr(by, "memberships", ())
        return {m.unit_id for m in held if m.unit_id and m.role in self.rights[right]}


#: Calendar addresses of units.
FEEDS = FeedPolicy(
    rights={
        "read": ("reporter", "verifier", "coordinator", "chair"),
        "renew": ("reporter", "verifier", "coordinator", "chair"),
    }
)
