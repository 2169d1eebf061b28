"""How a figure is made, in sentences."""

from __future__ import annotations

from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.reportforms.models import Indicator
from giaoban.rollups.queries import Basis

OVER_PERIODS = {
    "sum": gettext_lazy("Over the periods, the values of each unit are added up."),
    "average": gettext_lazy("Over the periods, the mean of the values of each unit is taken."),
    "first": gettext_lazy("Over the periods, the first value of each unit inside the period counts."),
    "last": gettext_lazy(
        "Over the periods, the last value of each unit inside the period counts; "
        "a unit that ended hands it over to its successor."
    ),
    "min": gettext_lazy("Over the periods, the lowest value of each unit counts."),
    "max": gettext_lazy("Over the periods, the highest value of each unit counts."),
    "count": gettext_lazy("Over the periods, the values of each unit are counted."),
}
OVER_UNITS = {
    "sum": gettext_lazy("Then the units are added up."),
    "average": gettext_lazy("Then the mean of the units is taken."),
    "min": gettext_lazy("Then the lowest of the units counts."),
    "max": gettext_lazy("Then the highest of the units counts."),
    "count": gettext_lazy("Then the units that have a value are counted."),
    "none": gettext_lazy("Units are not combined: the figure is the unit's own."),
}


def rule(indicator: Indicator, over_units: str = "", over_periods: str = "") -> list[str]:
    """How values become the figure; over_units and over_periods replace the indicator's own operators."""
    if indicator.is_computed:
        return [
            _("The figure is calculated from its parts, each rolled up first; it is never a mean of ratios."),
            _("A missing part of a sum counts 0 if another part has a value; without a denominator there is none."),
        ]  # fmt: skip
    units, periods = over_units or indicator.over_units, over_periods or indicator.over_periods
    if units == periods == "average":
        return [_("The figure is the mean of all stored values of all units and periods.")]
    if units == periods == "count":
        return [_("The figure is the number of all stored values of all units and periods.")]
    found = [str(OVER_PERIODS[periods]), str(OVER_UNITS[units])]
    if over_units or over_periods:
        found.append(_("Asked with other operators than the indicator's own."))
    return found


def basis(asked: Basis) -> str:
    """On which tree figures are added."""
    if asked.kind == "reported":
        return _(
            "As reported: every report counts under the unit that stood above it on the report's last day."
        )
    on = {"day": formats.date_format(date.fromordinal(asked.day), "SHORT_DATE_FORMAT")}
    if asked.kind == "asof":
        return _("As of %(day)s: every report counts where its unit stands in the tree of that day.") % on
    return _("Restated to %(day)s: figures follow merged, split and moved units to those of that day.") % on


def formula(indicator: Indicator) -> str:
    """The formula as it was written: 1000 × (a) / (b)."""
    parts = f"({indicator.numerator})" if indicator.denominator else indicator.numerator
    text = f"{parts} / ({indicator.denominator})" if indicator.denominator else parts
    factor = indicator.factor
    return text if factor == 1 else f"{factor.normalize():f} × {text}"
