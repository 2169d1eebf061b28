"""The words of the sample plan: every task, figure and result is made up."""

# ruff: noqa: E501
from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

TITLES = {
    "vi": "Kế hoạch phối hợp y tế và phòng, chống lũ năm 2020 (dữ liệu mẫu)",
    "en": "Joint plan of health and flood preparedness, 2020 (sample data)",
}
PURPOSE = (
    "Cụ thể hóa Quy chế phối hợp thành nhiệm vụ có đơn vị chủ trì, thời hạn và sản phẩm rõ ràng.\n"
    "Các bên phối hợp thường xuyên, không làm thay; kết quả được phản ánh trong báo cáo hằng tháng."
)
REMARK = "Đề nghị ghi rõ số xã trọng điểm phải ra quân trước mùa mưa để đơn vị chủ động bố trí kinh phí."
GROUPS = (
    {"vi": "Phòng, chống sốt xuất huyết", "en": "Dengue prevention"},
    {"vi": "Sẵn sàng mùa lũ", "en": "Readiness for the flood season"},
    {"vi": "Tập huấn và truyền thông", "en": "Training and communication"},
    {"vi": "Kiểm tra, sơ kết", "en": "Inspection and review"},
)
CAMPAIGN = {
    "titles": {"vi": "Đợt cao điểm diệt lăng quăng trước mùa mưa", "en": "Larvae campaign before the rains"},
    "occasion": "Đầu mùa mưa 2020",
}
SCHEME = {
    "titles": {
        "vi": "Đề án nâng nền trạm y tế vùng ngập sâu",
        "en": "Raising health stations in deep floodlands",
    },
    "basis": "Quyết định số 18/QĐ-VPV (dữ liệu mẫu)",
}
DUTY = {
    "titles": {"vi": "Hội nghị tổng kết việc thực hiện quy chế", "en": "Yearly review conference"},
    "article": "Điều 10",
    "output": "Báo cáo tổng kết, thông báo kết luận",
}


def _task(lead: str, vi: str, en: str, due: tuple[int, int], **more: Any) -> dict[str, Any]:
    return {"lead": lead, "titles": {"vi": vi, "en": en}, "due_on": date(2020, *due), **more}


TASKS: dict[str, dict[str, Any]] = {
    "larvae": _task(
        "89", "Ra quân diệt lăng quăng tại các xã trọng điểm", "Larvae campaign in the key communes", (4, 30),
        support="87 92", starts_on=date(2020, 3, 1), output="Các xã trọng điểm đều ra quân", measure="xã",
        wanted=Decimal(60), group="g1", campaign="campaign", article="Khoản 2 Điều 3",
    ),
    "border": _task(
        "87", "Giám sát ổ dịch tại các xã giáp ranh", "Watch outbreaks in communes on the borders", (6, 30),
        support="89 82", output="Sơ đồ ổ dịch được cập nhật hằng tháng", group="g1", article="Khoản 1 Điều 3",
    ),
    "chemicals": _task(
        "96", "Mua và cấp phát hóa chất diệt muỗi", "Buy and hand out mosquito chemicals", (5, 31),
        output="Cấp đủ cho 9 huyện", measure="huyện", wanted=Decimal(9), group="g1",
        article="Khoản 2 Điều 3",
    ),
    "stocks": _task(
        "89", "Rà soát, bổ sung cơ số thuốc dự trữ cho các xã đầu nguồn", "Fill up reserve medicine upstream", (7, 31),
        support="87", output="Đủ cơ số thuốc trước mùa lũ", measure="cơ số", wanted=Decimal(400), group="g2",
        article="Khoản 2 Điều 4",
    ),
    "plan": _task(
        "VPV", "Xây dựng phương án phối hợp ứng phó lũ lớn", "Joint response plan for great floods", (5, 15),
        support="89 87 92", output="Phương án được các bên thống nhất", group="g2", article="Điều 4",
    ),
    "drill": _task(
        "91", "Diễn tập sơ tán người bệnh khi nước dâng nhanh", "Drill: moving patients when water rises fast", (8, 31),
        support="96", output="01 cuộc diễn tập liên ngành", measure="cuộc", wanted=Decimal(1), group="g2",
    ),
    "stations": _task(
        "95", "Nâng nền 12 trạm y tế vùng ngập sâu", "Raise 12 health stations in deep floodlands", (11, 30),
        output="12 trạm đạt chuẩn sẵn sàng", measure="trạm", wanted=Decimal(12), group="g2", scheme="scheme",
        article="Khoản 1 Điều 4",
    ),
    "vests": _task(
        "94", "Rà soát, bổ sung phao, áo phao cho trạm y tế ven sông", "Life vests for stations by the river", (12, 5),
        output="Mỗi trạm có tối thiểu 10 áo phao", measure="trạm", wanted=Decimal(38), group="g2",
    ),
    "courses": _task(
        "92", "Mở 10 lớp tập huấn chung cho cán bộ y tế và lực lượng xung kích", "Ten joint training courses", (9, 30),
        support="916 917", output="10 lớp, 300 học viên", measure="lớp", wanted=Decimal(10), group="g3",
        article="Điều 5",
    ),
    "leaflets": _task(
        "86", "In tờ rơi chung bằng tiếng Việt và tiếng Khmer", "Joint leaflet in Vietnamese and Khmer", (3, 31),
        support="84 94", output="50.000 tờ rơi", measure="tờ", wanted=Decimal(50_000), group="g3",
        article="Điều 6",
    ),
    "villages": _task(
        "89", "Truyền thông phòng bệnh mùa nước nổi tại các xã biên giới", "Flood-season talks in border communes",
        (12, 10), support="87", output="Mỗi xã 02 buổi truyền thông", measure="buổi", wanted=Decimal(36), group="g3",
        article="Điều 6",
    ),
    "inspect": _task(
        "VPV", "Kiểm tra liên ngành trạm y tế vùng trũng", "Joint inspection of stations in lowlands", (8, 15),
        support="87 91 95", output="Biên bản kiểm tra", group="g4", article="Điểm b Điều 7",
    ),
    "sheds": _task(
        "84", "Khảo sát nhà kho vật tư phòng, chống lũ cấp huyện", "Survey district sheds for flood supplies", (10, 31),
        output="Báo cáo khảo sát", group="g2",
    ),
}  # fmt: skip
URGENT = {
    "tide": _task(
        "89", "Hỗ trợ y tế các xã ngập sâu trong đợt triều cường tháng 10", "Medical support in the October tide",
        (11, 15), support="87", output="Tổ y tế lưu động đến 8 xã", measure="xã", wanted=Decimal(8),
    ),
}  # fmt: skip
UNIT_TASKS = {
    "ag_boats": _task(
        "89", "Sửa chữa 06 xuồng y tế của các trạm ven sông", "Repair six health boats", (12, 12), output="06 xuồng",
    ),
    "ag_list": _task(
        "89", "Lập danh sách hộ cần sơ tán người bệnh mãn tính", "List homes with chronic patients to move", (6, 15),
        output="Danh sách theo xã",
    ),
}  # fmt: skip
CONCLUSIONS = {
    "hotline": {
        "titles": {"vi": "Thiết lập đầu mối thông tin trực 24/7 giữa các bên", "en": "A contact point on duty day and night"},
        "lead": "89", "due_on": date(2020, 2, 28), "output": "Danh bạ đầu mối",
    },
    "forms": {
        "titles": {"vi": "Thống nhất biểu mẫu báo cáo tháng giữa hai ngành", "en": "One monthly report form for both sectors"},
        "lead": "87", "due_on": date(2020, 3, 15), "output": "Biểu mẫu dùng chung",
    },
}  # fmt: skip


def _said(said: str, text: str, figure: str = "", on: str = "", delay: str = "") -> dict[str, str]:
    found = {"said": said, "text": text, "figure": figure, "on": on, "delay": delay}
    return {name: value for name, value in found.items() if value}


#: (unit, month) -> what its report says of tasks.
SAID: dict[tuple[str, int], dict[str, dict[str, str]]] = {
    ("89", 3): {"hotline": _said("done", "Đã lập danh bạ 22 đầu mối, trực từ 01/3.", on="2020-02-27")},
    ("87", 4): {"forms": _said("done", "Hai ngành đã thống nhất biểu mẫu, dùng từ tháng 4.", on="2020-03-14")},
    ("89", 4): {"larvae": _said("progress", "41/60 xã trọng điểm đã ra quân.", "41")},
    ("86", 4): {"leaflets": _said("done", "Đã in và chuyển 50.000 tờ rơi cho các tỉnh.", "50000", "2020-03-27")},
    ("89", 5): {"larvae": _said("done", "60/60 xã trọng điểm đã ra quân; 312 tấn rác phế thải được thu gom.", "60", "2020-04-28")},
    ("87", 5): {"larvae": {"text": "Huy động 18 xã giáp ranh cùng ra quân với An Giang."}},
    ("96", 6): {"chemicals": _said("progress", "Đã cấp cho 5/9 huyện.", "5", delay="Kinh phí mua hóa chất được cấp chậm hai tháng.")},
    ("89", 7): {"ag_list": _said("done", "Đã lập danh sách 1.240 hộ tại 24 xã.", on="2020-06-10")},
    ("87", 7): {"border": _said("done", "Sơ đồ ổ dịch 14 xã giáp ranh được cập nhật đến tháng 6.", on="2020-06-25")},
    ("96", 8): {"chemicals": _said("done", "Đã cấp đủ cho 9/9 huyện.", "9", "2020-07-20", "Kinh phí mua hóa chất được cấp chậm hai tháng.")},
    ("89", 8): {"stocks": _said("done", "Đã bàn giao 420 cơ số thuốc cho 24 trạm đầu nguồn.", "420", "2020-07-30")},
    ("95", 9): {"stations": _said("progress", "Đã hoàn thành 5/12 trạm.", "5")},
    ("91", 9): {"drill": _said("done", "Diễn tập tại huyện Giang Thành với 180 người tham gia.", "1", "2020-08-29")},
    ("89", 10): {"villages": _said("progress", "Đã tổ chức 20/36 buổi.", "20")},
    ("89", 11): {
        "villages": _said("progress", "Đã tổ chức 31/36 buổi.", "31"),
        "tide": _said("done", "Tổ y tế lưu động đã đến 8 xã, khám 1.150 lượt người.", "8", "2020-11-12"),
    },
    ("95", 11): {"stations": _said("progress", "Đã hoàn thành 8/12 trạm.", "8")},
    ("94", 11): {"vests": _said("progress", "Đã rà soát 38 trạm, bổ sung cho 21 trạm.", "21")},
    ("94", 12): {"vests": _said("done", "38/38 trạm đã có đủ áo phao.", "38", "2020-12-03")},
}  # fmt: skip

#: unit, day, fields, why it is typical (empty: it is not).
ACTIVITIES: tuple[tuple[str, date, dict[str, Any], str], ...] = (
    ("89", date(2020, 4, 4), {
        "kind": "campaign", "title": "Ngày thứ bảy diệt lăng quăng tại 60 xã", "place": "Châu Phú, An Giang",
        "partners": "Đoàn thanh niên, Hội phụ nữ, trạm y tế", "participants": 2350, "task": "larvae",
        "output": "Xử lý 18.600 dụng cụ chứa nước; số ca tháng sau giảm ở 41 xã.",
    }, "Mỗi ấp tự chọn ngày, cán bộ hai ngành cùng đi từng nhà; cách làm dễ nhân rộng."),
    ("91", date(2020, 8, 29), {
        "kind": "training", "title": "Diễn tập sơ tán người bệnh khi nước dâng nhanh", "place": "Giang Thành, Kiên Giang",
        "partners": "Bộ đội biên phòng, y tế huyện", "participants": 180, "task": "drill",
        "output": "Rút ngắn thời gian đưa người bệnh đến điểm cao từ 95 xuống 52 phút.",
    }, "Lần đầu diễn tập ban đêm có đủ ba lực lượng; đo được thời gian trước và sau."),
    ("86", date(2020, 3, 27), {
        "kind": "communication", "title": "Phát tờ rơi song ngữ tại chợ và chùa", "place": "Trà Ôn, Vĩnh Long",
        "partners": "Các chùa Khmer", "participants": 900, "task": "leaflets", "output": "12.000 tờ rơi.",
    }, ""),
    ("87", date(2020, 5, 20), {
        "kind": "inspection", "title": "Kiểm tra ổ dịch tại xã giáp ranh", "place": "Tân Hồng, Đồng Tháp",
        "partners": "Y tế tỉnh An Giang", "participants": 24, "task": "border", "output": "3 ổ dịch được xử lý dứt điểm.",
    }, ""),
    ("89", date(2020, 10, 28), {
        "kind": "support", "title": "Tổ y tế lưu động tại các xã ngập sâu", "place": "An Phú, An Giang",
        "partners": "Hội chữ thập đỏ", "participants": 1150, "output": "Khám, cấp thuốc cho 1.150 lượt người.",
    }, ""),
    ("95", date(2020, 6, 12), {
        "kind": "survey", "title": "Khảo sát nền trạm y tế vùng ngập sâu", "place": "Hồng Dân, Bạc Liêu",
        "partners": "Sở Xây dựng", "participants": 15, "task": "stations", "output": "Danh sách 12 trạm ưu tiên.",
    }, ""),
)  # fmt: skip
