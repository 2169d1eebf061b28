"""A status changes only by a move: one function, one transaction, one table of moves per app."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.db import models, transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused

#: Carries the news down the staircase, inside the transaction of the move.
#: Arguments: row, move (Move), source (state before), by, at, detail.
moved = Signal()

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Move:
    """One line of a table of moves: from which states, to which, by whom."""

    name: str
    sources: tuple[str, ...]
    target: str
    right: str
    label: Any
    reason: bool = False
    effect: Any = ""


class Policy(Protocol):
    """What core needs to know of rights: each app hands in its own."""

    moves: Mapping[str, Move]

    def may(self, by: Actor, right: str, row: models.Model) -> bool: ...


def move(
    row: Row, name: str, *, by: Actor, at: datetime, policy: Policy, reason: str = "", override: bool = False,
    change: Callable[[Row], dict[str, Any] | None] | None = None,
) -> Row:  # fmt: skip
    """Carry out one move: lock, check state, right and reason, save, audit, announce.

    change: edits the locked row before it is saved; what it returns goes into the audit detail
    (ids and field names only). override: the actor uses the right "override" instead of the
    move's own; a reason is then compulsory. Returns the fresh row.
    """
    step = policy.moves[name]
    reason = reason.strip()
    with transaction.atomic():
        locked: Row = type(row)._base_manager.select_for_update().get(pk=row.pk)
        source = locked.state  # type: ignore[attr-defined]
        if not policy.may(by, "override" if override else step.right, locked):
            raise Refused(_("You may not do this: %(move)s.") % {"move": step.label}, code="right")
        if source not in step.sources:
            raise Refused(
                _("“%(move)s” is not possible now: somebody has changed it since. Reload the page and look.")
                % {"move": step.label},
                code="state",
            )
        if (step.reason or override) and not reason:
            raise Refused(_("Give a reason."), field="reason", code="reason")
        detail = {"from": source, "to": step.target}
        if override:
            detail["override"] = True
        if change is not None:
            detail |= change(locked) or {}
        locked.state = step.target  # type: ignore[attr-defined]
        locked.save()
        audit.record(subject=locked, verb=name, by=by, at=at, detail=detail, text=reason)
        moved.send(sender=type(locked), row=locked, move=step, source=source, by=by, at=at, detail=detail)
    return locked


def possible(row: models.Model, *, by: Actor, policy: Policy) -> list[Move]:
    """The moves this actor can make on this row now: the buttons of its page."""
    state = row.state  # type: ignore[attr-defined]
    here = [m for m in policy.moves.values() if state in m.sources]
    held = {right for right in {m.right for m in here} if policy.may(by, right, row)}
    return [m for m in here if m.right in held]
