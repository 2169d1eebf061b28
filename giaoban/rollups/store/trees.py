"""The dated tree of a hierarchy, kept in memory while its stamp stays the same."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from giaoban.reportforms.stamps import kept
from giaoban.rollups.engine import tree
from giaoban.rollups.engine.question import END
from giaoban.units.models import Ancestry, GroupMember, Succession, Unit
from giaoban.units.queries import tree_stamp


def tree_of(hierarchy: str, stamp: int | None = None) -> tree.Tree:
    """The tree as it stands. One query while it has not changed, four when it has."""
    stamp = tree_stamp() if stamp is None else stamp
    return _tree(str(settings.FACTS_ROOT), hierarchy, stamp)


def grouped_tree_of(hierarchy: str, stamp: int) -> tree.Tree:
    """The same with the groups as places: minus the id of each. One query more when it has changed."""
    return _grouped(str(settings.FACTS_ROOT), hierarchy, stamp)


@kept(4)
def _grouped(home: str, hierarchy: str, stamp: int) -> tree.Tree:
    members = GroupMember.objects.values_list("group", "unit", "valid_from", "valid_to")
    dated = ((-group, unit, start.toordinal(), _ordinal(end)) for group, unit, start, end in members)
    return tree.with_groups(_tree(home, hierarchy, stamp), dated)


@kept(4)
def _tree(home: str, hierarchy: str, stamp: int) -> tree.Tree:
    units = {
        pk: (start.toordinal(), _ordinal(end))
        for pk, start, end in Unit.objects.values_list("pk", "valid_from", "valid_to")
    }
    lines = Ancestry.objects.filter(hierarchy=hierarchy).values_list(
        "unit", "ancestor", "depth", "valid_from", "valid_to"
    )
    edges = Succession.objects.values_list("old", "new", "on", "share")
    return tree.build(
        units,
        ((unit, above, depth, start.toordinal(), _ordinal(end)) for unit, above, depth, start, end in lines),
        ((old, new, on.toordinal(), share) for old, new, on, share in edges),
    )


def _ordinal(day: date | None) -> int:
    return END if day is None else day.toordinal()
