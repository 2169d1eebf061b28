"""Which units follow a unit: edges of merges, splits and the like, with exact shares."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.units.actions.dated import inside, shown
from giaoban.units.actions.stamp import stamp_tree
from giaoban.units.models import Succession, SuccessionKind, Unit
from giaoban.units.policy import UNITS

Heir = tuple[Unit, Decimal | None]


def record_succession(
    *,
    old: Unit,
    on: date,
    kind: str,
    heirs: Sequence[Heir],
    by: Actor,
    at: datetime,
    basis: str = "",
) -> list[Succession]:
    """What follows `old` from `on`: (unit, share) each; the edges of that day are replaced.

    Shares sum to exactly 1, or all are absent. The old unit exists the day before, the new ones on the day.
    """
    UNITS.require(by)
    with transaction.atomic():
        _check(old, on, kind, heirs)
        Succession.objects.filter(old=old, on=on).delete()
        edges = [
            Succession.objects.create(old=old, new=new, on=on, kind=kind, share=share, basis=basis.strip())
            for new, share in heirs
        ]
        detail = {"on": on.isoformat(), "kind": kind, "units": [new.pk for new, _share in heirs]}
        audit.record(subject=old, verb="record succession", by=by, at=at, detail=detail)
        stamp_tree()
    return edges


def withdraw_succession(*, old: Unit, on: date, by: Actor, at: datetime) -> None:
    """Take back all edges of the unit on that day."""
    UNITS.require(by)
    with transaction.atomic():
        gone, _kinds = Succession.objects.filter(old=old, on=on).delete()
        if gone:
            audit.record(subject=old, verb="withdraw succession", by=by, at=at, detail={"on": on.isoformat()})
            stamp_tree()


def _check(old: Unit, on: date, kind: str, heirs: Sequence[Heir]) -> None:
    if kind not in SuccessionKind.values:
        raise Refused(_("Choose what happened."), field="kind")
    if not heirs:
        raise Refused(_("Name at least one unit that follows."), field="heirs")
    if kind != SuccessionKind.SPLIT and len(heirs) > 1:
        raise Refused(_("Only a split has more than one unit that follows."), field="kind")
    if on <= old.valid_from or (old.valid_to is not None and on > old.valid_to):
        raise Refused(
            _("%(unit)s did not exist on the day before %(day)s.") % {"unit": old, "day": shown(on)},
            field="on",
        )
    new_units = [new for new, _share in heirs]
    if len({new.pk for new in new_units}) < len(new_units):
        raise Refused(_("Each unit that follows is named once."), field="heirs")
    for new in new_units:
        inside(new, on)
    _check_shares([share for _new, share in heirs])


def _check_shares(shares: Sequence[Decimal | None]) -> None:
    given = [share for share in shares if share is not None]
    if not given:
        return
    if len(given) < len(shares):
        raise Refused(_("Give a share to every unit that follows, or to none."), field="heirs")
    if any(share <= 0 for share in given) or sum(given) != 1:
        raise Refused(
            _("The shares must add up to exactly 1; these add up to %(sum)s.") % {"sum": sum(given)},
            field="heirs",
        )
