"""Which words changed between two texts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "removed", "added"]
_TOKEN = re.compile(r"\n|[^\S\n]+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stands in both texts, only in the old, or only in the new one."""

    kind: Kind
    text: str


def words(old: str, new: str) -> list[Piece]:
    """The two texts as pieces in reading order; without `added` they give the old, without `removed` the new.

    A blank between two changes belongs to them, so that whole phrases are marked.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    found: list[Piece] = []
    removed = added = ""
    for place, (op, a, b, c, d) in enumerate(codes):
        old_part, new_part = "".join(before[a:b]), "".join(after[c:d])
        between = place and place + 1 < len(codes) and not old_part.strip(" ")
        if op != "equal" or between:
            removed, added = removed + old_part, added + new_part
            continue
        found += [*_change(removed, added), Piece("same", old_part)]
        removed = added = ""
    return [*found, *_change(removed, added)]


def _change(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece("removed", removed)
    if added:
        yield Piece("added", added)
