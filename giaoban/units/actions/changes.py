"""Open, change, move, close a unit, each from a day on. Every change is audited and rebuilds the ancestry."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib.text import nfc
from giaoban.units.actions.ancestry import rebuild_ancestry
from giaoban.units.actions.dated import begin, cut, inside, shown
from giaoban.units.actions.stamp import stamp_tree
from giaoban.units.models import TERRITORY, Ancestry, Parent, Unit, UnitVersion, valid_on
from giaoban.units.policy import UNITS

#: What a version says of a unit, in the order of the forms.
FACTS = ("code", "name", "level", "kind", "lat", "lon", "attributes")


def open_unit(
    *, code: str, name: str, level: int, valid_from: date, by: Actor, at: datetime, parent: Unit | None = None,
    hierarchy: str = TERRITORY, kind: str = "", lat: Decimal | None = None, lon: Decimal | None = None,
    attributes: dict[str, Any] | None = None,
) -> Unit:  # fmt: skip
    """A new unit from a day on, under a parent (none: a root)."""
    UNITS.require(by)
    facts = clean_facts(
        code=code, name=name, level=level, kind=kind, lat=lat, lon=lon, attributes=attributes or {}
    )
    with transaction.atomic():
        check_code(facts["code"], valid_from, None, None)
        if parent is not None:
            inside(parent, valid_from, field="valid_from")
        unit = Unit.objects.create(
            uid=_new_uid(facts["code"], valid_from), code=facts["code"], name=facts["name"], level=level,
            valid_from=valid_from,
        )  # fmt: skip
        unit.versions.create(valid_from=valid_from, **facts)
        if parent is not None:
            unit.parents.create(parent=parent, hierarchy=hierarchy, valid_from=valid_from)
        rebuild_ancestry()
        detail = {
            "on": valid_from.isoformat(),
            "parent": parent.pk if parent else None,
            "hierarchy": hierarchy,
        }
        audit.record(subject=unit, verb="open unit", by=by, at=at, detail=detail)
    return unit


def change_unit(
    *, unit: Unit, on: date, by: Actor, at: datetime, basis: str = "", **facts: Any
) -> UnitVersion:
    """A new version from a day on: rename, recode, relevel. `facts`: some of FACTS; the rest stays as it was."""
    UNITS.require(by)
    with transaction.atomic():
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        inside(unit, on)
        before = unit.versions.filter(valid_on(on)).get()
        if before.valid_from == on:
            raise Refused(
                _("A version of this unit already begins on %(day)s. Correct that one instead.")
                % {"day": shown(on)},
                field="on",
            )
        new = {name: getattr(before, name) for name in FACTS} | clean_facts(**facts)
        fields = [name for name in FACTS if new[name] != getattr(before, name)]
        if not fields:
            raise Refused(_("Nothing is different from the version before. Change something, or leave it."))
        check_code(new["code"], on, before.valid_to, unit)
        version: UnitVersion = begin(unit.versions.all(), on, unit.valid_to, unit=unit, **new)
        refresh(unit)
        stamp_tree()
        audit.record(
            subject=unit,
            verb="change unit",
            by=by,
            at=at,
            text=basis,
            detail={"on": on.isoformat(), "fields": fields},
        )
    return version


def move_unit(
    *,
    unit: Unit,
    parent: Unit | None,
    on: date,
    by: Actor,
    at: datetime,
    hierarchy: str = TERRITORY,
    basis: str = "",
) -> None:
    """Put the unit under another parent from a day on, until its next move; none: it becomes a root."""
    UNITS.require(by)
    with transaction.atomic():
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        inside(unit, on)
        rows = unit.parents.filter(hierarchy=hierarchy)
        before = rows.filter(valid_on(on)).first()
        if (before.parent_id if before else None) == (parent.pk if parent else None):
            raise Refused(_("The unit stands there already on that day."), field="parent")
        if parent is None:
            following = rows.filter(valid_from__gt=on)
            cut(rows.exclude(pk__in=following.values("pk")), on)
        else:
            check_parent(unit, parent, on)
            begin(rows, on, unit.valid_to, unit=unit, parent=parent, hierarchy=hierarchy)
        rebuild_ancestry(hierarchy=hierarchy)
        detail = {
            "on": on.isoformat(),
            "hierarchy": hierarchy,
            "parent": parent.pk if parent else None,
        }
        audit.record(subject=unit, verb="move unit", by=by, at=at, text=basis, detail=detail)


def close_unit(*, unit: Unit, on: date, by: Actor, at: datetime, basis: str = "") -> None:
    """The unit ends: `on` is the first day it no longer exists. Nothing may stand under it that day."""
    UNITS.require(by)
    with transaction.atomic():
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        inside(unit, on)
        if on == unit.valid_from:
            raise Refused(_("A unit exists for at least one day."), field="on")
        _nothing_below(unit, on)
        cut(unit.versions.all(), on)
        cut(unit.parents.all(), on)
        cut(unit.groups.all(), on)
        unit.valid_to = on
        unit.save(update_fields=["valid_to"])
        refresh(unit)
        rebuild_ancestry()
        audit.record(subject=unit, verb="close unit", by=by, at=at, text=basis, detail={"on": on.isoformat()})


def reopen_unit(*, unit: Unit, by: Actor, at: datetime, basis: str = "") -> None:
    """Undo a closing made by mistake: the last version and the last parents go on."""
    UNITS.require(by)
    with transaction.atomic():
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        if unit.valid_to is None:
            raise Refused(_("This unit is open."))
        end, newest = unit.valid_to, unit.versions.order_by("-valid_from")[0]
        check_code(newest.code, end, None, unit)
        unit.versions.filter(pk=newest.pk).update(valid_to=None)
        for row in unit.parents.filter(valid_to=end).select_related("parent"):
            if row.parent.valid_to is None or row.parent.valid_to > end:
                row.valid_to = row.parent.valid_to
                row.save(update_fields=["valid_to"])
        unit.valid_to = None
        unit.save(update_fields=["valid_to"])
        rebuild_ancestry()
        audit.record(
            subject=unit,
            verb="reopen unit",
            by=by,
            at=at,
            text=basis,
            detail={"closed_on": end.isoformat()},
        )


def check_code(code: str, first: date, end: date | None, unit: Unit | None) -> None:
    """Refuses a code that another unit bears on one of the days [first, end)."""
    others = UnitVersion.objects.filter(code=code).exclude(unit=unit)
    if end is not None:
        others = others.filter(valid_from__lt=end)
    for other in others.order_by("valid_from"):
        if other.valid_to is None or other.valid_to > first:
            raise Refused(
                _(
                    "The code %(code)s belongs to %(unit)s from %(day)s. Choose another, or close that unit first."
                )
                % {"code": code, "unit": other.name, "day": shown(other.valid_from)},
                field="code",
            )


def check_parent(unit: Unit, parent: Unit, on: date) -> None:
    """Refuses a parent that is the unit itself or does not exist on the day."""
    if parent.pk == unit.pk:
        raise Refused(_("A unit cannot stand under itself."), field="parent")
    inside(parent, on)


def refresh(unit: Unit) -> None:
    """Copy the newest version into the unit, for lists."""
    newest = unit.versions.order_by("-valid_from")[0]
    unit.code, unit.name, unit.level = newest.code, newest.name, newest.level
    unit.save(update_fields=["code", "name", "level"])


def _nothing_below(unit: Unit, on: date) -> None:
    below = Ancestry.objects.filter(ancestor=unit, depth=1).filter(valid_on(on)).values("unit")
    below = Unit.objects.filter(pk__in=below) | Unit.objects.filter(
        pk__in=Parent.objects.filter(parent=unit, valid_from__gt=on).values("unit")
    )
    names = [str(u) for u in below.distinct()[:4]]
    if names:
        raise Refused(
            _("Units still stand under it on that day: %(names)s. Move or close them first.")
            % {"names": ", ".join(names[:3]) + (" …" if len(names) > 3 else "")},
            field="on",
        )


def clean_facts(**facts: Any) -> dict[str, Any]:
    """Texts trimmed and composed; code and name are not empty."""
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise TypeError(f"Not facts of a version: {sorted(unknown)}")
    for name in ("code", "name", "kind"):
        if name in facts:
            facts[name] = nfc(" ".join(str(facts[name]).split()))
    for name in ("code", "name"):
        if name in facts and not facts[name]:
            raise Refused(_("Fill this in."), field=name)
    if "code" in facts and any(mark in facts["code"] for mark in " ,;@"):
        raise Refused(_("A code holds no space, comma, semicolon or @."), field="code")
    return facts


def _new_uid(code: str, valid_from: date) -> str:
    base = uid = f"{code}@{valid_from.isoformat()}"
    number = 1
    while Unit.objects.filter(uid=uid).exists():
        number += 1
        uid = f"{base}~{number}"
    return uid
