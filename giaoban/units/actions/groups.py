"""Groups of units: their names and their dated members."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib.text import slug
from giaoban.units.actions.dated import inside
from giaoban.units.actions.stamp import stamp_tree
from giaoban.units.models import Group, GroupMember, Unit, valid_on
from giaoban.units.policy import GROUPS


def make_group(*, code: str, names: dict[str, str], by: Actor, at: datetime) -> Group:
    """A new, empty group. Its code is what forms and regimes call it by (group:CODE)."""
    GROUPS.require(by)
    code = code.strip()
    if not code or code != slug(code):
        raise Refused(
            _("A group's code holds small letters without marks, digits and hyphens."), field="code"
        )
    with transaction.atomic():
        if Group.objects.filter(code=code).exists():
            raise Refused(_("There is a group with this code already."), field="code")
        group = Group.objects.create(code=code, names=names)
        audit.record(subject=group, verb="make group", by=by, at=at)
    return group


def rename_group(*, group: Group, names: dict[str, str], by: Actor, at: datetime) -> Group:
    """Other names; the code stays."""
    GROUPS.require(by)
    with transaction.atomic():
        group.names = names
        group.save(update_fields=["names"])
        audit.record(subject=group, verb="rename group", by=by, at=at, detail={"fields": ["names"]})
    return group


def add_members(
    *,
    group: Group,
    units: Iterable[Unit],
    on: date,
    by: Actor,
    at: datetime,
    until: date | None = None,
) -> list[GroupMember]:
    """Units join from a day on. Those that are members then already are left alone."""
    GROUPS.require(by)
    with transaction.atomic():
        joined = []
        for unit in units:
            inside(unit, on)
            if group.members.filter(valid_on(on), unit=unit).exists():
                continue
            later = group.members.filter(unit=unit, valid_from__gt=on).order_by("valid_from").first()
            ends = [d for d in (until, unit.valid_to, later.valid_from if later else None) if d]
            joined.append(group.members.create(unit=unit, valid_from=on, valid_to=min(ends, default=None)))
        if not joined:
            raise Refused(_("All these units are members on that day already."), field="units")
        detail = {"on": on.isoformat(), "units": [m.unit_id for m in joined]}
        audit.record(subject=group, verb="add members", by=by, at=at, detail=detail)
        stamp_tree()
    return joined


def end_member(*, member: GroupMember, on: date, by: Actor, at: datetime) -> None:
    """The unit leaves: `on` is the first day it is no longer a member. On its first day: it never was."""
    GROUPS.require(by)
    with transaction.atomic():
        if on < member.valid_from or (member.valid_to is not None and on > member.valid_to):
            raise Refused(_("The unit is not a member on that day."), field="on")
        detail = {"on": on.isoformat(), "units": [member.unit_id]}
        audit.record(subject=member.group, verb="end member", by=by, at=at, detail=detail)
        if on == member.valid_from:
            member.delete()
        else:
            member.valid_to = on
            member.save(update_fields=["valid_to"])
        stamp_tree()
