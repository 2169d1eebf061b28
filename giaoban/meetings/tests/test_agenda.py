"""The agenda: begun, ordered, published, with what changed."""

from datetime import UTC, datetime, timedelta

import pytest

from giaoban.core.refused import Refused
from giaoban.meetings.actions import agenda
from giaoban.meetings.models import AgendaItem, ItemKind
from giaoban.meetings.queries import agenda as reading
from giaoban.meetings.tests.hall import IN_SESSION, concluded, in_session, item, paper, written
from giaoban.meetings.tests.story import ANNOUNCED, BEGINS, PREPARED, prepared
from giaoban.reports.tests.world import World
from giaoban.reviews.models import Review, Section
from giaoban.reviews.tests.story import accepted, begun

AT = {"at": PREPARED}


def titles(meeting) -> list[str]:
    return [str(each) for each in reading.items_of(meeting)]


@pytest.mark.requirement(46)
def test_items_follow_each_other_and_one_that_begins_too_early_is_told(world: World) -> None:
    meeting = prepared(world)
    item(world, meeting, "Khai mạc", duration=10)
    item(world, meeting, "Báo cáo", duration=30, speaker="  Ông   Hai ", speaker_unit=world.ct)
    item(world, meeting, "Bế mạc", starts_at=BEGINS + timedelta(minutes=20))
    slots = reading.timed(meeting, reading.items_of(meeting))
    assert [s.begins - BEGINS for s in slots] == [timedelta(minutes=m) for m in (0, 10, 20)]
    assert [s.late for s in slots] == [False, False, True]
    assert slots[1].item.speaker == "Ông Hai"


@pytest.mark.requirement(46)
def test_buttons_and_dragging_order_the_same_items(world: World) -> None:
    meeting, by = prepared(world), world.by("kim", PREPARED)
    a, b, c = (item(world, meeting, name) for name in "ABC")
    agenda.shift_item(item=c, step=-1, by=by, **AT)
    assert titles(meeting) == ["A", "C", "B"]
    with pytest.raises(Refused, match="edge of the agenda"):
        agenda.shift_item(item=a, step=-1, by=by, **AT)
    agenda.arrange(meeting=meeting, order_of=[b.pk, a.pk, c.pk], by=by, **AT)
    assert titles(meeting) == ["B", "A", "C"]
    item(world, meeting, "D")
    with pytest.raises(Refused, match="added or removed an item"):
        agenda.arrange(meeting=meeting, order_of=[a.pk, b.pk, c.pk], by=by, **AT)
    assert titles(meeting) == ["B", "A", "C", "D"]


@pytest.mark.requirement(46)
def test_a_version_is_published_and_the_next_says_what_changed(world: World) -> None:
    meeting, by = prepared(world), world.by("kim", PREPARED)
    first, second = item(world, meeting, "Khai mạc", duration=10), item(world, meeting, "Thảo luận")
    one = agenda.publish_agenda(meeting=meeting, by=by, **AT)
    with pytest.raises(Refused, match="Nothing has changed since version 1"):
        agenda.publish_agenda(meeting=meeting, by=by, **AT)
    agenda.change_item(item=first, duration=20, speaker="Bà Ba", by=by, **AT)
    agenda.remove_item(item=second, by=by, **AT)
    item(world, meeting, "Kết luận")
    two = agenda.publish_agenda(meeting=meeting, note="Đổi giờ", by=by, **AT)
    changes = reading.differences(one.lines, two.lines)
    assert [(c.kind, c.titles["vi"], c.fields) for c in changes] == [
        ("changed", "Khai mạc", ("speaker", "ends")),
        ("added", "Kết luận", ()),
        ("removed", "Thảo luận", ()),
    ]
    assert one.lines[0]["speaker"] == ""  # what was published stays as it was


@pytest.mark.requirement(50)
def test_the_usual_order_opens_with_the_last_conclusions_and_takes_the_review_section_by_section(
    world: World,
) -> None:
    before = in_session(world)
    concluded(world, before)
    review, _block = begun(world, state="issued", issued_at=ANNOUNCED)
    Section.objects.create(review=review, code="annex", title="Phụ lục", position=2, is_annex=True)
    later = prepared(
        world, starts_at=BEGINS + timedelta(days=365), ends_at=BEGINS + timedelta(days=365, hours=8)
    )
    made = agenda.begin_agenda(meeting=later, by=world.by("kim", PREPARED), **AT)
    assert [i.kind for i in made] == ["free", "conclusions", "review", "free", "free"]
    assert made[2].section.title == "Kết quả"
    assert made[1].titles == {"vi": "Kết luận lần trước", "en": "Conclusions of last time"}
    with pytest.raises(Refused, match="begun already"):
        agenda.begin_agenda(meeting=later, by=world.by("kim", PREPARED), **AT)


def test_an_item_can_be_a_report_or_a_section_of_this_agreement_only(world: World) -> None:
    meeting = prepared(world)
    report = accepted(world, world.ct)
    made = item(world, meeting, "Báo cáo của Cần Thơ", kind=ItemKind.REPORT, report=report)
    assert made.report == report
    with pytest.raises(Refused, match="no such report"):
        item(world, meeting, kind=ItemKind.REPORT)
    foreign = Review.objects.create(
        agreement=world.people["nga"].memberships.get().agreement, period="2020", language="vi", title="Khác",
        begun_at=PREPARED, changed_at=PREPARED,
    )  # fmt: skip
    section = Section.objects.create(review=foreign, code="x", title="Phần", position=1)
    with pytest.raises(Refused, match="section of a review of this agreement"):
        item(world, meeting, kind=ItemKind.REVIEW, section=section)
    assert AgendaItem.objects.filter(meeting=meeting).count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"titles": {"vi": "  "}}, "Give it a title"),
        ({"duration": 0}, "between 1 and 720 minutes"),
        ({"duration": 721}, "between 1 and 720 minutes"),
        ({"starts_at": datetime(2019, 1, 1, tzinfo=UTC)}, "outside the days of the meeting"),
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(world: World, fields: dict, sentence: str) -> None:
    meeting = prepared(world)
    with pytest.raises(Refused, match=sentence):
        agenda.add_item(
            **{"meeting": meeting, "titles": {"vi": "A"}, "by": world.by("kim"), "at": PREPARED} | fields
        )
    assert not meeting.items.exists()


def test_what_hangs_on_an_item_keeps_it_on_the_agenda(world: World) -> None:
    meeting = in_session(world)
    _minutes, said = written(world, meeting)
    bare = item(world, meeting, "Giải lao")
    with_paper = item(world, meeting, "Tham luận")
    paper(world, meeting, item=with_paper)
    for kept in (said, with_paper):
        with pytest.raises(Refused, match="hang on this item"):
            agenda.remove_item(item=kept, by=world.by("kim"), at=IN_SESSION)
    agenda.remove_item(item=bare, by=world.by("kim"), at=IN_SESSION)
    assert titles(meeting) == ["Thảo luận", "Tham luận"]


@pytest.mark.parametrize("name", ["lan", "hoa", "chi", "nga"])
def test_only_the_coordinator_of_the_agreement_writes_the_agenda(world: World, name: str) -> None:
    with pytest.raises(Refused):
        agenda.add_item(meeting=prepared(world), titles={"vi": "A"}, by=world.by(name), at=PREPARED)
