"""The tables [[regime]] of programme.toml: who reports which form, how often, by when."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core.folders import Table
from giaoban.lib.deadlines import DueRule, zone_info
from giaoban.lib.periods import KINDS, Window
from giaoban.reportforms.folder.wanted import Forms, WantedRegime, WantedRules
from giaoban.units.folder import Book

DATED = ("valid_from", "reporters", "due", "receivers", "timezone", "legal_basis")
KEYS = (
    "code",
    "title",
    "form",
    "period",
    "window",
    "spans",
    "hierarchy",
    "reconciles",
    "ad_hoc",
    "later",
    *DATED,
)


def read_regimes(root: Table, forms: Forms, agreement: Agreement, book: Book) -> None:
    """Every [[regime]], its later rules under [[regime.later]]; then how they fit together."""
    seen: dict[str, Table] = {}
    for table in root.tables("regime"):
        table.only(KEYS)
        code = table.text("code")
        if code in seen:
            table.place("code").problem(_("The regime %(code)s stands here twice.") % {"code": code})
        seen[code] = table
        regime = _regime(table, code, forms, agreement)
        known = forms.regimes.get(code)
        by_day = {v.valid_from: v for v in (known.versions if known else [])}
        for part in (table, *table.tables("later")):
            if part is not table:
                part.only(DATED)
            rules = _rules(part, agreement, book)
            by_day[rules.valid_from] = rules
        regime.versions = [by_day[day] for day in sorted(by_day)]
        forms.regimes[code] = regime
    for code, table in seen.items():
        _check_reconciles(table, code, forms)
    _check_shared(root, seen, forms)


def _regime(table: Table, code: str, forms: Forms, agreement: Agreement) -> WantedRegime:
    form, frequency = table.text("form"), table.text("period")
    if form and form not in forms.forms:
        table.place("form").problem(_("There is no form %(code)s.") % {"code": form})
    if frequency:
        table.place("period").choice(frequency, "period", KINDS)
    window, spans = table.text("window", "calendar"), _spans(table)
    given = {name: (date.fromisoformat(a), date.fromisoformat(b)) for name, (a, b) in spans.items()}
    table.place("window").parsed(lambda text: Window.parse(text, given), window)
    form_names = forms.forms[form].names if form in forms.forms else {}
    return WantedRegime(
        code, table.names("title", required=False) or form_names, form, frequency, window, spans,
        table.text("hierarchy", agreement.hierarchy), table.text("reconciles", ""), table.flag("ad_hoc"),
        line=table.place().line,
    )  # fmt: skip


def _spans(table: Table) -> dict[str, list[str]]:
    """Period -> [first day, last day], written as days or as text."""
    answer: dict[str, list[str]] = {}
    for name, days in table.data.get("spans", {}).items():
        try:
            first, last = (date.fromisoformat(str(day)).isoformat() for day in days)
            answer[name] = [first, last]
        except (TypeError, ValueError):
            table.place("spans").problem(
                _("%(name)s: write the first and the last day, [2020-01-01, 2020-10-31].") % {"name": name}
            )
    return answer


def _rules(table: Table, agreement: Agreement, book: Book) -> WantedRules:
    reporters, zone = table.spec("reporters"), table.text("timezone", agreement.timezone)
    if reporters:
        book.check_spec(reporters, table.place("reporters"))
    table.place("timezone").parsed(zone_info, zone)
    start = table.day("valid_from") or agreement.starts_on
    return WantedRules(
        start, reporters, _due(table), _receivers(table, book, agreement), zone, table.text("legal_basis", "")
    )


def _due(table: Table) -> dict[str, str]:
    """A rule for all, or one for each level: { default = "+5d 17:00", "2" = "+3wd 17:00" }."""
    given = table.data.get("due")
    if not isinstance(given, dict):
        given = {"default": table.text("due")}
    answer = {}
    for level, rule in given.items():
        if level not in ("", "default") and not level.isdigit():
            table.place("due").problem(_("due: “%(level)s” is no level.") % {"level": level})
        if rule and table.place("due").parsed(DueRule.parse, str(rule)):
            answer["" if level == "default" else level] = str(rule)
    return answer


def _receivers(table: Table, book: Book, agreement: Agreement) -> list[dict[str, Any]]:
    answer = []
    for rule in table.tables("receivers"):
        rule.only(("units", "to", "from", "until"))
        units, to = rule.spec("units"), rule.text("to")
        start, end = rule.day("from"), rule.day("until")
        book.check_spec(units, rule.place("units"))
        if book.on(to, start or agreement.starts_on) is None:
            rule.place("to").problem(book.why_not(to, start or agreement.starts_on))
        dates = {"from": start.isoformat() if start else None, "to_date": end.isoformat() if end else None}
        answer.append({"units": units, "to": to, **dates})
    return answer


def _above(code: str, forms: Forms) -> list[str]:
    """The regimes that this one reconciles, directly or through others; a circle ends in its own code."""
    found: list[str] = []
    following = forms.regimes[code].reconciles
    while following in forms.regimes and following not in found:
        found.append(following)
        following = forms.regimes[following].reconciles
    return found


def _check_reconciles(table: Table, code: str, forms: Forms) -> None:
    other = forms.regimes[code].reconciles
    if other and other not in forms.regimes:
        table.place("reconciles").problem(_("There is no regime %(code)s.") % {"code": other})
    elif code in _above(code, forms):
        table.place("reconciles").problem(
            _("Regimes reconcile each other in a circle: %(code)s.") % {"code": code}
        )


def _check_shared(root: Table, seen: dict[str, Table], forms: Forms) -> None:
    """Two regimes with one indicator: one must reconcile the other."""
    for one, other in combinations(sorted(forms.regimes), 2):
        if one in _above(other, forms) or other in _above(one, forms):
            continue
        shared = sorted(_reported(one, forms) & _reported(other, forms))
        if shared:
            given = [seen[code] for code in (one, other) if code in seen]
            table = max(given or [root], key=lambda t: t.place().line)
            what = {"one": one, "other": other, "code": shared[0]}
            table.place().problem(
                _("The regimes %(one)s and %(other)s both report %(code)s; one must reconcile the other.")
                % what
            )


def _reported(regime: str, forms: Forms) -> set[str]:
    form = forms.forms.get(forms.regimes[regime].form)
    codes = {code for section in form.current for code in section["indicators"]} if form else set()
    return {
        c
        for c in codes
        if c in forms.indicators and not (forms.indicators[c].is_computed or forms.indicators[c].is_text)
    }
