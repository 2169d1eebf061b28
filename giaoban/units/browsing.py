"""Questions of the screens: what a person may see of the tree, search, branches, choices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext as _

from giaoban.core.actors import Actor
from giaoban.core.folding import matching
from giaoban.units.models import (
    TERRITORY,
    Ancestry,
    Group,
    GroupMember,
    Parent,
    Succession,
    Unit,
    UnitVersion,
    valid_on,
)
from giaoban.units.policy import GROUPS, UNITS
from giaoban.units.queries import versions_on


@dataclass
class Node:
    """A unit in the tree on a day: what it was called, how many stand under it, those already read."""

    unit: Unit
    version: UnitVersion | None
    below: int = 0
    children: list[Node] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.version.name if self.version else self.unit.name

    @property
    def code(self) -> str:
        return self.version.code if self.version else self.unit.code


def visible(by: Actor, right: str = "read") -> QuerySet[Unit]:
    """The units on which the actor has the right."""
    return Unit.objects.filter(UNITS.q(by, right))


def unit_for(by: Actor, pk: int, right: str = "read") -> Unit:
    """One unit, if the actor has the right on it; else "not found"."""
    found = visible(by, right).filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found


def groups_of(by: Actor, right: str = "read") -> QuerySet[Group]:
    """The groups with a unit the actor may see."""
    return Group.objects.filter(GROUPS.q(by, right))


def group_for(by: Actor, pk: int, right: str = "read") -> Group:
    """One group, if the actor has the right on it; else "not found"."""
    found = groups_of(by, right).filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found


def hierarchies() -> list[tuple[str, str]]:
    """Territory, the sector line, and every other line in use: (name, label)."""
    used = Parent.objects.order_by("hierarchy").values_list("hierarchy", flat=True).distinct()
    return [(name, line_name(name)) for name in dict.fromkeys([TERRITORY, "sector", *used])]


def line_name(name: str) -> str:
    """A hierarchy in the words of the reader."""
    return {TERRITORY: _("territory"), "sector": _("sector line")}.get(name, name)


def roots(by: Actor, day: date, hierarchy: str) -> list[Node]:
    """The units that nothing stands above on the day, with their children."""
    above = Ancestry.objects.filter(valid_on(day), unit=OuterRef("pk"), hierarchy=hierarchy, depth=1)
    top = visible(by).filter(valid_on(day)).filter(~Exists(above))
    if hierarchy != TERRITORY:
        below = Ancestry.objects.filter(valid_on(day), ancestor=OuterRef("pk"), hierarchy=hierarchy, depth=1)
        top = top.filter(Exists(below))
    found = _nodes(top.order_by("level", "code")[:200], day, hierarchy)
    _fill(found, by, day, hierarchy)
    return found


def branch(by: Actor, unit: Unit, day: date, hierarchy: str) -> list[Node]:
    """The units directly under one, and how many stand under each."""
    return _nodes(_under([unit.pk], by, day, hierarchy), day, hierarchy)


def below(by: Actor, unit: Unit, day: date, hierarchy: str) -> list[UnitVersion]:
    """The units directly under one, as they were on the day. One query."""
    units = _under([unit.pk], by, day, hierarchy).order_by()
    return list(UnitVersion.objects.filter(valid_on(day), unit__in=units).order_by("code"))


def _under(ids: Iterable[int], by: Actor, day: date, hierarchy: str) -> QuerySet[Unit]:
    lines = Ancestry.objects.filter(valid_on(day), ancestor__in=list(ids), hierarchy=hierarchy, depth=1)
    return visible(by).filter(pk__in=lines.values("unit")).order_by("code")


def _fill(nodes: list[Node], by: Actor, day: date, hierarchy: str) -> None:
    """Read the children of all these nodes at once."""
    ids = [node.unit.pk for node in nodes]
    lines = Ancestry.objects.filter(valid_on(day), ancestor__in=ids, hierarchy=hierarchy, depth=1)
    above = dict(lines.values_list("unit", "ancestor"))
    parents = {node.unit.pk: node for node in nodes}
    for child in _nodes(_under(ids, by, day, hierarchy), day, hierarchy):
        parents[above[child.unit.pk]].children.append(child)


def _nodes(units: Iterable[Unit], day: date, hierarchy: str) -> list[Node]:
    found = list(units)
    ids = [unit.pk for unit in found]
    versions = versions_on(ids, day)
    lines = Ancestry.objects.filter(valid_on(day), ancestor__in=ids, hierarchy=hierarchy, depth=1)
    counts = dict(lines.values_list("ancestor").annotate(count=Count("unit")).order_by())
    return [Node(unit, versions.get(unit.pk), counts.get(unit.pk, 0)) for unit in found]


def versions_seen(by: Actor) -> QuerySet[UnitVersion]:
    """All versions of the units the actor may see, with the unit."""
    return UnitVersion.objects.filter(unit__in=visible(by)).select_related("unit")


def with_parents(versions: QuerySet[UnitVersion], day: date | None, hierarchy: str) -> QuerySet[UnitVersion]:
    """Adds `parent_id` and `parent_name`: on the day, or (None) when the version began."""
    when = valid_on(day) if day else valid_on(OuterRef("valid_from"))  # type: ignore[arg-type]
    above = Parent.objects.filter(when, unit=OuterRef("unit"), hierarchy=hierarchy)
    return versions.annotate(
        parent_id=Subquery(above.values("parent")[:1]), parent_name=Subquery(above.values("parent__name")[:1])
    )


def searched(by: Actor, words: str, day: date, most: int = 20) -> list[UnitVersion]:
    """The versions in force on the day in which every word is found, marks and đ folded; best first."""
    rows = versions_seen(by).filter(valid_on(day))
    found = matching(rows, words, ("code", "name")).order_by("level", "code")
    exact = list(rows.filter(code__iexact=words.strip())[:most])
    rest = found.exclude(pk__in=[v.pk for v in exact])[: most - len(exact)]
    return [*exact, *rest]


def levels_on(by: Actor, day: date) -> list[tuple[int, int]]:
    """The levels in use on the day and how many units stand on each: (level, count)."""
    rows = versions_seen(by).filter(valid_on(day)).order_by("level")
    return list(rows.values_list("level").annotate(count=Count("unit")))


def members_of(group: Group) -> QuerySet[GroupMember]:
    """Every membership of a group, past and future ones too."""
    return group.members.select_related("unit", "group").order_by("unit__code", "valid_from")


def groups_with_counts(by: Actor, day: date) -> QuerySet[Group]:
    """The groups a person may see, with `count`: members on the day."""
    here = Q(members__valid_from__lte=day) & (Q(members__valid_to=None) | Q(members__valid_to__gt=day))
    return groups_of(by).annotate(count=Count("members", filter=here))


def successions_of(unit: Unit) -> QuerySet[Succession]:
    """Edges from the unit and to it, by date."""
    return (
        Succession.objects.filter(Q(old=unit) | Q(new=unit))
        .select_related("old", "new")
        .order_by(F("on"), "pk")
    )
