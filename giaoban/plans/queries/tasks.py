"""Questions about tasks: what is there, what is owed, how it went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.http import Http404

from giaoban.agreements.models import Agreement
from giaoban.core.actors import Actor
from giaoban.plans.models import OPEN, Activity, Evidence, Progress, Task, TaskState
from giaoban.plans.policy import TASKS
from giaoban.units.models import Unit

#: How many cards a column of the board shows.
MOST_CARDS = 30
COLUMNS = (TaskState.PLANNED, TaskState.GIVEN, TaskState.PROGRESS, TaskState.DONE, TaskState.CLOSED)
ENDED = (TaskState.CARRIED, TaskState.CANCELLED)
FINISHED = (TaskState.DONE, TaskState.CLOSED)


def late_q(day: date) -> Q:
    """Tasks that are late on a day: open after their day, or finished after it."""
    return Q(state__in=OPEN, due_on__lt=day) | Q(state__in=FINISHED, done_on__gt=F("due_on"))


def tasks_of(agreement: Agreement, by: Actor) -> QuerySet[Task]:
    """The tasks the actor may read, with what a list shows."""
    rows = Task.objects.filter(TASKS.q(by, "read"), agreement=agreement)
    return rows.select_related(*LISTED).order_by("due_on", "pk")


#: What a list says of a task from the rows it points to.
LISTED = ("agreement", "lead", "plan__unit", "group")
#: What a page says of a task from the rows it points to.
SHOWN = (
    "agreement", "lead", "plan__unit", "group", "article__agreement", "campaign", "scheme", "duty",
    "carried_from__plan",
)  # fmt: skip

#: What the page of a task asks about its rights, read with the task itself.
ASKED = ("write", "report", "contribute", "verify")


def task_for(by: Actor, agreement: str, pk: int, right: str = "read") -> Task:
    """One task with what its page shows, or "not found" for everybody who has not the right."""
    rows = Task.objects.filter(TASKS.q(by, right), agreement__code=agreement, pk=pk)
    found = rows.select_related(*SHOWN).first()
    if found is None:
        raise Http404(pk)
    return found


def task_page(by: Actor, agreement: str, pk: int) -> Task:
    """One task as its page needs it: `held`, the rights of the reader, and which of its parts hold something.

    One query, so that the page asks no further for what is not there.
    """
    through, part = Task.support.through.objects, OuterRef("pk")
    parts = {
        "has_support": Exists(through.filter(task=part)),
        "has_targets": Exists(Task.targets.through.objects.filter(task=part)),
        "has_evidence": Exists(Evidence.objects.filter(task=part, removed_at=None)),
        "has_activities": Exists(Activity.objects.filter(task=part)),
        "has_progress": Exists(Progress.objects.filter(task=part)),
        "has_later": Exists(Task.objects.filter(carried_from=part)),
    }
    rights = {f"may_{name}": Exists(Task.objects.filter(TASKS.q(by, name), pk=part)) for name in ASKED}
    rows = Task.objects.filter(TASKS.q(by, "read"), agreement__code=agreement, pk=pk)
    found = rows.select_related(*SHOWN).annotate(**parts, **rights).first()
    if found is None:
        raise Http404(pk)
    found.held = {name for name in ASKED if getattr(found, f"may_{name}")}
    return found


def tasks_from(agreement: Agreement, origin_refs: Iterable[str]) -> QuerySet[Task]:
    """The tasks that came from these things of an upper app ("conclusion:12"), by their reference; of tasks
    carried forward the last comes last."""
    rows = Task.objects.filter(agreement=agreement, origin_ref__in=list(origin_refs))
    return rows.select_related("agreement", "lead", "plan").order_by("origin_ref", "pk")


def progress_of(task: Task) -> list[Progress]:
    """What units said of the task, newest first."""
    return list(task.progress.select_related("unit"))


def chain(task: Task) -> list[Task]:
    """The task with those it was carried from, and those it was carried to, oldest first."""
    line = [task]
    while line[0].carried_from_id:
        line.insert(0, Task.objects.select_related("plan", "agreement").get(pk=line[0].carried_from_id))
    while (
        later := Task.objects.select_related("plan", "agreement").filter(carried_from=line[-1].pk).first()
    ) is not None:
        line.append(later)
    return line


def owed_by(unit: Unit, agreement: Agreement, last_day: date, codes: Iterable[str] = ()) -> list[Task]:
    """The open tasks of which the unit owes word on that day, those it leads first, then by due day.

    codes: of tasks to name all the same, because a report speaks of them already. Each row has
    `leads`. One query.
    """
    named = set(codes)
    parts = [(code.split("-", 1)[0], code.rsplit("-", 1)[-1]) for code in named]
    numbers = [(int(year), int(number)) for year, number in parts if year.isdigit() and number.isdigit()]
    mine = Q(lead=unit) | Q(pk__in=Task.support.through.objects.filter(unit=unit).values("task"))
    owed = Q(state__in=OPEN, given_on__lte=last_day)
    told = Q(plan__year__in=[y for y, _n in numbers], number__in=[n for _y, n in numbers])
    rows = Task.objects.filter(mine, owed | told, agreement=agreement)
    leads = Case(When(lead=unit, then=Value(1)), default=Value(0), output_field=IntegerField())
    found = rows.annotate(leads=leads).select_related("agreement", "plan__unit", "lead")
    return [
        task
        for task in found.order_by("-leads", "due_on", "pk")
        if task.code in named or (task.is_open and task.given_on and task.given_on <= last_day)
    ]


@dataclass(frozen=True)
class Column:
    """A column of the board: a state, its most urgent cards, and how many there are."""

    state: TaskState
    cards: list[Task]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def board(rows: QuerySet[Task]) -> list[Column]:
    """The tasks by state; a column shows the most urgent. Two queries."""
    place = Window(RowNumber(), partition_by="state", order_by=("due_on", "pk"))
    placed = rows.order_by().select_related(None).filter(state__in=COLUMNS)
    placed = placed.annotate(place=place, together=Window(Count("pk"), partition_by="state"))
    placed = placed.filter(place__lte=MOST_CARDS)
    shown, counts = [], {}
    for pk, state, together, _n in placed.values_list("pk", "state", "together", "place"):
        shown.append(pk)
        counts[state] = together
    found: dict[str, list[Task]] = {}
    for card in Task.objects.filter(pk__in=shown).select_related(*LISTED).order_by("due_on", "pk"):
        found.setdefault(card.state, []).append(card)
    return [Column(state, found.get(state, []), counts.get(state, 0)) for state in COLUMNS]


def rights_on(tasks: list[int], by: Actor) -> dict[str, set[int]]:
    """Of these tasks, those on which the actor has each right. One query per right."""
    rows = Task.objects.filter(pk__in=tasks)
    return {
        right: set(rows.filter(TASKS.q(by, right)).values_list("pk", flat=True))
        for right in ("write", "report", "verify")
    }
