"""A view of figures, read and checked."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy

from giaoban.lib.periods import Period
from giaoban.reportforms.models import Indicator, Regime
from giaoban.rollups.explorer.places import Places
from giaoban.rollups.queries import Basis, basis_of

COMPARISONS = {
    "year": gettext_lazy("the same period a year before"),
    "before": gettext_lazy("the period before"),
    "target": gettext_lazy("the target of the plan"),
}
COLUMNS = {"period": gettext_lazy("periods"), "indicator": gettext_lazy("indicators")}
CHARTS = {
    "line": gettext_lazy("line over the periods"),
    "bar": gettext_lazy("bars over the units"),
    "none": gettext_lazy("no chart"),
}
BASES = {
    "reported": gettext_lazy("as reported: every report under the unit that stood above it at the time"),
    "asof": gettext_lazy("as of a date: on the tree as it stood on that day"),
    "restated": gettext_lazy("restated to a date: merged and split units are followed"),
}


@dataclass
class Asked:
    """A view of figures, read and checked."""

    indicators: list[Indicator] = field(default_factory=list)
    places: Places = field(default_factory=Places)
    periods: list[Period] = field(default_factory=list)
    basis: Basis = field(default_factory=lambda: basis_of("reported"))
    by: str = ""
    regime: Regime | None = None
    over_units: str = ""
    over_periods: str = ""
    compare: tuple[str, ...] = ()
    columns: str = "period"
    chart: str = ""
    draw: str = ""
    sort: str = ""
    page: int = 1
