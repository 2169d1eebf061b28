"""One row of the layout and what was found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`row` names the box and the rule; `found` says what is wrong, or what is there."""

    row: str
    ok: bool
    found: str


def judged(row: str, faults: list[str], found: str = "as asked") -> Finding:
    """A finding that holds where there are no faults."""
    return Finding(row, not faults, "; ".join(dict.fromkeys(faults)) or found)
