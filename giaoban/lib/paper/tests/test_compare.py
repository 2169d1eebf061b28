"""What has happened to a figure: told apart and named."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from giaoban.lib.paper import docx, html
from giaoban.lib.paper.annex import figures_annex
from giaoban.lib.paper.compare import Change, Fact, Outcome, Recomputed, Verdict, compare
from giaoban.lib.paper.manifest import build, canonical, digest, source_digest, sources_csv
from giaoban.lib.paper.read import extract
from giaoban.lib.paper.read.lines import Extracted
from giaoban.lib.paper.tests.mutations import rewrite
from giaoban.lib.paper.tests.samples import review


@pytest.fixture(scope="module")
def issued() -> Extracted:
    return extract(docx.write(review("vi")))


def verdict(extracted: Extracted, figure: str, **how: Any) -> Verdict:
    comparison = compare(extracted, **{"stored": build(review("vi")), **how})
    return next(one for one in comparison.verdicts if one.figure == figure)


def unchanged(id: str, entry: Mapping[str, Any]) -> Recomputed:
    return Recomputed(entry["value"], entry["sources"])


@pytest.mark.requirement(35, 39)
def test_a_lawful_correction_says_who_and_when_and_the_value_of_today(issued: Extracted) -> None:
    change = Change("Trần Thị Bình", "2026-02-03T08:00:00+07:00", "An Giang, 2025: revision 2 accepted")

    def again(id: str, entry: Mapping[str, Any]) -> Recomputed:
        return Recomputed("1300", source_digest([(1, 2)]), (change,)) if id == "f1" else unchanged(id, entry)

    found = verdict(issued, "f1", recompute=again)
    assert (found.outcome, found.also, found.now, found.changes) == (Outcome.CORRECTED, (), "1300", (change,))
    assert verdict(issued, "f2", recompute=again).outcome is Outcome.MATCH
    comparison = compare(issued, build(review("vi")), again)
    assert (comparison.matching, len(comparison.verdicts), comparison.ok) == (29, 30, False)


def test_a_correction_that_leaves_the_value_is_still_a_correction(issued: Extracted) -> None:
    found = verdict(issued, "f1", recompute=lambda id, entry: Recomputed(entry["value"], "other"))
    assert (found.outcome, found.now) == (Outcome.CORRECTED, None)


def test_another_value_from_the_same_sources_is_no_correction(issued: Extracted) -> None:
    found = verdict(issued, "f1", recompute=lambda id, entry: Recomputed("1300", entry["sources"]))
    assert (found.outcome, found.now) == (Outcome.DIFFERS, "1300")


def test_zeros_behind_the_point_make_no_difference(issued: Extracted) -> None:
    found = verdict(issued, "f1", recompute=lambda id, entry: Recomputed("1235.500", entry["sources"]))
    assert (found.outcome, found.now) == (Outcome.MATCH, None)


def test_a_figure_that_cannot_be_asked_again_is_judged_by_the_file(issued: Extracted) -> None:
    assert verdict(issued, "f1", recompute=lambda id, entry: None).outcome is Outcome.MATCH


def test_a_change_in_the_file_is_graver_than_a_correction_and_both_are_said() -> None:
    changed = extract(rewrite(docx.write(review("vi")), "word/document.xml", "1.235,5<", "9.235,5<"))
    found = verdict(changed, "f1", recompute=lambda id, entry: Recomputed("1300", "other"))
    assert (found.outcome, found.also) == (Outcome.CHANGED_IN_FILE, (Outcome.CORRECTED,))
    assert (found.expected, found.found) == ("1.235,5", "9.235,5")


def test_a_figure_nobody_issued_is_unknown() -> None:
    data = rewrite(docx.write(review("vi")), "word/document.xml", 'w:tag w:val="f3"', 'w:tag w:val="f333"')
    outcomes = {v.figure: v.outcome for v in compare(extract(data), build(review("vi"))).verdicts}
    assert outcomes["f333"] is Outcome.UNKNOWN
    assert outcomes["f3"] is Outcome.REMOVED


def test_a_control_for_a_part_that_was_not_shown_cannot_hide_digits() -> None:
    data = docx.write(review("vi"))
    control = (
        '<w:sdt><w:sdtPr><w:tag w:val="f1#label"/></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>999</w:t></w:r></w:sdtContent></w:sdt>"
    )
    data = rewrite(
        data, "word/document.xml", '<w:p><w:pPr><w:pStyle w:val="GBtype"/></w:pPr>', "<w:p>" + control
    )
    assert verdict(extract(data), "f1").outcome is Outcome.CHANGED_IN_FILE


def test_the_file_as_a_whole_has_facts_of_its_own(issued: Extracted) -> None:
    stored = build(review("vi"))
    assert compare(issued, stored).facts == ()
    assert compare(issued).facts == (Fact.NOT_STORED,)
    assert compare(issued).ok
    assert compare(replace(issued, intact=False), stored).facts == (Fact.MANIFEST_DAMAGED,)
    assert compare(replace(issued, manifest=None), stored).facts == (Fact.NO_MANIFEST,)
    other = deepcopy(stored)
    other["identity"]["edition"] = 2
    comparison = compare(issued, other)
    assert comparison.facts == (Fact.MANIFEST_DIFFERS,)
    assert comparison.matching == 30 and not comparison.ok


def test_a_page_without_manifest_leaves_every_figure_unknown() -> None:
    text = html.page(review("vi")).replace('id="manifest"', 'id="other"')
    comparison = compare(extract(text.encode()))
    assert {v.outcome for v in comparison.verdicts} == {Outcome.UNKNOWN}
    assert Fact.NO_MANIFEST in comparison.facts


def test_alone_a_manifest_whose_value_and_text_disagree_is_found(issued: Extracted) -> None:
    manifest = deepcopy(issued.manifest)
    assert manifest is not None
    manifest["figures"]["f1"]["value"] = "1335.5"
    found = compare(replace(issued, manifest=manifest)).verdicts[0]
    assert (found.figure, found.outcome) == ("f1", Outcome.MANIFEST_CHANGED)


@pytest.mark.parametrize(
    ("value", "shown", "agree"),
    [
        ("1234.56", "1.234,6", True),
        ("1234.56", "1,234.6", True),
        ("1234.56", "1.234,5", False),
        ("-5.5", "−5,5", True),
        ("-5.5", "5,5", False),
        ("12.5", "12,5 %", True),
        ("1234567", "1,2 triệu", True),
        ("1000", "1.000", True),
        ("1", "1.000", True),
        ("2", "1.000", False),
    ],
)
def test_a_shown_number_must_be_a_rounding_of_the_value(
    issued: Extracted, value: str, shown: str, agree: bool
) -> None:
    manifest = deepcopy(issued.manifest)
    assert manifest is not None
    manifest["figures"] = {"f1": {**manifest["figures"]["f1"], "value": value}}
    manifest["figures"]["f1"].update(shown={"value": shown}, places={"value": 1})
    alone = replace(issued, manifest=manifest, figures={"f1": (shown,)})
    assert compare(alone).verdicts[0].outcome is (Outcome.MATCH if agree else Outcome.MANIFEST_CHANGED)


def test_the_annex_of_sources_is_verified_like_the_text() -> None:
    paper = review("vi")
    paper = replace(paper, annexes=(*paper.annexes, figures_annex(paper.figures.values(), language="vi")))
    stored = build(paper)
    assert stored["figures"]["f28"]["shown"] == {
        "value": "34.580,5",
        "complete": "5/6",
        "sources": "5",
        "digest": source_digest([(31, 301), (32, 302), (33, 303), (34, 304), (35, 305)])[:12],
        "id": "f28",
        "label": "Lượt người tập huấn, Tỉnh Vĩnh Long, 2025",
        "query": "indicator=I1; period=2025; unit=U3",
    }
    for data in (docx.write(paper), html.page(paper).encode()):
        comparison = compare(extract(data), stored)
        assert comparison.ok and comparison.loose == ()
    changed = rewrite(docx.write(paper), "word/document.xml", "unit=U3<", "unit=U4<")
    wrong = [v for v in compare(extract(changed), stored).verdicts if v.outcome is not Outcome.MATCH]
    assert [(v.outcome, v.expected, v.found) for v in wrong] == [
        (Outcome.CHANGED_IN_FILE, "indicator=I0; period=2025; unit=U3", "indicator=I0; period=2025; unit=U4")
    ]


def test_a_digest_is_of_the_set_whatever_its_order() -> None:
    assert source_digest([(2, 20), (1, 10)]) == source_digest([(1, 10), (2, 20), (1, 10)])
    assert source_digest([(1, 11), (2, 20)]) != source_digest([(1, 10), (2, 20)])
    assert source_digest([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_manifest_has_one_spelling() -> None:
    assert canonical({"b": "ộ", "a": [1, None]}) == '{"a":[1,null],"b":"ộ"}'.encode()
    assert digest(build(review("vi"))) == digest(build(review("vi")))


def test_the_list_of_sources_is_the_same_file_every_time() -> None:
    import gzip

    data = sources_csv(review("vi"))
    assert data == sources_csv(review("vi"))
    lines = gzip.decompress(data).decode().splitlines()
    assert lines[0] == "digest,report,revision"
    assert len(lines) == 1 + 5 * 5
