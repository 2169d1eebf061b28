"""Questions about plans, tasks, activities and targets."""

from giaoban.plans.queries.activities import activities_of, activity_for, typical
from giaoban.plans.queries.plans import plan_for, plans_of, writable_plans
from giaoban.plans.queries.targets import target_for, targets_of
from giaoban.plans.queries.tasks import (
    board,
    chain,
    owed_by,
    progress_of,
    rights_on,
    task_for,
    task_page,
    tasks_from,
    tasks_of,
)

__all__ = [
    "activities_of", "activity_for", "board", "chain", "owed_by", "plan_for", "plans_of", "progress_of",
    "rights_on", "target_for", "targets_of", "task_for", "task_page", "tasks_from", "tasks_of", "typical",
    "writable_plans",
]  # fmt: skip
