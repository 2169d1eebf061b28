"""Create and edit agreements."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement, State
from giaoban.agreements.policy import AGREEMENTS
from giaoban.agreements.queries import rules_all
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.lifecycle import move
from giaoban.core.refused import Refused
from giaoban.units.models import Unit
from giaoban.units.queries import check_spec

#: What can be edited; the code is the address and stays.
FIELDS = (
    "titles", "number", "signed_on", "lead", "parties", "hierarchy", "starts_on", "ends_on",
    "timezone", "source", "is_sample", "form", "parent",
)  # fmt: skip

#: Addresses below /a/ that are not agreements.
TAKEN = frozenset({"new", "people", "templates"})


def create_agreement(
    *, code: str, titles: dict[str, str], lead: Unit, parties: str, starts_on: date, by: Actor, at: datetime,
    **fields: Any,
) -> Agreement:  # fmt: skip
    """A new agreement. fields: others of FIELDS."""
    if not rules_all(by):
        raise Refused(_("Only an operator makes agreements."), code="right")
    with transaction.atomic():
        if code in TAKEN or Agreement.objects.filter(code=code).exists():
            raise Refused(_("This code is taken. Choose another."), field="code")
        given = {"titles": titles, "lead": lead, "parties": parties, "starts_on": starts_on} | fields
        state = State.IN_FORCE if given.get("signed_on") else State.DRAFT
        agreement = Agreement(code=code, state=state, **given)
        _check(agreement)
        agreement.save()
        audit.record(subject=agreement, verb="create agreement", by=by, at=at)
    return agreement


def edit_agreement(*, agreement: Agreement, by: Actor, at: datetime, **fields: Any) -> Agreement:
    """Change some of FIELDS."""
    if not AGREEMENTS.may(by, "manage", agreement):
        raise Refused(_("You may not change this agreement."), code="right")
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"Not fields of an agreement: {sorted(unknown)}")
    with transaction.atomic():
        agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
        changed = [name for name in FIELDS if name in fields and fields[name] != getattr(agreement, name)]
        if not changed:
            return agreement
        for name in changed:
            setattr(agreement, name, fields[name])
        _check(agreement)
        agreement.save(update_fields=changed)
        audit.record(subject=agreement, verb="edit agreement", by=by, at=at, detail={"fields": changed})
        if agreement.state == State.DRAFT and agreement.signed_on:
            agreement = move(agreement, "enforce", by=by, at=at, policy=AGREEMENTS)
    return agreement


def supersede_agreement(*, agreement: Agreement, reason: str, by: Actor, at: datetime) -> Agreement:
    """Another agreement has taken its place; say which one as the reason. It stays readable."""
    return move(agreement, "supersede", by=by, at=at, policy=AGREEMENTS, reason=reason)


def _check(agreement: Agreement) -> None:
    above = agreement.parent_id
    while above is not None:
        if above == agreement.pk:
            raise Refused(_("An agreement cannot stand under itself."), field="parent")
        above = Agreement.objects.values_list("parent", flat=True).get(pk=above)
    if agreement.ends_on is not None and agreement.ends_on < agreement.starts_on:
        raise Refused(_("The term ends before it begins."), field="ends_on")
    if agreement.timezone not in available_timezones():
        raise Refused(_("There is no such time zone."), field="timezone")
    try:
        check_spec(agreement.parties)
    except Refused as refusal:
        raise Refused(refusal.message, field="parties") from None
