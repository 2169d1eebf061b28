"""Contributions, photographs, questions, the survey, mail to delegates, the next meeting, the file."""

import csv
import hashlib
import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.meetings import actions
from giaoban.meetings.actions import Person, copying, extras, keeping, letters, surveying
from giaoban.meetings.archive import archive
from giaoban.meetings.models import Contribution, Delegate, Meeting, Question, SurveyTicket, Tally
from giaoban.meetings.queries.extras import survey_results
from giaoban.meetings.queries.series import next_host
from giaoban.meetings.queries.statistics import statistics
from giaoban.meetings.tests.hall import let_go
from giaoban.meetings.tests.story import ANNOUNCED, BEGINS, ENDS, announced, invited, signed_in
from giaoban.notices.models import Mail
from giaoban.reports.tests.world import World

LATER = ANNOUNCED + timedelta(hours=1)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def kim(world: World, at: datetime = LATER) -> dict:
    return {"by": world.by("kim", at), "at": at}


def picture(name: str = "IMG_0001.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG, content_type="image/png")


def text(name: str = "tham-luan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 noi dung", content_type="application/pdf")


def status_of(world: World, person: str, where: str) -> int:
    answer = signed_in(world, person).get(where)
    let_go(answer)
    return answer.status_code


def held(world: World, meeting: Meeting) -> Meeting:
    for name in ("open", "end"):
        meeting = actions.move_meeting(meeting=meeting, name=name, **kim(world, ENDS))
    return meeting


def delegate(world: World, invitation, name: str, **fields) -> Delegate:
    return actions.name_delegate(invitation=invitation, person=Person(name, **fields), **kim(world))


@pytest.mark.requirement(47)
def test_a_contribution_is_registered_placed_and_given_or_taken_in_writing(world: World) -> None:
    meeting = announced(world)
    invited(world, meeting)
    lan = {"by": world.by("lan", LATER), "at": LATER}
    made = extras.register_contribution(meeting=meeting, unit=world.ct, title="Kinh nghiệm 4 tại chỗ", **lan)
    with pytest.raises(Refused, match="may not register"):
        extras.register_contribution(meeting=meeting, unit=world.ag, title="Của đơn vị khác", **lan)
    with pytest.raises(Refused, match="may not do this"):
        extras.move_contribution(contribution=made, name="place", **lan)
    with pytest.raises(Refused, match="text is not there yet"):
        extras.move_contribution(contribution=made, name="write", **kim(world))
    made = extras.move_contribution(contribution=made, name="place", **kim(world))
    assert extras.move_contribution(contribution=made, name="give", **kim(world)).state == "given"
    assert Contribution.objects.count() == 1


def test_a_contribution_is_its_units_alone_until_it_stands_on_the_list(world: World) -> None:
    meeting = announced(world)
    invited(world, meeting)
    lan = {"by": world.by("lan", LATER), "at": LATER}
    made = extras.register_contribution(
        meeting=meeting, unit=world.ct, title="Bài của Cần Thơ", file=text(), **lan
    )
    args = [meeting.agreement.code, meeting.pk]
    pages = [
        reverse(f"meetings:{name}", args=[*args, made.pk]) for name in ("contribution", "contribution-file")
    ]
    seen = {"lan": 200, "kim": 200, "chi": 200, "minh": 404, "hoa": 404, "nga": 404}
    for person, status in seen.items():
        assert [status_of(world, person, where) for where in pages] == [status] * 2, person
    listed = reverse("meetings:contributions", args=args)
    assert "Bài của Cần Thơ" not in signed_in(world, "minh").get(listed).content.decode()
    extras.move_contribution(contribution=made, name="place", **kim(world))
    for where in pages:
        assert status_of(world, "minh", where) == 200
        assert status_of(world, "nga", where) == 404
    edit = reverse("meetings:edit-contribution", args=[*args, made.pk])
    assert signed_in(world, "minh").post(edit, {"title": "Khác", "minutes": 5}).status_code == 404


def test_a_unit_registers_from_the_screen(world: World) -> None:
    meeting = announced(world)
    invited(world, meeting)
    where = reverse("meetings:register-contribution", args=[meeting.agreement.code, meeting.pk])
    given = {"unit": world.ct.pk, "title": "Bài mới", "minutes": 10, "file": text()}
    assert signed_in(world, "lan").post(where, given).status_code == 302
    assert (
        signed_in(world, "lan").post(where, {**given, "unit": world.ag.pk, "file": text()}).status_code == 200
    )
    assert [c.unit for c in Contribution.objects.all()] == [world.ct]
    assert signed_in(world, "hoa").get(where).status_code == 404


@pytest.mark.requirement(49, 81)
def test_a_photograph_says_what_one_sees_and_a_file_name_does_not(world: World) -> None:
    meeting = announced(world)
    for said in ("IMG_0001", "img_0001.png", "Toàn cảnh", "x"):
        with pytest.raises(Refused, match="Say what one sees"):
            extras.add_photo(
                meeting=meeting, file=picture(), caption="Toàn cảnh", alternative=said, **kim(world)
            )
    with pytest.raises(Refused, match=r"\.jpg or \.png"):
        extras.add_photo(meeting=meeting, file=text(), caption="x", alternative="Ba người", **kim(world))
    told = "Ba người ngồi ở bàn chủ tọa, phía sau là phông hội nghị"
    made = extras.add_photo(
        meeting=meeting, file=picture(), caption="Chủ tọa", alternative=told, **kim(world)
    )
    args = [meeting.agreement.code, meeting.pk]
    page = signed_in(world, "lan").get(reverse("meetings:photos", args=args)).content.decode()
    assert f'alt="{told}"' in page
    where = reverse("meetings:photo", args=[*args, made.pk])
    shown = signed_in(world, "lan").get(where)
    assert shown["Content-Type"] == "image/png"
    let_go(shown)
    assert signed_in(world, "nga").get(where).status_code == 404


def question(world: World, meeting: Meeting, part: str, kind: str, **fields) -> Question:
    given = {
        "part": part,
        "kind": kind,
        "texts": {"vi": "Bố trí hội trường?"},
        "choices": "Tốt\nChưa tốt",
    } | fields
    return extras.set_question(meeting=meeting, details=given, **kim(world))


def test_questions_are_answered_with_the_naming_and_erased_with_the_contacts(world: World) -> None:
    meeting = announced(world)
    ct, _ag = invited(world, meeting)
    asked = question(world, meeting, "registration", "choice", choices="Có\nKhông", required=True)
    lan = {"by": world.by("lan", LATER), "at": LATER}
    for answers, sentence in (({}, "Answer this question"), ({asked.pk: "Có thể"}, "not offered")):
        with pytest.raises(Refused, match=sentence):
            actions.name_delegate(invitation=ct, person=Person("An"), answers=answers, **lan)
    assert not Delegate.objects.exists()
    row = actions.name_delegate(invitation=ct, person=Person("An"), answers={asked.pk: "Có"}, **lan)
    assert [a.text for a in row.answers.all()] == ["Có"]
    with pytest.raises(Refused, match="answered already"):
        extras.set_question(meeting=meeting, question=asked, details={"choices": "A\nB"}, **kim(world))
    keeping.erase_contacts(by=world.by("kim"), at=ENDS + timedelta(days=91))
    assert not row.answers.exists()


def test_a_survey_asks_no_free_text(world: World) -> None:
    with pytest.raises(Refused, match="no free text"):
        question(world, announced(world), "survey", "text")


def test_answers_of_a_survey_are_counted_once_and_join_to_nobody(world: World) -> None:
    meeting = announced(world)
    ct, ag = invited(world, meeting)
    asked = question(world, meeting, "survey", "choice")
    people = [
        delegate(world, unit, name, email=f"{n}@x.example")
        for n, (unit, name) in enumerate(((ct, "An"), (ct, "Bình"), (ag, "Cường")))
    ]
    with pytest.raises(Refused, match="when the session has ended"):
        surveying.send_survey(meeting=meeting, **kim(world))
    meeting = held(world, meeting)
    assert surveying.send_survey(meeting=meeting, **kim(world, ENDS)) == 3
    before = AuditRow.objects.count()
    for person, said in zip(people, ("Tốt", "Tốt", "Chưa tốt"), strict=True):
        _count, results = survey_results(meeting)
        assert results[0].counts is None
        surveying.take_survey(delegate=person, answers={asked.pk: said})
    with pytest.raises(Refused, match="in already"):
        surveying.take_survey(delegate=people[0], answers={asked.pk: "Tốt"})
    answered, results = survey_results(meeting)
    assert (answered, results[0].counts) == (3, [("Tốt", 2), ("Chưa tốt", 1)])
    assert AuditRow.objects.count() == before
    assert {f.name for f in Tally._meta.fields} == {"id", "question", "option", "count"}
    assert {f.name for f in SurveyTicket._meta.fields} == {"id", "delegate"}


def test_the_link_of_a_survey_opens_for_its_delegate_and_a_forged_one_does_not(
    world: World, settings
) -> None:
    begins = datetime.now(UTC) - timedelta(hours=9)
    meeting = announced(world)
    ct, _ag = invited(world, meeting)
    asked = question(world, meeting, "survey", "choice")
    row = delegate(world, ct, "An", email="an@x.example")
    held(world, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=begins, ends_at=begins + timedelta(hours=8))
    where = surveying.link_of(row)
    page = Client().get(where)
    assert page.status_code == 200 and "Bố trí hội trường?" in page.content.decode()
    assert Client().get(where[:-3] + "xx/").status_code == 404
    assert Client().get(where.replace("/a/phoi-hop/", "/a/khac/")).status_code == 404
    done = Client().post(where, {f"question_{asked.pk}": "Tốt"}).content.decode()
    assert "đã được đếm" in done and Tally.objects.get().count == 1
    assert "đã trả lời rồi" in Client().post(where, {f"question_{asked.pk}": "Tốt"}).content.decode()
    Meeting.objects.filter(pk=meeting.pk).update(
        ends_at=begins - timedelta(days=50), starts_at=begins - timedelta(51)
    )
    assert Client().get(where).status_code == 404


def test_mail_goes_to_those_the_filter_picks_after_a_look(world: World) -> None:
    meeting = announced(world)
    ct, ag = invited(world, meeting)
    delegate(world, ct, "An", email="an@x.example")
    delegate(world, ag, "Bình", email="binh@x.example")
    Mail.objects.all().delete()
    where = reverse("meetings:write", args=[meeting.agreement.code, meeting.pk]) + "?q=can+tho"
    client = signed_in(world, "kim")
    words = {"subject": "Đổi phòng", "body": "Kính gửi {name} ({unit}), phòng họp đổi sang tầng 3."}
    look = client.post(where, {**words, "look": "1"}).content.decode()
    assert "Kính gửi An (Cần Thơ)" in look and "Bình" not in look and not Mail.objects.exists()
    assert client.post(where, {**words, "send": "1"}).status_code == 302
    assert [(m.address, m.body) for m in Mail.objects.all()] == [
        ("an@x.example", "Kính gửi An (Cần Thơ), phòng họp đổi sang tầng 3.")
    ]
    for person in ("lan", "chi", "nga"):
        assert signed_in(world, person).post(where, {**words, "send": "1"}).status_code == 404


def test_a_letter_without_any_address_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="None of these"):
        letters.write_to(meeting=announced(world), delegates=[], subject="x", body="y", **kim(world))


@pytest.mark.requirement(50)
def test_the_next_meeting_takes_over_and_the_host_rotates(world: World) -> None:
    series = actions.make_series(
        agreement=world.agreement, titles={"vi": "Hằng năm"}, hosts=[world.ct, world.ag], **kim(world)
    )
    meeting = announced(world, series=series, host=world.ct)
    invited(world, meeting)
    actions.add_officer(meeting=meeting, role="chair", name="An", title="", unit=world.office, **kim(world))
    with pytest.raises(Refused, match="lies ahead"):
        copying.copy_meeting(meeting=meeting, titles={"vi": "x"}, starts_at=LATER, **kim(world))
    starts = BEGINS + timedelta(days=364)
    made = copying.copy_meeting(meeting=meeting, titles={"vi": "Năm 2021"}, starts_at=starts, **kim(world))
    assert (made.state, made.host, made.former, made.ends_at - starts) == (
        "draft",
        world.ag,
        meeting,
        ENDS - BEGINS,
    )
    assert [i.unit.code for i in made.invitations.all()] == ["92", "89"]
    assert {i.state for i in made.invitations.all()} == {"prepared"}
    assert [o.name for o in made.officers.all()] == ["An"] and not Delegate.objects.exists()
    assert next_host(series) == world.ct


def test_figures_by_unit_and_level(world: World) -> None:
    meeting = announced(world, answer_by=LATER)
    ct, ag = invited(world, meeting)
    first = delegate(world, ct, "An")
    late = LATER + timedelta(days=1)
    actions.name_delegate(invitation=ct, person=Person("Bình"), **kim(world, late))
    actions.replace(delegate=first, person=Person("Cường"), **kim(world, late))
    actions.decline(invitation=ag, reason="Bão", **kim(world, late))
    found = statistics(meeting)
    lines = {n.label: (n.seats, n.seated, n.replaced, n.late, n.declined) for n in found.by_unit}
    assert lines == {"Cần Thơ": (2, 2, 1, 1, 0), "An Giang": (2, 0, 0, 0, 1)}
    assert (found.total.units, found.by_level[0].seats) == (2, 4)


@pytest.mark.requirement(92)
def test_the_file_holds_everything_but_phones_and_its_list_of_hashes_is_true(world: World) -> None:
    meeting = announced(world)
    ct, _ag = invited(world, meeting)
    delegate(world, ct, "=An", phone="0900111222", email="an@x.example")
    extras.register_contribution(meeting=meeting, unit=world.ct, title="Bài", file=text(), **kim(world))
    extras.add_photo(
        meeting=meeting, file=picture(), caption="Chủ tọa", alternative="Ba người ở bàn chủ tọa", **kim(world)
    )
    packed = archive(meeting, by=world.by("kim", LATER))
    assert packed == archive(meeting, by=world.by("kim", LATER))
    file = zipfile.ZipFile(io.BytesIO(packed))
    listed = dict(line.split("  ", 1)[::-1] for line in file.read("SHA256SUMS").decode().splitlines())
    assert set(listed) == set(file.namelist()) - {"SHA256SUMS"}
    assert all(hashlib.sha256(file.read(name)).hexdigest() == digest for name, digest in listed.items())
    assert {"contributions/01-92-tham-luan.pdf", "photos/01-IMG_0001.png", "photos/captions.csv"} <= set(
        listed
    )
    everything = b"".join(file.read(name) for name in listed)
    assert b"0900111222" not in everything and b"an@x.example" not in everything
    rows = list(csv.DictReader(io.StringIO(file.read("delegates.csv").decode("utf-8-sig"))))
    assert [(r["name"], r["unit"]) for r in rows] == [("'=An", "Cần Thơ")]
    where = reverse("meetings:file", args=[meeting.agreement.code, meeting.pk])
    for person, status in {"kim": 200, "chi": 200, "lan": 404, "nga": 404}.items():
        assert signed_in(world, person).get(where).status_code == status, person


SECRETARIAT = ["questions", "add-question", "send-survey", "figures", "copy", "write", "add-photo"]


@pytest.mark.parametrize("name", [*SECRETARIAT, "series", "new-series", "contributions", "photos"])
def test_pages_of_the_secretariat_and_of_everybody(world: World, name: str) -> None:
    meeting = announced(world)
    ct, _ag = invited(world, meeting)
    delegate(world, ct, "An", email="an@x.example")
    args = [meeting.agreement.code] if "series" in name else [meeting.agreement.code, meeting.pk]
    where = reverse(f"meetings:{name}", args=args)
    readers = {"kim"} | ({"chi", "oanh"} if name in ("questions", "figures") else set())
    if name in ("contributions", "photos"):
        readers = {"kim", "chi", "oanh", "lan", "hoa"}
    for person in ("kim", "chi", "oanh", "lan", "hoa", "nga"):
        assert signed_in(world, person).get(where).status_code == (200 if person in readers else 404), person


def test_the_video_link_is_shown_by_its_rule(world: World) -> None:
    link = "https://hop.example.vn/tong-ket"
    for rule, readers in (
        ("chairs", {"kim", "chi", "oanh"}), ("delegates", {"kim", "chi", "oanh", "lan"}),
        ("everybody", {"kim", "chi", "oanh", "lan", "minh", "hoa"}),
    ):  # fmt: skip
        meeting = announced(world, video_url=link, video_rule=rule)
        actions.invite(meeting=meeting, units=[world.ct], seats=1, **kim(world))
        actions.send_invitations(meeting=meeting, **kim(world))
        for person in ("kim", "chi", "oanh", "lan", "minh", "hoa"):
            page = signed_in(world, person).get(meeting.get_absolute_url()).content.decode()
            assert (link in page) is (person in readers), (rule, person)


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_a_fixed_number_of_times(world: World, rows: int, django_assert_num_queries) -> None:
    meeting = announced(world)
    invited(world, meeting)
    for n in range(rows):
        extras.register_contribution(meeting=meeting, unit=world.ct, title=f"Bài {n}", **kim(world))
        actions.make_series(
            agreement=world.agreement, titles={"vi": f"Chuỗi {n}"}, hosts=[world.ct], **kim(world)
        )
        question(world, meeting, "survey", "scale", position=n + 1)
    args, client = [meeting.agreement.code, meeting.pk], signed_in(world, "kim")
    for name, given, queries in (
        ("contributions", args, 7), ("photos", args, 5), ("questions", args, 8), ("figures", args, 5),
        ("series", args[:1], 8),
    ):  # fmt: skip
        with django_assert_num_queries(queries, info=name):
            assert client.get(reverse(f"meetings:{name}", args=given)).status_code == 200
