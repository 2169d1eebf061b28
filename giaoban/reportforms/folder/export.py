"""Indicators, breakdowns, forms, regimes, rules and the calendar as files of a programme folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from giaoban.agreements.models import Agreement
from giaoban.core.folders import in_order, names_in_order
from giaoban.lib import csvs
from giaoban.reportforms.folder.forms import CALENDAR, ONLY, RULES
from giaoban.reportforms.folder.indicators import BREAKDOWNS, INDICATORS
from giaoban.reportforms.folder.wanted import Forms, Sections, WantedForm, WantedRegime, WantedRules, in_turn
from giaoban.reportforms.models import Rule
from giaoban.units.folder.export import plain


def export(forms: Forms, agreement: Agreement, path: Path) -> None:
    """Write the CSV files; those without rows are left out."""
    indicators = sorted(forms.indicators.values(), key=lambda i: (i.position, i.pk))
    _named(
        path / INDICATORS, ("code",), _INDICATOR, [(i.names, (i.code,), _indicator(i)) for i in indicators]
    )
    _named(path / BREAKDOWNS, ("breakdown", "option"), (), list(_options(forms)))
    rules = Rule.objects.filter(agreement=agreement).select_related("form").order_by("id")
    _named(path / RULES, ("code",), ("form", "expression", "severity"),
           [(r.names, (r.code,), (r.form.code, r.expression, r.severity)) for r in rules])  # fmt: skip
    if forms.calendar:
        days = [
            (on.isoformat(), int(working), name) for on, (working, name) in sorted(forms.calendar.items())
        ]
        csvs.write(path / CALENDAR, ["date", "working", "name"], days)


_INDICATOR = (
    "unit_of_measure", "kind", "over_units", "over_periods", "numerator", "denominator", "factor", "decimals",
    "breakdowns", "retired_on",
)  # fmt: skip


def _indicator(i: Any) -> tuple[Any, ...]:
    return (
        i.unit_of_measure, i.kind, i.over_units, i.over_periods, i.numerator, i.denominator,
        "" if i.factor == 1 else plain(i.factor), i.decimals, ";".join("*".join(asked) for asked in i.breakdowns),
        i.retired_on.isoformat() if i.retired_on else "",
    )  # fmt: skip


def _options(forms: Forms) -> Iterator[tuple[Mapping[str, str], tuple[str, str], tuple[()]]]:
    for code, names in forms.breakdowns.items():
        yield names, (code, ""), ()
        for option, called in forms.options.get(code, {}).items():
            yield called, (code, option), ()


def _named(
    path: Path, first: tuple[str, ...], last: tuple[str, ...], rows: list[tuple[Any, Any, Any]]
) -> None:
    """A file with a column for each language that occurs: first columns, names, last columns."""
    if rows:
        languages = in_order({lang for names, _first, _last in rows for lang in names})
        header = [*first, *(f"name_{lang}" for lang in languages), *last]
        csvs.write(
            path, header, [[*a, *(names.get(lang, "") for lang in languages), *b] for names, a, b in rows]
        )


def form_tables(forms: Forms, agreement: Agreement) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tables [[form]] and [[regime]] of programme.toml."""
    for form in forms.forms.values():
        head = {"code": form.code, "title": names_in_order(form.names)}
        if len(form.versions) > 1:
            head["version"] = max(form.versions)
        yield from _form("[[form", head, form, form.current)
        for number in sorted(form.versions)[:-1]:
            yield from _form("[[form.earlier", {"version": number}, form, form.versions[number])
    for regime in in_turn(list(forms.regimes.values())):
        first, *later = regime.versions
        yield "[[regime]]", _regime(regime, forms, agreement) | _rules(first)
        for rules in later:
            yield "[[regime.later]]", _rules(rules)


def _form(
    header: str, head: dict[str, Any], form: WantedForm, sections: Sections
) -> Iterator[tuple[str, dict[str, Any]]]:
    alone = len(sections) == 1 and sections[0]["code"] == ONLY and sections[0]["title"] == form.names
    if alone:
        yield f"{header}]]", head | _section(sections[0])
        return
    yield f"{header}]]", head
    for section in sections:
        title = {"code": section["code"], "title": names_in_order(section["title"])}
        yield f"{header}.section]]", title | _section(section)


def _section(section: dict[str, Any]) -> dict[str, Any]:
    questions = [
        {"code": q["code"], "title": names_in_order(q["title"])}
        | ({"required": True} if q.get("required") else {})
        for q in section.get("narratives", ())
    ]
    return {"indicators": section.get("indicators", [])} | ({"narratives": questions} if questions else {})


def _regime(regime: WantedRegime, forms: Forms, agreement: Agreement) -> dict[str, Any]:
    values: dict[str, Any] = {
        "code": regime.code,
        "title": names_in_order(regime.names) if regime.names != forms.forms[regime.form].names else None,
        "form": regime.form,
        "period": regime.frequency,
        "window": regime.window,
        "spans": {name: [date.fromisoformat(d) for d in days] for name, days in sorted(regime.spans.items())},
        "hierarchy": "" if regime.hierarchy == agreement.hierarchy else regime.hierarchy,
        "reconciles": regime.reconciles,
        "ad_hoc": regime.ad_hoc or None,
    }
    return {key: value for key, value in values.items() if value}


def _rules(rules: WantedRules) -> dict[str, Any]:
    due: Any = {level or "default": rule for level, rule in sorted(rules.due.items())}
    receivers = [
        {"units": r["units"], "to": r["to"]}
        | ({"from": date.fromisoformat(r["from"])} if r.get("from") else {})
        | ({"until": date.fromisoformat(r["to_date"])} if r.get("to_date") else {})
        for r in rules.receivers
    ]
    values: dict[str, Any] = {
        "valid_from": rules.valid_from,
        "reporters": rules.reporters,
        "due": due.get("default") if set(due) == {"default"} else due,
        "timezone": rules.timezone,
        "legal_basis": rules.legal_basis,
        "receivers": receivers,
    }
    return {key: value for key, value in values.items() if value}
