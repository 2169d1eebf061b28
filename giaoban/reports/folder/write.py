"""Write what the report files change: revisions, reports, drafts and their audit rows, in bulk."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.bulk import chunks, insert, insert_staged, instant, reserve, stage, update
from giaoban.core.folders import Problems
from giaoban.core.models import AuditRow
from giaoban.reportforms.models import FormVersion, Regime
from giaoban.reports.folder import ahead
from giaoban.reports.folder.known import LOAD, Mark, Step
from giaoban.reports.folder.read import Batch, Reports
from giaoban.reports.models import Draft, Report, ReportKind, Revision, State

#: Fields of a new report that differ from row to row; the others are the same for a file.
STAGED = (
    "id", "unit", "period", "starts_on", "last_day", "due_at", "receiver", "current", "accepted", "submitted_at",
    "on_time",
)  # fmt: skip
REVISION = ("id", "report", "number", "document", "digest", "author", "on_behalf", "origin", "made_at")
DRAFT = ("report", "document", "edition", "author", "saved_at")
STATE_AFTER = {
    "submit": State.SUBMITTED,
    "accept": State.ACCEPTED,
    "correct": State.ACCEPTED,
    "withdraw": State.DRAFT,
}
#: Documents of more bytes than this are written ahead (measured in docs/decisions).
MUCH = 64_000_000


@dataclass
class Row:
    """A head read back, with the keys it will have."""

    unit: int
    period: str
    starts_on: str
    last_day: str
    due_at: str
    receiver: int | None
    sent: str | None
    on_time: bool | None
    digest: str
    step: int
    line: int
    report: int
    before: int
    number: int
    is_new: bool
    revision: int | None


class Writer:
    """One load: what is prepared without a lock, then written in one transaction.

    keys: the primary key of each unit by its key in the book.
    """

    def __init__(self, found: Reports, keys: Mapping[int, int], *, by: Actor, at: datetime) -> None:
        self.found = found
        self.keys = keys
        self.by = by
        self.at = at
        self.now = instant(at)
        self.first_report = self.first_revision = 0
        self.ahead = 0
        self._staged: list[str] = []
        self._trail = ""
        self._changes: dict[tuple[str, str], array[int]] = defaultdict(lambda: array("q"))

    def prepare(self) -> None:
        """Outside a transaction: reserve keys, compute every row, put the rows aside."""
        batches = self.found.batches
        self.first_report = _reserved(Report, sum(b.new for b in batches))
        self.first_revision = _reserved(Revision, sum(b.revisions for b in batches))
        self._staged = [stage(Report, STAGED, self._reports(*start)) for start in self._starts()]
        self._trail = audit.stage_first(self.entries(new=True), by=self.by, at=self.at)
        self._note_changes()
        if is_long(self.found):
            self.ahead = ahead.write(self._revisions(new=True), REVISION, at=self.at)

    def transaction(self) -> AbstractContextManager[None]:
        """The transaction in which to write. A long one does not look up every foreign key: all are known."""
        return ahead.untied() if self.ahead else transaction.atomic()

    def write(self, agreement: Agreement) -> None:
        """Inside the caller's transaction, after everything that the reports belong to."""
        regimes = {r.code: r.pk for r in Regime.objects.filter(agreement=agreement)}
        refuse_changed(self, regimes)
        if self.ahead:
            ahead.settle(self.ahead)
        else:
            insert(Revision, REVISION, self._revisions(new=True))
        for batch, table in zip(self.found.batches, self._staged, strict=True):
            same = {
                "agreement": agreement.pk, "regime": regimes[batch.regime], "kind": ReportKind.OWN.value,
                "state": batch.target, "form_version": _form_version(agreement, batch),
            }  # fmt: skip
            insert_staged(Report, STAGED, table, same)
        if any(b.new and b.target == State.DRAFT for b in self.found.batches):
            insert(Draft, DRAFT, self._drafts(new=True))
        audit.record_staged(self._trail)
        if any(b.heads.count > b.new for b in self.found.batches):
            self._write_changed(agreement)

    def _write_changed(self, agreement: Agreement) -> None:
        """The reports that were there before."""
        insert(Revision, REVISION, self._revisions(new=False))
        gone = (row.report for _batch, row, step in self.rows(new=False) if step.moves or step.redraft)
        for chunk in chunks(gone, 500):
            Draft.objects.filter(report__in=chunk).delete()
        insert(Draft, DRAFT, self._drafts(new=False))
        versions = {id(b): _form_version(agreement, b) for b in self.found.batches}
        update(Report, ("state", "current", "accepted", "form_version"), self._moved(versions))
        update(Report, ("submitted_at", "on_time"), self._sent())
        audit.record_bulk(self.entries(new=False), by=self.by, at=self.at)

    def rows(self, new: bool | None = None) -> Iterator[tuple[Batch, Row, Step]]:
        """The changed rows, with the same keys each time. new: only new reports, or only others."""
        for batch, report, revision in self._starts():
            if new is None or (batch.new if new else batch.heads.count > batch.new):
                yield from self._rows(batch, new, report, revision)

    def _starts(self) -> Iterator[tuple[Batch, int, int]]:
        """The first keys that each file gives out."""
        report, revision = self.first_report, self.first_revision
        for batch in self.found.batches:
            yield batch, report, revision
            report += batch.new
            revision += batch.revisions

    def _rows(
        self, batch: Batch, new: bool | None, report: int, revision: int
    ) -> Iterator[tuple[Batch, Row, Step]]:
        for head in batch.heads:
            step = batch.steps[head[9]]
            is_new = not head[11]
            if is_new:
                head[11] = report
                report += 1
            made = revision if step.revise else None
            revision += step.revise
            if new is None or new == is_new:
                yield batch, Row(*head, is_new, made), step

    def _with_documents(self, new: bool) -> Iterator[tuple[Row, Step, str]]:
        documents = (document for batch in self.found.batches for (document,) in batch.documents)
        for (_batch, row, step), document in zip(self.rows(), documents, strict=True):
            if row.is_new == new:
                yield row, step, document.decode()

    def _revisions(self, new: bool) -> Iterator[tuple[Any, ...]]:
        author, now = self.by.actor_id, self.now
        for row, _step, document in self._with_documents(new):
            if row.revision is not None:
                yield (
                    row.revision,
                    row.report,
                    row.number + 1,
                    document,
                    row.digest,
                    author,
                    True,
                    LOAD,
                    now,
                )

    def _reports(self, batch: Batch, report: int, revision: int) -> Iterator[tuple[Any, ...]]:
        sent, counts = batch.target != State.DRAFT, batch.target == State.ACCEPTED
        for _batch, row, _step in self._rows(batch, True, report, revision):
            yield (
                row.report, self.keys[row.unit], row.period, row.starts_on, row.last_day, row.due_at,
                self.keys[row.receiver] if row.receiver is not None else None, row.revision,
                row.revision if counts else None, row.sent if sent else None, row.on_time if sent else None,
            )  # fmt: skip

    def _drafts(self, new: bool) -> Iterator[tuple[Any, ...]]:
        for row, step, document in self._with_documents(new):
            if step.redraft:
                yield (row.report, document, 0, self.by.actor_id, self.now)

    def _moved(self, versions: dict[int, int]) -> Iterator[tuple[Any, ...]]:
        """(state, current, accepted, form version, id)"""
        for batch, row, step in self.rows(new=False):
            if step.moves and not step.redraft:
                state = STATE_AFTER[step.moves[-1]]
                current = row.revision or row.before
                yield (
                    state,
                    current,
                    current if state == State.ACCEPTED else None,
                    versions[id(batch)],
                    row.report,
                )

    def _sent(self) -> Iterator[tuple[Any, ...]]:
        """(submitted_at, on_time, id). Sent anew without an instant: it is unknown."""
        for _batch, row, step in self.rows(new=False):
            if "submit" in step.moves or step.stamp:
                yield (row.sent, row.on_time, row.report)

    def entries(self, new: bool) -> Iterator[audit.Entry]:
        """What the trail says: one entry for each report and load."""
        label = Report._meta.label_lower
        for batch, row, step in self.rows(new):
            to = STATE_AFTER[step.moves[-1]] if step.moves else batch.target
            detail: dict[str, Any] = {"moves": list(step.moves), "to": to}
            if step.stamp and not step.moves:
                detail = {"fields": ["submitted_at"]}
            if row.revision:
                detail["revision"] = row.revision
            if row.before:
                detail["before"] = row.before
            yield audit.Entry(f"{label}:{row.report}", "load", detail)

    def changes(self, agreement: Agreement) -> dict[tuple[int, str], array[int]]:
        """(regime, period) -> the reports whose counting figures are others now: for those who keep figures."""
        regimes = {r.code: r.pk for r in Regime.objects.filter(agreement=agreement)}
        return {(regimes[code], period): reports for (code, period), reports in self._changes.items()}

    def _note_changes(self) -> None:
        for batch, row, step in self.rows():
            if step.stamp or (step.moves and STATE_AFTER[step.moves[-1]] == State.ACCEPTED):
                self._changes[batch.regime, row.period].append(row.report)


def is_long(found: Reports) -> bool:
    """Would the transaction hold SQLite's one write lock for long? Then revisions are written ahead."""
    return connection.vendor == "sqlite" and not connection.in_atomic_block and found.bytes > MUCH


def _reserved(model: type[Report] | type[Revision], number: int) -> int:
    return reserve(model, number) if number else 0


def _form_version(agreement: Agreement, batch: Batch) -> int:
    return FormVersion.objects.get(form__agreement=agreement, form__code=batch.form, number=batch.version).pk


def refuse_changed(writer: Writer, regimes: Mapping[str, int]) -> None:
    """Refuses, line by line, the rows whose reports people began or changed since the folder was checked."""
    mark = writer.found.mark
    touched, begun = _since(mark)
    if not touched and not begun:
        return
    problems = Problems()
    for batch, row, _step in writer.rows():
        place = (regimes[batch.regime], writer.keys[row.unit], row.period)
        if (place in begun) if row.is_new else (row.report in touched):
            problems.add(
                batch.file,
                row.line,
                _("Somebody has changed this report while the folder was being checked. Load again."),
            )
    problems.refuse()


def _since(mark: Mark) -> tuple[set[int], set[tuple[int, int, str]]]:
    """The reports that somebody touched since the mark, and the places of those begun since."""
    prefix = f"{Report._meta.label_lower}:"
    subjects: Iterable[str] = AuditRow.objects.filter(
        pk__gt=mark.audit, subject__startswith=prefix
    ).values_list("subject", flat=True)
    touched = {int(subject.removeprefix(prefix)) for subject in subjects}
    saved = Draft.objects.filter(saved_at__gte=mark.at, edition__gt=0).values_list("report_id", flat=True)
    begun = Report.objects.filter(pk__gt=mark.report)
    return touched | set(saved), set(begun.values_list("regime_id", "unit_id", "period"))
