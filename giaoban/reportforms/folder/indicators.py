"""indicators.csv and breakdowns.csv."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from giaoban.core.folders import Folder, Place, Row
from giaoban.lib.expressions import cycle, parse
from giaoban.reportforms.folder.wanted import Forms
from giaoban.reportforms.models import Indicator, Kind, OverPeriods, OverUnits
from giaoban.reportforms.usage import is_reported

INDICATORS, BREAKDOWNS = "indicators.csv", "breakdowns.csv"
REQUIRED = ("code", "unit_of_measure", "kind", "over_units", "over_periods")
OPTIONAL = ("numerator", "denominator", "factor", "decimals", "breakdowns", "retired_on")
_FORBIDDEN = set(" ,;:!@[]=\"'()+-*/<>\n\t")


def read_breakdowns(folder: Folder, forms: Forms) -> None:
    """A row without an option names the breakdown itself."""
    seen: dict[tuple[str, str], int] = {}
    for line, row in folder.table(BREAKDOWNS, ("breakdown", "option"), is_name):
        place = folder.at(BREAKDOWNS, line)
        code, option = row["breakdown"], row["option"]
        for text in (code, option):
            if (_FORBIDDEN - {"-", "+"}) & set(text):
                place.problem(_("“%(code)s” is no code: it holds a space or a sign.") % {"code": text})
        if not code:
            place.problem(_("breakdown is empty."))
        if (code, option) in seen:
            place.problem(_("This option stands already on line %(line)s.") % {"line": seen[code, option]})
        seen[code, option] = line
        names = names_in(row)
        forms.breakdowns.setdefault(code, {})
        options = forms.options.setdefault(code, {})
        if option:
            options[option] = names
        else:
            forms.breakdowns[code] = names


def read_indicators(folder: Folder, forms: Forms) -> None:
    """Lay the rows over what is stored; then every expression is looked at."""
    seen: dict[str, int] = {}
    for position, (line, row) in enumerate(folder.table(INDICATORS, REQUIRED, _is_column)):
        place = folder.at(INDICATORS, line)
        code = row["code"]
        if not code or _FORBIDDEN & set(code):
            place.problem(_("“%(code)s” is no code: it holds a space or a sign.") % {"code": code})
            continue
        if code in seen:
            place.problem(
                _("The indicator %(code)s stands already on line %(line)s.")
                % {"code": code, "line": seen[code]}
            )
            continue
        seen[code] = line
        forms.given.add(code)
        known = forms.indicators.get(code)
        forms.indicators[code] = _indicator(place, row, position, forms, known)
    for code, line in seen.items():
        _check_expressions(folder.at(INDICATORS, line), forms.indicators[code], forms)
    _check_circle(folder, forms, seen)


def is_name(column: str) -> bool:
    return column.startswith("name_") and len(column) in (7, 8) and column[5:].isalpha()


def _is_column(column: str) -> bool:
    return column in OPTIONAL or is_name(column)


def names_in(row: Row) -> dict[str, str]:
    """The columns name_vi, name_en … as language -> name."""
    return {column[5:]: text for column, text in row.items() if is_name(column) and text}


def _indicator(place: Place, row: Row, position: int, forms: Forms, known: Indicator | None) -> Indicator:
    kind = place.choice(row["kind"], "kind", Kind.values)
    computed, text = kind in (Kind.RATIO, Kind.CALCULATED), kind == Kind.TEXT
    given: dict[str, Any] = {
        "names": names_in(row), "position": position, "unit_of_measure": row["unit_of_measure"], "kind": kind,
        "over_units": _operator(place, row, "over_units", OverUnits.values, computed or text),
        "over_periods": _operator(place, row, "over_periods", OverPeriods.values, computed or text),
        "numerator": row.get("numerator", ""), "denominator": row.get("denominator", ""),
        "factor": _factor(place, row), "decimals": _decimals(place, row),
        "breakdowns": _breakdowns(place, row.get("breakdowns", ""), forms),
        "retired_on": _retired(place, row),
    }  # fmt: skip
    if not given["names"]:
        place.problem(_("The indicator has no name: fill name_vi or name_en."))
    if computed and not given["numerator"]:
        place.problem(_("A ratio or calculated indicator needs a numerator."))
    if kind == Kind.RATIO and not given["denominator"]:
        place.problem(_("A ratio needs a denominator."))
    if not computed and (given["numerator"] or given["denominator"]):
        place.problem(_("Only ratios and calculated indicators have a numerator or denominator."))
    wanted = Indicator(
        pk=known.pk if known else None, code=row["code"], version=known.version if known else 1, **given
    )
    wanted._state.adding = known is None
    return wanted


def _check_meaning(place: Place, known: Indicator, given: dict[str, Any]) -> None:
    """Once reported, figures must stay readable: decimals only grow, and a figure stays a figure."""
    new = Indicator(kind=given["kind"])
    other = (new.is_computed, new.is_text) != (known.is_computed, known.is_text)
    if (given["decimals"] >= known.decimals and not other) or not is_reported(known):
        return
    if other:
        place.problem(
            _("It has been reported as it is. Retire it and add a new indicator of the other kind.")
        )
    else:
        place.problem(
            _("Figures with %(count)s decimals have been reported; from then on decimals can only be added.")
            % {"count": known.decimals}
        )


def _operator(place: Place, row: Row, column: str, choices: list[str], none: bool) -> str:
    if none:
        if row[column]:
            place.problem(_("%(column)s must be empty for this kind.") % {"column": column})
        return ""
    return place.choice(row[column], column, choices)


def _factor(place: Place, row: Row) -> Decimal:
    factor = place.decimal(row.get("factor", ""), "factor")
    if factor is not None and (factor == 0 or factor != round(factor, 6) or abs(factor) >= Decimal(10) ** 14):
        place.problem(_("factor is not 0 and has at most 6 decimals."))
        return Decimal(1)
    return Decimal(1) if factor is None else factor


def _decimals(place: Place, row: Row) -> int:
    decimals = place.whole(row.get("decimals", ""), "decimals") or 0
    if decimals > 9:
        place.problem(_("At most 9 decimals."))
    return decimals


def _retired(place: Place, row: Row) -> date | None:
    return place.day(row.get("retired_on", ""), "retired_on")


def _breakdowns(place: Place, text: str, forms: Forms) -> list[list[str]]:
    """`sex;sex*age`: by sex, and crossed by sex and age."""
    asked = [part.strip().split("*") for part in text.split(";") if part.strip()]
    for dimension in dict.fromkeys(d for dimensions in asked for d in dimensions):
        if dimension not in forms.breakdowns:
            place.problem(_("There is no breakdown %(code)s.") % {"code": dimension})
    return asked


def _check_expressions(place: Place, indicator: Indicator, forms: Forms) -> None:
    for text in filter(None, (indicator.numerator, indicator.denominator)):
        expression = place.parsed(parse, text)
        for code in sorted(expression.codes if expression else ()):
            part = forms.indicators.get(code)
            if part is None or part.is_text:
                place.problem(_("There is no indicator %(code)s to compute with.") % {"code": code})


def _check_circle(folder: Folder, forms: Forms, seen: dict[str, int]) -> None:
    uses: dict[str, set[str]] = {}
    for indicator in forms.indicators.values():
        uses[indicator.code] = set()
        for text in filter(None, (indicator.numerator, indicator.denominator)):
            try:
                uses[indicator.code] |= parse(text).codes & forms.indicators.keys()
            except ValueError:
                continue
    if circle := cycle(uses):
        line = seen.get(circle[0]) or min((seen[code] for code in circle if code in seen), default=0)
        folder.problem(
            INDICATORS,
            line,
            _("Indicators are computed from each other in a circle: %(codes)s.")
            % {"codes": " → ".join(circle)},
        )
