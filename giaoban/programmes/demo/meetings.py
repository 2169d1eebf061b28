"""The review conference of January 2021, and a training that still lies ahead, through the product's own moves."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement
from giaoban.agreements.standing import Standing
from giaoban.meetings import actions
from giaoban.meetings.actions import Person, extras
from giaoban.meetings.letters import Letter
from giaoban.meetings.models import Delegate, Invitation, Meeting
from giaoban.units.models import Unit

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
PREPARED = datetime(2020, 11, 23, 9, tzinfo=VIETNAM)
INVITED = datetime(2020, 12, 3, 8, tzinfo=VIETNAM)
NAMED = datetime(2020, 12, 14, 9, tzinfo=VIETNAM)
CHANGED = datetime(2020, 12, 29, 15, tzinfo=VIETNAM)
BEGINS = datetime(2021, 1, 14, 8, tzinfo=VIETNAM)
AHEAD = datetime(2030, 3, 12, 8, tzinfo=VIETNAM)

CHAIRS = (
    ("Nguyễn Minh Quân", "Trưởng Ban Chỉ đạo vùng", "VPV"),
    ("Trần Thị Thu Hà", "Phó Giám đốc Sở Y tế thành phố Cần Thơ", "92"),
    ("Lê Hoàng Phúc", "Phó Giám đốc Sở Y tế tỉnh An Giang", "89"),
)
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Dương", "Lý", "Phan", "Hồ", "Ngô")
GIVEN = ("Văn An", "Thị Bích", "Quốc Cường", "Thị Diễm", "Hữu Đức", "Thị Giang", "Văn Hậu")
TITLES = (
    "Phó Giám đốc Sở Y tế",
    "Giám đốc Trung tâm Kiểm soát bệnh tật",
    "Trưởng phòng Nghiệp vụ y",
    "Chuyên viên",
)
#: What happens besides the ordinary, by unit code.
DECLINES, REPLACES, WAITS, STAYS_AWAY = "96", "87", "91", "83"


@dataclass(frozen=True)
class People:
    """Who acts: the coordinator, and the reporter of each unit by code."""

    coordinator: User
    reporters: dict[str, User]


def hold(agreement: Agreement, people: People) -> Meeting:
    """The conference up to the opening of its session."""
    units = {u.code: u for u in Unit.objects.filter(level__lte=2)}
    meeting = _prepared(agreement, people.coordinator, units)
    _questions(meeting, people.coordinator)
    for row in _invited(meeting, people.coordinator, [u for u in units.values() if u.level == 2]):
        _answered(row, people)
    _afterwards(meeting, people)
    _training(agreement, people.coordinator, units)
    _besides(meeting, people)
    by = Standing(people.coordinator, BEGINS)
    return actions.move_meeting(meeting=meeting, name="open", by=by, at=BEGINS)


def training_of(agreement: Agreement) -> Meeting:
    """The training that lies ahead."""
    return Meeting.objects.select_related("agreement").get(agreement=agreement, kind="training")


def _prepared(agreement: Agreement, coordinator: User, units: dict[str, Unit]) -> Meeting:
    given = {"by": Standing(coordinator, PREPARED), "at": PREPARED}
    titles = {
        "vi": "Hội nghị tổng kết công tác phối hợp năm 2020, phương hướng năm 2021",
        "en": "Review conference on the coordination in 2020 and directions for 2021",
    }
    series = actions.make_series(
        agreement=agreement, titles={"vi": "Hội nghị tổng kết hằng năm", "en": "Yearly review conference"},
        hosts=[units["92"], units["89"], units["87"]], **given,
    )  # fmt: skip
    details = {
        "titles": titles, "kind": "review", "starts_at": BEGINS, "ends_at": BEGINS + timedelta(hours=9),
        "mode": "mixed", "venue": "Hội trường Sở Y tế thành phố Cần Thơ", "host": units["92"], "series": series,
        "purpose": "Đánh giá kết quả phối hợp y tế và phòng, chống lũ năm 2020; bàn phương hướng năm 2021.",
        "answer_by": datetime(2020, 12, 25, 17, tzinfo=VIETNAM), "capacity": 40, "keep_days": 3650,
        "video_url": "https://hop.giaoban.example/tong-ket-2020", "transport": "Xe đón tại bến xe trung tâm lúc 06:30.",
        "lodging": "Nhà khách thành phố, đăng ký trước ngày 05/01/2021.", "contact": "Văn phòng điều phối vùng",
    }  # fmt: skip
    meeting = actions.make_meeting(
        agreement=agreement, organisers=[units["VPV"], units["92"]], details=details, **given
    )
    for name, title, code in CHAIRS:
        actions.add_officer(meeting=meeting, role="chair", name=name, title=title, unit=units[code], **given)
    secretary = ("Phạm Ngọc Lan", "Chánh Văn phòng điều phối vùng")
    actions.add_officer(
        meeting=meeting, role="secretary", name=secretary[0], title=secretary[1], unit=units["VPV"], **given
    )
    return meeting


def _invited(meeting: Meeting, coordinator: User, units: list[Unit]) -> list[Invitation]:
    given = {"meeting": meeting, "by": Standing(coordinator, INVITED), "at": INVITED}
    actions.move_meeting(name="announce", **given)
    letter = Letter(
        number="98/GM-VPV", place="Cần Thơ", dated=INVITED.date(), authority=("TL. TRƯỞNG BAN", "CHÁNH VĂN PHÒNG"),
        signer="Phạm Ngọc Lan", recipients=("Như trên", "Lãnh đạo Ban Chỉ đạo (báo cáo)", "Lưu: VT"),
    )  # fmt: skip
    actions.set_letter(letter=letter, **given)
    order = sorted(units, key=lambda unit: (unit.code != "92", unit.code))
    actions.invite(units=order, seats=2, reserve=1, **given)
    actions.set_quotas(quotas={2: 26}, **given)
    return actions.send_invitations(**given)


def _answered(row: Invitation, people: People) -> None:
    """The unit's own answer, a different hour for each."""
    at = NAMED + timedelta(hours=3 * row.position)
    by = Standing(people.reporters.get(row.unit.code, people.coordinator), at)
    if row.unit.code == STAYS_AWAY:
        return
    for n in range(3 if row.unit.code == WAITS else 2):
        person = _person(row, n)
        made = actions.name_delegate(invitation=row, person=person, by=by, at=at + timedelta(minutes=n))
        if n == 0:
            actions.confirm(delegate=made, by=by, at=at + timedelta(hours=1))


def _afterwards(meeting: Meeting, people: People) -> None:
    """A replacement, and a unit that cannot come: its seat passes to one who waits."""

    def by(code: str) -> Standing:
        return Standing(people.reporters[code], CHANGED)

    second = Delegate.objects.get(
        invitation__meeting=meeting, invitation__unit__code=REPLACES, position=2, state="seated"
    )
    person = Person(
        "Trương Thị Mỹ Lệ", "Phó Trưởng phòng Nghiệp vụ y", "0900 000 887", "my.le@giaoban.example"
    )
    why = "Đại biểu được cử đi công tác đột xuất."
    actions.replace(delegate=second, person=person, reason=why, by=by(REPLACES), at=CHANGED)
    row = meeting.invitations.get(unit__code=DECLINES)
    why = "Tỉnh tập trung ứng phó triều cường, xin vắng và gửi tham luận bằng văn bản."
    actions.decline(invitation=row, reason=why, by=by(DECLINES), at=CHANGED + timedelta(hours=1))


def _person(row: Invitation, n: int) -> Person:
    name = f"{FAMILIES[(row.position + 4 * n) % len(FAMILIES)]} {GIVEN[(2 * row.position + n) % len(GIVEN)]}"
    place = "thành phố" if row.unit.code == "92" else "tỉnh"
    short = row.unit.name.removeprefix("Tỉnh ").removeprefix("Thành phố ")
    title = TITLES[n] if n else f"{TITLES[0]} {place} {short}"
    return Person(
        name, title, f"0900 00{n} 0{row.unit.code}", f"dai.bieu.{n + 1}.{row.unit.code}@giaoban.example"
    )


def _training(agreement: Agreement, coordinator: User, units: dict[str, Unit]) -> Meeting:
    """Announced and sent, so that a unit can try naming, replacing and declining."""
    given = {"by": Standing(coordinator, CHANGED), "at": CHANGED}
    titles = {
        "vi": "Tập huấn nhập báo cáo và xử lý ổ dịch",
        "en": "Training on reporting and on handling outbreaks",
    }
    details = {
        "titles": titles, "kind": "training", "starts_at": AHEAD, "ends_at": AHEAD + timedelta(hours=8),
        "mode": "in_person", "venue": "Trung tâm hội nghị tỉnh An Giang", "host": units["89"], "moderated": True,
    }  # fmt: skip
    meeting = actions.make_meeting(agreement=agreement, organisers=[units["VPV"]], details=details, **given)
    meeting = actions.move_meeting(meeting=meeting, name="announce", **given)
    actions.invite(
        meeting=meeting, units=[units[code] for code in ("89", "87", "91")], seats=2, reserve=1, **given
    )
    actions.send_invitations(meeting=meeting, **given)
    return meeting


def _questions(meeting: Meeting, coordinator: User) -> None:
    """What is asked with the naming, and in the survey afterwards."""
    given = {"meeting": meeting, "by": Standing(coordinator, PREPARED), "at": PREPARED}
    asked = (
        (
            "registration",
            "choice",
            "Đi cùng xe đón của ban tổ chức?",
            "Use the organisers' bus?",
            "Có\nKhông",
        ),
        ("survey", "scale", "Tài liệu gửi trước có đủ và kịp thời?", "Were papers complete and in time?", ""),
        (
            "survey",
            "choice",
            "Thời lượng hội nghị thế nào?",
            "How was the length?",
            "Quá ngắn\nVừa đủ\nQuá dài",
        ),
    )
    for n, (part, kind, vi, en, choices) in enumerate(asked, 1):
        details = {
            "part": part,
            "kind": kind,
            "texts": {"vi": vi, "en": en},
            "choices": choices,
            "position": n,
        }
        extras.set_question(details=details, **given)


def _besides(meeting: Meeting, people: People) -> None:
    """Three contributions, one of them in writing, and a photograph that is drawn."""
    at = CHANGED + timedelta(hours=2)
    for code, title, written in (
        ("92", "Kinh nghiệm trực chiến mùa lũ ở tuyến quận, huyện", ""),
        ("89", "Diệt lăng quăng theo cụm hộ: cách làm và kết quả", ""),
        (DECLINES, "Bảo đảm thuốc và vật tư y tế khi triều cường", "Tham luận mẫu bằng văn bản.\n"),
    ):
        by = Standing(people.reporters.get(code, people.coordinator), at)
        file = SimpleUploadedFile("tham-luan.txt", written.encode()) if written else None
        unit = meeting.invitations.get(unit__code=code).unit
        made = extras.register_contribution(meeting=meeting, unit=unit, title=title, file=file, by=by, at=at)
        name = "write" if written else "place"
        extras.move_contribution(contribution=made, name=name, by=Standing(people.coordinator, at), at=at)
    told = "Tranh vẽ: bốn người ngồi sau bàn chủ tọa, trước phông nền xanh; dưới hội trường là các dãy ghế"
    extras.add_photo(
        meeting=meeting, file=SimpleUploadedFile("hinh-mau.png", _drawn()), caption="Bàn chủ tọa hội nghị (tranh mẫu)",
        alternative=told, may_publish=True, by=Standing(people.coordinator, BEGINS), at=BEGINS,
    )  # fmt: skip


def _drawn() -> bytes:
    """A picture of the hall, drawn."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (960, 540), "#e8edf3")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 960, 250), fill="#1d4f91")
    pen.rectangle((80, 40, 880, 110), fill="#f2c14e")
    for n in range(4):
        x = 210 + 180 * n
        pen.ellipse((x - 32, 160, x + 32, 224), fill="#f0d3b8")
        pen.rectangle((x - 52, 224, x + 52, 300), fill="#2b2f36")
    pen.rectangle((110, 290, 850, 360), fill="#8a2b2b")
    for row in range(2):
        for n in range(10):
            x, y = 60 + 90 * n, 400 + 70 * row
            pen.rounded_rectangle((x, y, x + 56, y + 50), 12, fill="#56697f")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
