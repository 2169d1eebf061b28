"""A report's form as an Excel workbook: taken home, filled in without a line, read back and compared.

`write` makes it, `read` checks everything a person may have done to it before anything is taken.
"""

from giaoban.reports.workbook.read import Filled, Wrong, read
from giaoban.reports.workbook.write import write

__all__ = ["Filled", "Wrong", "read", "write"]
