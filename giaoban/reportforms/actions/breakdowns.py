"""Breakdowns and their options."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib import cells
from giaoban.lib.errors import LibError
from giaoban.reportforms.actions.order import swap
from giaoban.reportforms.checks import check_code, told
from giaoban.reportforms.models import Breakdown, Names, Option
from giaoban.reportforms.policy import demand
from giaoban.reportforms.usage import is_reported


def add_breakdown(
    *, agreement: Agreement, code: str, names: Names, by: Actor, at: datetime,
    options: Sequence[tuple[str, Names]] = (),
) -> Breakdown:  # fmt: skip
    """A new dimension, with its options in order."""
    demand(by, agreement)
    check_code(code)
    with transaction.atomic():
        if agreement.breakdowns.filter(code=code).exists():
            raise Refused(_("There is a breakdown with this code already."), field="code")
        made = Breakdown.objects.create(agreement=agreement, code=code, names=names)
        for position, (option, wording) in enumerate(options):
            _check_option(made, option)
            made.options.create(code=option, names=wording, position=position)
        audit.record(subject=made, verb="add breakdown", by=by, at=at)
    return made


def rename_breakdown(*, breakdown: Breakdown, names: Names, by: Actor, at: datetime) -> None:
    demand(by, breakdown.agreement)
    with transaction.atomic():
        breakdown.names = names
        breakdown.save(update_fields=["names"])
        audit.record(subject=breakdown, verb="edit breakdown", by=by, at=at, detail={"fields": ["names"]})


def remove_breakdown(*, breakdown: Breakdown, by: Actor, at: datetime) -> None:
    """Delete a breakdown that no indicator uses."""
    demand(by, breakdown.agreement)
    with transaction.atomic():
        users = _users(breakdown)
        if users:
            raise Refused(_("Indicators are broken down by it: %(codes)s.") % {"codes": ", ".join(users)})
        audit.record(subject=breakdown, verb="remove breakdown", by=by, at=at)
        breakdown.delete()


def add_option(*, breakdown: Breakdown, code: str, names: Names, by: Actor, at: datetime) -> Option:
    """A new option at the end."""
    demand(by, breakdown.agreement)
    with transaction.atomic():
        _check_option(breakdown, code)
        made = breakdown.options.create(code=code, names=names, position=breakdown.options.count())
        audit.record(subject=breakdown, verb="add option", by=by, at=at, detail={"option": made.pk})
    return made


def rename_option(*, option: Option, names: Names, by: Actor, at: datetime) -> None:
    demand(by, option.breakdown.agreement)
    with transaction.atomic():
        option.names = names
        option.save(update_fields=["names"])
        audit.record(subject=option.breakdown, verb="edit option", by=by, at=at, detail={"option": option.pk})


def remove_option(*, option: Option, by: Actor, at: datetime) -> None:
    """Delete an option as long as nobody has reported by its breakdown."""
    demand(by, option.breakdown.agreement)
    with transaction.atomic():
        indicators = option.breakdown.agreement.indicators.filter(code__in=_users(option.breakdown))
        if any(is_reported(indicator) for indicator in indicators):
            raise Refused(_("Figures have been reported by this breakdown; the option stays."))
        audit.record(
            subject=option.breakdown, verb="remove option", by=by, at=at, detail={"option": option.pk}
        )
        option.delete()


def move_option(*, option: Option, up: bool, by: Actor, at: datetime) -> None:
    """One place up or down. The first breakdown and the first option stand first on every page."""
    demand(by, option.breakdown.agreement)
    with transaction.atomic():
        if swap(list(option.breakdown.options.all()), option, up):
            audit.record(
                subject=option.breakdown, verb="move option", by=by, at=at, detail={"option": option.pk}
            )


def _users(breakdown: Breakdown) -> list[str]:
    """Codes of the indicators broken down by it."""
    rows = breakdown.agreement.indicators.values_list("code", "breakdowns")
    return [code for code, asked in rows if any(breakdown.code in crossed for crossed in asked)]


def _check_option(breakdown: Breakdown, code: str) -> None:
    try:
        cells.split(f"x[{breakdown.code}={code}]")
    except LibError as error:
        raise told(error, "code") from None
    if breakdown.options.filter(code=code).exists():
        raise Refused(_("There is an option with the code %(code)s already.") % {"code": code}, field="code")
