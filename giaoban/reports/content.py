"""What a report says: the document of a revision, its cells, and reading it from people and files.

A document is {"values": {CELL: int | "decimal text"}, "estimated": [CELL], "comments": {CELL: text},
"narratives": {CODE: text}, "tasks": see `tasks`}, with empty parts left out. Whole numbers are JSON
integers, others exact decimal text with the indicator's decimals; text indicators hold text. Blank is
not zero: a cell without a value is absent.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from giaoban.core.refused import Refused
from giaoban.lib import cells
from giaoban.lib.errors import LibError
from giaoban.lib.numbers import scale, unscale
from giaoban.lib.text import nfc
from giaoban.reportforms.models import Breakdown, FormVersion, Indicator, Rule
from giaoban.reportforms.stamps import Stamps, kept, stamps
from giaoban.reports.models import Report
from giaoban.reports.tasks import tidy, told

MOST_TEXT = 100_000


@dataclass(frozen=True)
class Shape:
    """What a form asks: its indicators by code, the options of its breakdowns, its questions, its rules."""

    version: FormVersion
    indicators: dict[str, Indicator]
    options: dict[str, dict[str, dict[str, str]]]
    rules: tuple[Rule, ...] = ()

    @classmethod
    def of(cls, report: Report) -> Shape:
        return cls.of_version(report.form_version, report.agreement_id)

    @classmethod
    def of_version(cls, version: FormVersion, agreement_id: int) -> Shape:
        """One query while nothing changed."""
        return _shape(version, agreement_id, stamps())

    @classmethod
    def _read(cls, version: FormVersion, agreement_id: int) -> Shape:
        wanted = Indicator.objects.filter(agreement=agreement_id, code__in=version.indicator_codes)
        found = {i.code: i for i in wanted}
        indicators = {code: found[code] for code in version.indicator_codes if code in found}
        options: dict[str, dict[str, dict[str, str]]] = {}
        if any(i.breakdowns for i in indicators.values()):
            for dimension in Breakdown.objects.filter(agreement=agreement_id).prefetch_related("options"):
                options[dimension.code] = {o.code: o.names for o in dimension.options.all()}
        return cls(version, indicators, options, tuple(Rule.objects.filter(form=version.form_id)))

    @cached_property
    def questions(self) -> dict[str, dict[str, Any]]:
        return {q["code"]: q for q in self.version.narratives}

    def indicator_of(self, cell: str) -> Indicator:
        """The indicator a cell belongs to; refuses a cell the form does not have."""
        try:
            code, place = cells.split(cell)
        except LibError as error:
            raise Refused(str(error), field=cell) from None
        indicator = self.indicators.get(code)
        if indicator is None or indicator.is_computed:
            raise Refused(_("The form has no figure %(cell)s.") % {"cell": cell}, field=cell)
        dimensions = {d for d, _option in place}
        if place and not any(dimensions <= set(asked) for asked in indicator.breakdowns):
            raise Refused(_("%(cell)s is not broken down like this.") % {"cell": cell}, field=cell)
        if any(option not in self.options.get(d, {}) for d, option in place):
            raise Refused(_("%(cell)s names an option that does not exist.") % {"cell": cell}, field=cell)
        return indicator


@kept(64)
def _shape(version: FormVersion, agreement_id: int, now: Stamps) -> Shape:
    return Shape._read(version, agreement_id)


def clean(raw: dict[str, Any], shape: Shape) -> dict[str, Any]:
    """The document in its one canonical form; refuses (with the cell as field) what the form cannot hold."""
    values = {}
    for cell, value in sorted((raw.get("values") or {}).items()):
        if value is not None and value != "":
            values[cell] = exact(value, shape.indicator_of(cell), cell)
    comments = {c: _text(t, c) for c, t in sorted((raw.get("comments") or {}).items()) if (t or "").strip()}
    for cell in comments:
        shape.indicator_of(cell)
    narratives = {
        c: _text(t, c) for c, t in sorted((raw.get("narratives") or {}).items()) if (t or "").strip()
    }
    if unknown := set(narratives) - set(shape.questions):
        raise Refused(_("The form has no question %(code)s.") % {"code": min(unknown)}, field=min(unknown))
    document = {
        "values": values,
        "estimated": sorted(set(raw.get("estimated") or ()) & set(values)),
        "comments": comments,
        "narratives": narratives,
        "tasks": tidy(raw.get("tasks")),
    }
    return {part: content for part, content in document.items() if content}


def exact(value: Any, indicator: Indicator, cell: str) -> int | str:
    """A value as the document holds it: int, or decimal text with the indicator's decimals, or text."""
    if indicator.is_text:
        return _text(str(value), cell)
    try:
        scaled = scale(value, indicator.decimals)
    except LibError as error:
        raise Refused(_(error.template) % error.params, field=cell) from None
    return scaled if indicator.decimals == 0 else str(unscale(scaled, indicator.decimals))


def number(value: int | str) -> Decimal:
    """The stored value of a figure as an exact decimal."""
    return Decimal(value)


def digest(document: dict[str, Any]) -> str:
    """sha256 of the canonical document."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """What changed from one document to another: [{"part", "key", "before", "after"}], in order."""
    rows = []
    for part in ("values", "comments", "narratives"):
        old, new = before.get(part, {}), after.get(part, {})
        for key in sorted(old.keys() | new.keys()):
            if old.get(key) != new.get(key):
                rows.append({"part": part, "key": key, "before": old.get(key), "after": new.get(key)})
    old_said, new_said = before.get("tasks", {}), after.get("tasks", {})
    for key in sorted(old_said.keys() | new_said.keys()):
        if old_said.get(key) != new_said.get(key):
            change = {"before": told(old_said.get(key)), "after": told(new_said.get(key))}
            rows.append({"part": "tasks", "key": key, **change})
    old_marks, new_marks = set(before.get("estimated", ())), set(after.get("estimated", ()))
    for key in sorted(old_marks ^ new_marks):
        rows.append({"part": "estimated", "key": key, "before": key in old_marks, "after": key in new_marks})
    return rows


def _text(text: str, field: str) -> str:
    text = nfc(text.replace("\r\n", "\n")).strip()
    if len(text) > MOST_TEXT:
        raise Refused(_("This text is longer than 100,000 characters."), field=field)
    if "\x00" in text:
        raise Refused(_("This text holds a character that cannot be kept."), field=field)
    return text
