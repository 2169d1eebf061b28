"""What a report says of the tasks of the plan: the part "tasks" of its document.

{CODE: {"said": "progress" | "done", "text": words, "figure": "decimal text", "on": ISO day on which it
was done, "delay": words}}, what is empty left out; CODE is `Task.code`. A document
without the part says nothing of tasks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from giaoban.core.language import reader_language
from giaoban.core.refused import Refused
from giaoban.lib.errors import LibError
from giaoban.lib.numbers import scale, show, unscale
from giaoban.lib.text import nfc
from giaoban.plans.models import Task, TaskState
from giaoban.plans.queries import owed_by
from giaoban.reports.models import Report, ReportKind

PARTS = ("said", "text", "figure", "on", "delay")
SAID = (TaskState.PROGRESS, TaskState.DONE)
DECIMALS = 3
MOST_TEXT = 20_000
#: In front of a code where mistakes are kept by cell.
CELL = "task:"


def tidy(raw: Mapping[str, Mapping[str, Any]] | None) -> dict[str, dict[str, str]]:
    """The part in its one canonical form; refuses, with the cell as field, what no task can hold."""
    found = {}
    for code, given in sorted((raw or {}).items()):
        said = {name: _text(given.get(name), f"{CELL}{code}") for name in PARTS}
        if said["said"] and said["said"] not in SAID:
            raise Refused(_("Say whether the task is in progress or done."), field=f"{CELL}{code}")
        if said["figure"]:
            said["figure"] = _figure(said["figure"], f"{CELL}{code}")
        if said["on"]:
            said["on"] = _day(said["on"], f"{CELL}{code}")
        kept = {name: text for name, text in said.items() if text}
        if kept:
            found[code] = kept
    return found


def refuse_unknown(report: Report, document: Mapping[str, Any]) -> None:
    """Refuses a document that speaks of tasks the unit neither leads nor supports. No query without such a part."""
    told = document.get("tasks", {})
    if not told:
        return
    if report.kind != ReportKind.OWN:
        raise Refused(
            _("A consolidated report says nothing of tasks; the unit's own report does."), field="tasks"
        )
    known = {task.code: task for task in known_tasks(report, told)}
    for code, said in told.items():
        cell = f"{CELL}{code}"
        if code not in known:
            raise Refused(_("The unit has no task %(code)s.") % {"code": code}, field=cell)
        if said.get("said") == TaskState.DONE and not known[code].leads:
            raise Refused(_("Only the lead unit says that the task is done."), field=cell)
        if said.get("said") == TaskState.DONE and not said.get("text"):
            raise Refused(_("Write the result, or how far the work is."), field=cell)


def known_tasks(report: Report, codes: Iterable[str] = ()) -> list[Task]:
    """The tasks of which the unit owes word on the report's last day, and those named by code. One query.

    A consolidated report owes none: progress is told once, in the unit's own report.
    """
    if report.kind != ReportKind.OWN:
        return []
    return owed_by(report.unit, report.agreement, report.last_day, codes)


@dataclass(frozen=True)
class Line:
    """One task in the report: what is asked, and what was written."""

    task: Task
    last_day: date
    said: Mapping[str, str] = field(default_factory=dict)
    typed: str | None = None
    error: str = ""

    @property
    def cell(self) -> str:
        return f"{CELL}{self.task.code}"

    @property
    def leads(self) -> bool:
        return bool(self.task.leads)

    @property
    def is_due(self) -> bool:
        """Does the period owe its result?"""
        return self.task.is_open and self.task.due_on <= self.last_day

    @property
    def is_silent(self) -> bool:
        return self.leads and self.is_due and not self.said

    @property
    def figure(self) -> str:
        """The figure as the reader writes it, or what could not be read."""
        if self.typed is not None:
            return self.typed
        text = self.said.get("figure", "")
        return show_figure(Decimal(text)) if text else ""

    @property
    def wanted(self) -> str:
        return show_figure(self.task.wanted) if self.task.wanted is not None else ""

    @property
    def done_on(self) -> date | None:
        """The day on which the unit says it was done."""
        return date.fromisoformat(self.said["on"]) if self.said.get("on") else None

    @property
    def word(self) -> str:
        """What was said of its state, in words."""
        said = self.said.get("said")
        return str(TaskState(said).label) if said else ""


def lines(
    report: Report, document: Mapping[str, Any], *, errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None, only_told: bool = False,
) -> list[Line]:  # fmt: skip
    """The tasks of the report's page or form. only_told: those the document speaks of; then no query for none."""
    told = document.get("tasks", {})
    if only_told and not told:
        return []
    rows = [task for task in known_tasks(report, told) if not only_told or task.code in told]
    errors, typed = errors or {}, typed or {}
    return [
        Line(
            task, report.last_day, told.get(task.code, {}), typed.get(f"{CELL}{task.code}"),
            errors.get(f"{CELL}{task.code}", ""),
        )
        for task in rows
    ]  # fmt: skip


def silence(found: Iterable[Line]) -> str:
    """A sentence about tasks whose result is due and of which nothing is said; empty if there are none."""
    count = sum(line.is_silent for line in found)
    if not count:
        return ""
    sentence = ngettext(
        "The result of %(count)s task is due in this period, and nothing is said of it.",
        "The results of %(count)s tasks are due in this period, and nothing is said of them.",
        count,
    )
    return sentence % {"count": count}


def title_of(code: str, report: Report) -> str:
    """A task in words: its title, for a summary of mistakes or of differences."""
    found = [task for task in known_tasks(report, [code]) if task.code == code]
    return str(found[0]) if found else code


def told(said: Mapping[str, str] | None) -> str | None:
    """What was said of a task on one line; None for nothing."""
    if not said:
        return None
    words = dict(said)
    if words.get("said"):
        words["said"] = str(TaskState(words["said"]).label)
    return " · ".join(words[name] for name in PARTS if words.get(name))


def show_figure(value: Decimal) -> str:
    exponent = value.normalize().as_tuple().exponent
    decimals = min(max(-exponent, 0), DECIMALS) if isinstance(exponent, int) else 0
    return show(value, decimals, reader_language())


def _figure(text: str, cell: str) -> str:
    try:
        value = unscale(scale(text, DECIMALS), DECIMALS)
    except LibError as error:
        raise Refused(_(error.template) % error.params, field=cell) from None
    return f"{value.normalize():f}"


def _day(text: str, cell: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refused(_("Write the day as year-month-day, for example 2026-03-31."), field=cell) from None


def _text(value: Any, cell: str) -> str:
    text = nfc(str(value or "").replace("\r\n", "\n")).strip()
    if len(text) > MOST_TEXT:
        raise Refused(_("This text is longer than 20,000 characters."), field=cell)
    if "\x00" in text:
        raise Refused(_("This text holds a character that cannot be kept."), field=cell)
    return text
