"""Questions about plans."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from giaoban.agreements.models import Agreement
from giaoban.core.actors import Actor
from giaoban.plans.models import OPEN, Campaign, Duty, Group, Plan, Scheme, TaskState
from giaoban.plans.policy import PLANS


def plans_of(agreement: Agreement, by: Actor) -> QuerySet[Plan]:
    """The plans the actor may read, with how many tasks they hold and how many are finished."""
    rows = Plan.objects.filter(PLANS.q(by, "read"), agreement=agreement).select_related("unit", "agreement")
    held = ~Q(tasks__state__in=(TaskState.CANCELLED, TaskState.CARRIED))
    done = Q(tasks__state__in=(TaskState.DONE, TaskState.CLOSED))
    return rows.annotate(count=Count("tasks", filter=held), finished=Count("tasks", filter=done))


def plan_for(by: Actor, agreement: str, pk: int, right: str = "read") -> Plan:
    """One plan, or "not found" for everybody who has not the right."""
    rows = Plan.objects.filter(PLANS.q(by, right), agreement__code=agreement, pk=pk)
    found = rows.select_related("agreement", "unit", "paper").first()
    if found is None:
        raise Http404(pk)
    return found


def writable_plans(agreement: Agreement, by: Actor) -> QuerySet[Plan]:
    """The plans to which the actor may add tasks, newest first."""
    rows = Plan.objects.filter(PLANS.q(by, "write"), agreement=agreement)
    return rows.select_related("unit", "agreement").order_by("-year", "unit__code")


def counts(plan: Plan) -> dict[str, int]:
    """How many tasks of the plan are open, finished, carried or cancelled. One query."""
    return plan.tasks.aggregate(
        all=Count("pk"),
        open=Count("pk", filter=Q(state__in=OPEN)),
        done=Count("pk", filter=Q(state__in=(TaskState.DONE, TaskState.CLOSED))),
        carried=Count("pk", filter=Q(state=TaskState.CARRIED)),
        cancelled=Count("pk", filter=Q(state=TaskState.CANCELLED)),
    )


@dataclass(frozen=True)
class Frame:
    """What the plans of an agreement share, in lists."""

    groups: list[Group]
    campaigns: list[Campaign]
    schemes: list[Scheme]
    duties: list[Duty]


def frame(agreement: Agreement) -> Frame:
    """Content groups, campaigns, schemes and duties of an agreement. Four queries."""
    return Frame(
        list(agreement.task_groups.all()), list(agreement.campaigns.all()), list(agreement.schemes.all()),
        list(agreement.duties.select_related("lead", "group", "article__agreement")),
    )  # fmt: skip
