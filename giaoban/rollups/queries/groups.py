"""A group of units asked as a place: its total over its members of each instant, everyone counted once."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from giaoban.core.refused import Refused
from giaoban.units.models import Group, Unit

PREFIX = "group:"


def is_group(code: str) -> bool:
    return code.startswith(PREFIX)


def group_named(code: str) -> Group:
    """The group of `group:NAME`; refuses what is none."""
    group = Group.objects.filter(code=code.removeprefix(PREFIX)).first()
    if group is None:
        raise no_group(code)
    return group


def no_group(code: str) -> Refused:
    """What is said of a group that is not there, or not for this reader."""
    return Refused(_("There is no group %(code)s.") % {"code": code.removeprefix(PREFIX)}, field="unit")


def place_of(group: Group) -> Unit:
    """The group as the roll-up takes it: a place that was always there, numbered minus its id."""
    return Unit(
        pk=-group.pk,
        code=f"{PREFIX}{group.code}",
        name=str(group),
        level=0,
        valid_from=date.min,
        valid_to=None,
    )
