"""A programme folder, read and checked whole; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from giaoban.agreements import folder as agreements
from giaoban.core.folders import Folder, Progress, Table
from giaoban.core.refused import Refused
from giaoban.plans import folder as plans
from giaoban.reportforms import folder as reportforms
from giaoban.reports import folder as reports
from giaoban.units import folder as units

PROGRAMME, REVIEW = "programme.toml", "review.toml"
TABLES = ("format", "agreement", "group", "form", "regime", "reports")
FORMAT = 1


@dataclass
class Programme:
    """Everything a folder says, laid over what is stored."""

    book: units.Book
    agreement: agreements.Wanted
    forms: reportforms.Forms
    targets: list[plans.Wanted]
    review: dict[str, Any] | None
    reports: reports.Reports


def read(
    path: Path, *, at: datetime, replace: bool, progress: Progress | None, scratch: Path | None
) -> Programme:
    """Raises Refused with every problem as `file:line: sentence`."""
    if not path.is_dir():
        raise Refused(_("There is no folder %(path)s.") % {"path": path})
    folder = Folder(path, progress=progress)
    folder.progress.step(_("Checking %(file)s") % {"file": PROGRAMME})
    toml = folder.toml(PROGRAMME)
    if toml is None:
        folder.problems.refuse()
        raise AssertionError("a document that cannot be read is a problem")
    root = Table(folder, PROGRAMME, toml, toml.data)
    root.only(TABLES)
    if toml.data.get("format") != FORMAT:
        root.place("format").problem(_("This version reads the format 1: write format = 1."))
    programme = _read(root, folder, at, replace, scratch)
    folder.problems.refuse()
    if programme is None:
        raise AssertionError("a folder that cannot be used has problems")
    return programme


def _read(root: Table, folder: Folder, at: datetime, replace: bool, scratch: Path | None) -> Programme | None:
    book = units.read(folder, _groups(root))
    wanted = agreements.read(_agreement(root), book)
    if wanted is None:
        return None
    forms = reportforms.stored(wanted.draft.code)
    reportforms.read_breakdowns(folder, forms)
    reportforms.read_indicators(folder, forms)
    reportforms.read_forms(root, forms)
    reportforms.read_calendar(folder, forms)
    reportforms.read_regimes(root, forms, wanted.draft, book)
    reportforms.read_rules(folder, forms)
    agreements.read_people(folder, wanted, book)
    targets = plans.read(folder, forms, book)
    review = folder.toml(REVIEW) if folder.has(REVIEW) else None
    found = reports.read(root, forms, wanted.draft, book, at=at, replace=replace, scratch=scratch)
    return Programme(book, wanted, forms, targets, review.data if review else None, found)


def _agreement(root: Table) -> Table:
    data = root.data.get("agreement")
    if not isinstance(data, dict):
        root.place("agreement").problem(_("The table [agreement] is missing."))
        data = {}
    return Table(root.folder, root.file, root.toml, data, "agreement")


def _groups(root: Table) -> dict[str, dict[str, str]]:
    """[[group]] code, title: the names of groups of units."""
    found = {}
    for table in root.tables("group"):
        table.only(("code", "title"))
        found[table.text("code")] = table.names("title")
    return found
