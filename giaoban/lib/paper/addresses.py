"""How a figure shown in a file is named: by a key, and by the address that its link leads to."""

from typing import Any

from giaoban.lib.paper.model import Figure, FigureRef


def figure_key(ref: FigureRef) -> str:
    """`f1` for the value, `f1#complete` for another part; the tag of its content control."""
    return ref.figure if ref.part == "value" else f"{ref.figure}#{ref.part}"


def split_key(key: str) -> tuple[str, str]:
    """The figure and the part of a key."""
    figure, _, part = key.partition("#")
    return figure, part or "value"


def trace_address(ref: FigureRef, figure: Figure) -> str:
    """The trace page; another part than the value is named in the query, which the page does not read."""
    return _with_part(figure.trace, ref.part)


def keys_by_address(manifest: dict[str, Any]) -> dict[str, str]:
    """Every address that a link of the paper may have, with the key of the figure shown there."""
    found = {}
    for id, entry in manifest.get("figures", {}).items():
        for part in entry.get("shown", {}):
            if entry.get("trace"):
                key = id if part == "value" else f"{id}#{part}"
                found[_with_part(entry["trace"], part)] = key
    return found


def _with_part(trace: str, part: str) -> str:
    if part == "value":
        return trace
    return f"{trace}{'&' if '?' in trace else '?'}part={part}"
