"""The dated tree of units. Identity is not a code: code, name, level and parent are dated."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from giaoban.core.language import reader_language
from giaoban.lib.text import pick

TERRITORY = "territory"


def valid_on(day: date | F, prefix: str = "") -> Q:
    """Q for a row whose half-open validity [valid_from, valid_to) contains `day`."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    )


def _ordered(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name=name
    )


class Unit(models.Model):
    """A unit for as long as it exists. code, name, level are copies of its newest version, for lists."""

    uid = models.CharField(max_length=80, unique=True)
    code = models.CharField(_("code"), max_length=40, db_index=True)
    name = models.CharField(_("name"), max_length=240)
    level = models.SmallIntegerField(_("level"), db_index=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("first day no longer valid"), null=True, blank=True)

    class Meta:
        ordering = ("level", "code")
        constraints = [_ordered("unit_dates")]

    def __str__(self) -> str:
        return self.name


class UnitVersion(models.Model):
    """What a unit was called, and where it stood, in a span of time."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="versions")
    code = models.CharField(_("code"), max_length=40, db_index=True)
    name = models.CharField(_("name"), max_length=240)
    level = models.SmallIntegerField(_("level"))
    kind = models.CharField(_("kind"), max_length=80, blank=True)
    lat = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    lon = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    attributes: models.JSONField[dict[str, Any]] = models.JSONField(_("attributes"), default=dict, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("first day no longer valid"), null=True, blank=True)

    class Meta:
        ordering = ("valid_from",)
        constraints = [
            _ordered("version_dates"),
            models.UniqueConstraint(fields=("unit", "valid_from"), name="one_version_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Parent(models.Model):
    """The one parent of a unit in one hierarchy, dated."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="parents")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="children")
    hierarchy = models.CharField(_("hierarchy"), max_length=40, default=TERRITORY)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("first day no longer valid"), null=True, blank=True)

    class Meta:
        constraints = [
            _ordered("parent_dates"),
            models.UniqueConstraint(fields=("unit", "hierarchy", "valid_from"), name="one_parent_per_day"),
            models.CheckConstraint(condition=~Q(unit=F("parent")), name="no_unit_under_itself"),
        ]


class Ancestry(models.Model):
    """Derived: every (unit, ancestor, span of days), the unit itself included at depth 0. Rebuilt by actions."""

    hierarchy = models.CharField(max_length=40, default=TERRITORY)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="ancestry")
    ancestor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="descent")
    depth = models.SmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=("ancestor", "hierarchy", "unit"), name="ancestry_down"),
            models.Index(fields=("unit", "hierarchy", "ancestor"), name="ancestry_up"),
        ]


class Group(models.Model):
    """A named set of units, independent of the tree: parties, reporters, a dimension of roll-ups."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    names: models.JSONField[dict[str, str]] = models.JSONField(_("names"), default=dict)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return pick(self.names, reader_language()) or self.code


class GroupMember(models.Model):
    """A unit's dated place in a group."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="groups")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("first day no longer valid"), null=True, blank=True)

    class Meta:
        constraints = [
            _ordered("membership_dates"),
            models.UniqueConstraint(fields=("group", "unit", "valid_from"), name="one_place_per_day"),
        ]


class SuccessionKind(models.TextChoices):
    MERGE = "merge", _("merge")
    SPLIT = "split", _("split")
    RENAME = "rename", _("rename")
    MOVE = "move", _("move")
    UPGRADE = "upgrade", _("upgrade")


class Succession(models.Model):
    """An edge from a unit that changed to what follows it. Shares of one unit and day sum to 1 or are all absent."""

    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    on = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=10, choices=SuccessionKind.choices)
    share = models.DecimalField(_("share"), max_digits=20, decimal_places=18, null=True, blank=True)
    basis = models.CharField(_("basis document"), max_length=240, blank=True)

    class Meta:
        ordering = ("on", "id")
        constraints = [
            models.UniqueConstraint(fields=("old", "new", "on"), name="one_edge_per_day"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1), name="share_is_a_part"
            ),
        ]


class TreeStamp(models.Model):
    """One row: changes whenever the tree does, so that readers may keep a copy of it."""

    stamp = models.PositiveBigIntegerField(default=0)
