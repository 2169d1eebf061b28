"""Reports as files of a programme folder: one file for each regime, form version and state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from giaoban.agreements.models import Agreement
from giaoban.core.bulk import chunks
from giaoban.core.folders import Progress
from giaoban.lib import csvs, numbers, periods
from giaoban.lib.cells import split
from giaoban.reportforms.models import Indicator, Regime
from giaoban.reportforms.queries import Schedule
from giaoban.reports.folder.columns import TASKS
from giaoban.reports.models import Draft, Report, ReportKind, Revision, State
from giaoban.units.folder import Book

_encode = msgspec.json.Encoder(order="sorted").encode

#: A returned report goes out as the draft that it is being rewritten as.
AS = {State.DRAFT: "draft", State.RETURNED: "draft", State.SUBMITTED: "submitted", State.ACCEPTED: "accepted"}


@dataclass(order=True)
class Line:
    """One report: what it is sorted by, then where its document lies (a revision, else a draft)."""

    period: str
    code: str
    uid: str
    report: int
    unit: int = field(compare=False)
    last_day: date = field(compare=False)
    sent: datetime | None = field(compare=False)
    revision: int = field(compare=False)


@dataclass
class Sheet:
    """One file. version 0: the newest of the form."""

    regime: Regime
    version: int
    state: str
    sections: list[dict[str, Any]]
    lines: list[Line]

    @property
    def file(self) -> str:
        version = f".v{self.version}" if self.version else ""
        state = "" if self.state == State.ACCEPTED else f".{self.state}"
        return f"reports/{self.regime.code}{version}{state}.csv.gz"

    @property
    def table(self) -> dict[str, Any]:
        """The table [[reports]] of programme.toml."""
        version = {"form_version": self.version} if self.version else {}
        return {"regime": self.regime.code, "file": self.file, "state": self.state} | version


def export(
    agreement: Agreement, book: Book, path: Path, progress: Progress
) -> tuple[list[dict[str, Any]], int]:
    """Write every file; returns the tables [[reports]] and the number of reports."""
    indicators = {i.code: i for i in Indicator.objects.filter(agreement=agreement)}
    tables, count = [], 0
    for regime in (
        Regime.objects.filter(agreement=agreement).select_related("agreement", "form").order_by("id")
    ):
        schedule = Schedule(regime)
        for sheet in _sheets(regime, book):
            progress.step(sheet.file, len(sheet.lines))
            (path / sheet.file).parent.mkdir(exist_ok=True)
            columns = _Columns(sheet, indicators)
            for documents in _documents(sheet.lines):
                columns.see(documents)
            csvs.write(path / sheet.file, columns.header, _rows(sheet, columns, schedule, book, progress))
            tables.append(sheet.table)
            count += len(sheet.lines)
    return tables, count


def _sheets(regime: Regime, book: Book) -> list[Sheet]:
    newest = regime.form.current
    drafts = set(
        Draft.objects.filter(report__regime=regime).exclude(document={}).values_list("report_id", flat=True)
    )
    found: dict[tuple[int, str], Sheet] = {}
    rows = Report.objects.filter(regime=regime, kind=ReportKind.OWN).select_related("form_version").order_by()
    for r in rows.defer("agreement", "due_at").iterator(5000):
        state = AS[State(r.state)]
        revision = (r.accepted_id if state == State.ACCEPTED else r.current_id) or 0
        if state == "draft" and r.pk in drafts:
            revision = 0
        elif not revision:
            continue
        version = 0 if r.form_version_id == newest.pk else r.form_version.number
        sheet = found.setdefault((version, state), Sheet(regime, version, state, r.form_version.sections, []))
        node = book.units[r.unit_id]
        sheet.lines.append(
            Line(r.period, _code(book, r), node.uid, r.pk, r.unit_id, r.last_day, r.submitted_at, revision)
        )
    for sheet in found.values():
        sheet.lines.sort()
    return [found[key] for key in sorted(found)]


def _code(book: Book, report: Report) -> str:
    versions = book.units[report.unit_id].in_order
    return next((v.code for v in reversed(versions) if v.valid_from <= report.last_day), versions[0].code)


def _documents(lines: Sequence[Line]) -> Iterator[list[dict[str, Any]]]:
    """The documents of the lines, in order, some hundred at a time."""
    for chunk in chunks(lines, 500):
        revisions = Revision.objects.filter(pk__in=[n.revision for n in chunk if n.revision])
        said = dict(revisions.values_list("pk", "document"))
        drafts = Draft.objects.filter(report__in=[n.report for n in chunk if not n.revision])
        written = dict(drafts.values_list("report_id", "document"))
        yield [said[n.revision] if n.revision else written[n.report] for n in chunk]


class _Columns:
    """The columns of a file: what the form asks, and the breakdowns, marks and comments that occur."""

    def __init__(self, sheet: Sheet, indicators: dict[str, Indicator]) -> None:
        self.asked = [
            indicators[c] for section in sheet.sections for c in section["indicators"] if c in indicators
        ]
        self.decimals = {i.code: None if i.is_text else i.decimals for i in self.asked}
        self.questions = [q["code"] for section in sheet.sections for q in section["narratives"]]
        self.sent = any(n.sent for n in sheet.lines) and sheet.state != "draft"
        self.cells: dict[str, set[str]] = defaultdict(
            set, {i.code: {i.code} for i in self.asked if not i.is_computed}
        )
        self.estimated: set[str] = set()
        self.commented: set[str] = set()
        self.tasks = False

    def see(self, documents: list[dict[str, Any]]) -> None:
        for document in documents:
            self.tasks = self.tasks or "tasks" in document
            self.estimated.update(document.get("estimated", ()))
            self.commented.update(document.get("comments", ()))
            for part in ("values", "comments"):
                for cell in document.get(part, ()):
                    if cell not in self.decimals:
                        self.cells[split(cell)[0]].add(cell)

    @property
    def named(self) -> Iterator[tuple[str, str]]:
        """(cell, mark) of each column between the fixed ones and the narratives."""
        for indicator in self.asked:
            for cell in sorted(self.cells[indicator.code]):
                yield cell, ""
                if cell in self.estimated:
                    yield cell, "est"
                if cell in self.commented:
                    yield cell, "comment"

    @property
    def header(self) -> list[str]:
        figures = [f"{cell}!{mark}" if mark else cell for cell, mark in self.named]
        return [
            "period",
            "unit",
            *(["submitted_at"] if self.sent else []),
            *figures,
            *self.questions,
            *([TASKS] if self.tasks else []),
        ]

    def cells_of(self, document: dict[str, Any], columns: list[tuple[str, str]]) -> Iterator[Any]:
        values, comments = document.get("values", {}), document.get("comments", {})
        estimated, narratives = document.get("estimated", ()), document.get("narratives", {})
        for cell, mark in columns:
            if mark == "est":
                yield "1" if cell in estimated else ""
            elif mark:
                yield comments.get(cell, "")
            else:
                yield self._figure(cell, values.get(cell, ""))
        for code in self.questions:
            yield narratives.get(code, "")
        if self.tasks:
            yield _encode(document["tasks"]).decode() if "tasks" in document else ""

    def _figure(self, cell: str, value: Any) -> Any:
        """The figure with the indicator's decimals of today."""
        decimals = self.decimals[cell] if cell in self.decimals else self.decimals[split(cell)[0]]
        if not decimals or value == "":
            return value
        return f"{numbers.unscale(numbers.scale(value, decimals), decimals):f}"


def _rows(
    sheet: Sheet, columns: _Columns, schedule: Schedule, book: Book, progress: Progress
) -> Iterator[list[Any]]:
    named = list(columns.named)
    lines = iter(sheet.lines)
    ends: dict[str, date] = {}
    for documents in _documents(sheet.lines):
        for document in documents:
            line = next(lines)
            end = ends.get(line.period) or ends.setdefault(
                line.period, periods.span(periods.parse(line.period), schedule.window).last
            )
            unit = (
                line.code
                if book.on(line.code, end) == line.unit
                else f"{line.code}@{line.last_day.isoformat()}"
            )
            sent = [_sent(line.sent, schedule)] if columns.sent else []
            yield [line.period, unit, *sent, *columns.cells_of(document, named)]
        progress.advance(len(documents))


def _sent(sent: datetime | None, schedule: Schedule) -> str:
    """The instant as the clock of the regime showed it; with the offset where that hour came twice."""
    if sent is None:
        return ""
    local = sent.astimezone(ZoneInfo(schedule.version_on(sent.date()).timezone))
    naive = local.replace(tzinfo=None)
    return naive.isoformat() if naive.replace(tzinfo=local.tzinfo) == sent else local.isoformat()
