"""The verbs of the cache of figures: note what changed, make files anew, clear away old ones."""

from giaoban.rollups.actions.compacting import compact, rebuild, sweep
from giaoban.rollups.actions.noting import Noted, note, note_bulk
from giaoban.rollups.actions.upkeep import damaged, keep_up, mend, outdated

__all__ = [
    "Noted", "compact", "damaged", "keep_up", "mend", "note", "note_bulk", "outdated", "rebuild",
    "sweep",
]  # fmt: skip
