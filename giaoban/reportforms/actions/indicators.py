"""Indicators: add, edit, retire, order. What figures mean is kept in versions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.reportforms.actions.order import swap
from giaoban.reportforms.checks import check_code, check_indicator, uses
from giaoban.reportforms.models import FormVersion, Indicator, IndicatorVersion
from giaoban.reportforms.policy import demand
from giaoban.reportforms.usage import is_reported

#: What a version keeps: everything that changes what a figure means.
RULES = ("kind", "over_units", "over_periods", "numerator", "denominator", "factor", "decimals")
EDITABLE = ("names", "unit_of_measure", *RULES, "breakdowns")


def rules_of(indicator: Indicator) -> dict[str, Any]:
    """The rules as a version keeps them; the factor as text."""
    return {name: getattr(indicator, name) for name in RULES} | {
        "factor": format(indicator.factor.normalize(), "f")
    }


def add_indicator(
    *,
    agreement: Agreement,
    code: str,
    names: dict[str, str],
    kind: str,
    by: Actor,
    at: datetime,
    **fields: Any,
) -> Indicator:
    """A new indicator at the end of the list, with its first version. fields: others of EDITABLE."""
    demand(by, agreement)
    check_code(code)
    with transaction.atomic():
        others = {row.code: row for row in agreement.indicators.all()}
        if code in others:
            raise Refused(_("There is an indicator with this code already."), field="code")
        last = agreement.indicators.aggregate(last=Max("position"))["last"]
        made = Indicator(
            agreement=agreement, code=code, names=names, kind=kind, position=0 if last is None else last + 1,
            **_known(fields),
        )  # fmt: skip
        check_indicator(made, others)
        _check_breakdowns(made)
        made.save()
        made.refresh_from_db()
        IndicatorVersion.objects.create(indicator=made, number=1, rules=rules_of(made), made_at=at)
        audit.record(subject=made, verb="add indicator", by=by, at=at)
    return made


def edit_indicator(*, indicator: Indicator, by: Actor, at: datetime, **fields: Any) -> Indicator:
    """Change some of EDITABLE. Changed rules make a new version; once reported, decimals only widen."""
    demand(by, indicator.agreement)
    with transaction.atomic():
        row = Indicator.objects.select_for_update().select_related("agreement").get(pk=indicator.pk)
        given = _known(fields)
        changed = [name for name in EDITABLE if name in given and given[name] != getattr(row, name)]
        if not changed:
            return row
        rules = [name for name in changed if name in RULES]
        if rules and is_reported(row):
            _keeps_meaning(row, given)
        for name in changed:
            setattr(row, name, given[name])
        check_indicator(row, {other.code: other for other in row.agreement.indicators.exclude(pk=row.pk)})
        _check_breakdowns(row)
        row.version += bool(rules)
        row.save()
        row.refresh_from_db()
        if rules:
            row.versions.create(number=row.version, rules=rules_of(row), made_at=at)
        detail = {"fields": changed, "version": row.version}
        audit.record(subject=row, verb="edit indicator", by=by, at=at, detail=detail)
    return row


def retire_indicator(*, indicator: Indicator, on: date, by: Actor, at: datetime) -> None:
    """From that day on the indicator is not offered for forms; its figures stay."""
    demand(by, indicator.agreement)
    _set_retired(indicator, on, "retire indicator", by, at)


def bring_back_indicator(*, indicator: Indicator, by: Actor, at: datetime) -> None:
    """Undo a retirement."""
    demand(by, indicator.agreement)
    _set_retired(indicator, None, "bring back indicator", by, at)


def remove_indicator(*, indicator: Indicator, by: Actor, at: datetime) -> None:
    """Delete an indicator nobody asked for yet. One that stands in a form, or was reported, is retired instead."""
    demand(by, indicator.agreement)
    with transaction.atomic():
        versions = FormVersion.objects.filter(form__agreement=indicator.agreement_id)
        in_forms = any(indicator.code in version.indicator_codes for version in versions)
        if in_forms or is_reported(indicator):
            raise Refused(_("It stands in a report form. Retire it instead; its figures stay."))
        users = [
            code
            for code, used in uses(indicator.agreement.indicators.all()).items()
            if indicator.code in used
        ]
        if users:
            raise Refused(
                _("Other indicators are computed from it: %(codes)s.") % {"codes": ", ".join(sorted(users))}
            )
        audit.record(subject=indicator, verb="remove indicator", by=by, at=at)
        indicator.delete()


def move_indicator(*, indicator: Indicator, up: bool, by: Actor, at: datetime) -> None:
    """One place up or down in the list."""
    demand(by, indicator.agreement)
    with transaction.atomic():
        if swap(list(indicator.agreement.indicators.all()), indicator, up):
            audit.record(
                subject=indicator, verb="move indicator", by=by, at=at, detail={"fields": ["position"]}
            )


def _set_retired(indicator: Indicator, on: date | None, verb: str, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        row = Indicator.objects.select_for_update().get(pk=indicator.pk)
        if row.retired_on == on:
            return
        row.retired_on = on
        row.save(update_fields=["retired_on"])
        detail = {"fields": ["retired_on"], "on": on.isoformat() if on else None}
        audit.record(subject=row, verb=verb, by=by, at=at, detail=detail)


def _keeps_meaning(row: Indicator, given: dict[str, Any]) -> None:
    """Refuses a change after which stored figures could not be read."""
    if given.get("decimals", row.decimals) < row.decimals:
        raise Refused(
            _("Figures with %(count)s decimals have been reported; from then on decimals can only be added.")
            % {"count": row.decimals},
            field="decimals",
        )
    new = Indicator(kind=given.get("kind", row.kind))
    if (new.is_computed, new.is_text) != (row.is_computed, row.is_text):
        raise Refused(
            _("It has been reported as it is. Retire it and add a new indicator of the other kind."),
            field="kind",
        )


def _check_breakdowns(indicator: Indicator) -> None:
    known = set(indicator.agreement.breakdowns.values_list("code", flat=True))
    for crossed in indicator.breakdowns:
        unknown = set(crossed) - known
        if unknown:
            raise Refused(
                _("There is no breakdown %(code)s.") % {"code": ", ".join(sorted(unknown))},
                field="breakdowns",
            )


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - set(EDITABLE)
    if unknown:
        raise TypeError(f"Not fields of an indicator: {sorted(unknown)}")
    return {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
