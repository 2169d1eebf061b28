"""Plans and tasks in two lines, for stories."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from giaoban.agreements.tests.world import MADE_BY, World
from giaoban.plans import actions
from giaoban.plans.actions import Content
from giaoban.plans.models import Plan, Task

YEAR = 2026
AT = datetime(2026, 1, 5, 2, tzinfo=UTC)


def plan(world: World, **given: Any) -> Plan:
    return actions.start_plan(**{"agreement": world.agreement, "year": YEAR, "by": MADE_BY, "at": AT} | given)


def task(world: World, **given: Any) -> Task:
    """A task that Cần Thơ (P1) leads, given out at once as an urgent one."""
    wanted = {
        "agreement": world.agreement, "year": YEAR, "titles": {"vi": "Tổng vệ sinh", "en": "Clean up"},
        "lead": world.units["P1"], "due_on": date(2026, 3, 31), "origin": "urgent", "by": MADE_BY, "at": AT,
    }  # fmt: skip
    return actions.give_task(**wanted | given)


def content(world: World, **given: Any) -> Content:
    return Content(
        **{
            "titles": {"vi": "Tập huấn", "en": "Training"},
            "lead": world.units["P1"],
            "due_on": date(2026, 6, 30),
        }
        | given
    )
