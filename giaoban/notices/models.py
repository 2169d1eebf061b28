"""Notices people find in the product, the mails that leave it, what comes back, and calendar feeds."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.dispatch import Signal
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from giaoban.core.language import reader_language
from giaoban.lib.text import pick
from giaoban.notices import kinds
from giaoban.units.models import Unit

#: Mails were queued: sent inside the transaction that wrote them, without arguments.
queued = Signal()


class Notice(models.Model):
    """A sentence for one person, in each language, with the page it is about. read_at: null while unread.

    about: what it is about, as the audit trail names it ("reports.report:12"). once: a key under which
    nobody is told twice.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("kind of notice"), max_length=60)
    about = models.CharField(max_length=80, db_index=True)
    sentences: models.JSONField[dict[str, str]] = models.JSONField()
    url = models.CharField(max_length=400, blank=True)
    once = models.CharField(max_length=160, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField(_("received"))
    read_at = models.DateTimeField(_("read"), null=True)

    class Meta:
        ordering = ("-made_at", "-id")
        indexes = [
            models.Index(fields=("person", "read_at", "made_at"), name="notice_tray"),
            models.Index(fields=("once",), condition=~Q(once=""), name="notice_once"),
        ]
        constraints = [
            models.UniqueConstraint(fields=("person", "once"), condition=~Q(once=""), name="told_once")
        ]

    def __str__(self) -> str:
        return pick(self.sentences, reader_language())

    def get_absolute_url(self) -> str:
        return reverse("notices:open", args=[self.pk])

    @property
    def kind_label(self) -> str:
        return str(kinds.label_of(self.kind))


class State(models.TextChoices):
    QUEUED = "queued", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent off")
    FAILED = "failed", _("not sent")
    BOUNCED = "bounced", _("came back")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Mail(models.Model):
    """One mail to one address. Personal fields are emptied after a term (erased_at); the row stays.

    address_digest: keyed, so that a mail can still be shown to have gone to somebody who asks.
    attachments: [{"name", "type", "size", "path"}] of stored files. calendar: a calendar file and its method.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="mails"
    )
    address = models.EmailField(_("e-mail address"), blank=True)
    address_digest = models.CharField(max_length=32, db_index=True)
    name = models.CharField(_("name"), max_length=160, blank=True)
    language = models.CharField(max_length=5)
    kind = models.CharField(_("kind of notice"), max_length=60)
    about = models.CharField(max_length=80, db_index=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    body = models.TextField(_("text"), blank=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)
    attachments: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list, blank=True)
    reply_to = models.CharField(max_length=254, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("next attempt"))
    failure = models.CharField(_("what went wrong"), max_length=400, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField(_("written"))
    changed_at = models.DateTimeField(_("last change"))
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "-id")
        indexes = [
            models.Index(fields=("state", "due_at"), name="mail_queue"),
            models.Index(fields=("changed_at",), name="mail_age"),
        ]

    def __str__(self) -> str:
        return self.subject or str(_("(erased)"))

    def get_absolute_url(self) -> str:
        return reverse("notices:mail", args=[self.pk])

    @property
    def kind_label(self) -> str:
        return str(kinds.label_of(self.kind))


class Choice(models.Model):
    """A person's own answer to: should notices of this kind also go by mail? No row: the kind's default."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices"
    )
    kind = models.CharField(max_length=60)
    by_mail = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("person", "kind"), name="one_choice_per_kind")]


class Feed(models.Model):
    """A calendar address, of a person or of a unit. serial: raised to make the old address worthless."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="calendar_feed"
    )
    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, null=True, related_name="calendar_feed")
    serial = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, unit__isnull=True)
                | Q(person__isnull=True, unit__isnull=False),
                name="feed_of_one",
            )
        ]


class Returned(models.Model):
    """Something that came back by mail or upload, once by content. The content itself is not kept.

    outcome: the sentence that was said about it; emptied after the term. taken: did it change anything?
    """

    digest = models.CharField(max_length=64, unique=True)
    way = models.CharField(
        _("way in"), max_length=10, choices=[("upload", _("upload")), ("gateway", _("mail gateway"))]
    )
    uid = models.CharField(max_length=200, blank=True)
    taken = models.BooleanField(_("taken"))
    outcome = models.TextField(_("what came of it"), blank=True)
    brought_by = models.CharField(max_length=60)
    at = models.DateTimeField(_("received"))

    class Meta:
        ordering = ("-at", "-id")
