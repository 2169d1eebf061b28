"""units.csv and changes.csv of a programme folder."""

from giaoban.units.folder.book import Book, Node, stored
from giaoban.units.folder.export import export
from giaoban.units.folder.read import read
from giaoban.units.folder.write import reserved, write

__all__ = ["Book", "Node", "export", "read", "reserved", "stored", "write"]
