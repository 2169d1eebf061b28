"""What plans show on the pages of lower apps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from giaoban.agreements.models import Article
from giaoban.core.slots import fills
from giaoban.plans.queries.carrying import duties_under, tasks_under
from giaoban.plans.wording import TASK_TONES

#: More than these stand in the list of tasks.
MOST = 20


@fills("agreements.article", template="plans/panel_article.html", order=20)
def work_carrying_out(rows: Sequence[Article], *, request: HttpRequest) -> dict[int, dict[str, Any]]:
    """The tasks of each article that the reader may read, newest first, and its duties of every year. Two queries."""
    tasks, duties = defaultdict(list), defaultdict(list)
    for task in tasks_under(rows, request.by):  # type: ignore[attr-defined]
        task.tone = TASK_TONES[task.state]
        tasks[task.article_id].append(task)
    for duty in duties_under(rows, request.by):  # type: ignore[attr-defined]
        duties[duty.article_id].append(duty)
    return {
        pk: {"tasks": tasks[pk][:MOST], "more": len(tasks[pk]) > MOST, "duties": duties[pk]}
        for pk in tasks.keys() | duties.keys()
    }
