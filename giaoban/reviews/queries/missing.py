"""What is lacking before a review is issued: units that did not report, sentences without a source,
figures that are no longer what the reports say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from giaoban.core.snapshot import snapshot
from giaoban.reviews.models import Figure, Review, Sentence
from giaoban.reviews.queries import asking
from giaoban.reviews.queries.reading import Contents, contents


@dataclass
class Silence:
    """A unit that owes reports of the period under a regime."""

    regime: str
    unit: str
    accepted: int
    due: int


@dataclass
class Lacking:
    """Everything that should be looked at before issuing."""

    silent: list[Silence] = field(default_factory=list)
    unsupported: list[Sentence] = field(default_factory=list)
    changed: list[tuple[Figure, str]] = field(default_factory=list)
    no_heading: list[str] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not (self.silent or self.unsupported or self.changed or self.no_heading)

    @property
    def record(self) -> list[dict[str, Any]]:
        """What is kept with the issued review: ids and counts."""
        return [
            *(
                {"unit": s.unit, "regime": s.regime, "accepted": s.accepted, "due": s.due}
                for s in self.silent
            ),
            *({"sentence": s.pk} for s in self.unsupported),
            *({"figure": f.number, "now": now} for f, now in self.changed),
            *({"heading": name} for name in self.no_heading),
        ]


def lacking(review: Review, found: Contents | None = None) -> Lacking:
    """Look through a draft. The figures are asked again, all at once."""
    with snapshot():
        found = found or contents(review, sources=False)
        owed = asking.due_questions(review.agreement, review.period)
        today, answers = asking.recomputed(review, found.used, owed)
    return Lacking(
        silent=[
            Silence(str(c.regime), c.unit.name, c.accepted, c.due)
            for c in asking.counted(owed, answers)
            if c.accepted < c.due
        ],
        unsupported=found.unsupported,
        changed=[(f, today[f.number].value) for f in found.used if today[f.number].value != f.value],
        no_heading=[name for name in ("number", "place") if not getattr(review, name)],
    )
