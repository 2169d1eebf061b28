"""A review of a flood-preparedness programme with sample figures, in Vietnamese and in English."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from giaoban.lib.numbers import show
from giaoban.lib.paper import (
    Annex,
    Block,
    Chart,
    Column,
    Figure,
    FigureRef,
    Head,
    Note,
    Paper,
    Paragraph,
    Part,
    Row,
    Runs,
    Signature,
    Table,
    Text,
    charts,
)
from giaoban.lib.paper.manifest import source_digest

Language = Literal["vi", "en"]

UNITS = ("Tỉnh An Giang", "Tỉnh Đồng Tháp", "Tỉnh Cà Mau", "Tỉnh Vĩnh Long", "Thành phố Cần Thơ")
WORDS: dict[str, dict[str, Any]] = {
    "vi": {
        "title": "Báo cáo sơ kết phòng, chống thiên tai năm 2025",
        "superior": "Ủy ban nhân dân khu vực",
        "issuers": ("Ban điều phối phòng, chống thiên tai", "Đồng bằng sông Cửu Long"),
        "type": "Báo cáo",
        "abstract": "Sơ kết chương trình phối hợp phòng, chống thiên tai năm 2025",
        "addressees": ("Ủy ban nhân dân các tỉnh, thành phố", "Sở Nông nghiệp và Môi trường"),
        "bases": (
            "Căn cứ Quy chế phối hợp số 01/QCPH/BĐP-UBND ngày 12 tháng 3 năm 2024",
            "Căn cứ Kế hoạch số 15/KH-BĐP ngày 20 tháng 01 năm 2025",
        ),
        "recipients": ("Như trên", "Văn phòng Chính phủ (để b/c)", "Lưu: VT, TH (05)"),
        "signature": ("TM. Ban điều phối", "Trưởng ban"),
        "annexes": ("Số liệu theo đơn vị", "Danh mục văn bản", "Kế hoạch số 15/KH-BĐP."),
        "mark": "Số liệu mẫu",
        "urgency": "Khẩn",
        "contact": "Số 1 đường Hòa Bình, Cần Thơ. Thư điện tử: bdp@example.vn",
        "indicators": ("Km đê đã kiểm tra", "Lượt người tập huấn", "Tỷ lệ xã có phương án"),
        "parts": ("Tình hình, đặc điểm", "Kết quả thực hiện", "Phương hướng"),
        "clauses": ("Kiểm tra công trình", "Tập huấn", "Mỗi đơn vị cử ít nhất một cán bộ đầu mối."),
        "points": ("Rà soát kè", "Cắm biển báo", "Dự trữ vật tư", "Diễn tập", "Sửa cống"),
        "opening": ("Năm 2025, các đơn vị đã kiểm tra ", " km đê, tập huấn ", " lượt người. "),
        "unsupported": "Công tác phối hợp có nhiều chuyển biến. ",
        "rest": ("Quy chế được quán triệt đến cơ sở.", "theo báo cáo của Tỉnh An Giang"),
        "listed": "Rà soát phương án hộ đê, điểm sơ tán;",
        "aim": ("Phấn đấu đạt ", "% số xã có phương án trong năm 2026."),
        "caption": "Kết quả theo đơn vị năm 2025",
        "columns": ("TT", "Đơn vị", "Đê điều", "Con người", "Báo cáo"),
        "note": "Nguồn: báo cáo của các đơn vị đã được chấp nhận.",
    },
    "en": {
        "title": "Interim review, flood preparedness, 2025",
        "superior": "Regional People's Committee",
        "issuers": ("Coordination Board for Flood Preparedness",),
        "type": "Report",
        "abstract": "Interim review of the coordination programme for flood preparedness in 2025",
        "addressees": ("People's Committees of the provinces", "Departments of Agriculture"),
        "bases": ("Under coordination agreement 01/QCPH/BĐP-UBND of 12 March 2024",),
        "recipients": ("As above", "Kept: Office (5)"),
        "signature": ("For the Board", "Chair"),
        "annexes": ("Figures by unit", "Documents", "Plan 15/KH-BĐP."),
        "mark": "Sample data",
        "urgency": "Urgent",
        "contact": "1 Hoa Binh Street, Can Tho. E-mail: bdp@example.vn",
        "indicators": ("Km of dyke inspected", "People trained", "Communes with a plan"),
        "parts": ("Situation", "Results", "Direction"),
        "clauses": ("Inspection of works", "Training", "Each unit names a contact."),
        "points": ("Dykes", "Signs", "Stocks", "Drills", "Sluices"),
        "opening": ("In 2025 the units inspected ", " km of dyke and trained ", " people. "),
        "unsupported": "Cooperation improved. ",
        "rest": ("The agreement was explained down to the communes.", "report of An Giang"),
        "listed": "Check the plans and the shelters;",
        "aim": ("Reach ", "% of communes with a plan in 2026."),
        "caption": "Results by unit in 2025",
        "columns": ("No.", "Unit", "Dykes", "People", "Reports"),
        "note": "Source: accepted reports of the units.",
    },
}


def plain(text: str) -> Runs:
    """One run of plain words."""
    return (Text(text),)


@lru_cache
def review(language: Language = "vi", *, joint: bool = False, draft: bool = False) -> Paper:
    """A yearly review with text, two tables, a chart, two annexes and every box that may apply."""
    said = WORDS[language]
    first = Signature(said["signature"], "Nguyễn Thị Minh Hạnh")
    second = Signature(("TM. Ủy ban nhân dân", "Phó chủ tịch"), "Trần Văn Đức")
    return Paper(
        language=language,
        title=said["title"],
        head=_head(said, draft),
        blocks=_blocks(language),
        figures={f"f{n}": figure(n, language) for n in range(1, 31)},
        sources={source_digest(pairs(n)): pairs(n) for n in range(5)},
        identity={"review": 1, "edition": 1},
        addressees=said["addressees"],
        bases=said["bases"],
        signatures=(first, second) if joint else (first,),
        recipients=said["recipients"],
        annexes=(
            Annex(said["annexes"][0], (table(language, 16),), landscape=True),
            Annex(said["annexes"][1], (Paragraph(plain(said["annexes"][2])),)),
        ),
        mark=said["mark"],
        urgency=said["urgency"],
        drafter="PL.(30)",
        contact=said["contact"],
        origin="https://giaoban.example.vn/a/PCTT/reviews/1/",
    )


def _head(said: dict[str, Any], draft: bool) -> Head:
    return Head(
        superior=said["superior"],
        issuers=said["issuers"],
        number=None if draft else 5,
        symbol="BC-BĐP",
        place="Cần Thơ",
        day=None if draft else date(2026, 1, 5),
        type_name=said["type"],
        abstract=said["abstract"],
    )


def figure(number: int, language: Language) -> Figure:
    """The figure `f<number>` over one report per unit; f13 has no value."""
    value = None if number == 13 else f"{number * 1235}{'.50'[: number % 3 + 1]}".rstrip(".")
    return Figure(
        id=f"f{number}",
        shown="–" if value is None else show(Decimal(value), number % 3, language),
        value=value,
        label=f"{WORDS[language]['indicators'][number % 3]}, {UNITS[number % 5]}, 2025",
        query={"indicator": f"I{number % 3}", "unit": f"U{number % 5}", "period": "2025"},
        sources=source_digest(pairs(number)),
        source_count=5,
        trace=f"https://giaoban.example.vn/a/PCTT/reviews/1/figures/f{number}",
        accepted=5,
        due=6,
        on_time=4,
        newest="2025-12-18T09:30:00+07:00",
    )


def pairs(number: int) -> tuple[tuple[int, int], ...]:
    """The source set of the figures of one unit: (report, revision)."""
    return tuple((number % 5 * 10 + n, number % 5 * 100 + n) for n in range(1, 6))


@lru_cache
def chart(language: Language) -> Chart:
    """People trained, by unit."""
    name = WORDS[language]["indicators"][1]
    points = tuple((unit, Decimal(n * 1234 + 500)) for n, unit in enumerate(UNITS, 1))
    drawn = charts.bar([charts.Series(name, points)], title=name, language=language)
    return Chart(png=drawn.png, svg=drawn.svg, alt=drawn.alt, caption=name, width=0.85)


def _blocks(language: Language) -> tuple[Block, ...]:
    said = WORDS[language]
    opening, rest, aim = said["opening"], said["rest"], said["aim"]
    return (
        Part(1, plain(said["parts"][0])),
        Paragraph(
            (
                Text(opening[0]),
                FigureRef("f3"),
                Text(opening[1]),
                FigureRef("f1"),
                Text(opening[2]),
                Text(said["unsupported"], mark="unsupported"),
                Text(rest[0]),
                Note(rest[1]),
            )
        ),
        Part(1, plain(said["parts"][1])),
        Part(2, plain(said["clauses"][0])),
        Part(3, (Text(f"{said['indicators'][0]}: "), FigureRef("f6"), Text(" km;")), titled=False),
        *(Part(3, plain(f"{text};"), titled=False) for text in said["points"]),
        table(language, 1),
        Part(2, plain(said["clauses"][1])),
        chart(language),
        Part(2, plain(said["clauses"][2]), titled=False),
        Part(1, plain(said["parts"][2])),
        Paragraph(plain(said["listed"]), lead="-"),
        Paragraph((Text(aim[0]), FigureRef("f5"), Text(aim[1]))),
    )


def table(language: Language, start: int) -> Table:
    """Five units, three figures each from `f<start>` on, and how complete they are."""
    said = WORDS[language]
    number, unit, dykes, people, reports = said["columns"]
    names = said["indicators"]
    rows = []
    for n, name in enumerate(UNITS):
        first = start + n * 3
        refs = tuple((FigureRef(f"f{first + k}"),) for k in range(3))
        cells = (plain(str(n + 1)), plain(name), *refs, (FigureRef(f"f{first}", "complete"),))
        rows.append(Row(cells, total=n == 4))
    return Table(
        caption=said["caption"],
        columns=(
            Column(number, 0.5, "center"),
            Column(unit, 2.2),
            Column(names[0], 1.2, "right", dykes),
            Column(names[1], 1.2, "right", people),
            Column(names[2], 1.2, "right", people),
            Column(reports, 1, "center"),
        ),
        rows=tuple(rows),
        row_headers=2,
        note=said["note"],
    )
