"""The report files of a programme folder."""

from giaoban.reports.folder.ahead import recover
from giaoban.reports.folder.export import export
from giaoban.reports.folder.read import Reports, read
from giaoban.reports.folder.write import Writer

__all__ = ["Reports", "Writer", "export", "read", "recover"]
