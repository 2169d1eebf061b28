"""Who may do what with a review, and how it goes from draft to issued."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.agreements.policy import Grant, Policy, table
from giaoban.core.lifecycle import Move

REVIEWS = Policy(
    rights={
        "read": (Grant("coordinator"), Grant("chair"), Grant("operator")),
        "read_issued": (
            Grant("reporter"), Grant("verifier"), Grant("coordinator"), Grant("chair"), Grant("operator"),
        ),
        "write": (Grant("coordinator"),),
        "sign": (Grant("chair"),),
        "issue": (Grant("coordinator"),),
        "recall": (Grant("coordinator"),),
    },
    moves=table(
        [
            Move("sign", ("draft",), "signed", "sign", _("Sign off"), effect=_("the words and figures are locked")),
            Move("reopen", ("signed",), "draft", "write", _("Open again"), reason=True),
            Move(
                "issue", ("draft", "signed"), "issued", "issue", _("Issue"),
                effect=_("frozen with its figures and sources"),
            ),
            Move(
                "replace", ("issued",), "replaced", "issue", _("Replace by a correction"), reason=True,
                effect=_("happens when the correction is issued"),
            ),
            Move("recall", ("issued",), "recalled", "recall", _("Recall"), reason=True, effect=_("marked as recalled")),
            Move("discard", ("draft",), "discarded", "write", _("Discard the draft")),
        ]
    ),
)  # fmt: skip
