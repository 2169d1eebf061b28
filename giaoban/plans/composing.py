"""A plan as an administrative document: purposes, tasks by content group, urgent tasks apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core.refused import Refused
from giaoban.documents.models import PaperKind
from giaoban.documents.queries import house_template
from giaoban.lib import paper as papers
from giaoban.lib.paper import Paper, PaperError, Text, docx
from giaoban.lib.text import pick
from giaoban.plans.models import Plan, PlanState, Task, TaskOrigin, TaskState

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NUMBER = re.compile(r"\s*([0-9]+)\s*/\s*(.+)")


@dataclass(frozen=True)
class House:
    """The words around the document: the agreement's [plan] settings, else those of its reviews."""

    agreement: Agreement
    language: str

    def words(self, name: str, otherwise: Any) -> Any:
        given = self.agreement.settings
        for part in ("plan", "review"):
            found = given.get(part, {}).get(name) if isinstance(given.get(part), dict) else None
            if found:
                return self._spoken(found)
        return otherwise

    def _spoken(self, value: Any) -> Any:
        if isinstance(value, dict) and value and set(value) <= {"vi", "en"}:
            return pick(value, self.language)
        return [self._spoken(each) for each in value] if isinstance(value, list) else value


def paper(plan: Plan, language: str) -> Paper:
    """The whole document of a plan. A plan not yet issued is marked as a draft."""
    with translation.override(language):
        house = House(plan.agreement, language)
        bases = [_("Under the agreement %(title)s") % {"title": pick(plan.agreement.titles, language)}]
        return Paper(
            language="en" if language == "en" else "vi", title=pick(plan.titles, language), head=_head(plan, house),
            blocks=tuple(_body(plan, language)), bases=tuple(bases), mark=_mark(plan),
            signatures=tuple(
                papers.Signature(tuple(house._spoken(s.get("lines", []))), s.get("name", ""))
                for s in house.words("signatures", [])
            ),
            recipients=tuple(house.words("recipients", [_("The lead and supporting units"), _("Kept: office")])),
            identity={"product": "giaoban", "agreement": plan.agreement.code, "plan": plan.pk},
            origin=settings.SITE_URL + plan.get_absolute_url(),
        )  # fmt: skip


def written(plan: Plan, language: str) -> bytes:
    """The .docx."""
    try:
        return docx.write(paper(plan, language), template=house_template(PaperKind.PLAN))
    except PaperError as error:
        raise Refused(_(error.template) % error.params) from None


def _head(plan: Plan, house: House) -> papers.Head:
    number = _NUMBER.fullmatch(plan.number)
    issuers = [plan.unit.name] if plan.unit else house.words("issuers", [plan.agreement.lead.name])
    return papers.Head(
        issuers=tuple(issuers), number=int(number[1]) if number else None,
        symbol=number[2] if number else "KH", place=house.words("place", ""), day=plan.issued_on,
        type_name={"vi": "Kế hoạch", "en": "Plan"}[house.language], abstract=pick(plan.titles, house.language),
    )  # fmt: skip


def _mark(plan: Plan) -> str:
    parts = [
        "" if plan.state == PlanState.ISSUED else _("DRAFT"),
        _("SAMPLE DATA") if plan.agreement.is_sample else "",
    ]
    return " · ".join(part for part in parts if part)


def _body(plan: Plan, language: str) -> Iterable[papers.Block]:
    tasks = list(
        plan.tasks.exclude(state=TaskState.CANCELLED).select_related("lead", "group").prefetch_related("support")
    )  # fmt: skip
    yield papers.Part(1, (Text(_("Purpose and requirements")),))
    purpose = plan.purpose or _("Carry out the agreement in %(year)s.") % {"year": plan.year}
    for line in purpose.splitlines():
        if line.strip():
            yield papers.Paragraph((Text(line.strip()),))
    yield papers.Part(1, (Text(_("Contents and tasks")),))
    groups: dict[str, list[Task]] = {}
    for task in sorted(tasks, key=_order):
        if task.origin != TaskOrigin.URGENT:
            title = pick(task.group.titles, language) if task.group else _("Tasks of the plan")
            groups.setdefault(title, []).append(task)
    for title, found in groups.items():
        yield papers.Part(2, (Text(title),))
        yield table(title, found, language)
    if not groups:
        yield papers.Paragraph((Text(_("No tasks yet.")),))
    urgent = [task for task in tasks if task.origin == TaskOrigin.URGENT]
    if urgent:
        yield papers.Part(1, (Text(_("Urgent tasks added in mid-year")),))
        yield table(_("Urgent tasks added in mid-year"), urgent, language)
    yield papers.Part(1, (Text(_("Carrying out")),))
    yield papers.Paragraph((Text(_(
        "The lead units carry out their tasks with the supporting units, and report progress and results in "
        "their periodic reports; what comes up in mid-year is put to the coordinating unit."
    )),))  # fmt: skip


def _order(task: Task) -> tuple[int, int]:
    return (task.group.position if task.group else 10_000, task.number)


def table(caption: str, tasks: list[Task], language: str) -> papers.Table:
    """Tasks as a table of a document: number, task, lead, support, due, output."""
    columns = (
        papers.Column(_("No."), width=0.5, align="center"), papers.Column(_("Task"), width=3),
        papers.Column(_("Lead unit"), width=1.5), papers.Column(_("Supporting units"), width=1.6),
        papers.Column(_("Due"), width=1, align="center"), papers.Column(_("Expected output"), width=1.8),
    )  # fmt: skip
    rows = [
        papers.Row(
            tuple(
                (Text(text),)
                for text in (
                    str(task.number), pick(task.titles, language), task.lead.name,
                    "; ".join(unit.name for unit in task.support.all()), _day(task.due_on), _output(task),
                )
            )
        )
        for task in tasks
    ]  # fmt: skip
    return papers.Table(caption, columns, tuple(rows), row_headers=2)


def _output(task: Task) -> str:
    if task.wanted is None:
        return task.output
    figure = f"{task.wanted.normalize():f} {task.measure}".strip()
    return f"{task.output} ({figure})" if task.output else figure


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
