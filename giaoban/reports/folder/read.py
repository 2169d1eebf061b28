"""The files of reports: every row checked, and what it changes put aside to be written later."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core.bulk import instant
from giaoban.core.folders import Folder, Table
from giaoban.reportforms.folder import Forms
from giaoban.reportforms.models import Regime
from giaoban.reports.folder.columns import Columns, Reader
from giaoban.reports.folder.known import Known, Mark, Step, step, stored
from giaoban.reports.folder.planned import Asked, Owing, Owner, Planned
from giaoban.reports.folder.spool import Scratch, Spool
from giaoban.reports.models import State
from giaoban.units.folder import Book

STATES = (State.DRAFT, State.SUBMITTED, State.ACCEPTED)
_SENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_EVERY = 500
_MIDDLE = 1 << 62  # keys of units may be negative


@dataclass
class Batch:
    """Rows of one file that change something. heads and documents run side by side.

    A head: unit key, period, first day, last day, due, receiver key, sent, on time, digest, step
    number, line, then of the stored report (0: new) its id, revision and number.
    """

    file: str
    regime: str
    form: str
    version: int
    target: str
    heads: Spool
    documents: Spool
    steps: list[Step] = field(default_factory=list)
    bytes: int = 0
    new: int = 0
    new_revisions: int = 0
    revisions: int = 0


@dataclass
class Reports:
    """Everything the report files of a folder change."""

    mark: Mark
    batches: list[Batch] = field(default_factory=list)
    rows: int = 0

    @property
    def changed(self) -> int:
        return sum(batch.heads.count for batch in self.batches)

    @property
    def bytes(self) -> int:
        return sum(batch.bytes for batch in self.batches)


def read(
    root: Table,
    forms: Forms,
    agreement: Agreement,
    book: Book,
    *,
    at: datetime,
    replace: bool,
    scratch: Path | None,
) -> Reports:
    """Check every file that [[reports]] names. scratch: where rows may be put aside on disk."""
    found = Reports(Mark.now(at))
    seen: dict[str, dict[int, int]] = {}
    room = Scratch(scratch)
    plans: dict[str, tuple[Owing, dict[tuple[int, str], Known]]] = {}
    for table in root.tables("reports"):
        batch = _batch(table, forms, room)
        if batch is None:
            continue
        if batch.regime not in plans:
            wanted = forms.regimes[batch.regime]
            row = Regime.objects.filter(agreement__code=agreement.code, code=batch.regime).first()
            plans[batch.regime] = (Owing(Planned(wanted, forms, agreement, book)), stored(row))
        owing, known = plans[batch.regime]
        sections = forms.forms[batch.form].versions[batch.version]
        files = [*(other.file for other in found.batches), batch.file]
        check = _Check(root.folder, batch, owing, known, seen.setdefault(batch.regime, {}), files, replace)
        found.rows += check.file(Columns(sections, forms))
        found.batches.append(batch)
    return found


def _batch(table: Table, forms: Forms, room: Scratch) -> Batch | None:
    """One table [[reports]]; None if it cannot be used."""
    table.only(("regime", "file", "state", "form_version"))
    code, file, state = table.text("regime"), table.text("file"), table.text("state", State.ACCEPTED)
    table.place("state").choice(state, "state", STATES)
    regime = forms.regimes.get(code)
    if regime is None:
        table.place("regime").problem(_("There is no regime %(code)s.") % {"code": code})
    if not _inside(table.folder, file):
        table.place("file").problem(_("“%(file)s” does not lie in the folder.") % {"file": file})
        return None
    if not table.folder.has(file):
        table.place("file").problem(_("The file %(file)s is missing.") % {"file": file})
        return None
    form = forms.forms.get(regime.form) if regime else None
    if regime is None or form is None or not form.versions or state not in STATES:
        return None
    version = table.whole("form_version", max(form.versions))
    if version not in form.versions:
        table.place("form_version").problem(
            _("The form %(code)s has no version %(number)s.") % {"code": form.code, "number": version}
        )
        return None
    return Batch(file, code, form.code, version, state, room.spool(), room.spool())


def _inside(folder: Folder, file: str) -> bool:
    """A relative path that stays in the folder, links included."""
    path = PurePosixPath(file)
    if not file or path.is_absolute() or ".." in path.parts or "\\" in file:
        return False
    return (folder.path / file).resolve().is_relative_to(folder.path.resolve())


class _Check:
    """The rows of one file, against who owes what and what is stored."""

    def __init__(
        self, folder: Folder, batch: Batch, owing: Owing, known: dict[tuple[int, str], Known],
        seen: dict[int, int], files: list[str], replace: bool,
    ) -> None:  # fmt: skip
        self.folder = folder
        self.batch = batch
        self.owing = owing
        self.known = known
        self.seen = seen
        self.files = files
        self.replace = replace
        self._sent: dict[str, datetime | None] = {}
        self._text: dict[Any, str] = {}
        self._numbers: dict[tuple[Any, ...], int] = {}

    def file(self, columns: Columns) -> int:
        """Check all rows; returns how many there are."""
        reader: Reader | None = None
        count, line = 0, 0

        def problem(sentence: str) -> None:
            self.folder.problem(self.batch.file, line, sentence)

        self.folder.progress.step(_("Checking %(file)s") % {"file": self.batch.file})
        for line, row in self.folder.rows(self.batch.file, ("period", "unit"), columns.known):
            if reader is None:
                reader = columns.reader(list(row))
            count += 1
            if count % _EVERY == 0:
                self.folder.progress.advance(_EVERY)
            self._row(line, row, reader, problem)
        self.folder.progress.advance(count % _EVERY)
        return count

    def _row(self, line: int, row: dict[str, str], reader: Reader, problem: Callable[[str], None]) -> None:
        document = reader.document(list(row.values()), problem)
        sent_text = row.get("submitted_at", "")
        sent = self._submitted(sent_text, problem) if sent_text else None
        asked = self.owing.period(row["period"])
        if isinstance(asked, str):
            return problem(asked)
        owner = self.owing.owner(row["unit"], asked)
        if isinstance(owner, str):
            return problem(owner)
        key = asked.number << 64 | owner.key + _MIDDLE
        first = self.seen.setdefault(key, (len(self.files) - 1) << 32 | line)
        if first != (len(self.files) - 1) << 32 | line:
            return problem(self._twice(row, first))
        said = hashlib.sha256(document).hexdigest()
        known = self.known.get((owner.key, row["period"])) if self.known else None
        todo = step(known, self.batch.target, said, sent, self.replace)
        if isinstance(todo, str):
            return problem(todo)
        if not todo.is_nothing:
            self._put_aside(line, asked, owner, document, said, sent, todo, known)

    def _twice(self, row: dict[str, str], first: int) -> str:
        file, line = self.files[first >> 32], first & 0xFFFFFFFF
        place = line if file == self.batch.file else f"{file}:{line}"
        what = {"unit": row["unit"], "period": row["period"], "line": place}
        return _("%(unit)s reports %(period)s twice; the first row is line %(line)s.") % what

    def _submitted(self, text: str, problem: Callable[[str], None]) -> datetime | None:
        if text not in self._sent:
            self._sent[text] = self._instant(text)
        sent = self._sent[text]
        if sent is None:
            problem(
                _(
                    "submitted_at: “%(text)s” is not an instant like 2020-02-24T18:00:00 or 2020-02-24T18:00:00+07:00."
                )
                % {"text": text}
            )
        return sent

    def _instant(self, text: str) -> datetime | None:
        try:
            found = datetime.fromisoformat(text) if _SENT.fullmatch(text) else None
        except ValueError:
            return None
        if found is None or found.tzinfo is not None:
            return found
        zone = self.owing.schedule.version_on(found.date()).timezone
        return found.replace(tzinfo=ZoneInfo(zone))

    def _put_aside(
        self, line: int, asked: Asked, owner: Owner, document: bytes, said: str, sent: datetime | None,
        todo: Step, known: Known | None,
    ) -> None:  # fmt: skip
        own = self.owing.span(owner, asked)
        due = self.owing.due_at(owner, asked, own)
        self.batch.heads.append((
            owner.key, asked.period.text, own.first.isoformat(), own.last.isoformat(), self._utc(due),
            self.owing.receiver(owner, own), self._utc(sent) if sent else None, sent <= due if sent else None,
            said, self._number(todo), line, *((known.report, known.revision, known.number) if known else (0, 0, 0)),
        ))  # fmt: skip
        self.batch.documents.append((document,))
        batch = self.batch
        batch.bytes += len(document)
        batch.revisions += todo.revise
        if known is None:
            batch.new += 1
            batch.new_revisions += todo.revise

    def _number(self, todo: Step) -> int:
        key = (todo.moves, todo.revise, todo.redraft, todo.stamp)
        if key not in self._numbers:
            self._numbers[key] = len(self.batch.steps)
            self.batch.steps.append(todo)
        return self._numbers[key]

    def _utc(self, at: datetime) -> str:
        text = self._text.get(at)
        if text is None:
            text = self._text[at] = instant(at)
        return text
