"""What is asked (indicators, breakdowns, report forms) and of whom, when, by when (regimes)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models import Agreement, Article
from giaoban.core.language import reader_language
from giaoban.lib.text import pick
from giaoban.units.models import TERRITORY, Unit

Names = dict[str, str]


class Named(models.Model):
    """Something with a code inside an agreement and a name in each language."""

    code = models.CharField(_("code"), max_length=80)
    names: models.JSONField[Names] = models.JSONField(_("name"), default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return pick(self.names, reader_language()) or self.code


class Breakdown(Named):
    """A dimension by which a figure may be broken down."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="breakdowns")

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=("agreement", "code"), name="one_breakdown_per_code")]


class Option(Named):
    """One value of a breakdown."""

    breakdown = models.ForeignKey(Breakdown, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=("breakdown", "code"), name="one_option_per_code")]


class Kind(models.TextChoices):
    FLOW = "flow", _("flow (in the period)")
    STOCK = "stock", _("stock (at the end of the period)")
    CUMULATIVE = "cumulative", _("cumulative (to date)")
    RATIO = "ratio", _("ratio")
    CALCULATED = "calculated", _("calculated")
    TEXT = "text", _("text")


class OverUnits(models.TextChoices):
    SUM = "sum", _("sum")
    AVERAGE = "average", _("average")
    MIN = "min", _("lowest")
    MAX = "max", _("highest")
    COUNT = "count", _("count")
    NONE = "none", _("not combined")


class OverPeriods(models.TextChoices):
    SUM = "sum", _("sum")
    AVERAGE = "average", _("average")
    FIRST = "first", _("first")
    LAST = "last", _("last")
    MIN = "min", _("lowest")
    MAX = "max", _("highest")
    COUNT = "count", _("count")


class Indicator(Named):
    """A figure that units report, or that is computed from such figures. Never of a person.

    The fields hold the newest version; IndicatorVersion keeps each one. `breakdowns` is a list of
    lists of breakdown codes: [["sex"], ["sex", "age"]] asks by sex, and crossed by sex and age.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="indicators")
    position = models.PositiveIntegerField(default=0)
    unit_of_measure = models.CharField(_("unit of measure"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    over_units = models.CharField(_("over units"), max_length=8, choices=OverUnits.choices, blank=True)
    over_periods = models.CharField(_("over periods"), max_length=8, choices=OverPeriods.choices, blank=True)
    numerator = models.CharField(_("numerator"), max_length=400, blank=True)
    denominator = models.CharField(_("denominator"), max_length=400, blank=True)
    factor = models.DecimalField(_("factor"), max_digits=20, decimal_places=6, default=1)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    breakdowns: models.JSONField[list[list[str]]] = models.JSONField(default=list, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(fields=("agreement", "code"), name="one_indicator_per_code"),
            models.CheckConstraint(condition=Q(decimals__lte=9), name="decimals_fit"),
        ]

    @property
    def is_computed(self) -> bool:
        """Computed at query time from other indicators: has no column and no cell of its own."""
        return self.kind in (Kind.RATIO, Kind.CALCULATED)

    @property
    def is_text(self) -> bool:
        return self.kind == Kind.TEXT


class IndicatorVersion(models.Model):
    """What an indicator's rules were, from a moment on. Immutable."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    rules: models.JSONField[dict[str, Any]] = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=("indicator", "number"), name="one_indicator_version")]

    @property
    def words(self) -> dict[str, Any]:
        """The kind and the two operators as people call them."""
        names = {"kind": Kind, "over_units": OverUnits, "over_periods": OverPeriods}
        return {rule: dict(choices.choices).get(self.rules[rule], "") for rule, choices in names.items()}


class ReportForm(Named):
    """A form; what it asks stands in its versions."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="forms")

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=("agreement", "code"), name="one_form_per_code")]

    @property
    def current(self) -> FormVersion:
        return self.versions.order_by("-number")[0]


class FormVersion(models.Model):
    """Immutable. sections: [{"code", "title": {vi, en}, "indicators": [codes], "narratives":
    [{"code", "title": {vi, en}, "required": bool}]}], in order."""

    form = models.ForeignKey(ReportForm, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    sections: models.JSONField[list[dict[str, Any]]] = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=("form", "number"), name="one_form_version")]

    @property
    def indicator_codes(self) -> list[str]:
        return [code for section in self.sections for code in section.get("indicators", [])]

    @property
    def narratives(self) -> list[dict[str, Any]]:
        return [question for section in self.sections for question in section.get("narratives", [])]


class Regime(Named):
    """Who reports which form, how often. What may change over time stands in its versions."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="regimes")
    form = models.ForeignKey(ReportForm, on_delete=models.PROTECT, related_name="regimes")
    frequency = models.CharField(_("frequency"), max_length=12)
    window = models.CharField(_("data window"), max_length=200, default="calendar")
    spans: models.JSONField[dict[str, list[str]]] = models.JSONField(default=dict, blank=True)
    hierarchy = models.CharField(_("hierarchy"), max_length=40, default=TERRITORY)
    reconciles = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reconciled_by",
        verbose_name=_("reconciles"),
    )
    ad_hoc = models.BooleanField(_("only on request"), default=False)
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="regimes",
        verbose_name=_("article it carries out"),
    )  # fmt: skip

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=("agreement", "code"), name="one_regime_per_code")]


class RegimeVersion(models.Model):
    """The rules of a regime for periods whose window ends on or after `valid_from`.

    reporters: "level:N", "group:NAME" or unit codes. due: {"": "+5d 17:00", "2": "+3wd 17:00"} by level.
    receivers: [{"units": "level:3", "to": CODE, "from": date, "to_date": date|null}], else the parent.
    """

    regime = models.ForeignKey(Regime, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    valid_from = models.DateField(_("valid from"))
    reporters = models.TextField(_("who reports"))
    due: models.JSONField[dict[str, str]] = models.JSONField(_("due"))
    receivers: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list, blank=True)
    timezone = models.CharField(_("time zone"), max_length=60)
    legal_basis = models.CharField(_("legal basis"), max_length=400, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=("regime", "number"), name="one_regime_version")]


class CalendarDay(models.Model):
    """A day that is not what its weekday says: a holiday, or a make-up working day."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="calendar")
    on = models.DateField(_("date"))
    working = models.BooleanField(_("working day"))
    name = models.CharField(_("name"), max_length=160, blank=True)

    class Meta:
        ordering = ("on",)
        constraints = [models.UniqueConstraint(fields=("agreement", "on"), name="one_calendar_day")]


class Severity(models.TextChoices):
    WARN = "warn", _("warns")
    EXPLAIN = "explain", _("asks for a comment")
    BLOCK = "block", _("blocks sending")


class Rule(Named):
    """A check between figures of one report: a comparison, e.g. `a + b == c` or `a >= previous(a)`."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="rules")
    form = models.ForeignKey(ReportForm, on_delete=models.CASCADE, related_name="rules")
    expression = models.CharField(_("rule"), max_length=400)
    severity = models.CharField(_("severity"), max_length=8, choices=Severity.choices, default=Severity.WARN)

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=("agreement", "code"), name="one_rule_per_code")]


class Exclusion(models.Model):
    """A unit that need not report for a period. Ended, never deleted; the reason is in the trail."""

    regime = models.ForeignKey(Regime, on_delete=models.CASCADE, related_name="exclusions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(_("period"), max_length=12)
    state = models.CharField(max_length=8, default="active")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("regime", "unit", "period"), name="one_exclusion")]
