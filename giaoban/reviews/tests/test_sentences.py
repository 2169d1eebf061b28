"""Kim writes the review out of what the units said; the sources stay with the words."""

import pytest

from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.reports.models import Revision
from giaoban.reports.tests.world import World, instant
from giaoban.reviews.actions import sentences as act
from giaoban.reviews.actions.sentences import Excerpt
from giaoban.reviews.models import Block, Origin, Review, Sentence
from giaoban.reviews.tests.story import KIM_AT, accepted, begun, texts

SAID = "Đã mở 12 lớp tập huấn cho 340 người. Nước rút chậm ở 3 xã. Đề nghị cấp thêm áo phao."


@pytest.fixture
def draft(world: World) -> tuple[Review, Block, Revision]:
    report = accepted(world, world.ct, narratives={"note": SAID})
    return (*begun(world), report.accepted)


def take(world: World, draft: tuple[Review, Block, Revision], text: str | None = None) -> list[Sentence]:
    review, block, revision = draft
    excerpt = Excerpt(revision.pk, "note", text)
    return act.take(review=review, block=block, excerpts=[excerpt], by=world.by("kim"), at=KIM_AT)


def sources(sentence: Sentence) -> list[tuple[int, str, str]]:
    return list(sentence.sources.values_list("revision", "narrative", "excerpt"))


@pytest.mark.requirement(24, 35)
def test_taking_copies_the_words_and_their_source(world: World, draft: tuple) -> None:
    taken = take(world, draft)
    assert [s.text for s in taken] == [
        "Đã mở 12 lớp tập huấn cho 340 người.", "Nước rút chậm ở 3 xã.", "Đề nghị cấp thêm áo phao.",
    ]  # fmt: skip
    assert {s.origin for s in taken} == {Origin.TAKEN}
    assert sources(taken[1]) == [(draft[2].pk, "note", "Nước rút chậm ở 3 xã.")]
    assert taken[1].sources.get().label == "Cần Thơ, tháng 1/2020"


def test_only_a_part_of_an_answer_may_be_taken_but_nothing_that_is_not_there(
    world: World, draft: tuple
) -> None:
    assert [s.text for s in take(world, draft, "Nước rút chậm ở 3 xã.")] == ["Nước rút chậm ở 3 xã."]
    with pytest.raises(Refused, match="do not stand in the report"):
        take(world, draft, "Nước rút nhanh ở 3 xã.")


def test_words_of_a_report_that_is_no_longer_accepted_are_refused(world: World, draft: tuple) -> None:
    draft[2].report.accepted = None
    draft[2].report.save()
    with pytest.raises(Refused, match="corrected or reopened"):
        take(world, draft)


def test_splitting_copies_sources_and_merging_unites_them(world: World, draft: tuple) -> None:
    review, block, revision = draft
    by = world.by("kim")
    other = accepted(world, world.ag, narratives={"note": "An Giang đã kiểm tra 8 kho."}).accepted
    first = take(world, draft, "Đã mở 12 lớp tập huấn cho 340 người.")[0]
    act.take(review=review, block=block, excerpts=[Excerpt(other.pk, "note")], by=by, at=KIM_AT)

    merged = act.merge(review=review, sentence=first, edition=1, by=by, at=KIM_AT)
    assert texts(block) == ["Đã mở 12 lớp tập huấn cho 340 người; An Giang đã kiểm tra 8 kho."]
    assert merged.origin == Origin.MERGED
    assert [s[0] for s in sources(merged)] == [revision.pk, other.pk]

    pieces = "Đã mở 12 lớp tập huấn cho 340 người;\nAn Giang đã kiểm tra 8 kho."
    both = act.split(review=review, sentence=merged, edition=2, text=pieces, by=by, at=KIM_AT)
    assert texts(block) == pieces.split("\n")
    assert sources(both[0]) == sources(both[1]) == sources(merged)
    assert [s.edited_from for s in both] == ["", ""]


def test_splitting_keeps_every_word(world: World, draft: tuple) -> None:
    first = take(world, draft)[0]
    with pytest.raises(Refused, match="keeps every word"):
        act.split(
            review=draft[0],
            sentence=first,
            edition=1,
            text="Đã mở lớp\ncho 340 người.",
            by=world.by("kim"),
            at=KIM_AT,
        )
    with pytest.raises(Refused, match="This is one sentence"):
        act.split(review=draft[0], sentence=first, edition=1, by=world.by("kim"), at=KIM_AT)


def test_rewriting_marks_edited_from_and_keeps_the_sources(world: World, draft: tuple) -> None:
    first = take(world, draft)[0]
    by, review = world.by("kim"), draft[0]
    new = act.rewrite(
        review=review, sentence=first, text="Đã tập huấn 340 người.", edition=1, by=by, at=KIM_AT
    )
    again = act.rewrite(
        review=review, sentence=new[0], text="Tập huấn 340 người.", edition=2, by=by, at=KIM_AT
    )[0]
    assert (again.origin, again.edited_from) == (Origin.WRITTEN, "Đã mở 12 lớp tập huấn cho 340 người.")
    assert sources(again) == [(draft[2].pk, "note", "Đã mở 12 lớp tập huấn cho 340 người.")]


def test_shortening_leaves_words_out_and_adds_none(world: World, draft: tuple) -> None:
    first = take(world, draft)[0]
    by, review = world.by("kim"), draft[0]
    with pytest.raises(Refused, match="only leaves words out"):
        act.shorten(review=review, sentence=first, text="Đã mở 13 lớp.", edition=1, by=by, at=KIM_AT)
    short = act.shorten(
        review=review, sentence=first, text="Đã mở 12 lớp tập huấn.", edition=1, by=by, at=KIM_AT
    )
    assert (short.text, short.origin) == ("Đã mở 12 lớp tập huấn.", Origin.SHORTENED)
    assert short.edited_from == "Đã mở 12 lớp tập huấn cho 340 người."


def test_two_people_on_one_sentence_the_second_is_told_and_nothing_is_overwritten(
    world: World, draft: tuple
) -> None:
    first = take(world, draft)[0]
    by, review = world.by("kim"), draft[0]
    act.rewrite(review=review, sentence=first, text="Lời thứ nhất.", edition=1, by=by, at=KIM_AT)
    with pytest.raises(Refused, match="Somebody else has changed this sentence") as told:
        act.rewrite(review=review, sentence=first, text="Lời thứ hai.", edition=1, by=by, at=KIM_AT)
    assert told.value.details["code"] == "edition"
    assert texts(draft[1])[0] == "Lời thứ nhất."


def test_a_removed_sentence_comes_back_to_its_place(world: World, draft: tuple) -> None:
    _first, second, _third = take(world, draft)
    by, review = world.by("kim"), draft[0]
    act.remove(review=review, sentence=second, edition=1, by=by, at=KIM_AT)
    assert len(texts(draft[1])) == 2
    act.restore(review=review, sentence=second, by=by, at=KIM_AT)
    assert texts(draft[1])[1] == "Nước rút chậm ở 3 xã."


def test_braces_are_kept_for_figures_the_review_has(world: World, draft: tuple) -> None:
    by, (review, block, _revision) = world.by("kim"), draft
    for text, why in (("Có {{x}} lớp.", "kept for figures"), ("Có {{figure:7}} lớp.", "no figure 7")):
        with pytest.raises(Refused, match=why):
            act.write(review=review, block=block, text=text, by=by, at=KIM_AT)


@pytest.mark.parametrize("name", ["lan", "hoa", "chi", "nga", "oanh"])
def test_only_the_coordinator_of_the_agreement_writes(world: World, draft: tuple, name: str) -> None:
    with pytest.raises(Refused, match="may not change"):
        act.write(review=draft[0], block=draft[1], text="Lời.", by=world.by(name), at=KIM_AT)
    assert texts(draft[1]) == []


def test_a_signed_review_is_closed_to_changes(world: World, draft: tuple) -> None:
    Review.objects.update(state="signed")
    with pytest.raises(Refused, match="do not change any more"):
        act.write(review=draft[0], block=draft[1], text="Lời.", by=world.by("kim"), at=KIM_AT)


@pytest.mark.requirement(91)
def test_every_change_is_in_the_trail_without_the_words(world: World, draft: tuple) -> None:
    first = take(world, draft)[0]
    act.rewrite(
        review=draft[0], sentence=first, text="Lời mới.", edition=1, by=world.by("kim"), at=instant(11)
    )
    rows = AuditRow.objects.filter(subject=f"reviews.review:{draft[0].pk}").order_by("number")
    assert [(r.verb, r.actor) for r in rows] == [
        ("take", world.people["kim"].actor_id), ("rewrite", world.people["kim"].actor_id),
    ]  # fmt: skip
    assert rows[1].detail == {"sentence": first.pk, "new": []}
