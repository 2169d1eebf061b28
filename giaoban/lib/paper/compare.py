"""Is a file still true? What it shows, against its manifest, the stored manifest and a recomputation."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from giaoban.lib.paper.addresses import split_key
from giaoban.lib.paper.manifest import Manifest
from giaoban.lib.paper.read.lines import Extracted, Loose

Entry = Mapping[str, Any]
_NUMBER = re.compile(r"[-−]?[0-9][0-9.,]*\s?%?")


class Outcome(StrEnum):
    """What is found of one figure, the gravest first."""

    UNKNOWN = "unknown figure"
    REMOVED = "removed from file"
    CHANGED_IN_FILE = "changed in file"
    MANIFEST_CHANGED = "manifest changed"
    DIFFERS = "recomputed differently"
    CORRECTED = "source corrected since"
    MATCH = "match"


class Fact(StrEnum):
    """What is found of the whole file."""

    NO_MANIFEST = "the file has no manifest"
    MANIFEST_DAMAGED = "the manifest in the file was edited: its digest does not fit"
    MANIFEST_DIFFERS = "the manifest in the file differs from the stored one"
    NOT_STORED = "no stored manifest to compare with"


@dataclass(frozen=True, slots=True)
class Change:
    """A source that was corrected, added or removed after the paper was written."""

    who: str
    when: str
    what: str


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A figure asked again today: its exact value, its source set's digest, what changed in between."""

    value: str | None
    sources: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure: the gravest outcome, what else was found, and the texts that were compared."""

    figure: str
    outcome: Outcome
    also: tuple[Outcome, ...] = ()
    expected: str = ""
    """What the paper showed when it was written."""
    found: str = ""
    """What the file shows now; several texts where they differ."""
    now: str | None = None
    """The exact value of the recomputation, where it differs."""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """All verdicts in the order of the manifest, facts about the file, and digits no figure explains."""

    verdicts: tuple[Verdict, ...]
    facts: tuple[Fact, ...]
    loose: tuple[Loose, ...]

    @property
    def matching(self) -> int:
        """How many figures match."""
        return sum(verdict.outcome is Outcome.MATCH for verdict in self.verdicts)

    @property
    def ok(self) -> bool:
        """Whether there are figures, all of them match and nothing is wrong with the manifest."""
        wrong = set(self.facts) - {Fact.NOT_STORED}
        return not wrong and 0 < self.matching == len(self.verdicts)


Recompute = Callable[[str, Entry], Recomputed | None]


def compare(
    extracted: Extracted, stored: Manifest | None = None, recompute: Recompute | None = None
) -> Comparison:
    """Judge every figure that the file shows or that its manifest or the stored one names.

    What the paper once showed is read from the stored manifest; without one, from the manifest in the
    file. `recompute` asks a figure again by its query; None from it leaves the figure unjudged there.
    """
    inside: Mapping[str, Entry] = (extracted.manifest or {}).get("figures", {})
    truth: Mapping[str, Entry] = inside if stored is None else stored.get("figures", {})
    file = _File(extracted, inside, checked=stored is not None)
    ids = dict.fromkeys((*truth, *inside, *file.shown))
    verdicts = tuple(_verdict(id, truth.get(id), file, recompute) for id in ids)
    return Comparison(verdicts, _facts(extracted, stored), extracted.loose)


class _File:
    """What the file shows of each figure, part by part, and what its own manifest says."""

    def __init__(self, extracted: Extracted, inside: Mapping[str, Entry], *, checked: bool) -> None:
        self.inside = inside
        self.checked = checked
        self.values = extracted.values
        self.shown: dict[str, dict[str, tuple[str, ...]]] = {}
        for key, texts in extracted.figures.items():
            id, part = split_key(key)
            self.shown.setdefault(id, {})[part] = texts

    def manifest_changed(self, id: str, entry: Entry) -> bool:
        """Against the stored manifest; without one, only whether the entry agrees with itself."""
        return self.inside.get(id) != entry if self.checked else not _is_consistent(entry)


def _facts(extracted: Extracted, stored: Manifest | None) -> tuple[Fact, ...]:
    facts = []
    if extracted.manifest is None:
        facts.append(Fact.NO_MANIFEST)
    elif not extracted.intact:
        facts.append(Fact.MANIFEST_DAMAGED)
    if stored is None:
        facts.append(Fact.NOT_STORED)
    elif extracted.manifest is not None and extracted.manifest != stored:
        facts.append(Fact.MANIFEST_DIFFERS)
    return tuple(facts)


def _verdict(id: str, entry: Entry | None, file: _File, recompute: Recompute | None) -> Verdict:
    shown = file.shown.get(id, {})
    if entry is None:
        return Verdict(id, Outcome.UNKNOWN, found=_joined(shown.get("value", ())))
    outcomes = _in_file(id, entry, file)
    if file.manifest_changed(id, entry):
        outcomes.add(Outcome.MANIFEST_CHANGED)
    again = recompute(id, entry) if recompute else None
    if again is not None:
        outcomes |= _again(entry, again)
    ordered = [outcome for outcome in Outcome if outcome in outcomes] or [Outcome.MATCH]
    expected, found = _texts(entry, shown)
    return Verdict(
        figure=id,
        outcome=ordered[0],
        also=tuple(ordered[1:]),
        expected=expected,
        found=found,
        now=again.value if again and not _same(again.value, entry.get("value")) else None,
        changes=again.changes if again and Outcome.CORRECTED in outcomes else (),
    )


def _in_file(id: str, entry: Entry, file: _File) -> set[Outcome]:
    """Every part that the paper showed, as often as it did, with the same text, and no other part."""
    outcomes = set()
    wanted: Mapping[str, str] = entry.get("shown", {})
    shown = file.shown.get(id, {})
    if any(len(shown.get(part, ())) < entry.get("places", {}).get(part, 1) for part in wanted):
        outcomes.add(Outcome.REMOVED)
    if any(text != wanted.get(part) for part, texts in shown.items() for text in texts):
        outcomes.add(Outcome.CHANGED_IN_FILE)
    if any(value != entry.get("value") for value in file.values.get(id, ())):
        outcomes.add(Outcome.CHANGED_IN_FILE)
    return outcomes


def _again(entry: Entry, again: Recomputed) -> set[Outcome]:
    if again.sources != entry.get("sources"):
        return {Outcome.CORRECTED}
    return {Outcome.DIFFERS} if not _same(again.value, entry.get("value")) else set()


def _same(left: str | None, right: str | None) -> bool:
    if left is None or right is None:
        return left is right
    try:
        return Decimal(left) == Decimal(right)
    except InvalidOperation:
        return left == right


def _is_consistent(entry: Entry) -> bool:
    """Whether the shown number is a rounding of the value; true of a text that is no mere number."""
    value, text = entry.get("value"), entry.get("shown", {}).get("value")
    if value is None or text is None or not _NUMBER.fullmatch(text):
        return True
    try:
        exact = Decimal(value)
    except InvalidOperation:
        return False
    return any(abs(read - exact) <= Decimal(1).scaleb(-places) / 2 for read, places in _readings(text))


def _readings(text: str) -> list[tuple[Decimal, int]]:
    """What a shown number may mean, Vietnamese or English: (value, decimals); negative with any minus."""
    sign = -1 if text.lstrip()[:1] in "-−" else 1
    kept = "".join(letter for letter in text if letter.isdecimal() or letter in ".,")
    readings = []
    for thousands, point in ((".", ","), (",", ".")):
        whole, _, part = kept.strip(".,").replace(thousands, "").partition(point)
        if whole and point not in part:
            readings.append((sign * Decimal(f"{whole}.{part or 0}"), len(part)))
    return readings


def _texts(entry: Entry, shown: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    """What was to be seen and what is; of the first part that differs, else of the value."""
    wanted: Mapping[str, str] = entry.get("shown", {})
    for part, texts in shown.items():
        wrong = [text for text in texts if text != wanted.get(part)]
        if wrong:
            return wanted.get(part, ""), _joined(wrong)
    return wanted.get("value", ""), _joined(shown.get("value", ()))


def _joined(texts: Sequence[str]) -> str:
    return " · ".join(dict.fromkeys(texts))
