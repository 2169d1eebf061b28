"""Who may do what with a meeting, and how it goes from draft to a closed file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from giaoban.agreements.policy import OWN, Grant, Policy, table
from giaoban.core.lifecycle import Move

#: A meeting as such. Units see it once it is announced; preparing it is the coordinator's.
MEETINGS = Policy(
    rights={
        "read_draft": (Grant("coordinator"), Grant("chair"), Grant("operator")),
        "read": (
            Grant("reporter"), Grant("verifier"), Grant("coordinator"), Grant("chair"), Grant("operator"),
        ),
        "write": (Grant("coordinator"),),
    },
    moves=table(
        [
            Move(
                "announce", ("draft",), "announced", "write", _("Announce"),
                effect=_("everybody of the agreement sees it; invitations may go out"),
            ),
            Move("open", ("announced",), "open", "write", pgettext_lazy("meeting", "Open the session")),
            Move("end", ("open",), "held", "write", pgettext_lazy("meeting", "End the session")),
            Move("close", ("held",), "closed", "write", _("Close the file"), effect=_("nothing changes any more")),
            Move("reopen", ("closed",), "held", "write", _("Open the file again"), reason=True),
            Move(
                "cancel", ("draft", "announced"), "cancelled", "write", _("Cancel the meeting"), reason=True,
                effect=_("units that were invited are told"),
            ),
        ]
    ),
)  # fmt: skip

#: A unit's invitation: its own reporter and verifier answer it, nobody of another unit knows of it.
INVITATIONS = Policy(
    agreement="meeting__agreement",
    unit="unit",
    rights={
        "read": (
            Grant("reporter", OWN), Grant("verifier", OWN), Grant("coordinator"), Grant("chair"), Grant("operator"),
        ),
        "answer": (Grant("reporter", OWN), Grant("verifier", OWN), Grant("coordinator")),
        "manage": (Grant("coordinator"),),
    },
    moves=table(
        [
            Move("send", ("prepared",), "sent", "manage", pgettext_lazy("invitation", "Send")),
            Move("accept", ("sent", "declined"), "accepted", "answer", pgettext_lazy("invitation", "Accept")),
            Move(
                "decline", ("sent", "accepted"), "declined", "answer", pgettext_lazy("invitation", "Decline"),
                reason=True, effect=_("its seats go to those who wait on the same level"),
            ),
            Move(
                "withdraw", ("prepared", "sent", "accepted", "declined"), "withdrawn", "manage",
                pgettext_lazy("invitation", "Take back"), reason=True,
            ),
            Move("prepare", ("withdrawn",), "prepared", "manage", pgettext_lazy("invitation", "Invite again")),
        ]
    ),
)  # fmt: skip

#: A delegate. Phone and e-mail address are shown to his own unit and to the coordinator, to nobody else.
DELEGATES = Policy(
    agreement="invitation__meeting__agreement",
    unit="invitation__unit",
    rights={
        "read": (
            Grant("reporter", OWN), Grant("verifier", OWN), Grant("coordinator"), Grant("chair"), Grant("operator"),
        ),
        "contacts": (Grant("reporter", OWN), Grant("verifier", OWN), Grant("coordinator")),
        "answer": (Grant("reporter", OWN), Grant("verifier", OWN), Grant("coordinator")),
        "moderate": (Grant("coordinator"),),
    },
    moves=table(
        [
            Move(
                "seat", ("asked", "waiting"), "seated", "moderate", pgettext_lazy("delegate", "Agree"),
                effect=_("by itself too, in the fixed order, when a seat is free"),
            ),
            Move("wait", ("asked",), "waiting", "moderate", pgettext_lazy("delegate", "Agree, no seat yet")),
            Move("confirm", ("seated",), "confirmed", "answer", pgettext_lazy("delegate", "Will come")),
            Move(
                "decline", ("asked", "waiting", "seated", "confirmed"), "declined", "answer",
                pgettext_lazy("delegate", "Will not come"), reason=True,
                effect=_("the seat goes to the next who waits"),
            ),
            Move(
                "replace", ("asked", "waiting", "seated", "confirmed", "declined"), "replaced", "answer",
                pgettext_lazy("delegate", "Replace"), effect=_("somebody else takes the place; both stay on record"),
            ),
            Move(
                "refuse", ("asked", "waiting", "seated", "confirmed"), "refused", "moderate",
                pgettext_lazy("delegate", "Do not agree"), reason=True,
            ),
            Move("reconsider", ("refused",), "asked", "moderate", pgettext_lazy("delegate", "Consider again")),
        ]
    ),
)  # fmt: skip

#: Minutes: units read them once they are with the delegations.
MINUTES = Policy(
    agreement="meeting__agreement",
    rights={
        "read": (Grant("coordinator"), Grant("chair"), Grant("operator")),
        "read_circulated": (
            Grant("reporter"), Grant("verifier"), Grant("coordinator"), Grant("chair"), Grant("operator"),
        ),
        "write": (Grant("coordinator"),),
        "adopt": (Grant("coordinator"),),
        "sign": (Grant("chair"),),
    },
    moves=table(
        [
            Move(
                "circulate", ("draft",), "circulated", "adopt", _("Send to the delegations"),
                effect=_("each delegation agrees or asks for a change until a day"),
            ),
            Move("revise", ("circulated",), "draft", "write", _("Take back to change"), reason=True),
            Move("adopt", ("circulated",), "adopted", "adopt", _("Adopt"), effect=_("no change is open any more")),
            Move("reopen", ("adopted",), "draft", "write", _("Open again"), reason=True),
            Move("sign", ("adopted",), "signed", "sign", _("Sign"), effect=_("frozen with its files")),
        ]
    ),
)  # fmt: skip

#: A delegation's answer to the minutes: the unit's own people give it, the coordinator settles it.
ANSWERS = Policy(
    agreement="minutes__meeting__agreement",
    unit="unit",
    rights={
        "answer": (Grant("reporter", OWN), Grant("verifier", OWN), Grant("coordinator", OWN), Grant("chair", OWN)),
        "settle": (Grant("coordinator"),),
    },
    moves=table(
        [
            Move("agree", ("agreed", "asked"), "agreed", "answer", _("Agree")),
            Move("ask", ("agreed", "asked"), "asked", "answer", _("Ask for a change")),
            Move("take up", ("asked", "declined"), "taken", "settle", _("Take up the change")),
            Move("leave out", ("asked", "taken"), "declined", "settle", _("Do not take up"), reason=True),
        ]
    ),
)  # fmt: skip

#: Conclusions: units read what was accepted.
CONCLUSIONS = Policy(
    agreement="meeting__agreement",
    rights={
        "read": (Grant("coordinator"), Grant("chair"), Grant("operator")),
        "read_accepted": (
            Grant("reporter"), Grant("verifier"), Grant("coordinator"), Grant("chair"), Grant("operator"),
        ),
        "write": (Grant("coordinator"), Grant("chair")),
        "accept": (Grant("coordinator"), Grant("chair")),
        "give": (Grant("coordinator"),),
    },
    moves=table(
        [
            Move(
                "accept", ("proposed",), "accepted", "accept", _("Accept"),
                effect=_("everybody in the agreement reads it"),
            ),
            Move("repropose", ("accepted", "dropped"), "proposed", "accept", _("Propose again"), reason=True),
            Move("drop", ("proposed", "accepted"), "dropped", "accept", _("Drop"), reason=True),
            Move(
                "give", ("accepted",), "given", "give", _("Give as a task"),
                effect=_("a task of the plan is made of it"),
            ),
        ]
    ),
)  # fmt: skip

#: The notice of conclusions.
NOTICES = Policy(
    agreement="meeting__agreement",
    rights={
        "read": (Grant("coordinator"), Grant("chair"), Grant("operator")),
        "read_issued": (
            Grant("reporter"), Grant("verifier"), Grant("coordinator"), Grant("chair"), Grant("operator"),
        ),
        "issue": (Grant("coordinator"), Grant("chair")),
    },
    moves=table(
        [
            Move(
                "issue", ("draft",), "issued", "issue", _("Issue the notice"),
                effect=_("numbered, frozen and sent to the units"),
            )
        ]
    ),
)  # fmt: skip

#: Contributions: a unit registers its own; once the list of speakers is made everybody of the agreement reads it.
CONTRIBUTIONS = Policy(
    agreement="meeting__agreement",
    unit="unit",
    rights={
        "read": (
            Grant("reporter"), Grant("verifier"), Grant("coordinator"), Grant("chair"), Grant("operator"),
        ),
        "register": (Grant("reporter", OWN), Grant("verifier", OWN), Grant("coordinator")),
        "place": (Grant("coordinator"),),
    },
    moves=table(
        [
            Move("place", ("draft", "written"), "placed", "place", pgettext_lazy("contribution", "Put on the list")),
            Move("give", ("placed",), "given", "place", pgettext_lazy("contribution", "Given in the hall")),
            Move(
                "write", ("draft", "placed"), "written", "place", pgettext_lazy("contribution", "Taken in writing"),
                effect=_("it stays with the papers of the meeting"),
            ),
            Move(
                "withdraw", ("draft", "placed", "written"), "withdrawn", "register",
                pgettext_lazy("contribution", "Withdraw"),
            ),
        ]
    ),
)  # fmt: skip
