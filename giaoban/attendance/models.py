"""Who is invited to something, and who came. What it is for is known by a pair of words only."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from django.db import models
from django.db.models import F, Q
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from giaoban.units.models import Unit


class Register(models.Model):
    """The attendance of one occasion. `about` names the row of an upper app ("meetings.meeting", 12).

    Somebody is late who comes after `late_after`. `edition` grows with every change of the list, so
    that a door knows when to fetch it again.
    """

    about_kind = models.CharField(max_length=60)
    about_id = models.PositiveBigIntegerField()
    label = models.CharField(_("what it is for"), max_length=400)
    place = models.CharField(_("venue"), max_length=400, blank=True)
    opens_at = models.DateTimeField(_("check-in opens"))
    closes_at = models.DateTimeField(_("check-in closes"))
    late_after = models.DateTimeField(_("late after"))
    edition = models.PositiveIntegerField(default=1)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("about_kind", "about_id"), name="one_register_per_occasion"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="register_hours"),
        ]

    def __str__(self) -> str:
        return self.label


class SigningKey(models.Model):
    """An ECDSA P-256 pair that signs the badges of a register. The private half is sealed with the
    secret of this installation; only the public half goes to a door. A retired key signs nothing new,
    and a badge it signed opens no door from `retired_at` on."""

    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="keys")
    number = models.PositiveSmallIntegerField()
    public = models.CharField(max_length=100)
    sealed = models.TextField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("register", "number")
        constraints = [models.UniqueConstraint(fields=("register", "number"), name="one_key_per_number")]


class Attendee(models.Model):
    """Somebody on the list. `source` names the row he comes from ("meetings.delegate", 7), or the walk-in
    at a door. `position` is the place in protocol order. Who comes in the place of another has `instead_of`.
    `former_codes`: code -> the instant from which it opens no door."""

    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="attendees")
    source_kind = models.CharField(max_length=60)
    source_id = models.CharField(max_length=40)
    code = models.CharField(_("code"), max_length=8)
    former_codes: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("position"), max_length=240, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit")
    )
    unit_name = models.CharField(_("unit"), max_length=240, blank=True)
    level = models.SmallIntegerField(_("level"), null=True)
    position = models.PositiveIntegerField(_("protocol order"), default=0)
    seat = models.CharField(_("seat"), max_length=20, blank=True)
    instead_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="replaced_by")
    walk_in = models.BooleanField(default=False)
    is_excused = models.BooleanField(default=False)
    excuse = models.CharField(_("reason for the absence"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("register", "source_kind", "source_id"), name="one_attendee_per_source"
            ),
            models.UniqueConstraint(fields=("register", "code"), name="one_attendee_per_code"),
        ]

    def __str__(self) -> str:
        return self.name


#: A print is to be made. Argument: row (Printing), inside the transaction that asks for it.
asked = Signal()


class Stage(StrEnum):
    """How far a print is; follows from what is noted of it."""

    WAITING = "waiting"
    RUNNING = "running"
    MADE = "made"
    FAILED = "failed"


class Printing(models.Model):
    """A print of many people, made by a job: one for each kind and language, made anew whenever somebody asks.

    run counts the askings, so that a job knows whether it is still wanted. sheets: expected; done: laid out
    so far. told_at: when the job last said something. key: the name of the kept file (core.printed), which
    follows from what stands on it; empty where none is kept.
    """

    #: A job that has said nothing for so long is lost.
    SILENCE = timedelta(minutes=10)

    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="printings")
    kind = models.CharField(max_length=10)
    language = models.CharField(max_length=5)
    run = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    sheets = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=64, blank=True)
    failure = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("register", "kind", "language"), name="one_printing_of_a_kind"),
        ]

    @property
    def stage(self) -> Stage:
        if self.failure:
            return Stage.FAILED
        if self.made_at is not None:
            return Stage.MADE
        return Stage.RUNNING if self.begun_at is not None else Stage.WAITING

    def is_under_way(self, at: datetime) -> bool:
        """Is there a job that makes it, or will?"""
        return self.stage in (Stage.WAITING, Stage.RUNNING) and at - self.told_at < self.SILENCE


class Door(models.Model):
    """A link that opens the check-in page of one register, without an account, until a time. It is an actor."""

    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="doors")
    name = models.CharField(_("name of the door"), max_length=80)
    nonce = models.CharField(max_length=32)
    expires_at = models.DateTimeField(_("works until"))
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name

    @property
    def actor_id(self) -> str:
        return f"door:{self.pk}"

    @property
    def label(self) -> str:
        return self.name


class Way(models.TextChoices):
    IN = "in", _("entry")
    OUT = "out", _("exit")


class How(models.TextChoices):
    QR = "qr", _("badge")
    HAND = "hand", _("code by hand")
    SEARCH = "search", _("found by name")
    WALK_IN = "walk-in", _("not on the list")
    DESK = "desk", _("noted by the secretary")


class Reason(models.TextChoices):
    NONE = "", _("nothing special")
    NO_CODE = "no-code", _("came without a badge")
    UNREADABLE = "unreadable", _("badge cannot be read")
    REPLACED = "replaced", _("comes in the place of somebody")
    WALK_IN = "walk-in", _("came without an invitation")


class Result(models.TextChoices):
    ACCEPTED = "accepted", _("counted")
    FORGED = "forged", _("the badge is not genuine")
    EXPIRED = "expired", _("the badge has expired")
    VOID = "void", _("the badge was declared void")
    OTHER = "other", _("badge of another meeting")
    UNKNOWN = "unknown", _("nobody on the list has this code")


class Scan(models.Model):
    """Something that happened at a door. Never changed; only set aside. All numbers are read from these.

    `at` is the device's time of the event, `received_at` when it arrived here. `result` follows from the
    scan and the register's keys alone, not from what arrived before it.
    """

    nonce = models.CharField(max_length=40)
    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="scans")
    attendee = models.ForeignKey(Attendee, null=True, on_delete=models.CASCADE, related_name="scans")
    door = models.ForeignKey(Door, null=True, on_delete=models.SET_NULL, related_name="scans")
    device = models.CharField(max_length=40, blank=True)
    code = models.CharField(_("code"), max_length=8, blank=True)
    way = models.CharField(_("way"), max_length=3, choices=Way.choices)
    how = models.CharField(_("how"), max_length=8, choices=How.choices)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result.choices)
    at = models.DateTimeField(_("time"))
    received_at = models.DateTimeField(_("arrived"))
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "nonce")
        constraints = [models.UniqueConstraint(fields=("register", "nonce"), name="one_scan_per_nonce")]
