"""What meetings show on the pages of lower apps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from giaoban.agreements.models import Proposal
from giaoban.core.slots import fills
from giaoban.meetings.queries.conclusions import of_refs, visible_conclusions
from giaoban.meetings.queries.proposing import behind
from giaoban.plans.models import Task


@fills("plans.task", template="meetings/panel_task.html")
def conclusion_behind(rows: Sequence[Task], *, request: HttpRequest) -> dict[int, dict[str, Any]]:
    """The conclusion a task came of. Two queries."""
    found = of_refs([row.origin_ref for row in rows])
    seen = set(
        visible_conclusions(request.by).filter(pk__in=[c.pk for c in found.values()]).values_list("pk", flat=True)  # type: ignore[attr-defined]
    ) if found else set()  # fmt: skip
    return {
        row.pk: {"conclusion": found[row.origin_ref], "is_open": True}
        for row in rows
        if row.origin_ref in found and found[row.origin_ref].pk in seen
    }


@fills("agreements.proposal", template="meetings/panel_proposal.html")
def conclusion_that_asked(rows: Sequence[Proposal], *, request: HttpRequest) -> dict[int, dict[str, Any]]:
    """The conclusion that asked for an amendment. One query."""
    return {pk: {"conclusion": found, "is_open": True} for pk, found in behind(rows, request.by).items()}  # type: ignore[attr-defined]
