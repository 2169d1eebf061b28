"""The verbs of plans, tasks, activities and targets. Each is one transaction with its row in the audit trail."""

from giaoban.plans.actions.activities import (
    add_picture,
    edit_activity,
    mark_typical,
    record_activity,
    remove_picture,
    unmark_typical,
    withdraw_activity,
)
from giaoban.plans.actions.content import Content
from giaoban.plans.actions.evidence import attach, detach
from giaoban.plans.actions.moves import (
    cancel_task,
    carry_forward,
    close_task,
    give_back,
    hand_out,
    report_progress,
)
from giaoban.plans.actions.plans import (
    edit_plan,
    issue_plan,
    keep_part,
    move_plan,
    remark,
    remove_part,
)
from giaoban.plans.actions.reported import take_report, withdraw_progress
from giaoban.plans.actions.targets import (
    Imported,
    Row,
    edit_target,
    import_targets,
    remove_target,
    set_target,
)
from giaoban.plans.actions.tasks import add_task, edit_task, give_task, plan_of_year, start_plan

__all__ = [
    "Content",
    "Imported",
    "Row",
    "add_picture",
    "add_task",
    "attach",
    "cancel_task",
    "carry_forward",
    "close_task",
    "detach",
    "edit_activity",
    "edit_plan",
    "edit_target",
    "edit_task",
    "give_back",
    "give_task",
    "hand_out",
    "import_targets",
    "issue_plan",
    "keep_part",
    "mark_typical",
    "move_plan",
    "plan_of_year",
    "record_activity",
    "remark",
    "remove_part",
    "remove_picture",
    "remove_target",
    "report_progress",
    "set_target",
    "start_plan",
    "take_report",
    "unmark_typical",
    "withdraw_activity",
    "withdraw_progress",
]
