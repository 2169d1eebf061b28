"""Who may do what with a report, and which state follows: the design's table, in one place."""

from django.utils.translation import gettext_lazy as _

from giaoban.agreements.policy import ALL, BELOW, OWN, SUBTREE, Grant, Policy, table
from giaoban.core.lifecycle import Move

MOVES = table(
    [
        Move("submit", ("draft", "returned"), "submitted", "fill", _("Send"), effect=_("receipt")),
        Move("withdraw", ("submitted",), "draft", "fill", _("Withdraw")),
        Move("return", ("submitted",), "returned", "verify", _("Return"), reason=True),
        Move("accept", ("submitted",), "accepted", "verify", _("Accept"), effect=_("figures enter the totals")),
        Move(
            "reopen", ("accepted",), "returned", "verify", _("Reopen"), reason=True,
            effect=_("figures leave the totals at once"),
        ),
        Move(
            "correct", ("accepted",), "accepted", "verify", _("Correct"), reason=True,
            effect=_("figures replaced in the same transaction"),
        ),
    ]
)  # fmt: skip

#: The tree is read on the report's last day; `receiver` is the unit that verifies it.
REPORTS = Policy(
    moves=MOVES,
    unit="unit_id",
    day="last_day",
    receiver="receiver_id",
    rights={
        "read": (
            Grant("reporter", OWN), Grant("verifier", SUBTREE), Grant("coordinator", ALL),
            Grant("chair", ALL), Grant("operator", ALL),
        ),
        "fill": (Grant("reporter", OWN), Grant("coordinator", ALL)),
        "verify": (Grant("verifier", BELOW),),
        "override": (Grant("coordinator", ALL), Grant("operator", ALL)),
        "request": (Grant("coordinator", ALL), Grant("operator", ALL)),
    },
)  # fmt: skip
