"""What a form's rules say about a document: what blocks sending, what needs a comment, what only warns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from giaoban.core.language import reader_language
from giaoban.core.refused import Refused
from giaoban.lib import cells, periods
from giaoban.lib.expressions import Comparison
from giaoban.lib.text import pick
from giaoban.reportforms.models import Kind, Severity
from giaoban.reports.content import Shape, number
from giaoban.reports.models import Report


@dataclass(frozen=True)
class Finding:
    """One thing a check has to say. cells: what it concerns. explained: a comment stands there."""

    severity: str
    sentence: str
    cells: tuple[str, ...]
    explained: bool = False

    @property
    def blocks(self) -> bool:
        return self.severity == Severity.BLOCK or (self.severity == Severity.EXPLAIN and not self.explained)


def findings(
    report: Report,
    document: dict[str, Any],
    shape: Shape | None = None,
    previous: Mapping[str, Fraction] | None = None,
) -> list[Finding]:
    """Everything the checks find, the blocking ones first.

    shape, previous: of the report, where the caller has them already.
    """
    shape = shape or Shape.of(report)
    previous = previous_values(report) if previous is None else previous
    found = [
        *_unanswered(shape, document),
        *_broken_rules(shape, document, previous),
        *_over_total(shape, document),
        *_falling(shape, document, previous),
    ]
    return sorted(found, key=lambda f: not f.blocks)


def refuse_unsendable(report: Report, document: dict[str, Any]) -> None:
    """Refuses with the first sentence that blocks sending."""
    blocking = [f for f in findings(report, document) if f.blocks]
    if not any(document.get(part) for part in ("values", "narratives", "tasks")):
        raise Refused(_("The report is empty. Fill in at least one figure or text."), code="empty")
    if blocking:
        first = blocking[0]
        raise Refused(
            first.sentence,
            field=first.cells[0] if first.cells else None,
            code="check",
            count=len(blocking),
        )


def previous_values(report: Report) -> dict[str, Fraction]:
    """The figures of the unit's report for the period before, if it has one."""
    try:
        before = periods.preceding(periods.parse(report.period)).text
    except periods.PeriodError:
        return {}
    found = Report.objects.filter(
        regime=report.regime_id,
        unit=report.unit_id,
        period=before,
        kind=report.kind,
        current__isnull=False,
    ).values_list("accepted__document", "current__document")
    for accepted, current in found:
        return figures(accepted or current)
    return {}


def figures(document: Mapping[str, Any]) -> dict[str, Fraction]:
    """The numeric totals of a document, exact."""
    answer = {}
    for cell, value in document.get("values", {}).items():
        try:
            answer[cell] = Fraction(number(value))
        except ArithmeticError:
            continue
    return answer


def _unanswered(shape: Shape, document: dict[str, Any]) -> Iterator[Finding]:
    given = document.get("narratives", {})
    for code, question in shape.questions.items():
        if question.get("required") and code not in given:
            title = pick(question["title"], reader_language())
            yield Finding(
                Severity.BLOCK, _("“%(question)s” must be answered.") % {"question": title}, (code,)
            )


def _broken_rules(
    shape: Shape, document: dict[str, Any], previous: Mapping[str, Fraction]
) -> Iterator[Finding]:
    values = figures(document) | {f"previous({code})": value for code, value in previous.items()}
    comments = document.get("comments", {})
    for rule in shape.rules:
        test = Comparison.parse(rule.expression)
        if test.evaluate(values) is False:
            concerned = tuple(sorted(test.codes))
            explained = any(c.split("[")[0] in concerned for c in comments)
            yield Finding(rule.severity, str(rule), concerned, explained)


def _over_total(shape: Shape, document: dict[str, Any]) -> Iterator[Finding]:
    """A breakdown above its total must be explained."""
    values = figures(document)
    comments = document.get("comments", {})
    for code, indicator in shape.indicators.items():
        total = values.get(code)
        if total is None or indicator.over_units != "sum":
            continue
        for dimension in {d for asked in indicator.breakdowns for d in asked}:
            parts = [v for c, v in values.items() if cells.split(c)[0] == code and _only(c) == dimension]
            if parts and sum(parts) > total:
                sentence = _("%(name)s: its parts add up to more than the total.") % {"name": indicator}
                yield Finding(Severity.EXPLAIN, sentence, (code,), code in comments)


def _only(cell: str) -> str | None:
    """The one dimension of a cell broken down by one."""
    place = cells.split(cell)[1]
    return place[0][0] if len(place) == 1 else None


def _falling(shape: Shape, document: dict[str, Any], previous: Mapping[str, Fraction]) -> Iterator[Finding]:
    """A to-date count that falls is a correction: it warns, it never blocks."""
    values = figures(document)
    for code, indicator in shape.indicators.items():
        if (
            indicator.kind == Kind.CUMULATIVE
            and code in values
            and code in previous
            and values[code] < previous[code]
        ):
            sentence = _("%(name)s is lower than in the period before.") % {"name": indicator}
            yield Finding(Severity.WARN, sentence, (code,), code in document.get("comments", {}))
