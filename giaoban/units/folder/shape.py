"""Is the book of units sound: no unit twice on a day, none under itself?"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from giaoban.core.folders import Folder
from giaoban.units.folder.book import Book, Node

Span = tuple[date, date | None]


def check_shape(folder: Folder, book: Book) -> None:
    """Notes overlaps of versions and parents, codes that two units hold at once, and circles."""
    for node in book.units.values():
        if node.line:
            _check_versions(folder, node)
            _check_parents(folder, node)
    _check_codes(folder, book)
    for hierarchy in sorted({h for node in book.units.values() for h, _day in node.parents}):
        _check_circles(folder, book, hierarchy)


def _check_versions(folder: Folder, node: Node) -> None:
    versions = node.in_order
    for before, after in zip(versions, versions[1:], strict=False):
        if before.valid_to is None or before.valid_to > after.valid_from:
            what = {"code": after.code, "day": after.valid_from, "from": before.valid_from}
            sentence = _(
                "The unit %(code)s would stand twice on %(day)s: a row from %(from)s, stored or given, reaches further."
            )
            folder.problem("units.csv", node.line, sentence % what)


def _check_parents(folder: Folder, node: Node) -> None:
    spans = sorted((h, start, end or date.max) for (h, start), (_parent, end) in node.parents.items())
    for (one, _start, end), (other, start, _end) in zip(spans, spans[1:], strict=False):
        if one == other and end > start:
            what = {"code": node.in_order[-1].code, "day": start, "hierarchy": one}
            sentence = _(
                "The unit %(code)s would have two parents on %(day)s in the hierarchy %(hierarchy)s."
            )
            folder.problem("units.csv", node.line, sentence % what)


def _check_codes(folder: Folder, book: Book) -> None:
    for code, found in book.by_code.items():
        spans = sorted((start, end or date.max, key) for start, end, key in found)
        for (_start, end, one), (start, _end, other) in zip(spans, spans[1:], strict=False):
            if one != other and end > start:
                line = max(book.units[one].line, book.units[other].line)
                what = {"code": code, "day": start}
                sentence = _(
                    "Two units have the code %(code)s on %(day)s, one of them stored: give the row its id."
                )
                folder.problem("units.csv", line, sentence % what)


def _check_circles(folder: Folder, book: Book, hierarchy: str) -> None:
    """A unit under itself on any day. Units whose ancestors are known to be sound are not walked again."""
    above: dict[int, list[tuple[int, Span]]] = {
        node.key: [(p, (start, end)) for (h, start), (p, end) in node.parents.items() if h == hierarchy]
        for node in book.units.values()
    }
    sound: set[int] = set()
    for key in above:
        if _circular(key, key, (date.min, None), above, sound, ()):
            node = book.units[key]
            what = {"code": node.in_order[-1].code}
            folder.problem("units.csv", node.line, _("The unit %(code)s would stand under itself.") % what)
        else:
            sound.add(key)


def _circular(start: int, key: int, span: Span, above, sound: set[int], path: tuple[int, ...]) -> bool:  # type: ignore[no-untyped-def]
    if key in sound or key in path:
        return False
    for parent, held in above.get(key, ()):
        first = max(span[0], held[0])
        last = min(span[1] or date.max, held[1] or date.max)
        if first < last and (
            parent == start or _circular(start, parent, (first, last), above, sound, (*path, key))
        ):
            return True
    return False
