"""Start a plan, put tasks into it, change their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.plans.actions.content import Content
from giaoban.plans.models import Duty, Plan, PlanState, Task, TaskOrigin, TaskState
from giaoban.plans.policy import PLANS
from giaoban.units.models import Unit


def start_plan(
    *, agreement: Agreement, year: int, unit: Unit | None = None, titles: Mapping[str, str] | None = None,
    purpose: str = "", by: Actor, at: datetime,
) -> Plan:  # fmt: skip
    """The plan of a year, begun as a draft. The duties of every year are laid into a joint plan."""
    _refuse_year(agreement, year)
    if Plan.objects.filter(agreement=agreement, year=year, unit=unit).exists():
        raise Refused(_("There is a plan of %(year)s already.") % {"year": year}, field="year")
    named = {lang: text.strip() for lang, text in (titles or {}).items() if text.strip()}
    with transaction.atomic():
        plan = Plan.objects.create(
            agreement=agreement, unit=unit, year=year, titles=named or _title(year), purpose=purpose.strip()
        )
        if not PLANS.may(by, "write", plan):
            raise Refused(_("You may not write this plan."), code="right")
        audit.record(
            subject=plan, verb="start plan", by=by, at=at, detail={"year": year, "unit": plan.unit_id}
        )
        if unit is None:
            for duty in agreement.duties.filter(ended=False).select_related("lead", "group", "article"):
                _lay(plan, duty, by=by, at=at)
    return plan


def plan_of_year(*, agreement: Agreement, year: int, by: Actor, at: datetime) -> Plan:
    """The joint plan of a year, begun if there is none."""
    found = Plan.objects.filter(agreement=agreement, year=year, unit=None).first()
    return found or start_plan(agreement=agreement, year=year, by=by, at=at)


def give_task(
    *, agreement: Agreement, year: int, titles: Mapping[str, str], lead: Unit, support: Sequence[Unit] = (),
    due_on: date, output: str = "", origin: str = TaskOrigin.PLAN, origin_ref: str = "", by: Actor, at: datetime,
) -> Task:  # fmt: skip
    """A task in the joint plan of the year, which is begun if there is none.

    What comes from a conclusion, or is urgent, is given out at once; what belongs to a plan still
    being written waits for the plan. Refuses a due day in the past.
    """
    with transaction.atomic():
        plan = plan_of_year(agreement=agreement, year=year, by=by, at=at)
        content = Content(titles=titles, lead=lead, support=tuple(support), due_on=due_on, output=output)
        return add_task(plan=plan, content=content, origin=origin, origin_ref=origin_ref, by=by, at=at)


def add_task(
    *, plan: Plan, content: Content, origin: str = TaskOrigin.PLAN, origin_ref: str = "", by: Actor, at: datetime,
    carried_from: Task | None = None, duty: Duty | None = None,
) -> Task:  # fmt: skip
    """Put a task into a plan. In a plan that is settled, a task of the plan itself is an urgent one."""
    content.check(plan)
    day = plan.agreement.day_of(at)
    with transaction.atomic():
        locked = Plan.objects.select_for_update().get(pk=plan.pk)
        if not PLANS.may(by, "write", locked):
            raise Refused(_("You may not write this plan."), code="right")
        if origin == TaskOrigin.PLAN and not locked.is_open:
            origin = TaskOrigin.URGENT
        waits = locked.state != PlanState.ISSUED and origin in (TaskOrigin.PLAN, TaskOrigin.CARRIED)
        if not waits and content.due_on < day:
            raise Refused(_("The due day lies in the past."), field="due_on")
        last = locked.tasks.aggregate(last=Max("number"))["last"] or 0
        task = Task.objects.create(
            agreement_id=plan.agreement_id, plan=locked, number=last + 1, origin=origin, origin_ref=origin_ref,
            state=TaskState.PLANNED if waits else TaskState.GIVEN, given_on=None if waits else day,
            carried_from=carried_from, duty=duty, **content.fields(),
        )  # fmt: skip
        task.support.set(content.support)
        task.targets.set(content.targets)
        detail = {"plan": plan.pk, "lead": task.lead_id, "origin": origin, "to": task.state}
        audit.record(subject=task, verb="add task", by=by, at=at, detail=detail)
    return task


def edit_task(*, task: Task, content: Content, by: Actor, at: datetime) -> Task:
    """Other words, units, dates or links. Only while the task is not finished or ended."""
    content.check(task.plan)
    with transaction.atomic():
        locked = Task.objects.select_for_update().select_related("plan").get(pk=task.pk)
        if not PLANS.may(by, "write", locked.plan):
            raise Refused(_("You may not write this plan."), code="right")
        if locked.state not in (TaskState.PLANNED, TaskState.GIVEN, TaskState.PROGRESS):
            raise Refused(_("A task that is finished or ended is not changed any more."), code="state")
        given = content.fields()
        changed = [name for name, value in given.items() if getattr(locked, name) != value]
        for name in changed:
            setattr(locked, name, given[name])
        locked.save()
        changed = [name for name in changed if name != "folded"]
        for name in ("support", "targets"):
            wanted = getattr(content, name)
            if set(getattr(locked, name).values_list("pk", flat=True)) != {row.pk for row in wanted}:
                getattr(locked, name).set(wanted)
                changed.append(name)
        if changed:
            audit.record(subject=locked, verb="edit task", by=by, at=at, detail={"fields": changed})
    return locked


def _lay(plan: Plan, duty: Duty, *, by: Actor, at: datetime) -> None:
    day = min(duty.day, 28 if duty.month == 2 else 30 if duty.month in (4, 6, 9, 11) else 31)
    content = Content(
        titles=duty.titles, lead=duty.lead, due_on=date(plan.year, duty.month, day), output=duty.output,
        article=duty.article, article_words=duty.article_words, group=duty.group,
    )  # fmt: skip
    add_task(plan=plan, content=content, duty=duty, by=by, at=at)


def _refuse_year(agreement: Agreement, year: int) -> None:
    if not 1990 <= year <= 2200:
        raise Refused(_("Write the year with four digits."), field="year")
    if agreement.ends_on and year > agreement.ends_on.year + 1:
        raise Refused(_("The agreement has ended before that year."), field="year")


def _title(year: int) -> dict[str, str]:
    return {"vi": f"Kế hoạch công tác năm {year}", "en": f"Plan of the year {year}"}
