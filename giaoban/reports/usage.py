"""Tells the forms below whether somebody has reported: from then on figures keep their meaning."""

from __future__ import annotations

from django.db.models import Model

from giaoban.reportforms.models import FormVersion, Indicator, Regime
from giaoban.reportforms.usage import witness
from giaoban.reports.models import Report


@witness
def in_reports(row: Model) -> bool:
    """Does a revision exist that was asked for this indicator, or a report of this regime?"""
    if isinstance(row, Regime):
        return Report.objects.filter(regime=row).exists()
    if isinstance(row, Indicator):
        versions = FormVersion.objects.filter(form__agreement=row.agreement_id)
        asking = [version.pk for version in versions if row.code in version.indicator_codes]
        return Report.objects.filter(form_version__in=asking, current__isnull=False).exists()
    return False
