"""How a plan goes: put to the parties, remarked on, approved, issued; its words and its frame."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.agreements.policy import AGREEMENTS
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.lifecycle import move
from giaoban.core.refused import Refused
from giaoban.documents.actions import keep
from giaoban.lib.text import nfc, slug
from giaoban.plans.actions.content import refuse_article
from giaoban.plans.actions.moves import hand_out
from giaoban.plans.composing import DOCX, written
from giaoban.plans.models import Campaign, Duty, Group, Plan, PlanState, Remark, Scheme, TaskState
from giaoban.plans.policy import PLANS
from giaoban.units.models import Unit

#: A part of the frame that all plans of an agreement share.
Part = TypeVar("Part", Group, Campaign, Scheme, Duty)


def edit_plan(*, plan: Plan, titles: Mapping[str, str], purpose: str, by: Actor, at: datetime) -> Plan:
    """Another title or purpose, while the plan is being written."""
    given = {
        "titles": {lang: nfc(text).strip() for lang, text in titles.items() if text.strip()},
        "purpose": nfc(purpose).strip(),
    }
    if not given["titles"]:
        raise Refused(_("Give the plan a title."), field="name_vi")
    with transaction.atomic():
        locked = Plan.objects.select_for_update().get(pk=plan.pk)
        if not PLANS.may(by, "write", locked):
            raise Refused(_("You may not write this plan."), code="right")
        if not locked.is_open:
            raise Refused(_("A plan that is approved is not changed any more."), code="state")
        changed = [name for name, value in given.items() if getattr(locked, name) != value]
        for name in changed:
            setattr(locked, name, given[name])
        if changed:
            locked.save()
            audit.record(subject=locked, verb="edit plan", by=by, at=at, detail={"fields": changed})
    return locked


def move_plan(*, plan: Plan, name: str, reason: str = "", by: Actor, at: datetime) -> Plan:
    """Put it to the parties, take it back, approve it, give it back. Refuses to show or approve an empty plan."""
    if name in ("consult", "approve") and not plan.tasks.exists():
        raise Refused(_("The plan holds no tasks yet."), code="empty")
    return move(plan, name, by=by, at=at, policy=PLANS, reason=reason)


def issue_plan(*, plan: Plan, number: str, issued_on: date, by: Actor, at: datetime) -> Plan:
    """Make the document, freeze it, and give out the tasks that waited for it."""
    number = nfc(number).strip()
    if not number:
        raise Refused(_("Give the number and symbol of the plan."), field="number")

    def change(row: Plan) -> dict[str, Any]:
        row.number, row.issued_on = number, issued_on
        stands, row.state = row.state, PlanState.ISSUED
        name = f"{slug(f'ke-hoach {row.year} {row.unit.code if row.unit else row.agreement.code}')}.docx"
        row.paper = keep(content=written(row, "vi"), name=name, content_type=DOCX, by=by, at=at)
        row.state = stands
        return {"paper": row.paper_id}

    with transaction.atomic():
        issued = move(plan, "issue", by=by, at=at, policy=PLANS, change=change)
        for task in issued.tasks.filter(state=TaskState.PLANNED).select_related("agreement"):
            hand_out(task=task, by=by, at=at)
    return issued


def remark(*, plan: Plan, text: str, by: Actor, at: datetime, unit: Unit | None = None) -> Remark:
    """What a party says of a plan that is put to the parties."""
    text = nfc(text).strip()
    if not text:
        raise Refused(_("Write the remark."), field="text")
    with transaction.atomic():
        locked = Plan.objects.select_for_update().get(pk=plan.pk)
        if locked.state != PlanState.CONSULTED or not PLANS.may(by, "remark", locked):
            raise Refused(_("This plan is not open to remarks."), code="state")
        row = Remark.objects.create(plan=locked, unit=unit, text=text, author=by.actor_id, at=at)
        audit.record(subject=locked, verb="remark", by=by, at=at, detail={"remark": row.pk})
    return row


def keep_part(
    *, agreement: Agreement, kind: type[Part], fields: Mapping[str, Any], part: Part | None = None, by: Actor,
    at: datetime,
) -> Part:  # fmt: skip
    """Add or change a content group, a campaign, a scheme or a duty of every year."""
    _demand(by, agreement)
    if fields.get("ends_on") and fields["ends_on"] < fields["starts_on"]:
        raise Refused(_("The campaign ends before it begins."), field="ends_on")
    if fields.get("last_year") and fields["last_year"] < fields["first_year"]:
        raise Refused(_("The scheme ends before it begins."), field="last_year")
    if not any(text.strip() for text in fields["titles"].values()):
        raise Refused(_("Give it a name."), field="name_vi")
    refuse_article(agreement, fields.get("article"))
    with transaction.atomic():
        row = part or kind(agreement=agreement)
        changed = [name for name, value in fields.items() if getattr(row, name, None) != value]
        for name in changed:
            setattr(row, name, fields[name])
        if part is None or changed:
            row.save()
            verb = "change" if part else "create"
            audit.record(subject=row, verb=verb, by=by, at=at, detail={"fields": changed})
    return row


def remove_part(*, part: Group | Campaign | Scheme | Duty, by: Actor, at: datetime) -> None:
    """Take it away. Refuses while tasks stand under it."""
    _demand(by, part.agreement)
    try:
        with transaction.atomic():
            audit.record(subject=part, verb="remove part", by=by, at=at)
            part.delete()
    except ProtectedError:
        raise Refused(_("Tasks stand under it. Move them first."), code="used") from None


def _demand(by: Actor, agreement: Agreement) -> None:
    if not AGREEMENTS.may(by, "manage", agreement):
        raise Refused(_("You may not change the frame of the plans of this agreement."), code="right")
