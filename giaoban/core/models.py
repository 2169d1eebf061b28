"""The audit trail: append-only rows, chained per subject, sealed into one global chain."""

from django.db import models


class Seal(models.Model):
    """A link of the global chain: closes over every audit row not sealed before."""

    number = models.PositiveBigIntegerField(unique=True)
    rows = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("number",)


class AuditRow(models.Model):
    """One change of one subject ("reports.report:12"). Holds ids and field names, never personal values."""

    subject = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=40)
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=60, db_index=True)
    detail = models.JSONField(default=dict)
    text_digest = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    seal = models.ForeignKey(Seal, null=True, on_delete=models.PROTECT, related_name="audit_rows")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=("subject", "number"), name="audit_one_chain_per_subject")
        ]


class AuditText(models.Model):
    """Free text of an audit row. May be erased; the row keeps its salted digest."""

    row = models.OneToOneField(AuditRow, on_delete=models.CASCADE, related_name="free_text")
    salt = models.CharField(max_length=32, blank=True)
    text = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)


class Round(models.Model):
    """Work that comes round (see jobs.py): when it is due next, and how it went last."""

    name = models.CharField(max_length=60, unique=True)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)

    class Meta:
        ordering = ("name",)
