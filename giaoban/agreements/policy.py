"""Rights are a table: right -> grants (role and reach). One method, q(by, right), serves lists, pages and buttons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from giaoban.accounts.models import User
from giaoban.accounts.policy import INVITE, SEE_LINK
from giaoban.agreements.models import Membership, Role
from giaoban.core.actors import Actor, System
from giaoban.core.lifecycle import Move
from giaoban.units.models import Ancestry, valid_on

OWN, BELOW, SUBTREE, ALL = "own", "below", "subtree", "all"


@dataclass(frozen=True)
class Grant:
    """A role may, within this reach: own unit, units below it, both (subtree), or the whole agreement."""

    role: str
    reach: str = ALL


def table(moves: Iterable[Move]) -> dict[str, Move]:
    return {m.name: m for m in moves}


@dataclass(frozen=True)
class Policy:
    """Rights of one kind of row.

    rights: right -> grants. agreement, unit: look-up paths from the row to its agreement and unit
    ("" unit: the row has none, so only reach "all" applies). day: path to the date on which the tree
    is read (else the day of the standing). receiver: for reach below, the path to the unit that
    verifies the row, when a rule and not the tree names it.
    """

    rights: Mapping[str, tuple[Grant, ...]]
    moves: Mapping[str, Move] = field(default_factory=dict)
    agreement: str = "agreement"
    unit: str = ""
    day: str = ""
    receiver: str = ""

    def q(self, by: Actor, right: str) -> Q:
        """The rows of this kind on which the actor has the right."""
        if isinstance(by, System):
            return Q()
        answer = Q(pk__in=[])
        roles = {g.role: g.reach for g in self.rights[right]}
        for held in getattr(by, "memberships", ()):
            if held.role in roles:
                answer |= self._within(held, roles[held.role], by)
        return answer

    def may(self, by: Actor, right: str, row: Model) -> bool:
        """Has the actor the right on this saved row?"""
        if isinstance(by, System):
            return True
        return type(row)._base_manager.filter(self.q(by, right), pk=row.pk).exists()

    def may_in(self, by: Actor, right: str, agreement_id: int) -> bool:
        """Has the actor the right on at least some rows of the agreement (to show a page or a button)?"""
        if isinstance(by, System):
            return True
        roles = {g.role for g in self.rights[right]}
        held = getattr(by, "memberships", ())
        return any(m.role in roles and m.agreement_id in (None, agreement_id) for m in held)

    def may_at_all(self, by: Actor, right: str) -> bool:
        """Has the actor the right anywhere (for what belongs to no agreement yet)?"""
        roles = {g.role for g in self.rights[right]}
        return isinstance(by, System) or any(m.role in roles for m in getattr(by, "memberships", ()))

    def _within(self, held: Membership, reach: str, by: Any) -> Q:
        if held.agreement_id is None:
            return Q(pk__isnull=False)
        here = Q(**{self.agreement: held.agreement_id}) if self.agreement != "pk" else Q(pk=held.agreement_id)
        if reach == ALL:
            return here
        if reach == OWN:
            return here & Q(**{self.unit: held.unit_id})
        if reach == BELOW and self.receiver:
            return here & self._descends(self.receiver, held, by) & ~Q(**{self.unit: held.unit_id})
        inside = here & self._descends(self.unit, held, by)
        return inside & ~Q(**{self.unit: held.unit_id}) if reach == BELOW else inside

    def _descends(self, path: str, held: Membership, by: Any) -> Q:
        day = OuterRef(self.day) if self.day else by.day
        above = Ancestry.objects.filter(
            valid_on(day), unit=OuterRef(path), ancestor=held.unit_id, hierarchy=held.agreement.hierarchy
        )
        return Q(Exists(above))


EVERYBODY = (Grant("reporter"), Grant("verifier"), Grant("coordinator"), Grant("chair"), Grant("operator"))

#: Agreements themselves: who sees one at all, who manages its people, forms and units.
AGREEMENTS = Policy(
    agreement="pk",
    rights={
        "read": EVERYBODY,
        "manage": (Grant("coordinator"), Grant("operator")),
        "manage_people": (Grant("coordinator"), Grant("operator")),
        "create": (Grant("operator"),),
    },
    moves=table(
        [
            Move("enforce", ("draft",), "in_force", "manage", _("Put in force")),
            Move("amend", ("in_force",), "amended", "manage", _("Begin an amendment")),
            Move("settle", ("amended",), "in_force", "manage", _("End the amendment"),
                 effect=_("happens when the new version takes effect or is discarded")),
            Move("supersede", ("in_force", "amended"), "replaced", "manage", _("Replace by another agreement"),
                 reason=True),
        ]
    ),
)  # fmt: skip

#: Versions of the text: drafts are the coordinating unit's until the parties are consulted.
VERSIONS = Policy(
    rights={
        "read": (Grant("coordinator"), Grant("chair"), Grant("operator")),
        "read_shared": EVERYBODY,
        "write": (Grant("coordinator"), Grant("operator")),
        "sign": (Grant("coordinator"), Grant("operator")),
    },
    moves=table(
        [
            Move("consult", ("draft",), "consulted", "write", _("Ask the parties"),
                 effect=_("the text is locked, the parties answer until the due date")),
            Move("revise", ("consulted",), "draft", "write", _("Go on writing")),
            Move("sign", ("draft", "consulted"), "signed", "sign", _("Record the signing"),
                 effect=_("the text never changes again; the paper stands in the register")),
            Move("take_effect", ("signed",), "in_force", "sign", _("Take effect"),
                 effect=_("on its day, by itself; the version before is replaced")),
            Move("give_way", ("in_force",), "replaced", "sign", _("Give way to the new version")),
            Move("discard", ("draft", "consulted"), "discarded", "write", _("Discard the draft"), reason=True),
        ]
    ),
)  # fmt: skip

#: Proposals to change the text: a unit sees its own, the coordinating unit all.
PROPOSALS = Policy(
    unit="unit",
    rights={
        "read": (
            Grant("reporter", OWN), Grant("verifier", OWN), Grant("coordinator"), Grant("chair"), Grant("operator"),
        ),
        "propose": (Grant("reporter", OWN), Grant("verifier", OWN), Grant("coordinator", OWN)),
        "answer": (Grant("coordinator"),),
    },
    moves=table(
        [
            Move("take_up", ("proposed",), "accepted", "answer", _("Take up"), reason=True),
            Move("decline", ("proposed",), "declined", "answer", _("Do not take up"), reason=True),
            Move("reconsider", ("declined",), "proposed", "answer", _("Look at it again"), reason=True),
            Move("withdraw", ("proposed",), "withdrawn", "propose", _("Withdraw the proposal")),
        ]
    ),
)  # fmt: skip

#: Answers of the parties in a consultation; the coordinating unit may enter one that came on paper.
OPINIONS = Policy(
    agreement="version__agreement",
    unit="unit",
    rights={
        "read": (
            Grant("reporter", OWN), Grant("verifier", OWN), Grant("coordinator"), Grant("chair"), Grant("operator"),
        ),
        "give": (Grant("reporter", OWN), Grant("verifier", OWN), Grant("coordinator")),
    },
)  # fmt: skip

#: Memberships: a coordinator manages the roles of his agreement, an operator all of them.
MEMBERSHIPS = Policy(
    rights={
        "read": (Grant("coordinator"), Grant("operator")),
        "change": (Grant("coordinator"), Grant("operator")),
    },
)


#: Papers of the register (rows of documents.Paper): some are for the coordinating unit alone.
PAPERS = Policy(
    agreement="filing__agreement",
    rights={
        "read": (Grant("coordinator"), Grant("chair"), Grant("operator")),
        "read_shared": EVERYBODY,
        "register": (Grant("coordinator"), Grant("operator")),
    },
)


class AccountRights:
    """Who manages accounts: an operator all; a coordinator those of people who act only in his agreements.

    He sees no link that would let him sign in as somebody; nobody but an operator touches an operator.
    """

    def may(self, by: Actor, right: str, person: User | None) -> bool:
        held = getattr(by, "memberships", ())
        if isinstance(by, System) or any(m.role == Role.OPERATOR for m in held):
            return True
        mine = {m.agreement_id for m in held if m.role == Role.COORDINATOR}
        if right == INVITE or not mine or person is None:
            return bool(mine) and right == INVITE
        if right == SEE_LINK or person.actor_id == by.actor_id:
            return False
        day = by.day  # type: ignore[attr-defined]
        places = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), user=person)
        found = set(places.values_list("agreement", flat=True))
        return bool(found) and found <= mine


ACCOUNTS = AccountRights()
