"""What must hold of indicators and regimes together. Every fault is a sentence, at its field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core.refused import Refused
from giaoban.lib import cells, expressions
from giaoban.lib.errors import LibError
from giaoban.reportforms.models import FormVersion, Indicator, Kind, Regime

CODE = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")


def told(error: LibError, field: str) -> Refused:
    """The library's sentence in the reader's language, at a field."""
    return Refused(_(error.template) % error.params, field=field)


def check_code(code: str) -> None:
    """Refuses a code that expressions could not name."""
    if not CODE.fullmatch(code) or code == "previous":
        raise Refused(
            _("A code begins with a letter and holds letters without marks, digits, _ and full stops."),
            field="code",
        )


def check_indicator(indicator: Indicator, others: Mapping[str, Indicator]) -> None:
    """Refuses an indicator whose rules do not fit its kind, or whose expressions do not hold.

    others: the other indicators of the agreement by code.
    """
    if indicator.is_computed:
        _check_computed(indicator, others)
        return
    if indicator.numerator or indicator.denominator:
        raise Refused(_("Only a ratio or a calculated indicator has an expression."), field="numerator")
    if indicator.is_text:
        if indicator.over_units or indicator.over_periods or indicator.decimals or indicator.breakdowns:
            raise Refused(
                _("A text is not combined: it has no operators, decimals or breakdowns."), field="kind"
            )
        return
    for field in ("over_units", "over_periods"):
        if not getattr(indicator, field):
            raise Refused(_("Say how the figures are combined."), field=field)
    if not 0 <= indicator.decimals <= 9:
        raise Refused(_("At most nine decimals."), field="decimals")


def _check_computed(indicator: Indicator, others: Mapping[str, Indicator]) -> None:
    if not indicator.numerator:
        raise Refused(_("Give the expression."), field="numerator")
    if (indicator.kind == Kind.RATIO) != bool(indicator.denominator):
        sentence = (
            _("A ratio needs a denominator.")
            if indicator.kind == Kind.RATIO
            else _("Only a ratio has a denominator.")
        )
        raise Refused(sentence, field="denominator")
    if indicator.breakdowns:
        raise Refused(_("A computed indicator takes the breakdowns of its parts."), field="kind")
    if indicator.factor == 0:
        raise Refused(_("The factor cannot be 0."), field="factor")
    for field in ("numerator", "denominator"):
        _check_expression(getattr(indicator, field), field, indicator, others)
    circle = expressions.cycle(uses([*others.values(), indicator]))
    if circle:
        raise Refused(
            _("These indicators would be computed from each other in a circle: %(circle)s.")
            % {"circle": " → ".join(circle)},
            field="numerator",
        )


def _check_expression(text: str, field: str, indicator: Indicator, others: Mapping[str, Indicator]) -> None:
    if not text:
        return
    try:
        parsed = expressions.parse(text)
    except LibError as error:
        raise told(error, field) from None
    if any(name.startswith("previous(") for name in parsed.names):
        raise Refused(_("previous(…) stands in rules only, not in an indicator."), field=field)
    for code in sorted(parsed.codes - {indicator.code}):
        used = others.get(code)
        if used is None:
            raise Refused(_("There is no indicator with the code %(code)s.") % {"code": code}, field=field)
        if used.is_text:
            raise Refused(_("%(code)s is a text; it cannot be computed with.") % {"code": code}, field=field)
    check_places(parsed.names, indicator.agreement, field)


def check_places(names: Iterable[str], agreement: Agreement, field: str) -> None:
    """Refuses a breakdown or an option that the agreement does not have."""
    known = {
        b.code: {o.code for o in b.options.all()} for b in agreement.breakdowns.prefetch_related("options")
    }
    for name in names:
        inner = name.removeprefix("previous(").removesuffix(")") if name.startswith("previous(") else name
        for dimension, option in cells.split(inner)[1]:
            if option not in known.get(dimension, ()):
                raise Refused(
                    _("There is no breakdown %(dimension)s=%(option)s.")
                    % {"dimension": dimension, "option": option},
                    field=field,
                )


def uses(indicators: Iterable[Indicator]) -> dict[str, set[str]]:
    """Code of a computed indicator -> codes it is computed from. Expressions that do not parse are left out."""
    found: dict[str, set[str]] = {}
    for indicator in indicators:
        for text in (indicator.numerator, indicator.denominator):
            if indicator.is_computed and text:
                try:
                    found.setdefault(indicator.code, set()).update(expressions.parse(text).codes)
                except LibError:
                    continue
    return found


def check_sections(sections: Sequence[Mapping[str, Any]], known: Mapping[str, Indicator]) -> None:
    """Refuses sections in which something is missing, unknown or asked twice."""
    if not sections:
        raise Refused(_("A form has at least one section."))
    seen: set[str] = set()
    questions: set[str] = set()
    for number, section in enumerate(sections, start=1):
        if not section["title"].get("vi"):
            raise Refused(_("Section %(number)s has no title in Vietnamese.") % {"number": number})
        for code in section.get("indicators", ()):
            if code not in known:
                raise Refused(_("There is no indicator with the code %(code)s.") % {"code": code})
            if code in seen:
                raise Refused(_("The indicator %(code)s stands in the form twice.") % {"code": code})
            seen.add(code)
        for question in section.get("narratives", ()):
            _check_question(question, questions | seen)
            questions.add(question["code"])


def _check_question(question: Mapping[str, Any], taken: set[str]) -> None:
    code = question["code"]
    if not CODE.fullmatch(code):
        raise Refused(
            _("The question “%(code)s” needs a code of letters without marks, digits and _.") % {"code": code}
        )
    if code in taken:
        raise Refused(_("The code %(code)s stands in the form twice.") % {"code": code})
    if not question["title"].get("vi"):
        raise Refused(_("The question %(code)s has no wording in Vietnamese.") % {"code": code})


def check_reconciles(regime: Regime, towards: Regime | None) -> None:
    """Refuses a circle of regimes that reconcile each other."""
    step, seen = towards, {regime.pk}
    while step is not None:
        if step.pk in seen:
            raise Refused(_("These regimes would reconcile each other in a circle."), field="reconciles")
        seen.add(step.pk)
        step = step.reconciles


def check_overlaps(agreement: Agreement) -> None:
    """Refuses two regular regimes that ask for one indicator although neither reconciles the other."""
    regimes = list(agreement.regimes.filter(ad_hoc=False))
    entered = {row.code for row in agreement.indicators.all() if not (row.is_computed or row.is_text)}
    asked = {regime.pk: _asked(regime) & entered for regime in regimes}
    by_id = {regime.pk: regime for regime in agreement.regimes.all()}
    for one, other in combinations(regimes, 2):
        common = asked[one.pk] & asked[other.pk]
        if common and not (_reaches(one, other, by_id) or _reaches(other, one, by_id)):
            raise Refused(
                _(
                    "The regimes “%(one)s” and “%(other)s” both ask for %(codes)s. Say which of them only "
                    "reconciles the other, or their figures would be added twice."
                )
                % {"one": one, "other": other, "codes": ", ".join(sorted(common)[:5])},
                field="reconciles",
            )


def _asked(regime: Regime) -> set[str]:
    newest = FormVersion.objects.filter(form=regime.form_id).order_by("-number").first()
    return set(newest.indicator_codes) if newest else set()


def _reaches(start: Regime, goal: Regime, by_id: Mapping[int, Regime]) -> bool:
    step: Regime | None = start
    for _turn in range(len(by_id)):
        step = by_id.get(step.reconciles_id or 0) if step else None
        if step is not None and step.pk == goal.pk:
            return True
    return False
