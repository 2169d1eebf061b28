"""A paper before it is written down: who says what to whom, with every figure named.

Nothing here knows a file format. A figure is stated once, in `Paper.figures`, and shown by as many
`FigureRef` runs as needed; every writer shows every run exactly once, so all files of one paper share
one manifest.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from giaoban.lib.numbers import show
from giaoban.lib.paper.errors import PaperError

FigurePart = Literal["value", "complete", "sources", "digest", "id", "label", "query"]
Align = Literal["left", "center", "right"]

_FIGURE_ID = re.compile(r"[A-Za-z0-9.\-]{1,60}")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a paper and where it comes from."""

    id: str
    """At most 60 letters, digits, dots and hyphens; the tag of its content control."""
    shown: str
    """The text in the paper, in its language: `1.234,5`; `–` where there is no value."""
    value: str | None
    """The exact value for machines: `1234.5`; None where there is none."""
    label: str
    """What it says in words: indicator, unit, period."""
    query: Mapping[str, Any]
    """The roll-up query that gives it again; plain JSON."""
    sources: str
    """Digest of its source set, `manifest.source_digest(pairs)`."""
    source_count: int
    trace: str
    """Absolute address of the page that lists its sources."""
    accepted: int | None = None
    due: int | None = None
    on_time: int | None = None
    newest: str | None = None
    """Newest `submitted_at` among the sources, ISO 8601."""
    note: str = ""
    """Why there is no value."""

    def __post_init__(self) -> None:
        if not _FIGURE_ID.fullmatch(self.id):
            raise PaperError("figure_id", id=self.id)

    def text(self, part: FigurePart, language: str) -> str:
        """What a run shows of this figure."""
        match part:
            case "value":
                return self.shown
            case "complete":
                counts = (self.accepted, self.due)
                return "/".join("–" if n is None else show(n, 0, language) for n in counts)
            case "sources":
                return show(self.source_count, 0, language)
            case "digest":
                return self.sources[:12]
            case "id":
                return self.id
            case "label":
                return f"{self.label} ({self.note})" if self.note else self.label
            case "query":
                return "; ".join(f"{key}={_plain(value)}" for key, value in sorted(self.query.items()))


def _plain(value: Any) -> str:
    return ",".join(map(_plain, value)) if isinstance(value, list | tuple) else str(value)


# ------------------------------------------------------------------------ runs


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a line. `mark="unsupported"` shows that the sentence has no source."""

    text: str
    bold: bool = False
    italic: bool = False
    mark: Literal["", "unsupported", "edited"] = ""


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A figure shown here: its value or, where the text tells more of it, another part."""

    figure: str
    part: FigurePart = "value"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Small words in brackets: where a sentence comes from."""

    text: str


Run = Text | FigureRef | Note
Runs = tuple[Run, ...]

# ---------------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered heading or clause; the number is made by the writer.

    Levels: 0 `Phần I` · 1 `I.` · 2 `1.` · 3 `a)` (Vietnamese: a b c d đ e g …). A clause without a
    title (`titled=False`) is running text behind its number.
    """

    level: Literal[0, 1, 2, 3]
    runs: Runs
    titled: bool = True
    label: str = ""
    """The number, where the paper brings its own (`Chương I`, `Điều 3.`) and the writer makes none."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `lead` is a dash or plus before a listed line."""

    runs: Runs
    lead: Literal["", "-", "+"] = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; neighbours with the same `group` stand under one common heading."""

    header: str
    width: float = 1.0
    """Weight among the columns of the table."""
    align: Align = "left"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in the order of the columns; a `total` row is set in bold."""

    cells: tuple[Runs, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first `row_headers` cells of a row say what the row is about."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    row_headers: int = 1
    note: str = ""
    """A line under the table: unit of measure, abbreviations."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of figures with its sentence for those who do not see it; the data may follow."""

    png: bytes
    alt: str
    caption: str
    svg: str = ""
    data: Table | None = None
    width: float = 1.0
    """Share of the text width."""


Block = Part | Paragraph | Table | Chart


# ----------------------------------------------------------------------- paper


@dataclass(frozen=True, slots=True)
class Head:
    """Boxes 1 to 5 of an administrative document."""

    issuers: tuple[str, ...]
    """The issuing body; all parties, one below the other, in a joint document."""
    symbol: str
    """What follows the number: `BC-UBND`."""
    place: str
    type_name: str
    """`Báo cáo`; empty for an official letter, whose abstract then stands under the number as V/v."""
    abstract: str
    superior: str = ""
    number: int | None = None
    """None in a draft: the number is given when the paper is signed."""
    day: date | None = None
    """None in a draft."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signing party: `lines` such as `("TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN")` over a name without titles."""

    lines: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex with its own page numbers; its number is made by the writer."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole administrative document."""

    language: Literal["vi", "en"]
    title: str
    """For the properties of the file and the window."""
    head: Head
    blocks: tuple[Block, ...]
    figures: Mapping[str, Figure] = field(default_factory=dict)
    sources: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    """Digest of a source set to its pairs (report id, revision id); each distinct set once."""
    identity: Mapping[str, Any] = field(default_factory=dict)
    """What finds the stored manifest again: review, edition, issued at; plain JSON."""
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    """Nơi nhận, without dashes and semicolons; the last one says where it is kept (`Lưu: VT, KH`)."""
    annexes: tuple[Annex, ...] = ()
    mark: str = ""
    """Boxed at the top and at the foot of every page: `Dự thảo`, `SỐ LIỆU MẪU`, `ĐÃ THU HỒI`."""
    urgency: str = ""
    secrecy: str = ""
    drafter: str = ""
    """Drafter's mark and number of copies: `PL.(300)`."""
    contact: str = ""
    """Address, e-mail, telephone: at the foot of page 1."""
    origin: str = ""
    """Absolute address of the page of this paper."""

    def __post_init__(self) -> None:
        for ref in self.refs():
            self.figure(ref)

    def figure(self, ref: FigureRef) -> Figure:
        """The figure that a run shows; raises `PaperError`."""
        found = self.figures.get(ref.figure)
        if found is None:
            raise PaperError("figure", id=ref.figure)
        return found

    def shown(self, ref: FigureRef) -> str:
        """The text that a run shows."""
        return self.figure(ref).text(ref.part, self.language)

    def refs(self) -> Iterator[FigureRef]:
        """Every figure shown, in reading order."""
        for block in (*self.blocks, *(block for annex in self.annexes for block in annex.blocks)):
            yield from _refs(block)


def _refs(block: Block) -> Iterator[FigureRef]:
    if isinstance(block, Chart):
        if block.data:
            yield from _refs(block.data)
        return
    runs = [block.runs] if not isinstance(block, Table) else [c for row in block.rows for c in row.cells]
    for cell in runs:
        for run in cell:
            if isinstance(run, FigureRef):
                yield run
