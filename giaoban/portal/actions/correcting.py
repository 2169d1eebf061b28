"""Requests of readers for a correction: they come, are answered or declined; who asked is forgotten in time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from giaoban.accounts.models import User
from giaoban.agreements.models import Membership, Role
from giaoban.core import audit
from giaoban.core.actors import Actor, System
from giaoban.core.lifecycle import move
from giaoban.core.refused import Refused
from giaoban.lib.deadlines import WorkCalendar
from giaoban.notices.actions import post, tell
from giaoban.notices.words import Receiver
from giaoban.portal.actions.counting import add
from giaoban.portal.actions.knocking import admit
from giaoban.portal.models import Correction, PortalPage
from giaoban.portal.policy import CORRECTIONS
from giaoban.reportforms.queries import calendar_of
from giaoban.units.models import valid_on

#: Working days in which a request is answered; days after which the reader's address is erased.
WORKING_DAYS, ANSWERED_DAYS, WAITING_DAYS = 5, 30, 180
#: From one address in one day; and waiting on one page.
MOST_A_DAY, MOST_WAITING, MOST_USEFUL = 5, 50, 60
KIND, LATE = "portal.correction", "portal.correction-late"
READER = System("reader")


def due_on(page: PortalPage, *, at: datetime) -> date:
    """The day by which a request about the page that comes now is answered."""
    calendar = calendar_of(page.agreement) if page.agreement else WorkCalendar()
    return calendar.after(localdate(at), WORKING_DAYS)


def request_correction(
    *, page: PortalPage, language: str, words: str, place: str, email: str, address: str, at: datetime
) -> Correction:
    """A reader asks. Refuses more than so many from one address in a day, and on one page at once."""
    if not admit(address, "correction", most=MOST_A_DAY, at=at):
        raise Refused(
            _("Many requests have come from your network today. Try again tomorrow, or telephone us."),
            code="often",
        )
    if page.corrections.filter(state="new").count() >= MOST_WAITING:
        raise Refused(
            _("Many requests about this page are waiting already. It is being looked at."), code="waiting"
        )
    with transaction.atomic():
        row = Correction.objects.create(
            page=page, language=language, words=words, place=place, email=email, made_at=at, due_on=due_on(page, at=at)
        )  # fmt: skip
        audit.record(subject=row, verb="ask correction", by=READER, at=at, detail={"page": page.pk})
        tell(
            people=owners(page, at=at), url=row.get_absolute_url(), about=("portal.correction", row.pk), by=READER,
            at=at, kind=KIND, sentence=lambda: _("A reader asks to correct “%(page)s”.") % {"page": page.title},
        )  # fmt: skip
    return row


def owners(page: PortalPage, *, at: datetime) -> list[User]:
    """Who answers for a page: the reporters of its unit and the coordinators of its agreement."""
    held = Membership.objects.filter(valid_on(localdate(at)), agreement=page.agreement_id)
    mine = Q(role=Role.COORDINATOR)
    if page.unit_id:
        mine |= Q(role=Role.REPORTER, unit=page.unit_id)
    return list(User.objects.filter(pk__in=held.filter(mine).values("user")).order_by("pk"))


def close(*, row: Correction, name: str, answer: str, by: Actor, at: datetime) -> Correction:
    """Answer or decline, in words; the reader who left an address gets them by mail."""
    if not answer.strip():
        raise Refused(_("Write what you answer."), field="answer")

    def change(locked: Correction) -> dict[str, Any]:
        locked.answer, locked.closed_at = answer.strip(), at
        return {"fields": ["answer"]}

    with transaction.atomic():
        done = move(row, name, by=by, at=at, policy=CORRECTIONS, change=change)
        if done.email:
            _answer_by_mail(done, by, at)
    return done


def look_again(*, row: Correction, answer: str, by: Actor, at: datetime) -> Correction:
    """Take up a closed request once more; the words say why, and what was answered stays until the next answer."""

    def change(locked: Correction) -> dict[str, Any]:
        locked.closed_at = None
        return {"fields": ["closed_at"]}

    return move(row, "look_again", by=by, at=at, policy=CORRECTIONS, reason=answer, change=change)


def _answer_by_mail(row: Correction, by: Actor, at: datetime) -> None:
    page = row.page
    link = settings.SITE_URL + page.address(row.language)

    def body(receiver: Receiver) -> str:
        said = _("You wrote to us about the page “%(page)s”:") % {"page": page.say("title", row.language)}
        return f"{said}\n{link}\n\n> {row.words}\n\n{row.answer}"

    post(
        to=[Receiver(row.email, language=row.language)], body=body, about=("portal.correction", row.pk), by=by, at=at,
        kind=KIND, subject=lambda receiver: _("Your request for a correction"),
    )  # fmt: skip


def remind(*, at: datetime) -> int:
    """Tell the coordinators of requests whose day has passed, once; how many."""
    late = Correction.objects.filter(state="new", due_on__lt=localdate(at)).select_related("page")
    for row in late:
        tell(
            people=owners(row.page, at=at), url=row.get_absolute_url(), about=("portal.correction", row.pk),
            by=System("portal"), at=at, kind=LATE, once=f"correction-late:{row.pk}",
            sentence=lambda title=row.page.title: _("A request to correct “%(page)s” has waited too long.")
            % {"page": title},
        )  # fmt: skip
    return len(late)


def erase_readers(*, at: datetime) -> int:
    """Erase the addresses of readers whose term is over; how many."""
    over = Q(closed_at__lt=at - timedelta(days=ANSWERED_DAYS)) | Q(
        made_at__lt=at - timedelta(days=WAITING_DAYS)
    )
    rows = list(Correction.objects.filter(over).exclude(email=""))
    with transaction.atomic():
        for row in rows:
            row.email, row.erased_at = "", at
            row.save(update_fields=["email", "erased_at"])
            audit.record(subject=row, verb="erase reader", by=System("portal"), at=at)
    return len(rows)


def call_useful(*, page: PortalPage, language: str, useful: bool, address: str, at: datetime) -> bool:
    """Count a reader's yes or no, once a day for a page and an address; False if it was not counted."""
    if not admit(address, "useful", most=MOST_USEFUL, at=at):
        raise Refused(_("Many answers have come from your network today. Thank you; try again tomorrow."))
    if not admit(address, f"useful {page.pk}", most=1, at=at):
        return False
    add({(page.pk, language, localdate(at)): (0, int(useful), int(not useful))})
    return True
