"""Tell people something: a notice in the product, and a mail to those who want it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse

from giaoban.accounts.models import User
from giaoban.core.actors import Actor
from giaoban.core.language import reader_language
from giaoban.notices import kinds
from giaoban.notices.actions.posting import About, Paper, name_of, post
from giaoban.notices.models import Notice
from giaoban.notices.queries import wanting_mail
from giaoban.notices.words import Receiver, Words, in_every_language


def tell(
    *, people: Iterable[User], sentence: Words, url: str, about: About, by: Actor, at: datetime,
    kind: str = kinds.OTHER, once: str = "", attachments: Sequence[Paper] = (),
) -> list[Notice]:  # fmt: skip
    """Put a notice into the inbox of each person who may sign in; by mail too where he wants that kind so.

    url: the page it is about, from the root. once: a key; who was told under it before is left out.
    attachments: stored files that go along with the mail.
    """
    kinds.find(kind)
    people = list({person.pk: person for person in people if person.is_active}.values())
    if once:
        told = Notice.objects.filter(once=once, person__in=people).values_list("person", flat=True)
        people = [person for person in people if person.pk not in set(told)]
    if not people:
        return []
    sentences = in_every_language(sentence)
    with transaction.atomic():
        notices = Notice.objects.bulk_create(
            Notice(
                person=person, kind=kind, about=name_of(about), sentences=sentences, url=url, once=once,
                made_by=by.actor_id, made_at=at,
            )
            for person in people
        )  # fmt: skip
        User.objects.filter(pk__in=[p.pk for p in people]).update(unread=F("unread") + 1)
        _by_mail(people, sentences, url, about, by, at, kind, attachments)
    return notices


def _by_mail(
    people: list[User], sentences: dict[str, str], url: str, about: About, by: Actor, at: datetime, kind: str,
    attachments: Sequence[Paper],
) -> None:  # fmt: skip
    site = settings.SITE_URL

    def body(receiver: Receiver) -> str:
        where = {"link": site + url if url else "", "choices": site + reverse("notices:choices")}
        said = sentences[reader_language()]
        return render_to_string("notices/mail.txt", {"receiver": receiver, "sentence": said, **where}).strip()

    post(
        to=wanting_mail(people, kind), subject=lambda receiver: sentences[receiver.language], body=body,
        about=about, by=by, at=at, kind=kind, attachments=attachments,
    )  # fmt: skip
