"""Folders of files that apps read, check and write: problems, tables, progress."""

from giaoban.core.folders.files import Folder, Place, Row
from giaoban.core.folders.keep import in_order, keep, names_in_order
from giaoban.core.folders.problems import Problems, Progress, Quiet
from giaoban.core.folders.tables import Table

__all__ = [
    "Folder",
    "Place",
    "Problems",
    "Progress",
    "Quiet",
    "Row",
    "Table",
    "in_order",
    "keep",
    "names_in_order",
]
