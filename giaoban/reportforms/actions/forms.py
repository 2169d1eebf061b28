"""Report forms: every save that changes something is a new version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.reportforms.checks import check_code, check_overlaps, check_sections
from giaoban.reportforms.models import FormVersion, Names, ReportForm
from giaoban.reportforms.policy import demand

Sections = Sequence[Mapping[str, Any]]


def create_form(
    *, agreement: Agreement, code: str, names: Names, sections: Sections, by: Actor, at: datetime
) -> ReportForm:
    """A new form with its first version."""
    demand(by, agreement)
    check_code(code.replace("-", "_"))
    with transaction.atomic():
        if agreement.forms.filter(code=code).exists():
            raise Refused(_("There is a form with this code already."), field="code")
        form = ReportForm.objects.create(agreement=agreement, code=code, names=names)
        _add_version(form, sections, 1, at)
        audit.record(subject=form, verb="create form", by=by, at=at)
    return form


def save_form(*, form: ReportForm, by: Actor, at: datetime, names: Names, sections: Sections) -> ReportForm:
    """Keep what was changed. Changed sections make a new version; reports already begun keep theirs."""
    demand(by, form.agreement)
    with transaction.atomic():
        row = ReportForm.objects.select_for_update().select_related("agreement").get(pk=form.pk)
        fields = []
        if names != row.names:
            row.names = names
            row.save(update_fields=["names"])
            fields.append("names")
        newest = row.current
        if list(sections) != newest.sections:
            _add_version(row, sections, newest.number + 1, at)
            check_overlaps(row.agreement)
            fields.append("sections")
        if fields:
            detail = {"fields": fields, "version": row.current.number}
            audit.record(subject=row, verb="edit form", by=by, at=at, detail=detail)
    return row


def copy_form(*, form: ReportForm, code: str, names: Names, by: Actor, at: datetime) -> ReportForm:
    """A new form that asks the same."""
    return create_form(
        agreement=form.agreement, code=code, names=names, sections=form.current.sections, by=by, at=at
    )


def remove_form(*, form: ReportForm, by: Actor, at: datetime) -> None:
    """Delete a form that no regime uses."""
    demand(by, form.agreement)
    with transaction.atomic():
        if form.regimes.exists():
            raise Refused(_("A reporting regime uses this form."))
        audit.record(subject=form, verb="remove form", by=by, at=at)
        form.delete()


def _add_version(form: ReportForm, sections: Sections, number: int, at: datetime) -> FormVersion:
    check_sections(sections, {row.code: row for row in form.agreement.indicators.all()})
    return form.versions.create(number=number, sections=list(sections), made_at=at)
