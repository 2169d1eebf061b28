"""Papers: who reads them, and not a second too early."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from giaoban.core.refused import Refused
from giaoban.meetings.actions import papers
from giaoban.meetings.models import MeetingPaper
from giaoban.meetings.queries import papers as reading
from giaoban.meetings.tests.hall import PDF, file, in_session, let_go, paper
from giaoban.meetings.tests.story import ANNOUNCED, BEGINS, announced, signed_in
from giaoban.reports.tests.world import World


def known(world: World, name: str, meeting, at=ANNOUNCED) -> set[str]:
    return {str(row) for row in reading.readable(world.by(name, at), meeting)}


@pytest.mark.requirement(46)
def test_each_reads_what_is_meant_for_him(world: World) -> None:
    meeting = in_session(world)
    paper(world, meeting, "Mọi người", audience="agreement")
    paper(world, meeting, "Các đoàn", audience="delegations")
    paper(world, meeting, "Chủ trì", audience="chairs")
    paper(world, meeting, "Riêng Cần Thơ", audience="unit", unit=world.ct)
    assert known(world, "lan", meeting) == {"Mọi người", "Các đoàn", "Riêng Cần Thơ"}
    assert known(world, "minh", meeting) == {"Mọi người", "Các đoàn"}
    assert known(world, "chi", meeting) == {"Mọi người", "Các đoàn", "Chủ trì"}
    assert len(known(world, "kim", meeting)) == 4
    assert known(world, "nga", meeting) == set()


@pytest.mark.requirement(46)
def test_the_embargo_ends_on_its_second(world: World) -> None:
    meeting = announced(world)
    at_start = paper(world, meeting, "Khi khai mạc", embargo="start", audience="agreement")
    noon = BEGINS + timedelta(hours=4)
    at_noon = paper(world, meeting, "Buổi trưa", embargo="instant", opens_at=noon, audience="agreement")
    second = timedelta(seconds=1)
    assert known(world, "lan", meeting, BEGINS - second) == set()
    assert known(world, "lan", meeting, BEGINS) == {"Khi khai mạc"}
    assert known(world, "lan", meeting, noon - second) == {"Khi khai mạc"}
    assert known(world, "lan", meeting, noon) == {"Khi khai mạc", "Buổi trưa"}
    assert known(world, "kim", meeting, ANNOUNCED) == {"Khi khai mạc", "Buổi trưa"}
    assert (at_start.readable_from, at_noon.readable_from) == (BEGINS, noon)


@pytest.mark.requirement(46)
def test_nobody_learns_that_a_paper_under_embargo_exists(world: World) -> None:
    meeting = announced(
        world, starts_at=BEGINS + timedelta(days=4000), ends_at=BEGINS + timedelta(days=4000, hours=8)
    )
    hidden = paper(world, meeting, "Dự thảo mật", embargo="start", audience="agreement")
    where = [
        reverse("meetings:paper-file", args=[world.agreement.code, meeting.pk, hidden.pk, 1]),
        reverse("meetings:paper", args=[world.agreement.code, meeting.pk, hidden.pk]),
    ]
    client = signed_in(world, "lan")
    missing = reverse("meetings:paper-file", args=[world.agreement.code, meeting.pk, hidden.pk + 99, 1])
    assert [client.get(address).status_code for address in [*where, missing]] == [404, 404, 404]
    for name in ("papers", "agenda"):
        page = client.get(reverse(f"meetings:{name}", args=[world.agreement.code, meeting.pk]))
        assert page.status_code == 200 and "Dự thảo mật" not in page.content.decode()
    seen = signed_in(world, "kim").get(where[0])
    assert seen.status_code == 200
    let_go(seen)


def test_the_newest_file_is_read_and_the_older_ones_stay(world: World) -> None:
    meeting = announced(world)
    row = paper(world, meeting, audience="agreement")
    papers.renew_paper(
        paper=row, file=file("ban-moi.pdf", PDF + b" 2"), note="Sửa số liệu", by=world.by("kim"), at=ANNOUNCED
    )  # fmt: skip
    client = signed_in(world, "lan")
    for number, name in ((1, "tham-luan.pdf"), (2, "ban-moi.pdf")):
        answer = client.get(
            reverse("meetings:paper-file", args=[world.agreement.code, meeting.pk, row.pk, number])
        )
        assert answer.status_code == 200 and name in answer["Content-Disposition"]
        assert answer["Content-Disposition"].startswith("attachment")
        let_go(answer)
    papers.withdraw_paper(paper=row, by=world.by("kim"), at=ANNOUNCED)
    assert known(world, "lan", meeting) == set() and known(world, "kim", meeting) == {"Bài phát biểu riêng"}
    with translation.override("en"), pytest.raises(Refused, match="withdrawn"):
        papers.renew_paper(paper=row, file=file(), by=world.by("kim"), at=ANNOUNCED)


class Huge(type(file())):
    """A file of 50 MB, without its bytes."""

    def __init__(self) -> None:
        super().__init__("bao-cao.pdf", PDF)
        self.size = 50 * 1024 * 1024


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"file": Huge()}, "larger than 20 MB"),
        ({"file": file("tham-luan.exe")}, "cannot be attached"),
        ({"file": file("trong.pdf", b"")}, "is empty"),
        ({"file": file("gia.pdf", b"<script>alert(1)</script>")}, "not what its name says"),
        ({"file": file("..\\..\\etc\\passwd")}, "cannot be attached"),
        ({"titles": {"vi": " "}}, "Give it a title"),
        ({"audience": "unit"}, "which unit may read it"),
        ({"embargo": "instant"}, "from when it may be read"),
    ],
)
def test_bad_papers_get_a_sentence_and_nothing_is_kept(world: World, fields: dict, sentence: str) -> None:
    meeting = announced(world)
    given = {"titles": {"vi": "Tham luận"}, "file": file()} | fields
    with pytest.raises(Refused, match=sentence):
        papers.bring_paper(meeting=meeting, by=world.by("kim"), at=ANNOUNCED, **given)
    assert not MeetingPaper.objects.exists()


def test_a_paper_of_fifty_megabytes_gets_a_sentence_on_the_page(world: World) -> None:
    meeting = announced(world)
    where = reverse("meetings:bring-paper", args=[world.agreement.code, meeting.pk])
    typed = {"name_vi": "Phim", "audience": "agreement", "embargo": "none"}
    big = file("phim.pdf", PDF + b"0" * 50 * 1024 * 1024)
    answer = signed_in(world, "kim").post(where, typed | {"file": big})
    assert answer.status_code == 200 and "20 MB" in answer.content.decode()
    assert not MeetingPaper.objects.exists()
