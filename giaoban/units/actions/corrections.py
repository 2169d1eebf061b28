"""Correct a mistake: what was entered was never true. (What became different is a change, with a date.)"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.units.actions.ancestry import rebuild_ancestry
from giaoban.units.actions.changes import FACTS, check_code, check_parent, clean_facts, refresh
from giaoban.units.actions.dated import cut
from giaoban.units.actions.stamp import stamp_tree
from giaoban.units.models import Parent, Unit, UnitVersion
from giaoban.units.policy import UNITS


def correct_version(
    *,
    version: UnitVersion,
    by: Actor,
    at: datetime,
    valid_from: date | None = None,
    reason: str = "",
    **facts: Any,
) -> UnitVersion:
    """Put right what a version says, and on which day it began."""
    UNITS.require(by)
    with transaction.atomic():
        version = UnitVersion.objects.select_for_update().select_related("unit").get(pk=version.pk)
        unit, clean = version.unit, clean_facts(**facts)
        fields = [name for name in FACTS if name in clean and clean[name] != getattr(version, name)]
        if valid_from is not None and valid_from != version.valid_from:
            _shift(version, valid_from)
            fields.append("valid_from")
        if not fields:
            raise Refused(_("Nothing was changed."))
        check_code(clean.get("code", version.code), version.valid_from, version.valid_to, unit)
        for name, value in clean.items():
            setattr(version, name, value)
        version.save()
        refresh(unit)
        if "valid_from" in fields:
            rebuild_ancestry()
        stamp_tree()
        audit.record(
            subject=unit, verb="correct unit", by=by, at=at, text=reason,
            detail={"version": version.pk, "on": version.valid_from.isoformat(), "fields": fields},
        )  # fmt: skip
    return version


def withdraw_version(*, version: UnitVersion, by: Actor, at: datetime, reason: str = "") -> None:
    """Take back a version made by mistake; the one before it goes on in its place."""
    UNITS.require(by)
    with transaction.atomic():
        unit = version.unit
        before = unit.versions.filter(valid_to=version.valid_from).first()
        if before is None:
            raise Refused(_("This is the unit's first version. Correct it, or close the unit."))
        check_code(before.code, version.valid_from, version.valid_to, unit)
        detail = {"on": version.valid_from.isoformat()}
        version.delete()
        before.valid_to = version.valid_to
        before.save(update_fields=["valid_to"])
        refresh(unit)
        stamp_tree()
        audit.record(subject=unit, verb="withdraw version", by=by, at=at, text=reason, detail=detail)


def correct_parent(*, place: Parent, parent: Unit, by: Actor, at: datetime, reason: str = "") -> None:
    """Put right the parent of one span, without another day."""
    UNITS.require(by)
    with transaction.atomic():
        check_parent(place.unit, parent, place.valid_from)
        if parent.pk == place.parent_id:
            raise Refused(_("The unit stands there already on that day."), field="parent")
        place.parent = parent
        place.save(update_fields=["parent"])
        rebuild_ancestry(hierarchy=place.hierarchy)
        _record_place(place, "correct parent", by, at, reason)


def withdraw_parent(*, place: Parent, by: Actor, at: datetime, reason: str = "") -> None:
    """Take back a move made by mistake; the parent before it goes on in its place."""
    UNITS.require(by)
    with transaction.atomic():
        rows = Parent.objects.filter(unit=place.unit, hierarchy=place.hierarchy)
        before = rows.filter(valid_to=place.valid_from).first()
        _record_place(place, "withdraw move", by, at, reason)
        place.delete()
        if before is not None:
            before.valid_to = place.valid_to
            before.save(update_fields=["valid_to"])
        rebuild_ancestry(hierarchy=place.hierarchy)


def _record_place(place: Parent, verb: str, by: Actor, at: datetime, reason: str) -> None:
    detail = {
        "hierarchy": place.hierarchy,
        "on": place.valid_from.isoformat(),
        "parent": place.parent_id,
    }
    audit.record(subject=place.unit, verb=verb, by=by, at=at, text=reason, detail=detail)


def _shift(version: UnitVersion, to: date) -> None:
    """Move the day a version begins; its neighbour, or the unit's own first day, moves along."""
    unit = version.unit
    if version.valid_to is not None and to >= version.valid_to:
        raise Refused(_("A version begins before it ends."), field="valid_from")
    before = unit.versions.filter(valid_to=version.valid_from).first()
    if before is not None:
        if to <= before.valid_from:
            raise Refused(_("The version before begins on that day or later."), field="valid_from")
        before.valid_to = to
        before.save(update_fields=["valid_to"])
    elif version.valid_from == unit.valid_from:
        _shift_opening(unit, to)
    version.valid_from = to


def _shift_opening(unit: Unit, to: date) -> None:
    later = to > unit.valid_from
    for rows in (unit.parents.all(), unit.groups.all()):
        if later:
            rows.filter(valid_to__lte=to).delete()
            rows.filter(valid_from__lt=to).update(valid_from=to)
        else:
            rows.filter(valid_from=unit.valid_from).update(valid_from=to)
    unit.valid_from = to
    unit.save(update_fields=["valid_from"])


def discard_unit(*, unit: Unit, by: Actor, at: datetime, reason: str = "") -> None:
    """Remove a unit opened by mistake that nothing refers to yet; its trail stays."""
    from django.db.models import ProtectedError

    UNITS.require(by)
    with transaction.atomic():
        audit.record(subject=unit, verb="discard unit", by=by, at=at, text=reason, detail={})
        cut(unit.groups.all(), unit.valid_from)
        try:
            unit.delete()
        except ProtectedError:
            raise Refused(
                _("Something refers to this unit already. Close it from a day on instead.")
            ) from None
        rebuild_ancestry()
