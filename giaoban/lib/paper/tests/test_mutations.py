"""A thousand falsified files, none missed."""

from collections import Counter
from functools import lru_cache
from random import Random

import pytest

from giaoban.lib.paper import docx, html, pdf
from giaoban.lib.paper.compare import Outcome, compare
from giaoban.lib.paper.manifest import build
from giaoban.lib.paper.read import extract
from giaoban.lib.paper.tests.mutations import falsify_docx, falsify_html
from giaoban.lib.paper.tests.pdf_mutations import falsify_pdf
from giaoban.lib.paper.tests.samples import review

WRITERS = {
    "docx": lambda: docx.write(review("vi")),
    "html": lambda: html.page(review("vi")).encode(),
    "pdf": lambda: pdf.write(review("vi")),
}
FALSIFIERS = {"docx": falsify_docx, "html": falsify_html, "pdf": falsify_pdf}


@lru_cache
def written(kind: str) -> bytes:
    return WRITERS[kind]()


@pytest.mark.requirement(35)
@pytest.mark.parametrize(("kind", "count"), [("docx", 500), ("html", 500), ("pdf", 100)])
def test_every_falsification_is_found_and_named(kind: str, count: int) -> None:
    stored = build(review("vi"))
    random = Random(f"{kind} of 2025")
    seen: Counter[Outcome] = Counter()
    for _ in range(count):
        data, figure, outcome = FALSIFIERS[kind](written(kind), random)
        comparison = compare(extract(data), stored)
        verdict = next(verdict for verdict in comparison.verdicts if verdict.figure == figure)
        assert outcome in (verdict.outcome, *verdict.also), verdict
        assert not comparison.ok
        others = [each for each in comparison.verdicts if each.figure != figure]
        assert all(each.outcome is Outcome.MATCH for each in others)
        seen[outcome] += 1
    assert set(seen) == {Outcome.REMOVED, Outcome.CHANGED_IN_FILE, Outcome.MANIFEST_CHANGED}


@pytest.mark.parametrize("kind", WRITERS)
def test_an_untouched_file_matches(kind: str) -> None:
    comparison = compare(extract(written(kind)), build(review("vi")))
    assert comparison.ok
    assert comparison.matching == 30
    assert comparison.facts == comparison.loose == ()


@pytest.mark.parametrize("kind", WRITERS)
def test_without_a_stored_manifest_an_edited_one_is_still_noticed(kind: str) -> None:
    random = Random(f"{kind} alone")
    for _ in range(20):
        data, _, outcome = FALSIFIERS[kind](written(kind), random)
        if outcome is not Outcome.MANIFEST_CHANGED:
            assert not compare(extract(data)).ok
