"""What was said and concluded at the conference of January 2021, and the tasks of 2021 that came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from giaoban.accounts.models import User
from giaoban.agreements.standing import Standing
from giaoban.meetings import actions
from giaoban.meetings.actions import adopting, agenda, conclusions, giving, minutes, notice, papers
from giaoban.meetings.actions.proposing import propose_amendment
from giaoban.meetings.models import AgendaItem, Meeting, Minutes
from giaoban.meetings.queries.proposing import first_words
from giaoban.programmes.demo.meetings import AHEAD, BEGINS, CHANGED
from giaoban.units.models import Unit

ENDED = BEGINS + timedelta(hours=9)
CIRCULATED = datetime(2021, 1, 15, 9, tzinfo=BEGINS.tzinfo)
SIGNED = datetime(2021, 1, 20, 9, tzinfo=BEGINS.tzinfo)

#: (Vietnamese, English, minutes, speaker)
ITEMS = (
    ("Khai mạc, giới thiệu đại biểu", "Opening", 15, "Ông Nguyễn Minh Quân, Trưởng Ban Chỉ đạo vùng"),
    ("Báo cáo kết quả phối hợp năm 2020", "Report on the year 2020", 45,
     "Bà Phạm Ngọc Lan, Chánh Văn phòng điều phối vùng"),
    ("Tham luận của các tỉnh, thành phố", "Contributions of the provinces", 90, "Đại diện các đoàn"),
    ("Thảo luận", "Discussion", 75, ""),
    ("Phương hướng, nhiệm vụ năm 2021", "Direction and tasks for 2021", 45,
     "Bà Trần Thị Thu Hà, Phó Giám đốc Sở Y tế thành phố Cần Thơ"),
    ("Kết luận và bế mạc", "Conclusions and closing", 30, "Ông Nguyễn Minh Quân, Trưởng Ban Chỉ đạo vùng"),
)  # fmt: skip
SAID = (
    "Trưởng Ban Chỉ đạo vùng tuyên bố lý do, giới thiệu đại biểu và thông qua chương trình.",
    "Văn phòng điều phối vùng trình bày báo cáo. Các đoàn nhận xét báo cáo bám sát số liệu của các đơn vị.",
    "Năm đoàn trình bày tham luận; hai đoàn gửi bằng văn bản.",
    "Các đoàn nêu khó khăn về phương tiện vận chuyển thuốc khi nước lên và về thời hạn báo cáo tháng.",
    "Văn phòng điều phối vùng trình bày dự thảo phương hướng; các đoàn nhất trí.",
    "Chủ trì kết luận và bế mạc hội nghị.",
)
#: (Vietnamese, English, lead, support, due, output)
CONCLUDED = (
    ("Tổ chức diễn tập liên tỉnh về cấp cứu và cấp thuốc khi có lũ lớn",
     "Hold a drill of several provinces on emergency care and medicine in a great flood",
     "92", ("89", "87"), date(2021, 5, 31), "Một cuộc diễn tập và báo cáo kết quả"),
    ("Bổ sung cơ số thuốc dự trữ cho các trạm y tế đầu nguồn trước mùa lũ",
     "Add to the medicine kept at health stations upstream before the flood",
     "89", ("87",), date(2021, 6, 30), "Danh mục thuốc đã cấp theo trạm"),
    ("Rà soát phương tiện vận chuyển của các trạm vùng sâu",
     "Review the means of transport of remote stations",
     "87", ("91", "95"), date(2021, 4, 30), "Bảng rà soát và đề xuất mua sắm"),
    ("Thống nhất mẫu tờ rơi chung bằng tiếng Việt và tiếng Khmer",
     "Agree on one leaflet in Vietnamese and Khmer",
     "VPV", ("84", "94"), date(2021, 3, 31), "Mẫu tờ rơi dùng chung"),
    ("Sửa đổi quy chế để báo cáo tháng gửi trước ngày 05 của tháng sau",
     "Amend the agreement so that monthly reports come by the fifth of the next month",
     "VPV", (), date(2021, 9, 30), "Dự thảo sửa đổi quy chế"),
)  # fmt: skip
DEADLINE = "Báo cáo tháng gửi trước ngày 05 của tháng sau; kỳ khác theo chế độ báo cáo do cơ quan thường trực ban hành."


@dataclass(frozen=True)
class Hall:
    """Who acts, and the units by code."""

    coordinator: User
    chair: User
    units: dict[str, Unit]

    def of(self, at: datetime, who: str = "coordinator") -> dict[str, Any]:
        return {"by": Standing(getattr(self, who), at), "at": at}


def conclude(meeting: Meeting, coordinator: User, chair: User) -> None:
    """The conference from its agenda to its tasks."""
    hall = Hall(coordinator, chair, {u.code: u for u in Unit.objects.filter(level__lte=2)})
    items = _agenda(meeting, hall)
    _papers(meeting, items, hall)
    written = _minutes(meeting, items, hall)
    _conclusions(meeting, items[-1], hall)
    actions.move_meeting(meeting=meeting, name="end", **hall.of(ENDED))
    _adopted(written, hall)
    notice.issue_notice(meeting=meeting, number="03/TB-VPV", dated=SIGNED.date(), **hall.of(SIGNED))
    giving.give_tasks(meeting=meeting, year=2021, **hall.of(SIGNED))
    _amendment(meeting, hall)


def _agenda(meeting: Meeting, hall: Hall) -> list[AgendaItem]:
    given = hall.of(CHANGED)
    items = [
        agenda.add_item(
            meeting=meeting, titles={"vi": vi, "en": en}, duration=length, speaker=speaker, **given
        )
        for vi, en, length, speaker in ITEMS
    ]
    agenda.publish_agenda(meeting=meeting, **given)
    later = hall.of(CHANGED + timedelta(days=3))
    agenda.change_item(item=items[3], duration=90, **later)
    agenda.publish_agenda(meeting=meeting, note="Thêm 15 phút thảo luận", **later)
    return items


def _papers(meeting: Meeting, items: list[AgendaItem], hall: Hall) -> None:
    """Three papers; one more belongs to the meeting that lies ahead and is under embargo."""
    given = hall.of(CHANGED + timedelta(days=4))
    for item, vi, en, fields in (
        (items[1], "Báo cáo tổng kết năm 2020 (dự thảo)", "Review of the year 2020 (draft)", {"audience": "agreement"}),
        (items[4], "Dự thảo phương hướng năm 2021", "Draft of the direction for 2021",
         {"embargo": "start", "audience": "public"}),
    ):  # fmt: skip
        papers.bring_paper(
            meeting=meeting, item=item, titles={"vi": vi, "en": en}, file=_file(vi), **fields, **given
        )
    ahead = Meeting.objects.get(agreement=meeting.agreement_id, starts_at=AHEAD)
    titles = {"vi": "Đề kiểm tra cuối khóa", "en": "Test at the end of the course"}
    papers.bring_paper(meeting=ahead, titles=titles, file=_file(titles["vi"]), embargo="start", **given)


def _file(title: str) -> SimpleUploadedFile:
    text = f"{title}\nTÀI LIỆU MẪU, chỉ để dùng thử phần mềm.\n"
    return SimpleUploadedFile("tai-lieu-mau.txt", text.encode())


def _minutes(meeting: Meeting, items: list[AgendaItem], hall: Hall) -> Minutes:
    given = hall.of(ENDED)
    written = minutes.begin_minutes(meeting=meeting, **given)
    for item, text in zip(items, SAID, strict=True):
        minutes.save_entry(minutes=written, item=item, text=text, edition=0, **given)
    minutes.add_decision(minutes=written, item=items[1], text="Thông qua báo cáo năm 2020", **given)
    minutes.add_decision(
        minutes=written, item=items[4], text="Chọn tỉnh An Giang đăng cai hội nghị năm sau", way="vote",
        votes_for=11, votes_against=0, abstentions=1, **given,
    )  # fmt: skip
    if minutes.queries.attendance(meeting)["units"]:
        written = minutes.fill_attendance(minutes=written, **given)
    return written


def _conclusions(meeting: Meeting, item: AgendaItem, hall: Hall) -> None:
    for vi, en, lead, support, due_on, output in CONCLUDED:
        made = conclusions.conclude(
            meeting=meeting, item=item, texts={"vi": vi, "en": en}, lead=hall.units[lead], due_on=due_on,
            support=[hall.units[code] for code in support], output=output, amends=vi.startswith("Sửa đổi"),
            **hall.of(ENDED),
        )  # fmt: skip
        conclusions.accept(conclusion=made, **hall.of(ENDED, "chair"))


def _amendment(meeting: Meeting, hall: Hall) -> None:
    """The fifth conclusion becomes a proposal in the agreement."""
    asked = meeting.conclusions.get(amends=True)
    deadline = meeting.agreement.articles.get(labels__vi="Khoản 2 Điều 9")
    with translation.override("vi"):
        reason = first_words(asked)["reason"]
    propose_amendment(
        conclusion=asked, unit=hall.units["VPV"], article=deadline, text=DEADLINE, reason=reason, **hall.of(SIGNED)
    )  # fmt: skip


def _adopted(written: Minutes, hall: Hall) -> None:
    """Sent to the delegations, adopted when the last day has passed, signed."""
    sent = adopting.circulate(minutes=written, answer_by=date(2021, 1, 18), **hall.of(CIRCULATED))
    adopted = adopting.adopt(minutes=sent, **hall.of(SIGNED))
    day = SIGNED.date()
    adopting.sign(minutes=adopted, number="02/BB-VPV", signed_on=day, **hall.of(SIGNED, "chair"))
