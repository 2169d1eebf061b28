"""What comes round: reminders, escalation, and erasing contacts when their time is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from giaoban.accounts.models import User
from giaoban.agreements.models import Membership, Role
from giaoban.core import audit, printed
from giaoban.core.actors import Actor
from giaoban.meetings.actions.mailing import CHANGED, people_of
from giaoban.meetings.letters import spoken
from giaoban.meetings.models import ACTIVE, ANSWERABLE, LIVE, Delegate, DelegateAnswer, Invitation
from giaoban.notices.actions import post, tell
from giaoban.notices.queries import not_reached
from giaoban.notices.words import Receiver
from giaoban.units.models import Ancestry, valid_on

#: How long before the day the delegates are named by.
REMIND_BEFORE = timedelta(days=3)
CONTACTS = ("phone", "email", "transport", "lodging")


def remind(*, by: Actor, at: datetime) -> int:
    """Once to each unit that has named nobody, three days before the day."""
    rows = _silent().filter(
        reminded_at__isnull=True, meeting__answer_by__gt=at, meeting__answer_by__lte=at + REMIND_BEFORE
    )
    with transaction.atomic():
        for row in rows:
            people = people_of(row.meeting, [row.unit_id], at=at).get(row.unit_id, [])
            _say(row, people, by, at)
            Invitation.objects.filter(pk=row.pk).update(reminded_at=at)
            audit.record(subject=row, verb="remind", by=by, at=at)
    return len(rows)


def escalate(*, by: Actor, at: datetime) -> int:
    """Once for each unit that has named nobody by the day: to the verifiers above it and the coordinators."""
    rows = _silent().filter(escalated_at__isnull=True, meeting__answer_by__lte=at, meeting__starts_at__gt=at)
    with transaction.atomic():
        for row in rows:
            tell(
                people=_above(row, at), sentence=_late(row), url=row.get_absolute_url(),
                about=("meetings.invitation", row.pk), by=by, at=at, kind=CHANGED,
            )  # fmt: skip
            Invitation.objects.filter(pk=row.pk).update(escalated_at=at)
            audit.record(subject=row, verb="escalate", by=by, at=at)
    return len(rows)


def erase_contacts(*, by: Actor, at: datetime) -> int:
    """Phones, addresses and wishes of delegates whose term is over; names and titles stay with the minutes."""
    kept = Delegate.objects.filter(erased_at__isnull=True, invitation__meeting__ends_at__lte=at)
    over = [d for d in kept.select_related("invitation__meeting") if _ended(d) <= at]
    with transaction.atomic():
        DelegateAnswer.objects.filter(delegate__in=over).delete()
        Delegate.objects.filter(pk__in=[d.pk for d in over]).update(
            erased_at=at, **dict.fromkeys(CONTACTS, "")
        )
        entries = [
            audit.Entry(audit.subject_of(d), "erase contacts", {"fields": list(CONTACTS)}) for d in over
        ]
        audit.record_many(entries, by=by, at=at)
        if over:
            transaction.on_commit(printed.forget)
    return len(over)


def _ended(delegate: Delegate) -> datetime:
    meeting = delegate.invitation.meeting
    return meeting.ends_at + timedelta(days=meeting.keep_days)


def _silent() -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(state__in=ANSWERABLE, meeting__state__in=LIVE)
    named = Delegate.objects.filter(state__in=ACTIVE).values("invitation")
    return rows.exclude(pk__in=named).select_related("unit", "meeting__agreement")


def _say(row: Invitation, people: list[User], by: Actor, at: datetime) -> None:
    def sentence() -> str:
        until = spoken(row.meeting.answer_by) if row.meeting.answer_by else ""
        told = {"unit": row.unit.name, "title": str(row.meeting), "until": until}
        return _("%(unit)s has named nobody yet: %(title)s. Delegates are named by %(until)s.") % told

    url, subject = row.get_absolute_url(), ("meetings.invitation", row.pk)
    tell(people=people, sentence=sentence, url=url, about=subject, by=by, at=at, kind=CHANGED)
    office = [Receiver(row.address, row.unit.name)] if row.address else []
    if office := not_reached(office, people, CHANGED):
        post(
            to=office, body=lambda receiver: sentence(), about=subject, by=by, at=at,
            subject=lambda receiver: _("Reminder: %(title)s") % {"title": row.meeting}, kind=CHANGED,
        )  # fmt: skip


def _late(row: Invitation) -> Callable[[], str]:
    def sentence() -> str:
        told = {"unit": row.unit.name, "title": str(row.meeting)}
        return _("%(unit)s has named nobody and the day is over: %(title)s.") % told

    return sentence


def _above(row: Invitation, at: datetime) -> list[User]:
    """Verifiers of the units above, and the coordinators. One query."""
    day, agreement = at.date(), row.meeting.agreement
    above = Ancestry.objects.filter(
        valid_on(day), unit=row.unit_id, depth__gt=0, hierarchy=agreement.hierarchy
    )
    who = Q(role=Role.VERIFIER, unit__in=above.values("ancestor")) | Q(role=Role.COORDINATOR)
    held = Membership.objects.filter(who, valid_on(day), agreement=agreement, user__is_active=True)
    return [membership.user for membership in held.select_related("user")]
