"""The manifest: what stands behind every figure of a paper, as canonical JSON.

    {"format": 1, "identity": {…}, "language": "vi",
     "figures": {"f1": {"query": {…}, "value": "1234.5", "shown": {"value": "1.234,5"},
                        "places": {"value": 2}, "label": "…", "trace": "…", "note": "",
                        "accepted": 21, "due": 21, "on_time": 20, "newest": "…", "sources": "<sha256>"}},
     "sources": {"<sha256>": {"count": 21, "reports": [[1, 1], …]}}}

Each distinct source set stands once under `sources`; figures name it by its digest.
"""

import csv
import gzip
import hashlib
import io
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from giaoban.lib.paper.model import Figure, FigurePart, Paper

Manifest = dict[str, Any]
FORMAT = 1

_encoder = msgspec.json.Encoder(order="deterministic")


def build(paper: Paper) -> Manifest:
    """The manifest of a paper; plain JSON values only."""
    places: dict[str, Counter[FigurePart]] = defaultdict(Counter)
    for ref in paper.refs():
        places[ref.figure][ref.part] += 1
    manifest = {
        "format": FORMAT,
        "identity": dict(paper.identity),
        "language": paper.language,
        "figures": {id: _entry(paper, figure, places[id]) for id, figure in paper.figures.items()},
        "sources": {
            digest: {"count": len(pairs), "reports": [list(pair) for pair in sorted(pairs)]}
            for digest, pairs in paper.sources.items()
        },
    }
    parsed: Manifest = msgspec.json.decode(canonical(manifest))
    return parsed


def _entry(paper: Paper, figure: Figure, places: Counter[FigurePart]) -> dict[str, Any]:
    return {
        "query": dict(figure.query),
        "value": figure.value,
        "shown": {part: figure.text(part, paper.language) for part in sorted(places)},
        "places": dict(sorted(places.items())),
        "label": figure.label,
        "trace": figure.trace,
        "note": figure.note,
        "accepted": figure.accepted,
        "due": figure.due,
        "on_time": figure.on_time,
        "newest": figure.newest,
        "sources": figure.sources,
    }


def canonical(manifest: Manifest) -> bytes:
    """The one spelling of a manifest: UTF-8, keys sorted, no spaces."""
    return _encoder.encode(manifest)


def digest(manifest: Manifest) -> str:
    """SHA-256 of the canonical manifest, hex."""
    return hashlib.sha256(canonical(manifest)).hexdigest()


def source_digest(pairs: Iterable[tuple[int, int]]) -> str:
    """SHA-256 of a source set, hex: its distinct pairs (report id, revision id), sorted, a line each."""
    lines = "".join(f"{report},{revision}\n" for report, revision in sorted(set(pairs)))
    return hashlib.sha256(lines.encode()).hexdigest()


def sources_csv(paper: Paper) -> bytes:
    """The full lists as gzipped CSV with the columns `digest,report,revision`; equal input, equal bytes."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("digest", "report", "revision"))
    for name, pairs in sorted(paper.sources.items()):
        rows.writerows((name, *pair) for pair in sorted(pairs))
    return gzip.compress(text.getvalue().encode(), mtime=0)
