"""Words of the command line and of addresses become what a question needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core.refused import Refused
from giaoban.lib import periods
from giaoban.lib.errors import LibError
from giaoban.lib.periods import Period, Window
from giaoban.reportforms.models import Indicator
from giaoban.rollups.engine.question import REPORTED, Basis
from giaoban.rollups.queries.groups import group_named, is_group, place_of
from giaoban.units.models import Unit
from giaoban.units.queries import on_level, resolve


def basis_of(text: str) -> Basis:
    """reported, asof:2025-07-01 or restated:2025-07-01."""
    if text == "reported":
        return REPORTED
    kind, _colon, day = text.partition(":")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        on = None
    if on is None or kind not in ("asof", "restated"):
        raise Refused(
            _("%(text)s is no basis; write reported, asof:2025-07-01 or restated:2025-07-01.")
            % {"text": text},
            field="basis",
        )
    return Basis("asof" if kind == "asof" else "restated", on.toordinal())


def indicators_of(agreement: Agreement, text: str) -> list[Indicator]:
    """The indicators with these codes, in the order written."""
    codes = _listed(text)
    found = {i.code: i for i in Indicator.objects.filter(agreement=agreement, code__in=codes)}
    missing = [code for code in codes if code not in found]
    if missing or not codes:
        raise Refused(
            _("The agreement has no indicator %(code)s.") % {"code": ", ".join(missing) or "—"},
            field="indicator",
        )
    return [found[code] for code in codes]


def periods_of(text: str) -> list[Period]:
    """The periods with these names, in the order written."""
    try:
        found = [periods.parse(name) for name in _listed(text)]
    except LibError as error:
        raise Refused(_(error.template) % error.params, field="period") from None
    if not found:
        raise Refused(_("Name at least one period, such as 2020-03."), field="period")
    return found


def units_asked(
    text: str | None, level: int | None, asked: Sequence[Period], basis: Basis = REPORTED
) -> dict[Period, list[Unit]]:
    """The units of each period: named ones as of its last day, or all of a level on the day of the basis."""
    if (text is None) == (level is None):
        raise Refused(_("Name the units, or a level, but not both."), field="unit")
    answer = {}
    for period in asked:
        last = periods.span(period, Window()).last
        if level is not None:
            answer[period] = list(on_level(level, _day(basis, last)))
        else:
            answer[period] = [_named(code, last, basis) for code in _listed(text or "")]
        if not answer[period]:
            raise Refused(
                _("No unit stands on level %(level)s at the end of %(period)s.")
                % {"level": level, "period": period.text},
                field="level",
            )
    return answer


def _named(code: str, last: date, basis: Basis) -> Unit:
    """A code names a unit of the asked period's last day; where that one does not live on the day of the
    basis, the unit that bears the code then."""
    if is_group(code):
        return place_of(group_named(code))
    day = _day(basis, last)
    try:
        found = resolve(code, last)
    except Refused:
        if day == last:
            raise
        return resolve(code, day)
    lives = found.valid_from <= day and (found.valid_to is None or day < found.valid_to)
    if lives or "@" in code:
        return found
    try:
        return resolve(code, day)
    except Refused:
        return found


def _day(basis: Basis, last: date) -> date:
    return last if basis.kind == "reported" else date.fromordinal(basis.day)


def _listed(text: str) -> list[str]:
    return list(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
