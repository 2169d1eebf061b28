"""Words for what the trail says of plans, tasks and targets; tones of states."""

from django.utils.translation import gettext_lazy as _

from giaoban.core.history import add_words
from giaoban.plans.models import PlanState, TaskState

add_words(
    "plans",
    {
        "add target": _("target set"),
        "edit target": _("target changed"),
        "remove target": _("target removed"),
        "field:value": _("value"),
        "start plan": _("plan begun"),
        "edit plan": _("plan changed"),
        "consult": _("put to the parties"),
        "take-back": _("taken back"),
        "approve": _("approved"),
        "rework": _("given back for rework"),
        "issue": _("issued"),
        "remark": _("remark written"),
        "add task": _("task added"),
        "edit task": _("task changed"),
        "give": _("given out"),
        "start": _("begun"),
        "progress": _("progress reported"),
        "withdraw progress": _("progress withdrawn with its report"),
        "finish": _("said to be done"),
        "verify": _("verified and closed"),
        "redo": _("given back"),
        "carry": _("carried forward"),
        "drop": _("cancelled"),
        "attach": _("file attached"),
        "detach": _("file taken off"),
        "record activity": _("activity recorded"),
        "edit activity": _("activity changed"),
        "withdraw activity": _("activity withdrawn"),
        "mark typical": _("called typical"),
        "unmark typical": _("not typical any more"),
        "add picture": _("picture added"),
        "remove picture": _("picture taken off"),
        "remove part": _("removed"),
        "field:support": _("supporting units"),
        "field:targets": _("targets"),
    },
)

PLAN_TONES = {
    PlanState.DRAFT: "plain",
    PlanState.CONSULTED: "wait",
    PlanState.APPROVED: "good",
    PlanState.ISSUED: "good",
}
TASK_TONES = {
    TaskState.PLANNED: "plain",
    TaskState.GIVEN: "wait",
    TaskState.PROGRESS: "wait",
    TaskState.DONE: "good",
    TaskState.CLOSED: "good",
    TaskState.CARRIED: "plain",
    TaskState.CANCELLED: "plain",
}
