"""What figures, units and periods are called in a document, in its language."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from giaoban.lib import periods
from giaoban.lib.text import pick
from giaoban.reportforms.models import Indicator
from giaoban.reports.models import Report
from giaoban.reviews.models import FigureKind
from giaoban.units.models import Unit


def period_label(period: str, language: str) -> str:
    return periods.label(periods.parse(period), language)


def inline_period(period: str, language: str) -> str:
    """The period within a sentence: “tháng 3/2020”, “March 2020”."""
    text = period_label(period, language)
    if language == "vi" or not text.startswith(("First", "Second", "Nine", "Year", "Week", "Quarter")):
        return text[:1].lower() + text[1:] if language == "vi" else text
    return text[:1].lower() + text[1:]


def source_label(report: Report, language: str) -> str:
    """Unit and period of a report: “An Giang, tháng 12/2025”."""
    return source_label_of(report.unit.name, report.period, language)


def source_label_of(unit: str, period: str, language: str) -> str:
    return f"{unit}, {inline_period(period, language)}"


def indicator_label(indicator: Indicator, language: str) -> str:
    """The name with its unit of measure: “Số lớp tập huấn (lớp)”."""
    name = pick(indicator.names, language) or indicator.code
    return f"{name} ({indicator.unit_of_measure})" if indicator.unit_of_measure else name


def figure_label(indicator: Indicator, unit: Unit, period: str, language: str, option: str = "") -> str:
    """What a figure says: indicator, option, unit, period."""
    parts = [
        pick(indicator.names, language) or indicator.code,
        option,
        unit.name,
        inline_period(period, language),
    ]
    return ", ".join(part for part in parts if part)


def target_label(figure: str, language: str) -> str:
    """What a target of the plan says."""
    with translation.override(language):
        return _("Plan target: %(figure)s") % {"figure": figure}


def compared_label(kind: str, of: str, against: str, language: str) -> str:
    """What a figure computed from two others says."""
    with translation.override(language):
        if kind == FigureKind.SHARE:
            return _("Share of the target in per cent: %(of)s") % {"of": of}
        return _("Change in per cent: %(of)s, against %(against)s") % {"of": of, "against": against}


def statement(
    indicator: Indicator, unit: Unit, period: str, language: str, *, figure: str,
    earlier: tuple[str, str, str] | None = None, target: tuple[str, str] | None = None,
) -> str:  # fmt: skip
    """A sentence that states a figure. figure, earlier (period, figure, change) and target (figure,
    share) hold placeholders; earlier and target may be absent."""
    with translation.override(language):
        said = _("%(indicator)s of %(unit)s, %(period)s: %(figure)s") % {
            "indicator": indicator_label(indicator, language), "unit": unit.name,
            "period": inline_period(period, language), "figure": figure,
        }  # fmt: skip
        if earlier:
            period_before, value, change = earlier
            said += _("; %(period)s: %(figure)s (change: %(change)s %%)") % {
                "period": inline_period(period_before, language), "figure": value, "change": change,
            }  # fmt: skip
        if target:
            said += _("; target: %(figure)s (reached: %(share)s %%)") % {
                "figure": target[0],
                "share": target[1],
            }
        return f"{said}."
