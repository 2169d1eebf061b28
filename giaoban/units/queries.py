"""Questions about the tree: which units, where, on which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from giaoban.core.refused import Refused
from giaoban.units.models import (
    TERRITORY,
    Ancestry,
    Group,
    GroupMember,
    TreeStamp,
    Unit,
    UnitVersion,
    valid_on,
)


@dataclass(frozen=True)
class Validity:
    """A unit and a half-open span of days, [valid_from, valid_to); None is open."""

    unit_id: int
    valid_from: date
    valid_to: date | None

    def overlaps(self, first: date, last: date) -> bool:
        """Does it share a day with [first, last], both inclusive?"""
        return self.valid_from <= last and (self.valid_to is None or self.valid_to > first)


def tree_stamp() -> int:
    """Changes whenever the tree changes."""
    return TreeStamp.objects.values_list("stamp", flat=True).first() or 0


def subtree(unit: Unit, day: date, hierarchy: str = TERRITORY) -> QuerySet[Unit]:
    """The unit and everything under it on that day."""
    below = Ancestry.objects.filter(valid_on(day), ancestor=unit, hierarchy=hierarchy).values("unit")
    return Unit.objects.filter(pk__in=below)


def children(unit: Unit, day: date, hierarchy: str = TERRITORY) -> QuerySet[Unit]:
    """The units directly under it on that day, by code."""
    below = Ancestry.objects.filter(valid_on(day), ancestor=unit, hierarchy=hierarchy, depth=1).values("unit")
    return Unit.objects.filter(pk__in=below).order_by("code")


def ancestors(unit: Unit, day: date, hierarchy: str = TERRITORY) -> list[Unit]:
    """From the parent up to the root on that day."""
    rows = Ancestry.objects.filter(valid_on(day), unit=unit, hierarchy=hierarchy, depth__gt=0)
    return [row.ancestor for row in rows.select_related("ancestor").order_by("depth")]


def on_level(level: int, day: date) -> QuerySet[Unit]:
    """The units that stand on this level on that day, by code."""
    versions = UnitVersion.objects.filter(valid_on(day), level=level).values("unit")
    return Unit.objects.filter(pk__in=versions).order_by("code")


def versions_on(unit_ids: Iterable[int], day: date) -> dict[int, UnitVersion]:
    """The version of each unit in force on that day. One query."""
    return {v.unit_id: v for v in UnitVersion.objects.filter(valid_on(day), unit__in=list(unit_ids))}


def resolve(text: str, day: date) -> Unit:
    """The unit meant by `CODE` on `day`, or by `CODE@DATE` on that date; refuses with the candidates."""
    code, _at, on = text.partition("@")
    if on:
        try:
            day = date.fromisoformat(on)
        except ValueError:
            raise Refused(
                _("%(text)s: the date after @ must look like 2025-07-01.") % {"text": text}
            ) from None
    found = list(UnitVersion.objects.filter(valid_on(day), code=code).select_related("unit"))
    if len({v.unit_id for v in found}) == 1:
        return found[0].unit
    raise Refused(_no_unit(code, day))


def _no_unit(code: str, day: date) -> str:
    known = UnitVersion.objects.filter(code=code).order_by("valid_from")
    if not known:
        return _("There is no unit with the code %(code)s.") % {"code": code}
    candidates = "; ".join(f"{code}@{v.valid_from} ({v.name}, {_span(v)})" for v in known)
    return _("%(code)s does not name one unit on %(day)s. Say which: %(candidates)s.") % {
        "code": code, "day": day.isoformat(), "candidates": candidates,
    }  # fmt: skip


def _span(version: UnitVersion) -> str:
    return f"{version.valid_from} – {version.valid_to or '…'}"


def specified(spec: str, lead: int | None) -> list[Validity]:
    """The units a spec names, with the spans for which they belong: `level:N`, `group:NAME` or codes.

    lead: the coordinating unit; a level or a code names units of its trees only, because another tree
    in the same register may use them too. None: of every tree.
    """
    spec = spec.strip()
    if spec.startswith("group:"):
        members = GroupMember.objects.filter(group__code=spec[6:])
        return joined(Validity(*row) for row in members.values_list("unit", "valid_from", "valid_to"))
    if spec.startswith("level:"):
        rows = UnitVersion.objects.filter(level=int(spec[6:]))
    else:
        rows = UnitVersion.objects.filter(code__in=spec.replace(",", " ").split())
    if lead is not None:
        rows = rows.filter(unit__in=beside(lead))
    return joined(Validity(*row) for row in rows.values_list("unit", "valid_from", "valid_to"))


def beside(unit_id: int) -> QuerySet[Ancestry]:
    """The ids of all units that ever shared an ancestor with a unit: its trees, itself included."""
    above = Ancestry.objects.filter(unit=unit_id).values("ancestor")
    return Ancestry.objects.filter(ancestor__in=above).values("unit")


def check_spec(spec: str) -> None:
    """Refuses a spec that names nothing."""
    spec = spec.strip()
    if spec.startswith("level:"):
        if not spec[6:].isdigit():
            raise Refused(_("After level: stands a number, for example level:2."))
    elif spec.startswith("group:"):
        if not Group.objects.filter(code=spec[6:]).exists():
            raise Refused(_("There is no group %(code)s.") % {"code": spec[6:]})
    else:
        codes = set(spec.replace(",", " ").split())
        missing = codes - set(UnitVersion.objects.filter(code__in=codes).values_list("code", flat=True))
        if missing or not codes:
            raise Refused(
                _("There is no unit with the code %(code)s.") % {"code": ", ".join(sorted(missing)) or "—"}
            )


def joined(spans: Iterable[Validity]) -> list[Validity]:
    """Touching or overlapping spans of one unit become one."""
    by_unit: dict[int, list[Validity]] = defaultdict(list)
    for span in spans:
        by_unit[span.unit_id].append(span)
    answer: list[Validity] = []
    for unit_id in sorted(by_unit):
        answer += _join_one(sorted(by_unit[unit_id], key=lambda s: s.valid_from))
    return answer


def _join_one(spans: Sequence[Validity]) -> list[Validity]:
    answer = [spans[0]]
    for span in spans[1:]:
        last = answer[-1]
        if last.valid_to is None:
            continue
        if span.valid_from > last.valid_to:
            answer.append(span)
        else:
            end = None if span.valid_to is None else max(span.valid_to, last.valid_to)
            answer[-1] = Validity(last.unit_id, last.valid_from, end)
    return answer


def last_day(unit: Unit, until: date) -> date:
    """The last day of [.., until] on which the unit existed."""
    if unit.valid_to is None:
        return until
    return min(until, unit.valid_to - timedelta(days=1))
