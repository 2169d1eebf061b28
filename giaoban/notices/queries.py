"""Questions about notices, mails and calendars."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from giaoban.accounts.models import User
from giaoban.core.actors import Actor
from giaoban.notices import kinds
from giaoban.notices.models import Choice, Feed, Mail, Notice, Returned, State
from giaoban.notices.policy import FEEDS, MAILS
from giaoban.notices.words import Receiver
from giaoban.units.models import Unit


def inbox(person: User) -> QuerySet[Notice]:
    """The person's notices, newest first."""
    return Notice.objects.filter(person=person)


def notice_for(person: User, pk: int) -> Notice:
    """One of his own, else "not found"."""
    found = inbox(person).filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found


def unread(person: User, most: int) -> list[Notice]:
    """The newest notices he has not read."""
    return list(inbox(person).filter(read_at=None)[:most])


def told_under(keys: Iterable[str]) -> set[str]:
    """The keys (`once` of `tell`) under which somebody was told."""
    keys = list(keys)
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        found |= set(Notice.objects.filter(once__in=keys[start : start + 500]).values_list("once", flat=True))
    return found


def wanting_mail(people: Iterable[User], kind: str) -> list[User]:
    """Those of the people who want notices of this kind by mail too."""
    people = list(people)
    default = kinds.find(kind).by_mail
    chosen = dict(Choice.objects.filter(kind=kind, person__in=people).values_list("person", "by_mail"))
    return [person for person in people if chosen.get(person.pk, default)]


def not_reached(receivers: Iterable[Receiver], people: Iterable[User], kind: str) -> list[Receiver]:
    """Those to whose address no mail goes when these people are told something of this kind."""
    reached = {person.email.lower() for person in wanting_mail(people, kind)}
    return [receiver for receiver in receivers if receiver.address.lower() not in reached]


def choices(person: User) -> list[tuple[kinds.Kind, bool]]:
    """Every kind, and whether it goes to him by mail too."""
    chosen = dict(Choice.objects.filter(person=person).values_list("kind", "by_mail"))
    return [(kind, chosen.get(kind.code, kind.by_mail)) for kind in kinds.every()]


def outbox(by: Actor) -> QuerySet[Mail]:
    """All mails, for an operator."""
    return Mail.objects.filter(MAILS.q(by, "read"))


def mail_for(by: Actor, pk: int, right: str = "read") -> Mail:
    found = Mail.objects.filter(MAILS.q(by, right), pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found


def mails_about(label: str, ids: Iterable[int]) -> QuerySet[Mail]:
    """The mails about these things; whoever asks has the right on the things themselves."""
    return Mail.objects.filter(about__in=[f"{label}:{pk}" for pk in ids])


def is_due(at: datetime) -> bool:
    """Does a mail wait that may be sent now?"""
    return Mail.objects.filter(state=State.QUEUED, due_at__lte=at, erased_at=None).exists()


def stuck(tries: int = 3) -> tuple[int, str]:
    """How many mails wait after so many attempts, and what the newest attempt met."""
    rows = Mail.objects.filter(state=State.QUEUED, tries__gte=tries)
    newest = rows.order_by("-changed_at").first()
    return rows.count(), newest.failure if newest else ""


def brought_by(by: Actor) -> QuerySet[Returned]:
    """What came back: an operator sees all, a coordinator what he brought in himself."""
    rows = Returned.objects.all()
    return rows if MAILS.may_at_all(by, "read") else rows.filter(brought_by=by.actor_id)


def feeds_of(by: Actor, person: User) -> tuple[Feed | None, list[tuple[Unit, Feed | None]]]:
    """His own calendar, and those of the units for which he holds a role. Two queries."""
    rows = Feed.objects.filter(FEEDS.q(by, "read"))
    mine = next((feed for feed in rows if feed.person_id == person.pk), None)
    by_unit = {feed.unit_id: feed for feed in rows if feed.unit_id}
    units = Unit.objects.filter(pk__in=FEEDS.units(by, "read")).order_by("code")
    return mine, [(unit, by_unit.get(unit.pk)) for unit in units]


def feed_for(by: Actor, pk: int, right: str = "renew") -> Feed:
    found = Feed.objects.filter(FEEDS.q(by, right), pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found
