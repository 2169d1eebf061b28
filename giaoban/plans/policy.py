"""Who may do what with plans, tasks and activities, and which state follows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.policy import ALL, BELOW, OWN, SUBTREE, Grant, Policy, table
from giaoban.core.actors import Actor, System
from giaoban.core.lifecycle import Move
from giaoban.plans.models import PlanState, Task


@dataclass(frozen=True)
class PlanPolicy(Policy):
    """The joint plan, once it is shown to the parties, is read by everybody in the agreement."""

    def q(self, by: Actor, right: str) -> Q:
        answer = super().q(by, right)
        if right in ("read", "remark"):
            held = {m.agreement_id for m in getattr(by, "memberships", ())}
            answer |= Q(agreement__in=held, unit=None) & ~Q(state=PlanState.DRAFT)
        return answer


@dataclass(frozen=True)
class TaskPolicy(Policy):
    """supported: rights that supporting units have too. of_plan: rights that follow the unit of the plan."""

    supported: frozenset[str] = frozenset()
    of_plan: frozenset[str] = frozenset()

    def q(self, by: Actor, right: str) -> Q:
        if right in self.of_plan:
            return replace(self, unit="plan__unit_id", of_plan=frozenset()).q(by, right)
        answer = super().q(by, right)
        if right in self.supported and self._looks_at_units(by, right):
            rows = Policy(rights=self.rights, agreement="task__agreement", unit="unit_id").q(by, right)
            answer |= Q(pk__in=Task.support.through.objects.filter(rows).values("task"))
        return answer

    def _looks_at_units(self, by: Actor, right: str) -> bool:
        near = {g.role for g in self.rights[right] if g.reach != ALL}
        return not isinstance(by, System) and any(m.role in near for m in getattr(by, "memberships", ()))


class ToldByReport(TaskPolicy):
    """For the word of a unit that stands in its accepted report: the right was checked on the report."""

    def may(self, by: Actor, right: str, row: Model) -> bool:
        return True


PLANS = PlanPolicy(
    unit="unit_id",
    rights={
        "read": (
            Grant("reporter", OWN), Grant("verifier", SUBTREE), Grant("coordinator"), Grant("chair"), Grant("operator"),
        ),
        "write": (Grant("reporter", OWN), Grant("coordinator"), Grant("operator")),
        "remark": (Grant("verifier", SUBTREE), Grant("coordinator"), Grant("chair")),
        "approve": (Grant("verifier", SUBTREE), Grant("chair")),
        "issue": (Grant("reporter", OWN), Grant("coordinator")),
        "override": (Grant("coordinator"), Grant("operator")),
    },
    moves=table(
        [
            Move("consult", ("draft",), "consulted", "write", _("Put to the parties"),
                 effect=_("the parties read it and may remark")),
            Move("take-back", ("consulted",), "draft", "write", _("Take back from the parties")),
            Move("approve", ("draft", "consulted"), "approved", "approve", _("Approve"),
                 effect=_("its tasks are settled")),
            Move("rework", ("approved",), "draft", "approve", _("Give back for rework"), reason=True),
            Move("issue", ("approved",), "issued", "issue", _("Issue"),
                 effect=_("the document is made and its tasks are given")),
        ]
    ),
)  # fmt: skip

TASKS = TaskPolicy(
    unit="lead_id",
    supported=frozenset({"read", "contribute"}),
    of_plan=frozenset({"write"}),
    rights={
        "read": (
            Grant("reporter", OWN), Grant("verifier", SUBTREE), Grant("coordinator"), Grant("chair"), Grant("operator"),
        ),
        "write": (Grant("reporter", OWN), Grant("coordinator"), Grant("operator")),
        "report": (Grant("reporter", OWN), Grant("verifier", SUBTREE), Grant("coordinator"), Grant("operator")),
        "contribute": (Grant("reporter", OWN), Grant("verifier", SUBTREE), Grant("coordinator"), Grant("operator")),
        "verify": (Grant("verifier", BELOW), Grant("coordinator"), Grant("chair"), Grant("operator")),
    },
    moves=table(
        [
            Move("give", ("draft",), "given", "write", _("Give out"), effect=_("its unit has to work on it")),
            Move("start", ("given",), "progress", "report", _("Begin")),
            Move("finish", ("given", "progress"), "done", "report", _("Say it is done"),
                 effect=_("waits to be verified")),
            Move("verify", ("done",), "closed", "verify", _("Verify and close")),
            Move("redo", ("done", "closed"), "progress", "verify", _("Give back"), reason=True),
            Move("carry", ("draft", "given", "progress"), "carried", "write", _("Carry forward"), reason=True,
                 effect=_("goes on as a task of a later plan")),
            Move("drop", ("draft", "given", "progress"), "cancelled", "write", _("Cancel"), reason=True),
        ]
    ),
)  # fmt: skip

#: What units did. Whoever stands above a unit may put something right or call it typical.
ACTIVITIES = Policy(
    unit="unit_id",
    rights={
        "read": (
            Grant("reporter", OWN), Grant("verifier", SUBTREE), Grant("coordinator"), Grant("chair"), Grant("operator"),
        ),
        "write": (Grant("reporter", OWN), Grant("verifier", SUBTREE), Grant("coordinator"), Grant("operator")),
        "mark": (Grant("verifier", SUBTREE), Grant("coordinator"), Grant("chair")),
    },
)  # fmt: skip


def told_by_report() -> ToldByReport:
    """The moves of tasks, for what comes with an accepted report."""
    return ToldByReport(rights=TASKS.rights, moves=TASKS.moves)
