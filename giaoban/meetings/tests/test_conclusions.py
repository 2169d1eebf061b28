"""Conclusions: written in the hall, accepted, made into tasks, followed at the next meeting."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from giaoban.agreements.models import Filing
from giaoban.core.refused import Refused
from giaoban.lib.paper import check, read
from giaoban.meetings.actions import conclusions, giving, notice
from giaoban.meetings.actions.mailing import CHANGED
from giaoban.meetings.models import Conclusion, ConclusionState, Invitation
from giaoban.meetings.queries import conclusions as reading
from giaoban.meetings.queries import grounds
from giaoban.meetings.tests.hall import AFTER, IN_SESSION, concluded, in_session, let_go
from giaoban.meetings.tests.story import BEGINS, invited, prepared, signed_in
from giaoban.notices.models import Choice, Mail, Notice
from giaoban.plans.models import Plan, Task
from giaoban.reports.tests.world import World
from giaoban.reviews.actions import figures, sentences
from giaoban.reviews.models import Section, SentenceSource
from giaoban.reviews.queries.reading import contents
from giaoban.reviews.questions import Question
from giaoban.reviews.tests.story import accepted, begun


def proposed(world: World, meeting, text: str = "Rà soát phương án", **fields) -> Conclusion:
    return conclusions.conclude(
        meeting=meeting, texts={"vi": text}, by=world.by("kim", IN_SESSION), at=IN_SESSION, **fields
    )  # fmt: skip


@pytest.mark.requirement(52)
def test_conclusions_become_tasks_in_one_act_traceable_both_ways(world: World) -> None:
    meeting = in_session(world)
    first = concluded(world, meeting, output="Một cuộc diễn tập")
    second = concluded(world, meeting, "Tập huấn cán bộ xã", lead=world.ag, support=[])
    dropped = proposed(world, meeting, "Để sau")
    tasks = giving.give_tasks(meeting=meeting, year=2021, by=world.by("kim", AFTER), at=AFTER)
    assert [(t.lead, t.due_on, t.origin, t.origin_ref) for t in tasks] == [
        (world.ct, date(2021, 4, 30), "conclusion", f"conclusion:{first.pk}"),
        (world.ag, date(2021, 4, 30), "conclusion", f"conclusion:{second.pk}"),
    ]
    assert list(tasks[0].support.all()) == [world.ag] and tasks[0].output == "Một cuộc diễn tập"
    states = dict(Conclusion.objects.values_list("pk", "state"))
    assert states == {first.pk: "given", second.pk: "given", dropped.pk: "proposed"}
    client = signed_in(world, "lan")
    assert tasks[0].get_absolute_url() in client.get(first.get_absolute_url()).content.decode()
    assert first.get_absolute_url() in client.get(tasks[0].get_absolute_url()).content.decode()
    with (
        translation.override("en"),
        pytest.raises(Refused, match="no accepted conclusion that is not a task"),
    ):
        giving.give_tasks(meeting=meeting, year=2021, by=world.by("kim", AFTER), at=AFTER)
    assert Task.objects.count() == 2


def test_all_become_tasks_or_none(world: World) -> None:
    meeting = in_session(world)
    concluded(world, meeting)
    concluded(world, meeting, "Không ai chủ trì", lead=None, support=[])
    with pytest.raises(Refused, match="Name the lead unit of: 2"):
        giving.give_tasks(meeting=meeting, year=2021, by=world.by("kim", AFTER), at=AFTER)
    third = concluded(world, meeting, "Chưa có hạn", due_on=None)
    with pytest.raises(Refused, match="Give the due date of: 3"):
        giving.give_tasks(meeting=meeting, year=2021, by=world.by("kim", AFTER), at=AFTER, chosen=[third])
    for name in ("chi", "lan", "nga"):
        with pytest.raises(Refused):
            giving.give_tasks(meeting=meeting, year=2021, by=world.by(name, AFTER), at=AFTER)
    assert not Task.objects.exists() and not Plan.objects.exists()


@pytest.mark.requirement(50)
def test_the_next_meeting_shows_each_conclusion_with_its_task_and_result(world: World) -> None:
    before = in_session(world)
    concluded(world, before)
    later = prepared(
        world, starts_at=BEGINS + timedelta(days=365), ends_at=BEGINS + timedelta(days=365, hours=8)
    )
    (task,) = giving.give_tasks(meeting=before, year=2021, by=world.by("kim", AFTER), at=AFTER)
    Task.objects.filter(pk=task.pk).update(state="done", result="Đã diễn tập ngày 20/4.")
    meeting, followed = reading.of_last_time(later)
    assert meeting == before
    assert [(str(f.conclusion), f.task.state) for f in followed] == [("Diễn tập trước mùa lũ", "done")]
    page = signed_in(world, "kim").get(reverse("meetings:agenda", args=[world.agreement.code, later.pk]))
    assert "Đã diễn tập ngày 20/4." in page.content.decode()
    assert reading.of_last_time(before) == (None, [])


@pytest.mark.requirement(53)
def test_the_direction_of_a_review_is_written_from_the_accepted_conclusions(world: World) -> None:
    meeting = in_session(world)
    row = concluded(world, meeting)
    proposed(world, meeting, "Chưa chấp nhận")
    review, _block = begun(world)
    section = Section.objects.create(review=review, code="direction", title="Phương hướng", position=2)
    giving.write_direction(meeting=meeting, review=review, by=world.by("kim", AFTER), at=AFTER)
    (block,) = section.blocks.all()
    assert [s.text for s in block.sentences.all()] == [
        "Diễn tập trước mùa lũ (chủ trì: Cần Thơ; phối hợp: An Giang; thời hạn 30/04/2021)."
    ]
    (source,) = SentenceSource.objects.filter(sentence__block=block)
    assert (source.address, source.task) == (row.get_absolute_url(), None)
    assert source.label == "kết luận số 1, Hội nghị tổng kết năm 2020"
    assert contents(review).unsupported == []
    (task,) = giving.give_tasks(meeting=meeting, year=2021, by=world.by("kim", AFTER), at=AFTER)
    giving.write_direction(meeting=meeting, review=review, by=world.by("kim", AFTER), at=AFTER)
    assert SentenceSource.objects.order_by("pk").last().task == task
    bare, _block = begun(world, "2020-02")
    with pytest.raises(Refused, match="no section for the direction"):
        giving.write_direction(meeting=meeting, review=bare, by=world.by("kim", AFTER), at=AFTER)
    page = signed_in(world, "kim").get(
        reverse("reviews:edit", args=[world.agreement.code, review.pk]), {"section": "direction"}
    )
    assert row.get_absolute_url() in page.content.decode()


def test_units_read_what_was_accepted_and_nothing_else(world: World) -> None:
    meeting = in_session(world)
    kept, open_ = concluded(world, meeting), proposed(world, meeting, "Bí mật còn bàn")
    where = reverse("meetings:conclusions", args=[world.agreement.code, meeting.pk])
    every = reverse("meetings:all-conclusions", args=[world.agreement.code])
    for name, sees in (("lan", False), ("hoa", False), ("chi", True), ("kim", True), ("oanh", True)):
        client = signed_in(world, name)
        for page in (where, every):
            text = client.get(page).content.decode()
            assert str(kept) in text and ("Bí mật còn bàn" in text) is sees, (name, page)
        assert client.get(open_.get_absolute_url()).status_code == (200 if sees else 404)
    for page in (where, every, kept.get_absolute_url()):
        assert signed_in(world, "nga").get(page).status_code == 404


def test_the_second_writer_is_told_and_accepted_words_are_closed(world: World) -> None:
    meeting = in_session(world)
    row = proposed(world, meeting)
    given = {"conclusion": row, "by": world.by("chi", IN_SESSION), "at": IN_SESSION}
    conclusions.change_conclusion(texts={"vi": "Lời mới"}, edition=1, **given)
    with pytest.raises(Refused, match="Somebody else has changed this conclusion"):
        conclusions.change_conclusion(texts={"vi": "Lời khác"}, edition=1, **given)
    done = conclusions.accept(**given)
    with pytest.raises(Refused, match="propose it again before you change it"):
        conclusions.change_conclusion(texts={"vi": "Lén sửa"}, edition=done.edition, **given)
    back = conclusions.repropose(reason="Sửa thời hạn", **given)
    assert back.state == ConclusionState.PROPOSED
    assert conclusions.drop(reason="Trùng", **given).state == ConclusionState.DROPPED
    assert str(Conclusion.objects.get()) == "Lời mới"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"texts": {"vi": "  "}}, "Write what was concluded"),
        ({"texts": {"vi": "x" * 4001}}, "too long for one conclusion"),
        ({"due_on": date(2021, 1, 13)}, "due after its meeting"),
        ({"lead": "ct", "support": ["ct"]}, "does not support itself"),
    ],
)
def test_bad_conclusions_get_a_sentence_and_change_nothing(world: World, fields: dict, sentence: str) -> None:
    units = {"lead": world.ct} if "lead" in fields else {}
    units |= {"support": [world.ct]} if "support" in fields else {}
    given = {"texts": {"vi": "Kết luận"}} | fields | units
    with pytest.raises(Refused, match=sentence):
        conclusions.conclude(
            meeting=in_session(world), by=world.by("kim", IN_SESSION), at=IN_SESSION, **given
        )  # fmt: skip
    assert not Conclusion.objects.exists()


def test_order_keeps_numbers_without_gaps(world: World) -> None:
    meeting = in_session(world)
    a, b, c = (proposed(world, meeting, name) for name in "ABC")
    conclusions.shift_conclusion(conclusion=c, step=-1, by=world.by("kim"), at=IN_SESSION)
    assert list(meeting.conclusions.values_list("pk", "number")) == [(a.pk, 1), (c.pk, 2), (b.pk, 3)]
    with pytest.raises(Refused, match="edge of the list"):
        conclusions.shift_conclusion(conclusion=a, step=-1, by=world.by("kim"), at=IN_SESSION)


def test_a_conclusion_rests_on_figures_and_sentences_the_reader_can_open(world: World) -> None:
    report = accepted(world, world.ct, narratives={"note": "Nước rút chậm ở 3 xã. Đường sạt lở."}, visits=5)
    review, block = begun(world)
    by = world.by("kim", IN_SESSION)
    excerpt = sentences.Excerpt(report.accepted_id, "note")
    sentences.take(review=review, block=block, excerpts=[excerpt], by=by, at=IN_SESSION)
    asked = Question(indicator="visits", unit=world.office.pk, period="2020-01")
    figures.insert_sentence(review=review, block=block, question=asked, by=by, at=IN_SESSION)
    row = proposed(world, in_session(world))
    for chosen in (grounds.find(review, 1, ""), grounds.find(review, None, "nuoc rut CHAM")):
        conclusions.rest_on(conclusion=row, by=by, at=IN_SESSION, **chosen)
    found = reading.conclusion_for(by, row.meeting, row.pk)
    texts = [shown.text for shown in grounds.shown(found, by)]
    assert texts[0].endswith(": 5") and texts[1] == "Nước rút chậm ở 3 xã."
    lan = world.by("lan", IN_SESSION)
    assert grounds.shown(found, lan) == []  # the review is still a draft
    for number, words, sentence in ((9, "", "has no figure 9"), (None, "", "number of a figure"),
                                    (None, "bão", "No sentence"), (None, "r", "write more of them")):  # fmt: skip
        with pytest.raises(Refused, match=sentence):
            grounds.find(review, number, words)
    foreign = world.people["nga"].memberships.get().agreement
    type(review).objects.filter(pk=review.pk).update(agreement=foreign)
    with pytest.raises(Refused, match="another agreement"):
        conclusions.rest_on(conclusion=row, by=by, at=IN_SESSION, **grounds.find(review, None, "sạt lở"))


def test_the_notice_is_issued_once_frozen_and_registered(world: World) -> None:
    world.agreement.settings = {"review": {"place": "Cần Thơ"}}
    world.agreement.save()
    meeting = in_session(world)
    given = {"meeting": meeting, "number": "03/TB-VPV", "dated": date(2021, 1, 18), "at": AFTER}
    with pytest.raises(Refused, match="no accepted conclusion"):
        notice.issue_notice(by=world.by("kim", AFTER), **given)
    concluded(world, meeting)
    left = proposed(world, meeting)
    with pytest.raises(Refused, match="still proposed"):
        notice.issue_notice(by=world.by("kim", AFTER), **given)
    conclusions.drop(conclusion=left, reason="Trùng", by=world.by("kim", AFTER), at=AFTER)
    with pytest.raises(Refused, match="may not issue"):
        notice.issue_notice(by=world.by("lan", AFTER), **given)
    where = reverse("meetings:notice-file", args=[world.agreement.code, meeting.pk, "docx"])
    assert signed_in(world, "lan").get(where).status_code == 404
    issued = notice.issue_notice(by=world.by("kim", AFTER), **given)
    assert Filing.objects.get().paper.type == "notice"
    told = {notice.person for notice in Notice.objects.all() if "03/TB-VPV" in notice.sentences["vi"]}
    assert told == {world.people[name] for name in ("lan", "minh", "hoa", "kim", "chi")}
    answer = signed_in(world, "lan").get(where)
    content = answer.getvalue()
    let_go(answer)
    assert [f for f in check.layout(content) if not f.ok] == []
    assert "Cần Thơ" in str(read.extract(content).loose) or issued.number == "03/TB-VPV"
    with pytest.raises(Refused):
        notice.issue_notice(by=world.by("kim", AFTER), **given)


@pytest.mark.requirement(52)
def test_the_notice_goes_by_mail_with_its_paper(world: World) -> None:
    meeting = in_session(world)
    ct, _ag = invited(world, meeting)
    Invitation.objects.filter(pk=ct.pk).update(address="van-thu@ct.example")
    concluded(world, meeting)
    Mail.objects.all().delete()
    notice.issue_notice(
        meeting=meeting, number="03/TB-VPV", dated=date(2021, 1, 18), by=world.by("kim", AFTER), at=AFTER
    )
    mails = {mail.address: mail for mail in Mail.objects.all()}
    office, lan = mails["van-thu@ct.example"], mails[world.people["lan"].email]
    assert world.people["nga"].email not in mails
    kept = meeting.signed_files.get(kind="notice", format="docx").document
    for mail in (office, lan):
        (paper,) = mail.attachments
        assert (paper["name"], paper["path"]) == (kept.name, kept.file.name)
    where = reverse("meetings:conclusions", args=[world.agreement.code, meeting.pk])
    assert where in office.body and "03/TB-VPV" in office.body and "03/TB-VPV" in office.subject


def test_an_office_that_is_a_persons_address_gets_one_mail_his(world: World) -> None:
    meeting = in_session(world)
    ct, ag = invited(world, meeting)
    lan, minh = world.people["lan"], world.people["minh"]
    Invitation.objects.filter(pk=ct.pk).update(address=lan.email.upper())
    Invitation.objects.filter(pk=ag.pk).update(address=minh.email)
    Choice.objects.create(person=minh, kind=CHANGED, by_mail=False)
    concluded(world, meeting)
    Mail.objects.all().delete()
    given = {"number": "03/TB-VPV", "dated": date(2021, 1, 18), "by": world.by("kim", AFTER), "at": AFTER}
    notice.issue_notice(meeting=meeting, **given)
    mails = Mail.objects.filter(address__in=[lan.email, lan.email.upper(), minh.email]).order_by("address")
    assert {(mail.address, mail.person) for mail in mails} == {(lan.email, lan), (minh.email, None)}
    assert len(mails) == 2


def test_the_hall_writes_with_one_form_and_accepts_with_one_press(world: World) -> None:
    meeting = in_session(world)
    where = reverse("meetings:conclusions", args=[world.agreement.code, meeting.pk])
    client = signed_in(world, "kim")
    typed = {"text_vi": "Tổ chức diễn tập", "lead": "92", "support": "89", "due_on": "2021-04-30"}
    answer = client.post(where, typed)
    assert answer.status_code == 302 and answer.url.endswith("#write")
    row = Conclusion.objects.get()
    assert (row.lead, list(row.support.all()), row.number) == (world.ct, [world.ag], 1)
    bad = client.post(where, typed | {"text_vi": "", "lead": "không có"})
    assert bad.status_code == 200 and "error-summary" in bad.content.decode()
    press = reverse("meetings:accept-conclusion", args=[world.agreement.code, meeting.pk, row.pk])
    assert signed_in(world, "lan").post(press).status_code == 404
    assert client.get(press).status_code == 405
    assert client.post(press).status_code == 302
    assert Conclusion.objects.get().state == ConclusionState.ACCEPTED
    assert (
        signed_in(world, "lan").post(where, typed).status_code in (200, 405)
        and Conclusion.objects.count() == 1
    )
