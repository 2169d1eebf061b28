"""What the writer and the reader of the workbook agree on."""

from __future__ import annotations

from django.utils.translation import gettext as _

#: The sheet nobody sees: which report and edition the file belongs to.
KEY = "giaoban"
FORMAT = "giaoban-report-1"

#: Columns of the two sheets, counted from 0; the first is hidden and names the cell or question.
CODE, LABEL, MEASURE, BEFORE, VALUE, ESTIMATE, COMMENT = range(7)
QUESTION, ANSWER = 1, 2

#: The first row below the headings, counted from 0.
FIRST = 6

#: What marks an estimate.
MARK = "x"


def figures() -> str:
    """Name of the sheet of figures in the current language."""
    return _("Figures")


def texts() -> str:
    """Name of the sheet of narrative answers in the current language."""
    return _("Narratives")
