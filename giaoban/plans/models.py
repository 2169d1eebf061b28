"""What the plan promises: plans of a year, tasks and how they go, activities, targets on indicators."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from giaoban.agreements.models import Agreement, Article
from giaoban.core.language import reader_language
from giaoban.documents.models import Document
from giaoban.lib.text import pick
from giaoban.reportforms.models import Indicator
from giaoban.units.models import Unit


class Target(models.Model):
    """The value an indicator should reach for a unit in a period. Exact, in the indicator's decimals."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="targets")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(_("period"), max_length=12)
    value = models.DecimalField(_("target"), max_digits=24, decimal_places=9)

    class Meta:
        ordering = ("period", "indicator__position", "unit__code")
        constraints = [
            models.UniqueConstraint(fields=("indicator", "unit", "period"), name="one_target_per_cell")
        ]


class Titled(models.Model):
    """Something named in Vietnamese and, perhaps, in English."""

    titles: models.JSONField[dict[str, str]] = models.JSONField(_("title"), default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return pick(self.titles, reader_language())


class Group(Titled):
    """A content group: the heading under which tasks stand in every plan of the agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="task_groups")
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ("position", "id")


class Campaign(Titled):
    """Work tied to dates: a month of action, a week of drills."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="campaigns")
    occasion = models.CharField(_("occasion"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    class Meta:
        ordering = ("starts_on", "id")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaign_dates")
        ]


class Scheme(Titled):
    """A scheme over several years; its tasks stand in the plans of these years."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="schemes")
    basis = models.CharField(_("basis"), max_length=400, blank=True)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))

    class Meta:
        ordering = ("first_year", "id")
        constraints = [
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="scheme_years")
        ]


class PlanState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("plan", "draft")
    CONSULTED = "consulted", _("in consultation")
    APPROVED = "approved", _("approved")
    ISSUED = "issued", pgettext_lazy("plan", "issued")


class Plan(Titled):
    """The plan of a year: of the whole agreement (no unit), or of one unit under it.

    paper: the document as it was issued.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="plans")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    purpose = models.TextField(_("purpose and requirements"), blank=True)
    number = models.CharField(_("number and symbol"), max_length=80, blank=True)
    issued_on = models.DateField(_("dated"), null=True, blank=True)
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-year", "unit__code", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("agreement", "year"), condition=Q(unit__isnull=True), name="one_joint_plan"
            ),
            models.UniqueConstraint(
                fields=("agreement", "year", "unit"), condition=Q(unit__isnull=False), name="one_unit_plan"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("plans:plan", args=[self.agreement.code, self.pk])

    @property
    def is_open(self) -> bool:
        """May its tasks still be written?"""
        return self.state in (PlanState.DRAFT, PlanState.CONSULTED)


class Remark(models.Model):
    """What a party says of a plan in consultation."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="remarks")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("remark"))
    author = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)


class Duty(Titled):
    """What comes round every year: laid into each new plan as a task."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="duties")
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="duties",
        verbose_name=_("article it carries out"),
    )  # fmt: skip
    article_words = models.CharField(_("article it carries out, in words"), max_length=120, blank=True)
    group = models.ForeignKey(Group, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    lead = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("lead unit"))
    month = models.PositiveSmallIntegerField(_("due month"))
    day = models.PositiveSmallIntegerField(_("due day"))
    output = models.CharField(_("expected output"), max_length=600, blank=True)
    ended = models.BooleanField(_("no longer laid into new plans"), default=False)

    class Meta:
        ordering = ("month", "day", "id")
        constraints = [
            models.CheckConstraint(condition=Q(month__range=(1, 12), day__range=(1, 31)), name="duty_day")
        ]


class TaskState(models.TextChoices):
    PLANNED = "draft", _("planned")
    GIVEN = "given", _("given")
    PROGRESS = "progress", _("in progress")
    DONE = "done", _("done, to be verified")
    CLOSED = "closed", _("verified and closed")
    CARRIED = "carried", _("carried forward")
    CANCELLED = "cancelled", _("cancelled")


#: Its unit still has to work on it.
OPEN = (TaskState.GIVEN, TaskState.PROGRESS)


class TaskOrigin(models.TextChoices):
    PLAN = "plan", _("the yearly plan")
    URGENT = "urgent", _("urgent, in mid-year")
    CONCLUSION = "conclusion", _("a conclusion")
    CARRIED = "carried", _("carried forward")


class Task(Titled):
    """One task of a plan: who leads, who supports, by when, with which output.

    number: its place in the plan, never used again. origin_ref names what it comes from in an upper
    app, e.g. "conclusion:12". done_on: when its unit said it was done. Late is derived, never stored.
    article_words: where the text it carries out is not kept here. folded: titles and output, to be searched.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="tasks", db_index=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks", db_index=False)
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=TaskState.choices, default=TaskState.PLANNED)
    lead = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("lead unit"))
    support = models.ManyToManyField(Unit, related_name="+", blank=True, verbose_name=_("supporting units"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    due_on = models.DateField(_("due"))
    output = models.CharField(_("expected output"), max_length=600, blank=True)
    measure = models.CharField(_("unit of measure of the result"), max_length=60, blank=True)
    wanted = models.DecimalField(_("planned figure"), max_digits=20, decimal_places=3, null=True, blank=True)
    reached = models.DecimalField(_("figure reached"), max_digits=20, decimal_places=3, null=True, blank=True)
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks",
        verbose_name=_("article it carries out"),
    )  # fmt: skip
    article_words = models.CharField(_("article it carries out, in words"), max_length=120, blank=True)
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks",
        verbose_name=_("content group"),
    )  # fmt: skip
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks",
        verbose_name=_("campaign"),
    )  # fmt: skip
    scheme = models.ForeignKey(
        Scheme, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks",
        verbose_name=_("scheme"),
    )  # fmt: skip
    duty = models.ForeignKey(Duty, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks")
    targets = models.ManyToManyField(Target, related_name="tasks", blank=True, verbose_name=_("targets"))
    origin = models.CharField(
        _("comes from"), max_length=12, choices=TaskOrigin.choices, default=TaskOrigin.PLAN
    )
    origin_ref = models.CharField(max_length=60, blank=True)
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    given_on = models.DateField(_("given on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    result = models.TextField(_("result"), blank=True)
    delay = models.TextField(_("reason for the delay"), blank=True)
    folded = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ("plan", "number")
        constraints = [models.UniqueConstraint(fields=("plan", "number"), name="one_task_number")]
        indexes = [
            models.Index(fields=("agreement", "due_on"), name="task_due"),
            models.Index(fields=("agreement", "state", "due_on"), name="task_state"),
            models.Index(fields=("agreement", "origin_ref"), name="task_origin_ref"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("plans:task", args=[self.agreement.code, self.pk])

    @property
    def code(self) -> str:
        """Its name in reports and folders, for good: "2026-7", in a unit's plan "2026-UID-7"."""
        unit = f"{self.plan.unit.uid}-" if self.plan.unit else ""
        return f"{self.plan.year}-{unit}{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def is_late(self, day: date) -> bool:
        """Still open after its day, or finished after it."""
        if self.is_open:
            return self.due_on < day
        return self.done_on is not None and self.done_on > self.due_on


class Progress(models.Model):
    """What a unit said of a task: on its page, or in a report. Append-only.

    ref: where it stands when it came with a report, e.g. "revision:45". withdrawn_at: the report was
    opened again, so it does not count.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="progress")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    said = models.CharField(_("progress"), max_length=10, choices=TaskState.choices)
    text = models.TextField(_("result"), blank=True)
    figure = models.DecimalField(_("figure"), max_digits=20, decimal_places=3, null=True)
    delay = models.TextField(_("reason for the delay"), blank=True)
    ref = models.CharField(max_length=60, blank=True, db_index=True)
    author = models.CharField(max_length=60)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "-id")


class Evidence(models.Model):
    """A file that proves a task's result."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="evidence")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)


class ActivityKind(models.TextChoices):
    TRAINING = "training", _("training")
    INSPECTION = "inspection", _("joint inspection")
    CAMPAIGN = "campaign", _("campaign or rally")
    COMMUNICATION = "communication", _("communication")
    MEETING = "meeting", _("meeting or briefing")
    SURVEY = "survey", _("survey")
    SUPPORT = "support", _("support on the spot")
    OTHER = "other", _("other")


class Activity(models.Model):
    """Something a unit did: recorded once, used in reports and reviews."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="activities", db_index=False
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=14, choices=ActivityKind.choices)
    title = models.CharField(_("what was done"), max_length=300)
    held_on = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    place = models.CharField(pgettext_lazy("activity", "place"), max_length=200, blank=True)
    partners = models.CharField(_("partners"), max_length=600, blank=True)
    participants = models.PositiveIntegerField(_("number of participants"), null=True, blank=True)
    output = models.TextField(_("output"), blank=True)
    task = models.ForeignKey(
        Task, on_delete=models.SET_NULL, null=True, blank=True, related_name="activities",
        verbose_name=_("task"),
    )  # fmt: skip
    source = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    is_typical = models.BooleanField(_("typical"), default=False)
    why_typical = models.TextField(_("why it is typical"), blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-held_on", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("held_on")), name="activity_dates"
            ),
            models.CheckConstraint(
                condition=Q(is_typical=False) | ~Q(why_typical=""), name="typical_has_its_reason"
            ),
        ]
        indexes = [models.Index(fields=("agreement", "held_on"), name="activity_day")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:activity", args=[self.agreement.code, self.pk])


class Picture(models.Model):
    """A picture of an activity. What it shows stands in the document's alternative text."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="pictures")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
