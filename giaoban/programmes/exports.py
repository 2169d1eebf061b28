"""An agreement written as a programme folder: the same content gives the same bytes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from giaoban.agreements import folder as agreements
from giaoban.agreements.models import Agreement
from giaoban.core.folders import Progress, Quiet, names_in_order
from giaoban.core.refused import Refused
from giaoban.core.snapshot import snapshot
from giaoban.lib import tomls
from giaoban.plans import folder as plans
from giaoban.programmes.reading import FORMAT, PROGRAMME, REVIEW
from giaoban.reportforms import folder as reportforms
from giaoban.reports import folder as reports
from giaoban.reports.models import Report
from giaoban.units import folder as units


def export(*, agreement: Agreement, path: Path, progress: Progress | None = None) -> int:
    """Write the folder; it appears whole or not at all. Returns the number of reports."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise Refused(_("%(path)s is not empty. Name a folder that is not there yet.") % {"path": path})
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.parent / f".{path.name}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    try:
        with snapshot():
            count = _write(agreement, partial, progress or Quiet())
        if path.exists():
            path.rmdir()
        partial.rename(path)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return count


def _write(agreement: Agreement, path: Path, progress: Progress) -> int:
    book = units.stored()
    forms = reportforms.stored(agreement.code)
    named = agreements.export_people(agreement, book, path) | plans.export(agreement, book, path)
    named |= set(Report.objects.filter(agreement=agreement).values_list("unit_id", flat=True).distinct())
    keys = units.export(book, _used(agreement, forms, book) | named, path)
    reportforms.export(forms, agreement, path)
    tables, count = reports.export(agreement, book, path, progress)
    text = tomls.write([
        ("", {"format": FORMAT}),
        ("[agreement]", agreements.export(agreement, book)),
        *_groups(book, keys),
        *reportforms.form_tables(forms, agreement),
        *(("[[reports]]", table) for table in tables),
    ])  # fmt: skip
    (path / PROGRAMME).write_text(text, encoding="utf-8")
    if "review" in agreement.settings:
        (path / REVIEW).write_text(tomls.write([("", agreement.settings["review"])]), encoding="utf-8")
    return count


def _used(agreement: Agreement, forms: reportforms.Forms, book: units.Book) -> set[int]:
    """The units that the agreement and its regimes name."""
    specs = {agreement.parties}
    for regime in forms.regimes.values():
        for rules in regime.versions:
            specs |= {
                rules.reporters,
                *(spec for rule in rules.receivers for spec in (rule["units"], rule["to"])),
            }
    named = {agreement.lead_id}
    for spec in specs:
        if not spec.startswith("level:"):
            named |= {span.unit_id for span in book.specified(spec, agreement.lead_id)}
    return named


def _groups(book: units.Book, keys: set[int]) -> list[tuple[str, dict[str, Any]]]:
    used = {group for key in keys for group, _day in book.units[key].groups}
    tables = []
    for code in sorted(used):
        if book.groups.get(code):
            tables.append(("[[group]]", {"code": code, "title": names_in_order(book.groups[code])}))
    return tables
