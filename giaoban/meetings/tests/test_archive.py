"""The file of a meeting: agenda, papers, minutes and conclusions come back out of the ZIP as they went in."""

import csv
import hashlib
import io
import zipfile
from datetime import date, timedelta

import pytest

from giaoban.meetings.actions import adopting, agenda, giving, notice, papers
from giaoban.meetings.archive import archive
from giaoban.meetings.models import Meeting
from giaoban.meetings.tests.hall import AFTER, PDF, concluded, file, in_session, item, paper, written
from giaoban.meetings.tests.story import ANNOUNCED, announced
from giaoban.reports.tests.world import World


def opened(world: World, meeting: Meeting, who: str = "kim", at=AFTER) -> dict[str, bytes]:
    """name -> content, after the list of hashes was checked."""
    packed = zipfile.ZipFile(io.BytesIO(archive(meeting, by=world.by(who, at))))
    found = {name: packed.read(name) for name in packed.namelist()}
    sums = found.pop("SHA256SUMS").decode().splitlines()
    assert {line.split("  ", 1)[1]: line[:64] for line in sums} == {
        name: hashlib.sha256(content).hexdigest() for name, content in found.items()
    }
    return found


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.requirement(92)
def test_agenda_and_papers_with_all_their_versions(world: World) -> None:
    meeting = announced(world)
    by = world.by("kim", ANNOUNCED)
    under = item(world, meeting, "Thảo luận", speaker="Lê Bình")
    agenda.publish_agenda(meeting=meeting, by=by, at=ANNOUNCED)
    agenda.change_item(item=under, duration=45, by=by, at=ANNOUNCED)
    agenda.publish_agenda(meeting=meeting, note="Thêm giờ", by=by, at=ANNOUNCED)
    brought = paper(world, meeting, "Báo cáo", item=under, audience="agreement")
    papers.renew_paper(
        paper=brought, file=file("moi.pdf", PDF + b"2"), note="Sửa số liệu", by=by, at=ANNOUNCED
    )
    withdrawn = paper(world, meeting, "Rút lại", audience="agreement")
    papers.withdraw_paper(paper=withdrawn, by=by, at=ANNOUNCED)
    found = opened(world, meeting)
    assert [r["note"] for r in rows(found["agenda/versions.csv"])] == ["", "Thêm giờ"]
    first, second = (rows(found[f"agenda/agenda-0{n}.csv"])[0] for n in (1, 2))
    assert (first["title_vi"], first["speaker"]) == ("Thảo luận", "Lê Bình") and first["to"] < second["to"]
    assert found["papers/01-v1-tham-luan.pdf"] == PDF and found["papers/01-v2-moi.pdf"] == PDF + b"2"
    listed = rows(found["papers/papers.csv"])
    assert [(r["title_vi"], r["item"], r["version"]) for r in listed] == [
        ("Báo cáo", "Thảo luận", "1"), ("Báo cáo", "Thảo luận", "2"),
    ]  # fmt: skip


@pytest.mark.requirement(46, 92)
def test_what_is_under_embargo_for_the_reader_is_not_in_it(world: World) -> None:
    meeting = announced(world)
    paper(world, meeting, "Khi khai mạc", embargo="start", audience="agreement")
    before = meeting.starts_at - timedelta(seconds=1)
    assert "papers/01-v1-tham-luan.pdf" in opened(world, meeting, "kim", before)
    assert not [name for name in opened(world, meeting, "chi", before) if name.startswith("papers/")]
    assert "papers/01-v1-tham-luan.pdf" in opened(world, meeting, "chi", meeting.starts_at)


@pytest.mark.requirement(92)
def test_signed_minutes_and_conclusions_with_what_came_of_them(world: World) -> None:
    meeting = in_session(world)
    begun, _under = written(world, meeting)
    concluded(world, meeting, output="Một cuộc diễn tập")
    kim = {"by": world.by("kim", AFTER), "at": AFTER}
    assert "minutes/minutes.docx" not in opened(world, meeting)
    sent = adopting.circulate(minutes=begun, answer_by=date(2021, 1, 15), **kim)
    later = AFTER + timedelta(days=5)
    adopted = adopting.adopt(minutes=sent, by=world.by("kim", later), at=later)
    adopting.sign(
        minutes=adopted, number="05/BB-VP", signed_on=later.date(), by=world.by("chi", later), at=later
    )
    notice.issue_notice(meeting=meeting, number="03/TB-VP", dated=date(2021, 1, 15), **kim)
    giving.give_tasks(meeting=meeting, year=2021, **kim)
    found = opened(world, meeting, at=later)
    for kind, name in (("minutes", "minutes/minutes.docx"), ("notice", "conclusions/notice.docx")):
        kept = meeting.signed_files.get(kind=kind, format="docx")
        assert hashlib.sha256(found[name]).hexdigest() == kept.document.sha256
    (row,) = rows(found["conclusions/conclusions.csv"])
    assert (row["text_vi"], row["lead"], row["support"], row["due_on"], row["state"]) == (
        "Diễn tập trước mùa lũ", "Cần Thơ", "An Giang", "2021-04-30", "given",
    )  # fmt: skip
    assert (row["task"], row["task_state"]) == ("2021-1", "given")
