"""The programme's own work on the portal: an issued review, a meeting, a plan with its results."""

from __future__ import annotations

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel

from giaoban.meetings.models import Meeting
from giaoban.portal.models import editing
from giaoban.portal.models.base import PortalPage
from giaoban.portal.models.editing import WordsPanel
from giaoban.reviews.models import Review


class ReviewPage(PortalPage):
    """The publishable blocks of an issued review, with its figures and charts."""

    of_review = models.ForeignKey(
        Review, on_delete=models.PROTECT, related_name="+", verbose_name=_("issued review")
    )

    kind: ClassVar[str] = "review"
    schema: ClassVar[str] = "Report"
    template_name: ClassVar[str] = "portal/review.html"
    shown_with: ClassVar[tuple[str, ...]] = ("of_review__agreement",)
    is_creatable = True
    parent_page_types = ["portal.SectionPage"]
    subpage_types: ClassVar[list[Any]] = []
    edit_handler = editing.handler(
        editing.VIETNAMESE, editing.ENGLISH, [FieldPanel("of_review"), *editing.ABOUT]
    )

    class Meta:
        verbose_name = _("review page")
        verbose_name_plural = _("review pages")

    def clean(self) -> None:
        super().clean()
        if self.of_review_id and not self.of_review.is_frozen:
            raise ValidationError({"of_review": gettext("Only an issued review goes to the portal.")})


class MeetingPage(PortalPage):
    """A meeting before (when, where, programme), during (papers) and after (results)."""

    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place_vi = models.CharField(_("place in Vietnamese"), max_length=200, blank=True)
    place_en = models.CharField(_("place in English"), max_length=200, blank=True)
    chairs = models.TextField(
        _("co-chairs"), blank=True, help_text=_("One a line, in the order of protocol.")
    )
    is_cancelled = models.BooleanField(_("called off"), default=False)
    shows_agenda = models.BooleanField(
        _("show the agenda"), default=False,
        help_text=_("As the secretariat last published it; during the meeting the item that is on is marked."),
    )  # fmt: skip
    shows_contributions = models.BooleanField(
        _("show the contributions"), default=False,
        help_text=_("Those on the list of speakers, given or in writing: unit, title and speaker."),
    )  # fmt: skip
    review = models.ForeignKey(
        ReviewPage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("review"),
    )

    kind: ClassVar[str] = "meeting"
    schema: ClassVar[str] = "Event"
    template_name: ClassVar[str] = "portal/meeting.html"
    shown_with: ClassVar[tuple[str, ...]] = ("review",)
    is_creatable = True
    parent_page_types = ["portal.SectionPage"]
    subpage_types: ClassVar[list[Any]] = []
    edit_handler = editing.handler(
        [*editing.VIETNAMESE, WordsPanel("place_vi")],
        [*editing.ENGLISH, WordsPanel("place_en")],
        [
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldPanel("chairs"),
            FieldPanel("is_cancelled"),
            FieldRowPanel([editing.OfRecords("shows_agenda"), editing.OfRecords("shows_contributions")]),
            PageChooserPanel("review", page_type="portal.ReviewPage"),
            *editing.ABOUT,
        ],
    )

    class Meta:
        verbose_name = _("meeting page")
        verbose_name_plural = _("meeting pages")

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": gettext("It cannot end before it begins.")})

    @property
    def of_meeting(self) -> int | None:
        """The meeting in the records that it was proposed from."""
        label, _colon, pk = self.origin.partition(":")
        return int(pk) if label == Meeting._meta.label_lower else None

    @property
    def is_one_day(self) -> bool:
        zone = ZoneInfo(settings.TIME_ZONE)
        return self.starts_at.astimezone(zone).date() == self.ends_at.astimezone(zone).date()

    @property
    def chair_names(self) -> list[str]:
        return [line.strip() for line in self.chairs.splitlines() if line.strip()]


class PlanPage(PortalPage):
    """The targets of a year and what has come of them."""

    year = models.PositiveSmallIntegerField(_("year"))

    kind: ClassVar[str] = "plan"
    schema: ClassVar[str] = "Report"
    template_name: ClassVar[str] = "portal/plan.html"
    shown_with: ClassVar[tuple[str, ...]] = ("agreement__lead",)
    is_creatable = True
    parent_page_types = ["portal.SectionPage"]
    subpage_types: ClassVar[list[Any]] = []
    edit_handler = editing.handler(editing.VIETNAMESE, editing.ENGLISH, [FieldPanel("year"), *editing.ABOUT])

    class Meta:
        verbose_name = _("plan page")
        verbose_name_plural = _("plan pages")
