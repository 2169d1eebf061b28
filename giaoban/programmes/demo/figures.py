"""Sample figures of one unit for one month: the same every time, with the seasons of the delta."""

from __future__ import annotations

import random
from typing import Any

#: Dengue follows the rains, the water the flood: one weight per month.
CASES = (4, 3, 3, 4, 6, 9, 13, 15, 14, 12, 9, 6)
WATER = (110, 95, 85, 80, 90, 130, 190, 250, 310, 330, 260, 170)

RESULTS = (
    "Duy trì giám sát tại các ổ dịch cũ; tổ chức {sessions} lớp tập huấn chung cho cán bộ trạm y tế"
    " và lực lượng xung kích.",
    "Phối hợp kiểm tra {visits} lượt hộ gia đình, xử lý dứt điểm các dụng cụ chứa nước có lăng quăng."
    " Số ca mắc trong kỳ là {cases}.",
    "Đã bàn giao cơ số thuốc dự trữ về các trạm vùng trũng; hai bên cùng trực và trao đổi thông tin hằng ngày.",
    "Tổ chức {inspections} đợt kiểm tra liên ngành; các điểm còn thiếu phao, áo phao đã được bổ sung.",
)
TROUBLES = (
    "Một số trạm y tế vùng sâu thiếu phương tiện vận chuyển khi nước lên.",
    "Cán bộ kiêm nhiệm nhiều việc nên số liệu gửi về có lúc chưa kịp thời.",
    "Kinh phí mua hóa chất diệt muỗi chưa được cấp đủ.",
    "",
)
WISHES = (
    "Đề nghị văn phòng vùng hỗ trợ thêm cơ số thuốc cho các xã đầu nguồn.",
    "Đề nghị thống nhất mẫu tờ rơi chung toàn vùng bằng tiếng Việt và tiếng Khmer.",
    "",
    "",
)


def document(unit: str, level: int, month: int, before: dict[str, Any] | None) -> dict[str, Any]:
    """What the unit reports for a month of 2020. before: its document of the month before, for to-date counts."""
    draw = random.Random(f"{unit}-{month}")
    size = 4 if level == 2 else 1
    cases = CASES[month - 1] * size + draw.randrange(0, 4 * size)
    children, adults = int(cases * 0.45), int(cases * 0.47)
    stations = _stations(unit, level)
    sessions = draw.randrange(0, 3) + (month in (4, 5, 6))
    trained = sessions * draw.randrange(18, 35)
    women = int(trained * draw.uniform(0.4, 0.65))
    so_far = int((before or {}).get("values", {}).get("to_roi_luy_ke", 0))
    inspections = draw.randrange(0, 2) + (month in (7, 8, 9))
    visits = 800 * size + 60 * size * CASES[month - 1] + draw.randrange(0, 120)
    values = {
        "ca_sxh": cases,
        "ca_sxh[nhom_tuoi=0-14]": children,
        "ca_sxh[nhom_tuoi=15-59]": adults,
        "ca_sxh[nhom_tuoi=60]": cases - children - adults,
        "ho_vang_gia": visits,
        "tram_y_te": stations,
        "tram_san_sang": min(stations, int(stations * (0.55 + 0.04 * month)) + draw.randrange(0, 2)),
        "co_so_thuoc": 30 * size + 4 * WATER[month - 1] // 10 + draw.randrange(0, 12),
        "muc_nuoc_cao": f"{WATER[month - 1] + draw.randrange(0, 40)}".zfill(3),
        "doan_kiem_tra": inspections,
        "lop_tap_huan": sessions,
        "nguoi_tap_huan": trained,
        "nguoi_tap_huan[gioi=nu]": women,
        "nguoi_tap_huan[gioi=nam]": trained - women,
        "to_roi_luy_ke": so_far + draw.randrange(100, 400) * size,
        "kinh_phi": f"{draw.randrange(30, 90) * size + sessions * 12}.{draw.randrange(0, 10)}",
    }
    metres = str(values["muc_nuoc_cao"])
    values["muc_nuoc_cao"] = f"{metres[:-2]}.{metres[-2:]}"
    facts = {"sessions": sessions, "visits": visits, "cases": cases, "inspections": inspections}
    texts = {
        "ket_qua": draw.choice(RESULTS).format(**facts),
        "kho_khan": draw.choice(TROUBLES),
        "de_xuat": draw.choice(WISHES),
    }
    return {"values": values, "narratives": {code: text for code, text in texts.items() if text}}


def _stations(unit: str, level: int) -> int:
    return random.Random(unit).randrange(60, 160) if level == 2 else random.Random(unit).randrange(5, 14)
