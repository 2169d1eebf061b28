"""What the hall leaves in the file of a meeting: agenda, papers, minutes, conclusions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from giaoban.core.actors import Actor
from giaoban.lib.text import pick
from giaoban.meetings.archive import contributes, read, table
from giaoban.meetings.models import AgendaItem, Meeting
from giaoban.meetings.queries.agenda import Line
from giaoban.meetings.queries.conclusions import conclusions_of, followed
from giaoban.meetings.queries.minutes import minutes_of
from giaoban.meetings.queries.papers import readable

Parts = Iterator[tuple[str, bytes]]
Rows = Iterator[tuple[Any, ...]]


@contributes
def agenda(meeting: Meeting, by: Actor) -> Parts:
    """Every published version of the agenda, and when it was published."""
    versions = list(meeting.agenda_versions.order_by("number"))
    if not versions:
        return
    published = [(v.number, v.published_at.isoformat(timespec="minutes"), v.note) for v in versions]
    yield "agenda/versions.csv", table([("version", "published_at", "note"), *published])
    for version in versions:
        yield f"agenda/agenda-{version.number:02d}.csv", table(_lines(version.lines))


def _lines(kept: list[dict[str, Any]]) -> Rows:
    yield "from", "to", "title_vi", "title_en", "speaker", "unit"
    for line in map(Line.of, kept):
        titles = line.titles.get("vi", ""), line.titles.get("en", "")
        yield line.begins.isoformat(), line.ends.isoformat(), *titles, line.speaker, line.unit


@contributes
def papers(meeting: Meeting, by: Actor) -> Parts:
    """The papers the reader may read now, every version; what is under embargo for him or withdrawn is left out."""
    listed: list[tuple[Any, ...]] = [
        ("file", "title_vi", "title_en", "item", "for", "unit", "version", "note")
    ]
    for n, paper in enumerate(readable(by, meeting).filter(withdrawn_at=None), start=1):
        about = paper.titles.get("vi", ""), paper.titles.get("en", ""), _item(paper.item), paper.audience
        for version in sorted(paper.versions.all(), key=lambda v: v.number):
            name = f"papers/{n:02d}-v{version.number}-{version.document.name}"
            listed.append((name, *about, paper.unit.code if paper.unit else "", version.number, version.note))
            yield name, read(version.document)
    if len(listed) > 1:
        yield "papers/papers.csv", table(listed)


@contributes
def minutes(meeting: Meeting, by: Actor) -> Parts:
    """The signed minutes, and what the delegations answered in each round."""
    found = minutes_of(by, meeting)
    if found is None:
        return
    yield from _frozen(meeting, "minutes")
    answers = found.answers.select_related("unit", "item").order_by("round", "unit__code")
    rows = [(a.round, a.unit.name, a.state, _item(a.item), a.text, a.reply) for a in answers]
    if rows:
        yield "minutes/answers.csv", table([("round", "unit", "answer", "item", "text", "reply"), *rows])


@contributes
def conclusions(meeting: Meeting, by: Actor) -> Parts:
    """The conclusions with the tasks and amendments that came of them, and the notice as it was issued."""
    rows = list(_concluded(meeting, by))
    if len(rows) > 1:
        yield "conclusions/conclusions.csv", table(rows)
    yield from _frozen(meeting, "notice", "conclusions")


def _concluded(meeting: Meeting, by: Actor) -> Rows:
    yield (
        "number", "text_vi", "text_en", "state", "lead", "support", "due_on", "output", "task", "task_state",
        "amendment",
    )  # fmt: skip
    for each in followed(conclusions_of(by, meeting).select_related("proposal")):
        row, task = each.conclusion, each.task
        yield (
            row.number, row.texts.get("vi", ""), row.texts.get("en", ""), row.state, row.lead.name if row.lead else "",
            "; ".join(unit.name for unit in row.support.all()), row.due_on or "", row.output,
            task.code if task else "", task.state if task else "", row.proposal.state if row.proposal else "",
        )  # fmt: skip


def _item(item: AgendaItem | None) -> str:
    """The title of an item, the same in whatever language the file is taken home."""
    return pick(item.titles, "vi") if item else ""


def _frozen(meeting: Meeting, kind: str, folder: str = "") -> Parts:
    """The files of a paper as they were signed or issued."""
    for kept in meeting.signed_files.filter(kind=kind).select_related("document"):
        yield f"{folder or kind}/{kind}.{kept.format}", read(kept.document)
