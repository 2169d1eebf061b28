"""Paragraphs are added, moved, joined, parted, marked and removed."""

import pytest

from giaoban.core.refused import Refused
from giaoban.reports.tests.world import World
from giaoban.reviews.actions import blocks as act
from giaoban.reviews.actions import sentences
from giaoban.reviews.models import Block, Review
from giaoban.reviews.tests.story import KIM_AT, begun, texts


@pytest.fixture
def draft(world: World) -> tuple[Review, Block]:
    return begun(world)


def order(block: Block) -> list[int]:
    return list(block.section.blocks.filter(removed=False).order_by("position").values_list("pk", flat=True))


def test_a_paragraph_is_added_behind_another_and_moved(world: World, draft: tuple) -> None:
    review, first = draft
    given = {"review": review, "by": world.by("kim"), "at": KIM_AT}
    last = act.add_paragraph(section=first.section, **given)
    middle = act.add_paragraph(section=first.section, after=first, **given)
    assert order(first) == [first.pk, middle.pk, last.pk]
    act.shift(block=last, step=-1, **given)
    assert order(first) == [first.pk, last.pk, middle.pk]
    with pytest.raises(Refused, match="edge of its section"):
        act.shift(block=first, step=-1, **given)


def test_paragraphs_are_parted_and_joined_without_losing_a_sentence(world: World, draft: tuple) -> None:
    review, block = draft
    given = {"review": review, "by": world.by("kim"), "at": KIM_AT}
    one, _two, _three = sentences.write(block=block, text="Một.\nHai.\nBa.", **given)
    new = act.part(sentence=one, **given)
    assert (texts(block), texts(new)) == (["Một."], ["Hai.", "Ba."])
    act.join_next(block=block, **given)
    assert texts(block) == ["Một.", "Hai.", "Ba."]
    with pytest.raises(Refused, match="no paragraph right after"):
        act.join_next(block=block, **given)


@pytest.mark.requirement(40)
def test_a_block_is_marked_publishable_and_removed_with_a_way_back(world: World, draft: tuple) -> None:
    review, block = draft
    given = {"review": review, "block": block, "by": world.by("kim"), "at": KIM_AT}
    assert act.mark(publishable=True, **given).publishable
    act.remove_block(**given)
    assert order(block) == []
    act.restore_block(**given)
    assert order(block) == [block.pk]


def test_a_block_of_another_review_is_not_reached(world: World, draft: tuple) -> None:
    other = begun(world, period="2020-02")[1]
    with pytest.raises(Refused, match="no longer there"):
        act.remove_block(review=draft[0], block=other, by=world.by("kim"), at=KIM_AT)
