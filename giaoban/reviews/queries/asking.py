"""The figures of a review, answered by the roll-up: as few calls as the questions allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core.language import reader_language
from giaoban.core.refused import Refused
from giaoban.lib import expressions, numbers
from giaoban.lib.periods import Period, parse
from giaoban.plans.models import Target
from giaoban.reportforms.models import Indicator, Regime
from giaoban.reportforms.stamps import Stamps, kept, stamps
from giaoban.reviews.labels import figure_label, target_label
from giaoban.reviews.models import Figure, FigureKind, Review, SourceSet
from giaoban.reviews.queries.narratives import days_of
from giaoban.reviews.questions import Question
from giaoban.rollups import queries as rollups
from giaoban.units.models import Unit
from giaoban.units.queries import specified

COMPARED_DECIMALS = 1


@dataclass
class Answer:
    """What came out of a question.

    value: exact, None where there is none (note says why). pairs: (report, revision) behind it, sorted;
    None if not asked for. sources: their stored set, filled in by the actions.
    """

    indicator: Indicator
    unit: Unit
    decimals: int
    value: Decimal | None = None
    accepted: int | None = None
    due: int | None = None
    on_time: int | None = None
    newest: datetime | None = None
    note: str = ""
    option: str = ""
    pairs: tuple[tuple[int, int], ...] | None = None
    sources: SourceSet | None = None


@dataclass(frozen=True)
class Completeness:
    """How many reports a unit owed under a regime in a period, and how many count."""

    regime: Regime
    unit: Unit
    accepted: int
    due: int


@dataclass(frozen=True)
class Line:
    """One line of a preview."""

    label: str
    value: Decimal | None
    decimals: int
    accepted: int | None = None
    due: int | None = None
    note: str = ""


def subjects(agreement: Agreement, questions: Collection[Question]) -> dict[Question, Answer]:
    """Empty answers: which indicator and unit each question is about. Refuses unknown ones.

    One query while nothing changed.
    """
    now = stamps()
    indicators = _indicators(agreement.pk, now)
    units = _units(frozenset(q.unit for q in questions), now)
    found = {}
    for question in questions:
        indicator, unit = indicators.get(question.indicator), units.get(question.unit)
        if indicator is None or unit is None:
            raise Refused(
                _("The agreement has no indicator %(code)s, or the unit of the figure is gone.")
                % {"code": question.indicator}
            )
        found[question] = Answer(indicator, unit, indicator.decimals, option=question.option)
    return found


@kept(16)
def _indicators(agreement_id: int, now: Stamps) -> dict[str, Indicator]:
    return {i.code: i for i in Indicator.objects.filter(agreement=agreement_id)}


@kept(32)
def _units(ids: frozenset[int], now: Stamps) -> dict[int, Unit]:
    return Unit.objects.in_bulk(ids)


def answers(
    agreement: Agreement, questions: Collection[Question], *, sources: bool = True
) -> dict[Question, Answer]:
    """The answer to each roll-up and target. One roll-up per basis, breakdown and regime.

    sources: with the reports and revisions behind each.
    """
    if not questions:
        return {}
    found = subjects(agreement, questions)
    rolled = [q for q in questions if q.kind == FigureKind.ROLLUP]
    groups: dict[tuple[str, str, str], list[Question]] = defaultdict(list)
    for question in rolled:
        groups[question.basis, question.by, question.regime].append(question)
    for (basis, by, regime), group in groups.items():
        asked = _Asked.of(group, found)
        given = {"by": by or None, "basis": rollups.basis_of(basis), "regime": _regime(agreement, regime)}
        _roll_up(agreement, asked, group, found, given)
        if sources:
            _sources(agreement, asked, group, found, given)
    _targets(agreement, [q for q in questions if q.kind == FigureKind.TARGET], found)
    return found


@dataclass(frozen=True)
class _Asked:
    """Indicators together, and the units of each period: what one roll-up answers."""

    indicators: list[Indicator]
    places: dict[Period, list[Unit]]

    @classmethod
    def of(cls, questions: list[Question], found: dict[Question, Answer]) -> _Asked:
        units: dict[Period, dict[int, Unit]] = defaultdict(dict)
        for question in questions:
            units[parse(question.period)][question.unit] = found[question].unit
        indicators = {found[q].indicator.pk: found[q].indicator for q in questions}
        return cls(list(indicators.values()), {period: list(them.values()) for period, them in units.items()})


def _roll_up(
    agreement: Agreement, asked: _Asked, questions: list[Question], found: dict[Question, Answer],
    given: dict[str, Any],
) -> None:  # fmt: skip
    answer = rollups.ask(agreement, asked.indicators, asked.places, list(asked.places), **given)
    for question in questions:
        own = found[question]
        option = question.option if question.by else None
        row = answer.row(own.indicator, own.unit, parse(question.period), option)
        if row is None:
            continue
        own.value, own.decimals, own.accepted, own.due = row.shown, row.decimals, row.accepted, row.due
        own.on_time, own.newest, own.note = row.on_time, row.newest, "; ".join(map(str, row.notes))


def _sources(
    agreement: Agreement, asked: _Asked, questions: list[Question], found: dict[Question, Answer],
    given: dict[str, Any],
) -> None:  # fmt: skip
    sets = rollups.source_sets(agreement, asked.indicators, asked.places, list(asked.places), **given)
    for question in questions:
        own = found[question]
        named = (own.indicator.pk, own.unit.pk, parse(question.period).text, question.option or None)
        own.pairs = sets.get(named, ())


def _targets(agreement: Agreement, questions: list[Question], found: dict[Question, Answer]) -> None:
    if not questions:
        return
    rows = Target.objects.filter(agreement=agreement, indicator__code__in={q.indicator for q in questions})
    values = {
        (code, unit, period): value
        for code, unit, period, value in rows.values_list("indicator__code", "unit", "period", "value")
    }
    for question in questions:
        found[question].value = values.get((question.indicator, question.unit, question.period))
        found[question].pairs = ()


def _regime(agreement: Agreement, code: str) -> Regime | None:
    return Regime.objects.get(agreement=agreement, code=code) if code else None


def completeness(agreement: Agreement, period: str) -> list[Completeness]:
    """Per regime that is not compared with another, and per party: reports accepted of those due."""
    asked = due_questions(agreement, period)
    return counted(asked, answers(agreement, set(asked), sources=False))


def due_questions(agreement: Agreement, period: str) -> dict[Question, tuple[Regime, Unit]]:
    """The questions whose completeness says what the parties owe: one figure of each regime and party."""
    return _due_questions(agreement, period, stamps())


@kept(32)
def _due_questions(agreement: Agreement, period: str, now: Stamps) -> dict[Question, tuple[Regime, Unit]]:
    regimes = Regime.objects.filter(agreement=agreement, reconciles=None).select_related("form", "agreement")
    asked: dict[Question, tuple[Regime, Unit]] = {}
    parties = _parties(agreement, period)
    for regime in regimes.order_by("id"):
        codes = regime.form.current.indicator_codes
        rows = Indicator.objects.filter(agreement=agreement, code__in=codes)
        first = next((i.code for i in rows if not (i.is_text or i.is_computed)), None)
        for unit in parties if first else ():
            asked.setdefault(Question(indicator=first or "", unit=unit.pk, period=period), (regime, unit))
    return asked


def counted(
    asked: Mapping[Question, tuple[Regime, Unit]], found: Mapping[Question, Answer]
) -> list[Completeness]:
    """What the parties owe, out of the answers."""
    return [
        Completeness(regime, unit, found[q].accepted or 0, found[q].due or 0)
        for q, (regime, unit) in asked.items()
        if found[q].due
    ]


def _parties(agreement: Agreement, period: str) -> list[Unit]:
    first, last = days_of(agreement, period)
    ids = {v.unit_id for v in specified(agreement.parties, agreement.lead_id) if v.overlaps(first, last)}
    return list(Unit.objects.filter(pk__in=ids).order_by("level", "code"))


def preview(agreement: Agreement, question: Question, earlier: str | None, target: bool) -> list[Line]:
    """What a sentence about this figure would state."""
    asked = [question, *([question.at(earlier)] if earlier else []), *([question.target] if target else [])]
    found = answers(agreement, asked, sources=False)
    language = reader_language()
    lines = []
    for each in asked:
        own = found[each]
        label = figure_label(own.indicator, own.unit, each.period, language)
        label = target_label(label, language) if each.kind == FigureKind.TARGET else label
        lines.append(Line(label, own.value, own.decimals, own.accepted, own.due, own.note))
    return lines


# ------------------------------------------------------------- asked again


@dataclass(frozen=True)
class Recomputed:
    """A figure as it would be today: canonical text, empty if there is no value."""

    value: str


def recomputed(
    review: Review, figures: Iterable[Figure], also: Collection[Question] = ()
) -> tuple[dict[int, Recomputed], dict[Question, Answer]]:
    """Every figure asked again, the compared ones from the others, and all answers. One roll-up as a rule.

    also: further questions, answered in the same go.
    """
    wanted = {f.number: f for f in figures}
    operands = {n for f in wanted.values() for n in (f.query.get("of"), f.query.get("against")) if n}
    rest = Figure.objects.filter(review=review, number__in=operands - wanted.keys())
    known = {**wanted, **{f.number: f for f in rest}}
    questions = {
        n: Question.stored(f.kind, f.query)
        for n, f in known.items()
        if f.kind in (FigureKind.ROLLUP, FigureKind.TARGET)
    }
    found = answers(review.agreement, {*questions.values(), *also}, sources=False)
    values = {n: plain(found[q]) for n, q in questions.items()}
    for n, figure in known.items():
        if n not in questions:
            of, against = values.get(figure.query["of"]), values.get(figure.query["against"])
            values[n] = compared(figure.kind, of, against)
    return {n: Recomputed(values[n] or "") for n in wanted}, found


def plain(answer: Answer) -> str | None:
    """The value as canonical text, rounded as shown."""
    return None if answer.value is None else numbers.plain(answer.value, answer.decimals)


def compared(kind: str, of: str | None, against: str | None) -> str | None:
    """Per cent of two figures as they are shown; None without a value, or against zero."""
    if of is None or against is None or not Decimal(against):
        return None
    one, other = Decimal(of), Decimal(against)
    if kind == FigureKind.CHANGE:
        return numbers.plain(Fraction(one - other) * 100 / Fraction(abs(other)), COMPARED_DECIMALS)
    return numbers.plain(Fraction(one) * 100 / Fraction(other), COMPARED_DECIMALS)


def source_codes(agreement: Agreement) -> dict[str, set[str]]:
    """Per indicator, the codes of the reported indicators it is computed from; a reported one: itself."""
    rules = {i.code: i for i in Indicator.objects.filter(agreement=agreement)}
    return {code: _leaves(code, rules, frozenset()) for code in rules}


def _leaves(code: str, rules: dict[str, Indicator], seen: frozenset[str]) -> set[str]:
    rule = rules.get(code)
    if rule is None or code in seen:
        return set()
    if not rule.is_computed:
        return {code}
    parts = [text for text in (rule.numerator, rule.denominator) if text]
    named = {each for text in parts for each in expressions.parse(text).codes}
    return {leaf for name in named for leaf in _leaves(name, rules, seen | {code})}
