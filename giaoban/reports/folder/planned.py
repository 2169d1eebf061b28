"""A schedule of a regime that is not written yet: who owes what, by the folder and what is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.lib import periods
from giaoban.lib.deadlines import WorkCalendar
from giaoban.lib.errors import LibError
from giaoban.lib.periods import Period, Span
from giaoban.reportforms.folder import Forms, WantedRegime
from giaoban.reportforms.models import Regime, RegimeVersion
from giaoban.reportforms.queries import Schedule
from giaoban.units.folder import Book
from giaoban.units.models import Ancestry, Unit, UnitVersion
from giaoban.units.queries import Validity, joined


class Planned(Schedule):
    """A Schedule that asks the book of units and the wanted regime instead of the database."""

    def __init__(self, wanted: WantedRegime, forms: Forms, agreement: Agreement, book: Book) -> None:
        self.wanted = wanted
        self.forms = forms
        self.book = book
        super().__init__(Regime(
            agreement=agreement, code=wanted.code, frequency=wanted.frequency, window=wanted.window,
            spans=wanted.spans, hierarchy=wanted.hierarchy,
        ))  # fmt: skip

    @cached_property
    def versions(self) -> list[RegimeVersion]:
        return [
            RegimeVersion(
                number=number, valid_from=v.valid_from, reporters=v.reporters, due=v.due, receivers=v.receivers,
                timezone=v.timezone,
            )
            for number, v in enumerate(self.wanted.versions, 1)
        ]  # fmt: skip

    @cached_property
    def calendar(self) -> WorkCalendar:
        days = self.forms.calendar.items()
        return WorkCalendar(
            frozenset(on for on, (working, _name) in days if not working),
            frozenset(on for on, (working, _name) in days if working),
        )

    @cached_property
    def units(self) -> dict[int, Unit]:
        nodes = (self.book.units[key] for key in {span.unit_id for span in self.liability})
        return {
            n.key: Unit(pk=n.key, valid_from=n.valid_from, valid_to=n.valid_to, level=n.in_order[-1].level)
            for n in nodes
        }

    @cached_property
    def liability(self) -> list[Validity]:
        starts = [v.valid_from for v in self.versions]
        spans = (
            (span, version.valid_from, end)
            for version, end in zip(self.versions, [*starts[1:], None], strict=True)
            for span in self.book.specified(version.reporters, self.lead)
        )
        return joined(cut for span, start, end in spans if (cut := _cut(span, start, end)))

    @cached_property
    def excluded(self) -> set[tuple[int, str]]:
        return set()

    @cached_property
    def _levels(self) -> dict[int, list[UnitVersion]]:
        return {
            key: [UnitVersion(level=v.level, valid_from=v.valid_from) for v in self.book.units[key].in_order]
            for key in self.units
        }

    @cached_property
    def _parents(self) -> dict[int, list[Ancestry]]:
        return {
            key: [
                Ancestry(ancestor_id=parent, valid_from=start, valid_to=end)
                for (hierarchy, start), (parent, end) in self.book.units[key].parents.items()
                if hierarchy == self.regime.hierarchy
            ]
            for key in self.units
        }

    @cached_property
    def _receivers(self) -> list[tuple[Validity, int]]:
        return list(self._receiver_rules())

    def _receiver_rules(self) -> Iterator[tuple[Validity, int]]:
        for version in self.versions:
            for rule in version.receivers:
                start = date.fromisoformat(rule["from"]) if rule.get("from") else date.min
                end = date.fromisoformat(rule["to_date"]) if rule.get("to_date") else None
                to = self.book.on(rule["to"], max(start, self.term.first))
                for span in self.book.specified(rule["units"], self.lead):
                    cut = _cut(span, start, end)
                    if cut and to is not None:
                        yield cut, to


def _cut(span: Validity, start: date, end: date | None) -> Validity | None:
    first = max(span.valid_from, start)
    last = min((d for d in (span.valid_to, end) if d is not None), default=None)
    return None if last is not None and last <= first else Validity(span.unit_id, first, last)


@dataclass(slots=True)
class Asked:
    """A period of the regime: its days, and a number for it."""

    period: Period
    span: Span
    number: int


@dataclass(slots=True)
class Owner:
    """A unit that may report: its validity, liability and, where it never changes, level and receiver."""

    key: int
    valid_from: date
    valid_to: date | None
    liable: list[Validity]
    level: int | None
    receiver: int | None
    settled: bool


class Owing:
    """Answers for many rows, each answer kept: what a period is, who owes, by when, to whom."""

    def __init__(self, schedule: Planned) -> None:
        self.schedule = schedule
        self._periods: dict[str, Asked | str] = {}
        self._owners: dict[int, Owner] = {}
        self._due: dict[tuple[int, int], datetime] = {}
        self._liable: dict[int, list[Validity]] = {}
        for span in schedule.liability:
            self._liable.setdefault(span.unit_id, []).append(span)

    def period(self, text: str) -> Asked | str:
        """The period, or the sentence that says why it is none of the regime."""
        found = self._periods.get(text)
        if found is None:
            found = self._periods[text] = self._ask(text)
        return found

    def _ask(self, text: str) -> Asked | str:
        schedule = self.schedule
        what = {"period": text, "kind": schedule.regime.frequency, "regime": schedule.regime.code}
        try:
            period = periods.parse(text)
            span = periods.span(period, schedule.window)
        except LibError as error:
            return str(_(error.template) % error.params)
        if period.kind != what["kind"]:
            return _("%(period)s is no period of kind %(kind)s, as the regime %(regime)s asks.") % what
        if not schedule.term.meets(span):
            first, last = schedule.term
            return _("The period %(period)s lies outside the term of the agreement (%(first)s – %(last)s).") % {
                **what, "first": first, "last": last if last.year < 9998 else "…",
            }  # fmt: skip
        return Asked(period, span, len(self._periods))

    def owner(self, code: str, asked: Asked) -> Owner | str:
        """The unit that owes this report, or the sentence that says why none does."""
        first, last = asked.span
        key = self._key(code, first, last)
        if key is None:
            return self.schedule.book.why_not(code, last)
        owner = self._owner(key)
        if any(
            span.valid_from <= last and (span.valid_to is None or span.valid_to > first)
            for span in owner.liable
        ):
            return owner
        what = {"code": code, "regime": self.schedule.regime.code, "period": asked.period.text}
        return _("The unit %(code)s does not report under the regime %(regime)s for %(period)s.") % what

    def _key(self, text: str, first: date, last: date) -> int | None:
        """The unit of `CODE` on the last day, else the one that was open in the period; or of `CODE@DAY`."""
        book = self.schedule.book
        found = book.by_code.get(text, ())
        if len(found) == 1:
            start, end, key = found[0]
            return key if start <= last and (end is None or end > first) else None
        if "@" in text:
            code, _at, on = text.partition("@")
            try:
                return book.on(code, date.fromisoformat(on))
            except ValueError:
                return None
        then = book.on(text, last)
        if then is not None:
            return then
        open_in = {k for start, end, k in found if start <= last and (end is None or end > first)}
        return open_in.pop() if len(open_in) == 1 else None

    def _owner(self, key: int) -> Owner:
        owner = self._owners.get(key)
        if owner is None:
            owner = self._owners[key] = self._settle(key)
        return owner

    def _settle(self, key: int) -> Owner:
        node = self.schedule.book.units[key]
        levels = {v.level for v in node.in_order}
        parents = [
            (p, start, end)
            for (h, start), (p, end) in node.parents.items()
            if h == self.schedule.regime.hierarchy
        ]
        whole = len(parents) == 1 and parents[0][1:] == (node.valid_from, node.valid_to)
        ruled = any(span.unit_id == key for span, _to in self.schedule._receivers)
        return Owner(
            key, node.valid_from, node.valid_to, self._liable.get(key, []),
            levels.pop() if len(levels) == 1 else None,
            parents[0][0] if whole else None, whole and not ruled or not parents and not ruled,
        )  # fmt: skip

    def span(self, owner: Owner, asked: Asked) -> Span:
        """The report's own days: its period cut to the unit's validity."""
        first, last = asked.span
        if owner.valid_to is not None and owner.valid_to <= last:
            last = owner.valid_to - timedelta(days=1)
        return Span(max(first, owner.valid_from), last)

    def due_at(self, owner: Owner, asked: Asked, own: Span) -> datetime:
        unit: Any = self.schedule.units[owner.key]
        if owner.level is None:
            return self.schedule._due_at(unit, asked.span.last, own.last)
        key = (owner.level, asked.number)
        due = self._due.get(key)
        if due is None:
            due = self._due[key] = self.schedule._due_at(unit, asked.span.last, own.last)
        return due

    def receiver(self, owner: Owner, own: Span) -> int | None:
        return owner.receiver if owner.settled else self.schedule.receiver(owner.key, own.last)
