"""A document is read back: changed digits, changed manifests and lawful corrections are told apart."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from giaoban.core.refused import Refused
from giaoban.lib.paper.compare import Outcome
from giaoban.reports import actions as on_reports
from giaoban.reports.models import Report
from giaoban.reports.tests.world import World, instant
from giaoban.reviews import exports
from giaoban.reviews.actions import issuing
from giaoban.reviews.actions.building import build
from giaoban.reviews.models import Block, Review
from giaoban.reviews.queries.verifying import check, verify_file
from giaoban.reviews.tests.story import COMMAND, KIM_AT, accepted


@pytest.fixture
def issued(world: World) -> Review:
    accepted(
        world, world.ct, visits=1234, stock="1.5", todate=9, narratives={"note": "Nước rút chậm ở 3 xã."}
    )
    accepted(world, world.ag, visits=7, stock="2.5", todate=8)
    review = build(agreement=world.agreement, period="2020-01", language="vi", by=world.by("kim"), at=KIM_AT)
    return issuing.issue(review=review, by=world.by("kim"), at=instant(20), confirmed=True)


def written(review: Review, folder: Path, name: str) -> Path:
    return exports.files(review, folder, [name])[name]


def outcomes(path: Path) -> dict[str, Outcome]:
    return {v.figure: v.outcome for v in check(path).comparison.verdicts if v.outcome is not Outcome.MATCH}


def tag(review: Review, indicator: str, unit: int) -> str:
    return review.figures.get(kind="rollup", query__indicator=indicator, query__unit=unit).tag


def rewritten(path: Path, old: str, new: str, count: int = 1) -> Path:
    """The document with some text of its body replaced."""
    other = path.with_name("changed.docx")
    with ZipFile(path) as before, ZipFile(other, "w") as after:
        for item in before.infolist():
            data = before.read(item)
            if item.filename == "word/document.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode(), count)
            after.writestr(item, data)
    return other


@pytest.mark.requirement(35, 36)
@pytest.mark.parametrize("name", ["docx", "html", "pdf"])
def test_what_was_issued_matches(issued: Review, tmp_path: Path, name: str) -> None:
    lines, ok = verify_file(written(issued, tmp_path, name))
    count = len(issued.manifest["figures"])
    assert ok, lines
    assert lines[-1] == f"{count} figures, {count} match"


def test_a_digit_changed_in_the_file_is_named(issued: Review, tmp_path: Path) -> None:
    changed = rewritten(written(issued, tmp_path, "docx"), ">1.234<", ">1.334<")
    assert set(outcomes(changed).values()) == {Outcome.CHANGED_IN_FILE}
    lines, ok = verify_file(changed)
    assert not ok
    assert any("“1.334” instead of “1.234”" in line or "“1.334” thay vì “1.234”" in line for line in lines)


@pytest.mark.requirement(33)
def test_a_lawful_correction_names_who_and_when_and_touches_only_its_figures(
    world: World, issued: Review, tmp_path: Path
) -> None:
    path = written(issued, tmp_path, "docx")
    report = Report.objects.get(unit=world.ct)
    document = {**report.accepted.document, "values": {**report.accepted.document["values"], "visits": 1000}}
    on_reports.correct(report=report, document=document, reason="Đếm lại", by=COMMAND, at=instant(21))
    expected = {tag(issued, "visits", unit.pk) for unit in (world.ct, world.office)}
    assert outcomes(path) == dict.fromkeys(expected, Outcome.CORRECTED)
    lines, ok = verify_file(path)
    assert not ok
    assert any("system:test, 2020-02-21T09:00:00" in line for line in lines)


def test_a_report_accepted_later_is_named(world: World, issued: Review, tmp_path: Path) -> None:
    path = written(issued, tmp_path, "docx")
    report = Report.objects.get(unit=world.ag)
    on_reports.reopen(report=report, reason="Sai", by=world.by("hoa"), at=instant(21))
    found = outcomes(path)
    assert found[tag(issued, "visits", world.ag.pk)] is Outcome.CORRECTED
    assert tag(issued, "visits", world.ct.pk) not in found


def test_a_draft_is_proved_by_its_seal_even_after_it_went_on(world: World, tmp_path: Path) -> None:
    accepted(world, world.ct, visits=1234)
    draft = build(agreement=world.agreement, period="2020-01", language="vi", by=world.by("kim"), at=KIM_AT)
    path = written(draft, tmp_path, "docx")
    assert verify_file(path)[1]
    accepted(world, world.ag, visits=7)
    build(agreement=world.agreement, period="2020-01", language="vi", by=world.by("kim"), at=instant(21))
    assert set(outcomes(path).values()) == {Outcome.CORRECTED}
    changed = rewritten(path, ">1.234<", ">1.235<")
    assert Outcome.CHANGED_IN_FILE in outcomes(changed).values()


def test_a_file_of_another_house_is_unknown(issued: Review, tmp_path: Path) -> None:
    path = written(issued, tmp_path, "docx")
    assert check(path).ok
    issued.files.all().delete()
    Review.objects.all().delete()
    lines, ok = verify_file(path)
    assert not ok
    assert lines[-1].endswith("figures, 0 match")


def test_no_document_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_text("nothing")
    with pytest.raises(Refused, match="neither .docx, nor .html, nor .pdf"):
        verify_file(tmp_path / "x.docx")
    with pytest.raises(Refused, match="cannot be read"):
        verify_file(tmp_path / "absent.docx")


@pytest.mark.requirement(40)
def test_the_short_version_holds_only_what_may_be_published_and_is_proved_too(
    issued: Review, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="may be published"):
        exports.short(issued, "docx")
    Block.objects.filter(section__review=issued, section__code="results-groups").update(publishable=True)
    path = tmp_path / "short.docx"
    path.write_bytes(exports.short(issued, "docx").read())
    found = check(path)
    assert found.ok
    assert 0 < len(found.comparison.verdicts) < len(issued.manifest["figures"])
    changed = rewritten(path, ">1.241<", ">1.341<")
    assert Outcome.CHANGED_IN_FILE in outcomes(changed).values()


def test_a_recalled_review_is_still_proved_and_says_so(world: World, issued: Review, tmp_path: Path) -> None:
    issuing.recall(review=issued, reason="Sai", by=world.by("kim"), at=instant(22))
    lines, ok = verify_file(written(Review.objects.get(), tmp_path, "html"))
    assert ok
    assert "This review was recalled on 2020-02-22." in lines
