"""Papers: administrative documents whose every figure can be proved.

A `Paper` (model.py) is written as `.docx`, HTML and tagged PDF, and files are read back and compared
with what was written. Plain Python: no database, no clock, no request.

Write
    `docx.write(paper, *, profile="nd30", template=None) -> bytes`
        `template`: bytes of a house template; `docx.house_template(profile="nd30", body=None) -> bytes`
        makes one to start from: its styles (`Giao Ban body`, `Giao Ban issuer` …), header and footer are
        changed in Word and kept, what stands in its body is replaced; `body` is 13 or 14 points.
    `html.fragment(paper, *, level=1, chart_address=None) -> str`
        one `<article class="paper">` without inline style or script; its stylesheet is paper.css
        (`html.stylesheet() -> str`); `level` is that of its title; `chart_address(chart) -> str` gives
        the `src` of a picture, else it is a data address
    `html.page(paper) -> str`                    a whole file with its own style and manifest
    `pdf.write(paper) -> bytes`                  PDF/UA-1; raises `PaperError` where Pango is missing
    `charts.line | bar | grouped(data, *, title, language, unit="") -> Drawing(svg, png, alt)`
        `data`: `charts.Series(name, points=((label, Decimal | int | None), …))`, one or several
    `annex.figures_annex(figures, *, language) -> Annex`
        id, what, query, value, accepted/due, number of sources, digest of every figure, each with a link
    `manifest.sources_csv(paper) -> bytes`       the file sources.csv.gz

Prove
    `manifest.build(paper) -> Manifest`          a plain JSON dict: keep it, byte for byte, when issuing
    `manifest.canonical(manifest) -> bytes`, `manifest.digest(manifest) -> str` (sha256, hex)
    `manifest.source_digest(pairs) -> str`       of pairs (report id, revision id), in any order
    `read.extract(path_or_bytes) -> Extracted(kind, manifest, intact, figures, loose, values)`
        `extracted.identity` finds the stored manifest; `figures` maps `f1` (and `f1#complete` …) to every
        text shown there; `loose`: `Loose(text, where, context)`, digits that no figure explains
    `compare.compare(extracted, stored=None, recompute=None) -> Comparison(verdicts, facts, loose)`
        `recompute(figure_id, entry) -> Recomputed(value, sources, changes=(Change(who, when, what), …)) | None`
        `Verdict(figure, outcome, also, expected, found, now, changes)`; outcomes, the gravest first:
        `UNKNOWN REMOVED CHANGED_IN_FILE MANIFEST_CHANGED DIFFERS CORRECTED MATCH`; facts: `NO_MANIFEST
        MANIFEST_DAMAGED MANIFEST_DIFFERS NOT_STORED`; `comparison.ok`, `.matching`
    `check.layout(path_or_bytes, *, profile="nd30", language="vi") -> list[Finding(row, ok, found)]`
        Decree 30/2020 read back from a .docx, one finding per row that applies

Errors are `PaperError`, sentences as everywhere in lib.
"""

from giaoban.lib.paper.errors import PaperError
from giaoban.lib.paper.model import (
    Annex,
    Block,
    Chart,
    Column,
    Figure,
    FigureRef,
    Head,
    Note,
    Paper,
    Paragraph,
    Part,
    Row,
    Run,
    Runs,
    Signature,
    Table,
    Text,
)

__all__ = [
    "Annex",
    "Block",
    "Chart",
    "Column",
    "Figure",
    "FigureRef",
    "Head",
    "Note",
    "Paper",
    "PaperError",
    "Paragraph",
    "Part",
    "Row",
    "Run",
    "Runs",
    "Signature",
    "Table",
    "Text",
]
