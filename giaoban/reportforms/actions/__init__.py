"""What changes indicators, forms, regimes, rules and exclusions."""

from giaoban.reportforms.actions.breakdowns import (
    add_breakdown,
    add_option,
    move_option,
    remove_breakdown,
    remove_option,
    rename_breakdown,
    rename_option,
)
from giaoban.reportforms.actions.calendar import remove_day, set_day
from giaoban.reportforms.actions.exclusions import end_exclusion, exclude
from giaoban.reportforms.actions.forms import copy_form, create_form, remove_form, save_form
from giaoban.reportforms.actions.indicators import (
    add_indicator,
    bring_back_indicator,
    edit_indicator,
    move_indicator,
    remove_indicator,
    retire_indicator,
    rules_of,
)
from giaoban.reportforms.actions.regimes import add_regime_version, create_regime, edit_regime
from giaoban.reportforms.actions.rules import add_rule, edit_rule, remove_rule

__all__ = [
    "add_breakdown",
    "add_indicator",
    "add_option",
    "add_regime_version",
    "add_rule",
    "bring_back_indicator",
    "copy_form",
    "create_form",
    "create_regime",
    "edit_indicator",
    "edit_regime",
    "edit_rule",
    "end_exclusion",
    "exclude",
    "move_indicator",
    "move_option",
    "remove_breakdown",
    "remove_day",
    "remove_form",
    "remove_indicator",
    "remove_option",
    "remove_rule",
    "rename_breakdown",
    "rename_option",
    "retire_indicator",
    "rules_of",
    "save_form",
    "set_day",
]
