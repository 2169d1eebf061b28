"""What a person does with his own notices: read them, choose what goes by mail, make a calendar address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.accounts.models import User
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.notices import kinds
from giaoban.notices.models import Choice, Feed, Notice
from giaoban.notices.policy import FEEDS
from giaoban.units.models import Unit


def mark_read(*, notice: Notice, at: datetime) -> None:
    """His own way of reading, not a change that concerns others: no row in the trail."""
    with transaction.atomic():
        if Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at):
            count_unread(notice.person_id)


def mark_all_read(*, person: User, at: datetime, kind: str = "") -> int:
    """Everything unread, or everything of one kind; how many."""
    with transaction.atomic():
        rows = Notice.objects.filter(person=person, read_at=None)
        count = (rows.filter(kind=kind) if kind else rows).update(read_at=at)
        count_unread(person.pk)
    return count


def count_unread(person_id: int) -> None:
    """Keep the number that every page shows."""
    count = Notice.objects.filter(person=person_id, read_at=None).count()
    User.objects.filter(pk=person_id).update(unread=count)


def choose(*, person: User, by_mail: Iterable[str], by: Actor, at: datetime) -> None:
    """The kinds of notices that the person wants by mail too; all others only in the product."""
    wanted = set(by_mail)
    with transaction.atomic():
        held = dict(Choice.objects.filter(person=person).values_list("kind", "by_mail"))
        changed = []
        for kind in kinds.every():
            if held.get(kind.code, kind.by_mail) != (kind.code in wanted):
                Choice.objects.update_or_create(
                    person=person, kind=kind.code, defaults={"by_mail": kind.code in wanted}
                )
                changed.append(kind.code)
        if changed:
            audit.record(subject=person, verb="choose notices", by=by, at=at, detail={"kinds": changed})


def make_feed(*, by: Actor, at: datetime, person: User | None = None, unit: Unit | None = None) -> Feed:
    """The calendar of a person or of a unit, made if there is none."""
    if unit is not None and unit.pk not in FEEDS.units(by, "read"):
        raise Refused(_("The calendar of this unit is for those who hold a role for it."), code="right")
    with transaction.atomic():
        feed, made = Feed.objects.get_or_create(person=person, unit=unit, defaults={"made_at": at})
        if made:
            audit.record(subject=feed, verb="make feed", by=by, at=at)
    return feed


def renew_feed(*, feed: Feed, by: Actor, at: datetime) -> Feed:
    """A new secret address; the old one shows nothing from now on."""
    if not FEEDS.may(by, "renew", feed):
        raise Refused(_("The calendar of this unit is for those who hold a role for it."), code="right")
    with transaction.atomic():
        locked = Feed.objects.select_for_update().get(pk=feed.pk)
        locked.serial += 1
        locked.made_at = at
        locked.save(update_fields=["serial", "made_at"])
        audit.record(subject=locked, verb="renew feed", by=by, at=at, detail={"serial": locked.serial})
    return locked
