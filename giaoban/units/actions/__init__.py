"""What changes the tree."""

from giaoban.units.actions.ancestry import rebuild_ancestry
from giaoban.units.actions.changes import change_unit, close_unit, move_unit, open_unit, reopen_unit
from giaoban.units.actions.corrections import (
    correct_parent,
    correct_version,
    discard_unit,
    withdraw_parent,
    withdraw_version,
)
from giaoban.units.actions.groups import add_members, end_member, make_group, rename_group
from giaoban.units.actions.successions import record_succession, withdraw_succession

__all__ = [
    "add_members",
    "change_unit",
    "close_unit",
    "correct_parent",
    "correct_version",
    "discard_unit",
    "end_member",
    "make_group",
    "move_unit",
    "open_unit",
    "rebuild_ancestry",
    "record_succession",
    "rename_group",
    "reopen_unit",
    "withdraw_parent",
    "withdraw_succession",
    "withdraw_version",
]
