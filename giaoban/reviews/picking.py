"""Which of the units' words a first draft takes, by the rule that the document states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.lib.text import fold
from giaoban.reviews import outline, wording
from giaoban.reviews.labels import source_label_of
from giaoban.reviews.queries.narratives import Narrative
from giaoban.units.models import Unit


@dataclass(frozen=True)
class Source:
    """Where a picked sentence comes from: an answer of a revision, a task, an activity, a page; what it is called."""

    revision: int | None
    question: str
    label: str
    task: int | None = None
    activity: int | None = None
    address: str = ""


@dataclass(frozen=True)
class Picked:
    """A sentence to stand in the draft. Without sources it is one about figures."""

    text: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Rule:
    """How much of an answer is taken."""

    sentences: int
    characters: int

    @classmethod
    def of(cls, agreement: Agreement) -> Rule:
        return cls(
            outline.option(agreement, "narrative_sentences"),
            outline.option(agreement, "narrative_characters"),
        )

    def __str__(self) -> str:
        """The rule as the document states it."""
        return _(
            "Chosen by rule: of each unit and question, the newest answer in the accepted reports of the period; "
            "of it the first sentences, at most %(most)s and about %(characters)s characters; repeated answers once."
        ) % {"most": self.sentences, "characters": self.characters}

    def opening(self, narrative: Narrative, language: str) -> list[Picked]:
        """The sentences taken of an answer, each with its source."""
        label = source_label_of(narrative.unit.name, narrative.period, language)
        source = Source(narrative.revision, narrative.code, label)
        texts = wording.opening(narrative.text, self.sentences, self.characters)
        return [Picked(text, (source,)) for text in texts]


def newest(found: Iterable[Narrative]) -> list[Narrative]:
    """Of each unit and question the newest answer of the period; an answer a unit gave twice only once."""
    latest = {(n.unit.pk, n.code): n for n in found}
    said: dict[tuple[int, str], Narrative] = {}
    for narrative in latest.values():
        said.setdefault((narrative.unit.pk, fold(" ".join(narrative.text.split()))), narrative)
    return sorted(said.values(), key=lambda n: (n.unit.level, n.unit.code))


def by_section(agreement: Agreement, picked: Sequence[Narrative]) -> dict[str, list[Narrative]]:
    """Each answer under the first section that asks for its question, else under the one by unit."""
    sections = outline.sections(agreement)
    others = next((s["code"] for s in sections if "by_unit" in s["fill"]), "")
    asking = [s for s in sections if "narratives" in s["fill"]]
    found: dict[str, list[Narrative]] = {}
    for n in picked:
        code = next((s["code"] for s in asking if outline.asks(s, n.code, n.question)), others)
        found.setdefault(code, []).append(n)
    return found


def by_unit(said: Sequence[Narrative], rule: Rule, language: str) -> dict[Unit, list[Picked]]:
    """What each unit said, unit by unit."""
    found: dict[Unit, list[Picked]] = {}
    for narrative in said:
        found.setdefault(narrative.unit, []).extend(rule.opening(narrative, language))
    return {unit: picked for unit, picked in found.items() if picked}


def by_answer(said: Sequence[Narrative], rule: Rule, language: str) -> list[list[Picked]]:
    """What was said, answer by answer; units that said the same share the words, and all are named."""
    found: dict[str, list[Picked]] = {}
    for narrative in said:
        picked = rule.opening(narrative, language)
        known = found.setdefault(fold(" ".join(p.text for p in picked)), picked)
        if known is not picked:
            known[:] = [replace(p, sources=(*p.sources, *picked[0].sources)) for p in known]
    return [picked for picked in found.values() if picked]
