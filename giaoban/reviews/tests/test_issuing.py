"""From draft to issued, corrected, recalled: each a record, nothing rewritten."""

import pytest

from giaoban.core import audit
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.reports.tests.world import World, instant
from giaoban.reviews.actions import issuing, sentences
from giaoban.reviews.actions.building import build
from giaoban.reviews.jobs import keep_issued
from giaoban.reviews.models import Correction, Review, Sentence, State
from giaoban.reviews.queries import contents
from giaoban.reviews.queries.missing import lacking
from giaoban.reviews.tests.story import KIM_AT, accepted


@pytest.fixture
def draft(world: World) -> Review:
    accepted(world, world.ct, visits=5, stock="1.5", todate=9, narratives={"note": "Nước rút chậm."})
    accepted(world, world.ag, visits=7, stock="2.5", todate=9, narratives={"note": "Bình thường."})
    review = build(agreement=world.agreement, period="2020-01", language="vi", by=world.by("kim"), at=KIM_AT)
    Review.objects.filter(pk=review.pk).update(number="01/BC-VP", place="Cần Thơ", issued_on=instant().date())
    return Review.objects.get(pk=review.pk)


def issue(world: World, review: Review, **given: bool) -> Review:
    return issuing.issue(review=review, by=world.by("kim"), at=instant(20), **given)


@pytest.mark.requirement(38, 39)
def test_a_complete_draft_is_issued_and_frozen(world: World, draft: Review) -> None:
    assert lacking(draft).is_nothing
    issued = issue(world, draft)
    assert (issued.state, issued.issued_at, issued.missing) == (State.ISSUED, instant(20), [])
    assert len(issued.manifest["figures"]) == len(contents(issued).used)
    with pytest.raises(Refused, match="do not change any more"):
        block = Sentence.objects.filter(block__section__review=issued).first().block
        sentences.write(review=issued, block=block, text="Thêm.", by=world.by("kim"), at=KIM_AT)


@pytest.mark.requirement(25, 30)
def test_what_is_lacking_is_listed_and_asked_about(world: World, draft: Review) -> None:
    report = world.agreement.reports.get(unit=world.ag)
    report.accepted, report.state = None, "returned"
    report.save()
    block = Sentence.objects.filter(block__section__review=draft, origin="taken").first().block
    lone = sentences.write(review=draft, block=block, text="Không ai nói.", by=world.by("kim"), at=KIM_AT)[0]
    lack = lacking(Review.objects.get(pk=draft.pk))
    assert [(s.unit, s.accepted, s.due) for s in lack.silent] == [("An Giang", 0, 1)]
    assert lack.unsupported == [lone]
    assert {f.query["indicator"] for f, _now in lack.changed if f.kind == "rollup"} >= {
        "visits",
        "stock",
        "todate",
    }
    with pytest.raises(Refused, match="Something is lacking") as told:
        issue(world, draft)
    assert {"sentence": lone.pk} in told.value.details["lacking"]
    issued = issue(world, draft, confirmed=True)
    assert {"sentence": lone.pk} in issued.missing


def test_the_chair_signs_first_where_the_agreement_says_so(world: World, draft: Review) -> None:
    world.agreement.settings = {"review": {"sign": True}}
    world.agreement.save()
    with pytest.raises(Refused, match="chair signs"):
        issue(world, draft)
    for name in ("kim", "lan", "nga"):
        with pytest.raises(Refused):
            issuing.sign(review=draft, by=world.by(name), at=KIM_AT)
    signed = issuing.sign(review=draft, by=world.by("chi"), at=KIM_AT)
    assert signed.state == State.SIGNED
    assert issue(world, signed).state == State.ISSUED


def test_a_signed_review_is_opened_again_with_a_reason(world: World, draft: Review) -> None:
    issuing.sign(review=draft, by=world.by("chi"), at=KIM_AT)
    with pytest.raises(Refused, match="reason"):
        issuing.reopen(review=draft, reason=" ", by=world.by("kim"), at=KIM_AT)
    assert issuing.reopen(review=draft, reason="Thiếu An Giang", by=world.by("kim"), at=KIM_AT).is_draft


@pytest.mark.requirement(38)
def test_a_correction_replaces_the_issued_review_once_it_is_issued_itself(
    world: World, draft: Review
) -> None:
    old = issue(world, draft)
    new = issuing.correct(review=old, reason="Sai tên đơn vị", by=world.by("kim"), at=instant(21))
    assert Review.objects.get(pk=old.pk).state == State.ISSUED
    assert texts(new) == texts(old)
    assert [(f.number, f.value) for f in contents(new).used] == [
        (f.number, f.value) for f in contents(old).used
    ]
    Review.objects.filter(pk=new.pk).update(number="02/BC-VP", issued_on=instant().date())
    issue(world, new)
    old.refresh_from_db()
    assert (old.state, Review.objects.get(pk=new.pk).state) == (State.REPLACED, State.ISSUED)
    record = Correction.objects.get()
    assert (record.old, record.new, record.reason) == (old, new, "Sai tên đơn vị")
    assert [r.verb for r in AuditRow.objects.filter(subject=audit.subject_of(old)).order_by("number")][-2:] == [
        "correct", "replace",
    ]  # fmt: skip


def texts(review: Review) -> list[str]:
    rows = Sentence.objects.filter(block__section__review=review)
    return list(
        rows.order_by("block__section__position", "block__position", "position").values_list(
            "text", flat=True
        )
    )


@pytest.mark.requirement(38)
def test_a_recall_is_a_record_with_its_reason(world: World, draft: Review) -> None:
    issued = issue(world, draft)
    for name in ("lan", "hoa", "chi", "nga", "oanh"):
        with pytest.raises(Refused):
            issuing.recall(review=issued, reason="Sai", by=world.by(name), at=KIM_AT)
    recalled = issuing.recall(review=issued, reason="Sai số liệu", by=world.by("kim"), at=instant(22))
    assert (recalled.state, recalled.recall.reason) == (State.RECALLED, "Sai số liệu")
    again = issuing.begin(
        agreement=world.agreement, period="2020-01", language="vi", by=world.by("kim"), at=instant(23)
    )
    assert again.is_draft


def test_one_review_of_a_period_and_language_at_a_time(world: World, draft: Review) -> None:
    given = {"agreement": world.agreement, "period": "2020-01", "by": world.by("kim"), "at": KIM_AT}
    with pytest.raises(Refused, match="a draft of this period already"):
        issuing.begin(language="vi", **given)
    assert issuing.begin(language="en", **given).is_draft
    issue(world, draft)
    with pytest.raises(Refused, match="issued already"):
        issuing.begin(language="vi", **given)
    assert build(language="vi", **given) == draft


def test_a_discarded_draft_makes_room_for_another(world: World, draft: Review) -> None:
    issuing.discard(review=draft, by=world.by("kim"), at=KIM_AT)
    other = build(agreement=world.agreement, period="2020-01", language="vi", by=world.by("kim"), at=KIM_AT)
    assert other != draft


def test_removed_words_and_unused_figures_are_gone_from_what_is_issued(world: World, draft: Review) -> None:
    gone = Sentence.objects.filter(block__section__review=draft, origin="taken").first()
    sentences.remove(review=draft, sentence=gone, edition=1, by=world.by("kim"), at=KIM_AT)
    issued = issue(world, Review.objects.get(pk=draft.pk))
    assert not Sentence.objects.filter(pk=gone.pk).exists()
    assert {f"f{n}" for n in issued.figures.values_list("number", flat=True)} >= set(
        issued.manifest["figures"]
    )


@pytest.mark.requirement(39)
def test_the_files_of_an_issued_review_are_written_once_and_kept(world: World, draft: Review) -> None:
    issued = issue(world, draft)
    assert keep_issued.func(issued.pk) >= 3
    with issued.files.get(format="docx").document.file.open() as kept:
        assert kept.read(2) == b"PK"
    assert keep_issued.func(issued.pk) == 0


def test_the_trail_of_a_review_holds(world: World, draft: Review) -> None:
    issue(world, draft)
    assert list(audit.faults()) == []
    rows = AuditRow.objects.filter(subject=audit.subject_of(draft)).order_by("number")
    assert [r.verb for r in rows] == ["begin", "build", "issue"]
