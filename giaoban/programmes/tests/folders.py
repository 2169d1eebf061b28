"""A small programme folder, written by hand, to change one thing of in each test.

A province V holds the districts D1 and D2; the communes C1, C2 stand under D1 and C3 under D2.
Communes report every month of 2020 from February; districts report one of the figures themselves.
"""

# ruff: noqa: E501
from __future__ import annotations

import gzip
from pathlib import Path

PROGRAMME = """format = 1

[agreement]
code = "flood"
title = { vi = "Phòng chống lũ", en = "Flood preparedness" }
lead = "V"
parties = "level:1"
starts_on = 2020-02-01
ends_on = 2020-12-31

[[group]]
code = "river"
title = { vi = "Ven sông", en = "By the river" }

[[form]]
code = "month"
title = { vi = "Báo cáo tháng", en = "Monthly report" }
indicators = ["boats", "rice", "people", "share", "need"]
narratives = [
  { code = "note", title = { vi = "Ghi chú", en = "Notes" } },
]

[[form]]
code = "district"
title = { vi = "Báo cáo huyện", en = "District report" }
indicators = ["boats"]

[[regime]]
code = "month"
form = "month"
period = "month"
reporters = "level:2"
due = "+5d 17:00"

[[regime]]
code = "district"
form = "district"
period = "month"
reporters = "level:1"
due = { default = "+3wd 17:00", "1" = "+4wd 17:00" }
reconciles = "month"

[[reports]]
regime = "month"
file = "reports/month.csv"
"""

FILES = {
    "programme.toml": PROGRAMME,
    "units.csv": """code,name,parent,level,kind,valid_from,valid_to,lat,lon,groups,area
V,Vĩnh Lợi,,0,province,2020-01-01,,10.25,105.9,,1475
D1,Long Hồ,V,1,district,2020-01-01,,,,river,
D2,Mang Thít,V,1,district,2020-01-01,,,,,
C1,An Bình,D1,2,commune,2020-01-01,,,,river,
C2,Bình Hòa,D1,2,commune,2020-01-01,2020-06-16,,,,
C3,Hòa Ninh,D2,2,commune,2020-01-01,,,,,
""",
    "indicators.csv": """code,name_vi,name_en,unit_of_measure,kind,over_units,over_periods,numerator,denominator,factor,decimals,breakdowns
boats,Số thuyền,Boats,pieces,stock,sum,last,,,,0,
rice,Gạo dự trữ,Rice in store,tonnes,stock,sum,last,,,,2,
people,Người được tập huấn,People trained,persons,flow,sum,sum,,,,0,sex;sex*age
share,Gạo mỗi thuyền,Rice per boat,tonnes,ratio,,,rice,boats,1,3,
need,Nhu cầu,Needs,,text,,,,,,0,
""",
    "breakdowns.csv": """breakdown,option,name_vi,name_en
sex,,Giới,Sex
sex,f,Nữ,Women
sex,m,Nam,Men
age,,Tuổi,Age
age,0-17,Dưới 18,Under 18
age,18+,Từ 18,18 and over
""",
    "reports/month.csv": """period,unit,submitted_at,boats,rice,rice!est,rice!comment,people,people[sex=f],people[sex=m],need,note
2020-02,C1,2020-03-05T16:59:00,12,3.50,,,40,22,18,,Nước lên chậm.
2020-02,C2,2020-03-05T17:00:01,7,0.25,1,cân sau,,,,thêm phao,
2020-03,C1,2020-04-02T08:00:00,13,3.75,,,0,,,,"Hai dòng
ghi chú"
""",
}


def folder(path: Path, **changed: str | bytes | None) -> Path:
    """Write the folder; `changed` files replace those here, or leave one out (None).

    Names are keywords with dots as `__` and slashes as `___`: `units__csv`, `reports___month__csv`.
    """
    wanted: dict[str, str | bytes | None] = {**FILES, **{_name(key): text for key, text in changed.items()}}
    for name, text in wanted.items():
        if text is None:
            continue
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode() if isinstance(text, str) else text
        file.write_bytes(
            gzip.compress(data, mtime=0) if name.endswith(".gz") and isinstance(text, str) else data
        )
    return path


def _name(key: str) -> str:
    return key.replace("___", "/").replace("__", ".")


def replaced(name: str, *pairs: tuple[str, str]) -> str:
    """A file of the folder with texts replaced; each must be there."""
    text = FILES[name]
    for old, new in pairs:
        assert old in text, f"{old!r} is not in {name}"
        text = text.replace(old, new)
    return text
