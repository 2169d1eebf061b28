"""The tables [[form]] and [[regime]] of programme.toml, rules.csv and calendar.csv."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from giaoban.core.folders import Folder, Table
from giaoban.lib.expressions import parse_comparison
from giaoban.reportforms.folder.indicators import is_name, names_in
from giaoban.reportforms.folder.wanted import Forms, Names, Sections, WantedForm, WantedRule
from giaoban.reportforms.models import Severity

RULES, CALENDAR = "rules.csv", "calendar.csv"
#: The one section of a form that is written without sections.
ONLY = "main"


def read_forms(root: Table, forms: Forms) -> None:
    """Every [[form]], its earlier versions under [[form.earlier]]."""
    seen: set[str] = set()
    for table in root.tables("form"):
        table.only(("code", "title", "version", "indicators", "narratives", "section", "earlier"))
        code = table.text("code")
        if code in seen:
            table.place("code").problem(_("The form %(code)s stands here twice.") % {"code": code})
        seen.add(code)
        names = table.names("title")
        form = forms.forms.get(code) or WantedForm(code, names)
        form.names, form.given = names, True
        for earlier in table.tables("earlier"):
            earlier.only(("version", "indicators", "narratives", "section"))
            form.versions[earlier.whole("version", 1)] = _sections(earlier, forms, names)
        _newest(table, form, _sections(table, forms, names))
        forms.forms[code] = form


def _newest(table: Table, form: WantedForm, sections: Sections) -> None:
    last = max(form.versions, default=0)
    number = table.whole("version", last if last and form.versions[last] == sections else last + 1)
    if number < last:
        table.place("version").problem(
            _("Version %(number)s is older than the version %(last)s that is known.")
            % {"number": number, "last": last}
        )
        return
    form.versions[number] = sections


def _sections(table: Table, forms: Forms, names: Names) -> Sections:
    parts = list(table.tables("section"))
    if parts and ("indicators" in table.data or "narratives" in table.data):
        table.place("section").problem(
            _("A form has either sections, or indicators and narratives of its own.")
        )
    if not parts:
        return [_section(table, ONLY, names, forms, set())]
    seen: set[str] = set()
    answer = []
    for part in parts:
        part.only(("code", "title", "indicators", "narratives"))
        answer.append(_section(part, part.text("code"), part.names("title"), forms, seen))
    return answer


def _section(table: Table, code: str, names: Names, forms: Forms, seen: set[str]) -> dict[str, Any]:
    codes = table.codes("indicators", required=False)
    for indicator in codes:
        if indicator not in forms.indicators:
            table.place("indicators").problem(_("There is no indicator %(code)s.") % {"code": indicator})
    narratives = []
    for question in table.tables("narratives"):
        question.only(("code", "title", "required"))
        narratives.append(
            {
                "code": question.text("code"),
                "title": question.names("title"),
                "required": question.flag("required"),
            }
        )
    for key in [*codes, *(n["code"] for n in narratives)]:
        if key in seen:
            table.place("indicators").problem(_("%(code)s stands in this form twice.") % {"code": key})
        seen.add(key)
    return {"code": code, "title": names, "indicators": codes, "narratives": narratives}


def read_rules(folder: Folder, forms: Forms) -> None:
    """rules.csv: code,form,expression,severity and name_xx."""
    seen: dict[str, int] = {}
    for line, row in folder.table(RULES, ("code", "form", "expression", "severity"), is_name):
        place = folder.at(RULES, line)
        code = row["code"]
        if code in seen:
            place.problem(
                _("The rule %(code)s stands already on line %(line)s.") % {"code": code, "line": seen[code]}
            )
        seen[code] = line
        if row["form"] not in forms.forms:
            place.problem(_("There is no form %(code)s.") % {"code": row["form"]})
        severity = place.choice(row["severity"], "severity", Severity.values)
        comparison = place.parsed(parse_comparison, row["expression"])
        for part in sorted(comparison.codes if comparison else ()):
            if part not in forms.indicators:
                place.problem(_("There is no indicator %(code)s.") % {"code": part})
        forms.rules.append(WantedRule(code, names_in(row), row["form"], row["expression"], severity))


def read_calendar(folder: Folder, forms: Forms) -> None:
    """calendar.csv: date,working,name; working is 1 for a make-up day, 0 for a holiday."""
    seen: dict[date, int] = {}
    for line, row in folder.table(CALENDAR, ("date", "working"), ("name",)):
        place = folder.at(CALENDAR, line)
        on = place.day(row["date"], "date")
        working = place.choice(row["working"], "working", ("0", "1"))
        if on in seen:
            place.problem(
                _("The day %(day)s stands already on line %(line)s.") % {"day": on, "line": seen[on]}
            )
        if on is not None:
            seen[on] = line
            forms.calendar[on] = (working == "1", row.get("name", ""))
