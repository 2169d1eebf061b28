"""Indicators, breakdowns, report forms, regimes, rules and the calendar of a programme folder."""

from giaoban.reportforms.folder.export import export, form_tables
from giaoban.reportforms.folder.forms import read_calendar, read_forms, read_rules
from giaoban.reportforms.folder.indicators import read_breakdowns, read_indicators
from giaoban.reportforms.folder.regimes import read_regimes
from giaoban.reportforms.folder.wanted import Forms, WantedRegime, stored
from giaoban.reportforms.folder.write import write

__all__ = [
    "Forms", "WantedRegime", "export", "form_tables", "read_breakdowns", "read_calendar", "read_forms",
    "read_indicators", "read_regimes", "read_rules", "stored", "write",
]  # fmt: skip
