"""Sample papers of the register: what came in, what went out, one replaced by another."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from giaoban.accounts.models import User
from giaoban.agreements import actions
from giaoban.agreements.models import Agreement
from giaoban.agreements.standing import Standing

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

OFFICE = "Văn phòng điều phối vùng"
#: type, number, direction, issued on, issuer, signer, abstract, for whom.
PAPERS = (
    ("decree", "30/2020/NĐ-CP", "in", date(2020, 3, 5), "Chính phủ", "Thủ tướng Chính phủ",
     "Về công tác văn thư", "public"),
    ("plan", "02/KH-VPV", "out", date(2020, 1, 10), OFFICE, "Chánh Văn phòng",
     "Kế hoạch phối hợp y tế và phòng, chống lũ năm 2020 (mẫu)", "public"),
    ("letter", "118/UBND-VX", "in", date(2020, 2, 14), "Ủy ban nhân dân tỉnh An Giang", "Phó Chủ tịch",
     "Về việc cử cán bộ đầu mối tham gia phối hợp (mẫu)", "parties"),
    ("submission", "04/TTr-VPV", "out", date(2020, 3, 2), OFFICE, "Chánh Văn phòng",
     "Về việc bổ sung cơ số thuốc dự trữ trước mùa lũ (mẫu)", "office"),
    ("guidance", "05/HD-VPV", "out", date(2020, 3, 20), OFFICE, "Chánh Văn phòng",
     "Hướng dẫn ghi biểu báo cáo tháng (mẫu)", "parties"),
    ("guidance", "11/HD-VPV", "out", date(2020, 6, 15), OFFICE, "Chánh Văn phòng",
     "Hướng dẫn ghi biểu báo cáo tháng, thay Hướng dẫn số 05/HD-VPV (mẫu)", "parties"),
    ("invitation", "14/GM-VPV", "out", date(2020, 6, 29), OFFICE, "Chánh Văn phòng",
     "Mời dự hội nghị sơ kết sáu tháng đầu năm 2020 (mẫu)", "parties"),
)  # fmt: skip
REPLACED = ("05/HD-VPV", "11/HD-VPV", date(2020, 6, 15))


def register(agreement: Agreement, coordinator: User) -> None:
    """Seven papers; the guidance of March gives way to that of June."""
    entered = {}
    for kind, number, direction, day, issuer, signer, abstract, audience in PAPERS:
        given: dict[str, Any] = {"type": kind, "number": number, "direction": direction, "issued_on": day}
        received = {"received_on": day} if direction == "in" else {}
        entered[number] = actions.register_paper(
            agreement=agreement, **given, issuer=issuer, signer=signer, abstract=abstract, audience=audience,
            **received, **_signed(coordinator, day),
        )  # fmt: skip
    old, new, on = REPLACED
    actions.replace_paper(paper=entered[old], replacement=entered[new], on=on, **_signed(coordinator, on))


def _signed(coordinator: User, day: date) -> dict[str, Any]:
    at = datetime(day.year, day.month, day.day, 15, tzinfo=ZONE)
    return {"by": Standing(coordinator, at), "at": at}
