"""Who is invited: units with their seats, and the delegates they name."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from giaoban.meetings.models.meeting import Meeting
from giaoban.units.models import Unit


class InvitationState(models.TextChoices):
    PREPARED = "prepared", pgettext_lazy("invitation", "prepared")
    SENT = "sent", pgettext_lazy("invitation", "sent, no answer yet")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "accepted")
    DECLINED = "declined", pgettext_lazy("invitation", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "taken back")


#: The unit may still answer, and name delegates.
ANSWERABLE = (InvitationState.SENT, InvitationState.ACCEPTED)


class Invitation(models.Model):
    """A unit's place in a meeting: `seats` of its own, and how many more may wait (`reserve`).

    address: where mail to the unit's office goes, beside its people. reason: given when it declined.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    seats = models.PositiveSmallIntegerField(_("seats"))
    reserve = models.PositiveSmallIntegerField(_("reserve"), default=0)
    position = models.PositiveSmallIntegerField(_("protocol order"))
    address = models.EmailField(_("e-mail address of the office"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=InvitationState.choices, default=InvitationState.PREPARED
    )
    reason = models.TextField(_("reason"), blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=("meeting", "unit"), name="one_invitation_per_unit")]

    def get_absolute_url(self) -> str:
        return reverse("meetings:invitation", args=[self.meeting.agreement.code, self.meeting_id, self.pk])

    @property
    def is_answerable(self) -> bool:
        return self.state in ANSWERABLE


class LevelQuota(models.Model):
    """Seats for all units of one level together."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="quotas")
    level = models.SmallIntegerField(_("level"))
    seats = models.PositiveIntegerField(_("seats"))

    class Meta:
        ordering = ("level",)
        constraints = [models.UniqueConstraint(fields=("meeting", "level"), name="one_quota_per_level")]


class DelegateState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("delegate", "to be agreed")
    WAITING = "waiting", pgettext_lazy("delegate", "waiting for a seat")
    SEATED = "seated", pgettext_lazy("delegate", "has a seat")
    CONFIRMED = "confirmed", pgettext_lazy("delegate", "will come")
    DECLINED = "declined", pgettext_lazy("delegate", "will not come")
    REPLACED = "replaced", pgettext_lazy("delegate", "replaced")
    REFUSED = "refused", pgettext_lazy("delegate", "not agreed")


#: Holds a seat.
TAKEN = (DelegateState.SEATED, DelegateState.CONFIRMED)
#: Counts against what the unit may name.
ACTIVE = (DelegateState.ASKED, DelegateState.WAITING, *TAKEN)


class Delegate(models.Model):
    """Somebody whom a unit names. The line of replacements is kept: `replaces` leads back.

    code: short, unguessable, on the badge. position: order within the delegation. transport, lodging:
    what the delegation asks for. promoted_at: when a waiting delegate got a seat. answered_at and
    answer_sequence: of the newest calendar reply. erased_at: when phone and address were erased.
    """

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="delegates")
    code = models.CharField(max_length=16, unique=True)
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("position"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order in the delegation"))
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    transport = models.CharField(_("transport"), max_length=300, blank=True)
    lodging = models.CharField(_("lodging"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=DelegateState.choices)
    reason = models.TextField(_("reason"), blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    named_at = models.DateTimeField(_("named"))
    promoted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer_sequence = models.PositiveIntegerField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("invitation__position", "position", "id")
        indexes = [models.Index(fields=("invitation", "state"), name="delegates_by_state")]

    def __str__(self) -> str:
        return self.name
