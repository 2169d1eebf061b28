"""Who may change what is asked; and the two states of an exclusion."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.agreements import policy as agreements
from giaoban.agreements.models import Agreement
from giaoban.agreements.policy import Grant, Policy, table
from giaoban.core.actors import Actor
from giaoban.core.lifecycle import Move
from giaoban.core.refused import Refused

ACTIVE, ENDED = "active", "ended"

#: A unit is excluded for a period with a reason, reversibly.
EXCLUSIONS = Policy(
    agreement="regime__agreement",
    moves=table(
        [
            Move("end", (ACTIVE,), ENDED, "change", gettext_lazy("Ask for the report again"), reason=True,
                 effect=gettext_lazy("the report is due again")),
            Move("exclude", (ENDED,), ACTIVE, "change", gettext_lazy("Exclude"), reason=True,
                 effect=gettext_lazy("the report leaves the due count")),
        ]
    ),
    rights={"change": (Grant("coordinator"), Grant("operator"))},
)  # fmt: skip


def demand(by: Actor, agreement: Agreement) -> None:
    """Refuses who may not manage the agreement."""
    if not agreements.AGREEMENTS.may(by, "manage", agreement):
        raise Refused(_("You may not change what this agreement asks for."), code="right")
