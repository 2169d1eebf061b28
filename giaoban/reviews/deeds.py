"""Tasks and activities in a review: sentences made of what the plan and its units say, each with its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from giaoban.agreements.models import Agreement
from giaoban.core.figures import written
from giaoban.lib.text import pick
from giaoban.plans.models import Activity, PlanState, Task, TaskOrigin, TaskState
from giaoban.reports.tasks import show_figure
from giaoban.reviews.picking import Picked, Source

#: More than these are not written out: the plan's own pages list them.
MOST = 60
ENDED = (TaskState.CANCELLED, TaskState.CARRIED, TaskState.PLANNED)


def tasks_in(agreement: Agreement, first: date, last: date) -> list[Task]:
    """The tasks of joint plans that were due, or done, in [first, last], by content group and number."""
    here = Q(due_on__range=(first, last)) | Q(done_on__range=(first, last))
    rows = Task.objects.filter(here, agreement=agreement, plan__unit=None).exclude(state__in=ENDED)
    rows = rows.select_related("lead", "group", "plan__unit")
    return list(rows.order_by(F("group__position").asc(nulls_last=True), "plan__year", "number"))


def conclusions_in(agreement: Agreement, first: date, last: date) -> list[Task]:
    """The tasks that came from conclusions before or in the period and were open in it."""
    rows = Task.objects.filter(agreement=agreement, origin=TaskOrigin.CONCLUSION, given_on__lte=last)
    open_then = Q(done_on=None) | Q(done_on__gte=first)
    rows = rows.filter(open_then).exclude(state__in=ENDED).select_related("lead", "plan__unit")
    return list(rows.order_by("due_on", "pk")[:MOST])


def coming_in(agreement: Agreement, first: date, last: date) -> list[Task]:
    """The tasks of joint plans due in [first, last] and open, by due day. What a draft only plans is left out."""
    rows = Task.objects.filter(
        agreement=agreement, plan__unit=None, due_on__range=(first, last), done_on=None
    )
    rows = rows.exclude(state__in=(TaskState.CANCELLED, TaskState.CARRIED))
    rows = rows.exclude(state=TaskState.PLANNED, plan__state=PlanState.DRAFT).select_related(
        "lead", "plan__unit"
    )
    return list(rows.order_by("due_on", "pk")[:MOST])


def typical_in(agreement: Agreement, first: date, last: date) -> list[Activity]:
    """The typical activities that began in [first, last]."""
    rows = Activity.objects.filter(agreement=agreement, is_typical=True, withdrawn_at=None)
    return list(
        rows.filter(held_on__range=(first, last)).select_related("unit").order_by("held_on", "pk")[:MOST]
    )


def counted(tasks: Iterable[Task], last: date) -> str:
    """How many tasks there were, how many are done, how many late: one sentence."""
    tasks = list(tasks)
    done = sum(task.done_on is not None and task.done_on <= last for task in tasks)
    late = sum(task.is_late(last) for task in tasks)
    sentence = ngettext(
        "%(count)s task of the plan was due or done in the period: %(done)s done, %(late)s late.",
        "%(count)s tasks of the plan were due or done in the period: %(done)s done, %(late)s late.",
        len(tasks),
    )
    return sentence % {"count": len(tasks), "done": done, "late": late}


def of_task(task: Task, language: str, last: date) -> Picked:
    """Plan against result of one task."""
    with translation.override(language):
        said = [
            f"{pick(task.titles, language)} ({task.lead.name}, {_('due')} {_day(task.due_on)}): {_state(task, last)}"
        ]
        if task.wanted is not None:
            reached = show_figure(task.reached) if task.reached is not None else "–"
            said.append(f"{reached}/{show_figure(task.wanted)} {task.measure}".strip())
        if task.result:
            said.append(" ".join(task.result.split()).rstrip("."))
        if task.delay and task.is_late(last):
            said.append(f"{_('reason for the delay')}: {' '.join(task.delay.split()).rstrip('.')}")
        text = _safe("; ".join(said) + ".")
        label = _("task %(code)s") % {"code": task.code}
    return Picked(text, (Source(None, "", label, task=task.pk),))


def of_plan(task: Task, language: str) -> Picked:
    """What is to be done: the task, who leads, until when, with which output."""
    with translation.override(language):
        text = f"{pick(task.titles, language)} ({task.lead.name}, {_('due')} {_day(task.due_on)})"
        if task.output:
            text += f": {' '.join(task.output.split()).rstrip('.')}"
        label = _("task %(code)s") % {"code": task.code}
    return Picked(_safe(f"{text}."), (Source(None, "", label, task=task.pk),))


def of_activity(activity: Activity, language: str, *, with_title: bool = False) -> list[Picked]:
    """An activity in one sentence, and why it is typical in another."""
    with translation.override(language):
        days = _day(activity.held_on) + (f" – {_day(activity.until)}" if activity.until else "")
        said = [part for part in (activity.unit.name, days, activity.place) if part]
        line = ", ".join(said)
        if with_title:
            line = f"{activity.title} ({line})"
        if activity.participants is not None:
            line += "; " + ngettext(
                "%(count)s participant", "%(count)s participants", activity.participants
            ) % {"count": written(activity.participants, 0)}
        if activity.output:
            line += f": {' '.join(activity.output.split()).rstrip('.')}"
        texts = [f"{line}."]
        if activity.is_typical:
            texts.append(f"{' '.join(activity.why_typical.split()).rstrip('.')}.")
        source = Source(None, "", f"{activity.unit.name}, {_day(activity.held_on)}", activity=activity.pk)
    return [Picked(_safe(text), (source,)) for text in texts]


def _state(task: Task, last: date) -> str:
    if task.done_on is not None and task.done_on <= last:
        late = f" ({_('late')})" if task.is_late(last) else ""
        return f"{_('done')} {_day(task.done_on)}{late}"
    return f"{_('in progress')}{', ' + _('late') if task.due_on < last else ''}"


def _day(day: date) -> str:
    return formats.date_format(day, "SHORT_DATE_FORMAT")


def _safe(text: str) -> str:
    """Two braces are kept for figures."""
    return text.replace("{{", "{ {").replace("}}", "} }")
