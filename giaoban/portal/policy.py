"""Who may do what with a page: the unit writes, the unit above approves, the coordinator publishes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.agreements.policy import OWN, SUBTREE, Grant, Policy, table
from giaoban.core.lifecycle import Move

PORTAL = Policy(
    unit="unit",
    rights={
        "write": (
            Grant("reporter", OWN),
            Grant("verifier", SUBTREE),
            Grant("coordinator"),
            Grant("operator"),
        ),
        "approve": (Grant("verifier", SUBTREE), Grant("coordinator"), Grant("operator")),
        "publish": (Grant("coordinator"), Grant("operator")),
    },
)

#: Requests of readers to put a page right: whoever writes the page answers.
CORRECTIONS = Policy(
    agreement="page__agreement",
    unit="page__unit",
    rights={
        "read": (Grant("reporter", OWN), Grant("verifier", SUBTREE), Grant("coordinator"), Grant("operator")),
        "answer": (Grant("reporter", OWN), Grant("verifier", SUBTREE), Grant("coordinator"), Grant("operator")),
    },
    moves=table(
        [
            Move("answer_reader", ("new",), "answered", "answer", _("Answer"),
                 effect=_("the reader who left an address gets the words by mail")),
            Move("turn_down", ("new",), "declined", "answer", _("Turn down"),
                 effect=_("the reader who left an address gets the words by mail")),
            Move("look_again", ("answered", "declined"), "new", "answer", _("Look at it again"), reason=True),
        ]
    ),
)  # fmt: skip
