"""Invite units: prepare, send, answer, take back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from giaoban.core import audit, lifecycle
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.meetings.actions.delegates import let_go, promote
from giaoban.meetings.actions.meetings import writable
from giaoban.meetings.models import Invitation, LevelQuota, Meeting
from giaoban.meetings.policy import INVITATIONS
from giaoban.units.models import Unit

MOST_SEATS = 500


def invite(
    *, meeting: Meeting, units: Iterable[Unit], seats: int, reserve: int = 0,
    addresses: Mapping[str, str] | None = None, by: Actor, at: datetime,
) -> list[Invitation]:  # fmt: skip
    """Prepare an invitation for each unit that has none yet, in the order given; returns the new ones.

    addresses: unit code -> e-mail address of its office.
    """
    _check_seats(seats, reserve)
    with transaction.atomic():
        row = writable(meeting, by=by)
        held = set(row.invitations.values_list("unit_id", flat=True))
        fresh = [unit for unit in dict.fromkeys(units) if unit.pk not in held]
        if not fresh:
            raise Refused(_("All these units have an invitation already."), field="units")
        last = row.invitations.aggregate(last=Max("position"))["last"] or 0
        known = addresses or {}
        made = Invitation.objects.bulk_create(
            [
                Invitation(
                    meeting=row, unit=unit, seats=seats, reserve=reserve, position=n, address=known.get(unit.code, "")
                )
                for n, unit in enumerate(fresh, last + 1)
            ]
        )  # fmt: skip
        entries = [audit.Entry(audit.subject_of(i), "prepare invitation", {"unit": i.unit_id}) for i in made]
        audit.record_many(entries, by=by, at=at, fresh=True)
        audit.record(subject=row, verb="invite", by=by, at=at, detail={"invitations": len(made)})
    return made


def edit_invitation(*, invitation: Invitation, by: Actor, at: datetime, **details: Any) -> Invitation:
    """Change seats, reserve, protocol order or address. Fewer seats than are taken are refused."""
    with transaction.atomic():
        meeting = writable(invitation.meeting, by=by)
        row = Invitation.objects.select_for_update().get(pk=invitation.pk)
        changed = [name for name, value in details.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, details[name])
        _check_seats(row.seats, row.reserve)
        named = row.delegates.filter(state__in=("asked", "waiting", "seated", "confirmed")).count()
        if row.seats + row.reserve < named:
            raise Refused(
                _("%(named)s delegates are named already; there cannot be fewer places.") % {"named": named},
                field="seats",
            )
        if changed:
            row.save(update_fields=changed)
            audit.record(subject=row, verb="edit invitation", by=by, at=at, detail={"fields": changed})
            promote(meeting=meeting, at=at)
    return row


def set_quotas(*, meeting: Meeting, quotas: Mapping[int, int | None], by: Actor, at: datetime) -> None:
    """Seats for all units of a level together; None: no quota."""
    with transaction.atomic():
        row = writable(meeting, by=by)
        row.quotas.all().delete()
        LevelQuota.objects.bulk_create(
            [
                LevelQuota(meeting=row, level=n, seats=seats)
                for n, seats in quotas.items()
                if seats is not None
            ]
        )
        audit.record(subject=row, verb="set quotas", by=by, at=at, detail={"levels": sorted(quotas)})
        promote(meeting=row, at=at)


def accept(*, invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    """The unit comes; who, it may say later."""
    _live(invitation.meeting, at)

    def change(row: Invitation) -> None:
        row.answered_at, row.reason = at, ""

    return lifecycle.move(invitation, "accept", by=by, at=at, policy=INVITATIONS, change=change)


def decline(*, invitation: Invitation, reason: str, by: Actor, at: datetime) -> Invitation:
    """The unit does not come; its delegates are let go and its seats pass on."""
    _live(invitation.meeting, at)

    def change(row: Invitation) -> None:
        row.answered_at, row.reason = at, reason.strip()

    with transaction.atomic():
        row = lifecycle.move(
            invitation, "decline", by=by, at=at, policy=INVITATIONS, reason=reason, change=change
        )
        let_go(invitation=row, reason=reason, by=by, at=at)
        promote(meeting=row.meeting, at=at)
    return row


def withdraw(*, invitation: Invitation, reason: str, by: Actor, at: datetime) -> Invitation:
    """The secretariat takes an invitation back."""
    with transaction.atomic():
        meeting = writable(invitation.meeting, by=by)
        row = lifecycle.move(invitation, "withdraw", by=by, at=at, policy=INVITATIONS, reason=reason)
        let_go(invitation=row, reason=reason, by=by, at=at)
        promote(meeting=meeting, at=at)
    return row


def prepare_again(*, invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    """Invite a unit whose invitation was taken back; it goes out when it is sent."""

    def change(row: Invitation) -> None:
        row.sent_at = row.answered_at = row.reminded_at = row.escalated_at = None
        row.reason = ""

    with transaction.atomic():
        writable(invitation.meeting, by=by)
        return lifecycle.move(invitation, "prepare", by=by, at=at, policy=INVITATIONS, change=change)


def _live(meeting: Meeting, at: datetime) -> None:
    if not Meeting.objects.get(pk=meeting.pk).is_live:
        raise Refused(_("This meeting takes no answers now."), code="state")


def _check_seats(seats: int, reserve: int) -> None:
    if not 1 <= seats <= MOST_SEATS or not 0 <= reserve <= MOST_SEATS:
        raise Refused(_("Give from 1 to %(most)s seats.") % {"most": MOST_SEATS}, field="seats")
