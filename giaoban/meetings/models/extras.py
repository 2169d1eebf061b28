"""What belongs to a meeting besides its people: contributions, questions, photographs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from giaoban.documents.models import Document
from giaoban.meetings.models.invitations import Delegate
from giaoban.meetings.models.meeting import Meeting
from giaoban.units.models import Unit


class ContributionState(models.TextChoices):
    REGISTERED = "draft", pgettext_lazy("contribution", "registered")
    PLACED = "placed", pgettext_lazy("contribution", "on the list of speakers")
    GIVEN = "given", pgettext_lazy("contribution", "given")
    WRITTEN = "written", pgettext_lazy("contribution", "in writing")
    WITHDRAWN = "withdrawn", pgettext_lazy("contribution", "withdrawn")


class Contribution(models.Model):
    """What a unit has to say (tham luận): registered, then given in the hall or handed in as a paper."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="contributions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=300)
    speaker = models.CharField(_("speaker"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=10)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ContributionState.choices, default=ContributionState.REGISTERED
    )
    registered_at = models.DateTimeField(_("registered"))

    class Meta:
        ordering = ("position", "id")


class QuestionPart(models.TextChoices):
    REGISTRATION = "registration", _("when a delegate is named")
    SURVEY = "survey", _("in the survey after the meeting")


class QuestionKind(models.TextChoices):
    CHOICE = "choice", _("one of several answers")
    SCALE = "scale", _("a scale from 1 to 5")
    TEXT = "text", _("a line of text")


class Question(models.Model):
    """Asked of delegates: with their naming, or in the survey afterwards. `choices`: one answer on each line.

    A survey has no free text, so that nothing can be said in it about a person.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="questions")
    part = models.CharField(_("asked"), max_length=12, choices=QuestionPart.choices)
    kind = models.CharField(_("kind"), max_length=8, choices=QuestionKind.choices)
    texts: models.JSONField[dict[str, str]] = models.JSONField(_("question"), default=dict)
    choices = models.TextField(_("answers"), blank=True)
    required = models.BooleanField(_("must be answered"), default=False)
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        ordering = ("part", "position", "id")

    @property
    def options(self) -> list[str]:
        if self.kind == QuestionKind.SCALE:
            return ["1", "2", "3", "4", "5"]
        return [line.strip() for line in self.choices.splitlines() if line.strip()]


class DelegateAnswer(models.Model):
    """What was answered for a delegate. Erased with his contacts."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    delegate = models.ForeignKey(Delegate, on_delete=models.CASCADE, related_name="answers")
    text = models.CharField(_("what was answered"), max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("question", "delegate"), name="one_answer_per_delegate")
        ]


class Tally(models.Model):
    """How often an answer was given in the survey. No row knows who gave it."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="tallies")
    option = models.CharField(max_length=200)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("question", "option"), name="one_tally_per_option")]


class SurveyTicket(models.Model):
    """That a delegate's answers are in; not when, and not which."""

    delegate = models.OneToOneField(Delegate, on_delete=models.CASCADE, related_name="survey_ticket")


class Photo(models.Model):
    """A photograph, with its caption and what one sees in it, for those who do not."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="photos")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    may_publish = models.BooleanField(_("may be shown on the portal"), default=False)

    class Meta:
        ordering = ("position", "id")
