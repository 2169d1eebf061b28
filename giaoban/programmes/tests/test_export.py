# ruff: noqa: E501
"""Out and in again: export → load into an empty home → export gives the same bytes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from giaoban.agreements.models import Agreement
from giaoban.core.actors import System
from giaoban.core.refused import Refused
from giaoban.lib import csvs
from giaoban.programmes.actions import load
from giaoban.programmes.exports import export
from giaoban.programmes.tests.folders import FILES, folder, replaced
from giaoban.programmes.tests.homes import giaoban

AT = datetime(2020, 5, 1, 9, tzinfo=UTC)

RICH = {
    "units__csv": replaced("units.csv", (
        "C1,An Bình,D1,2,commune,2020-01-01,,,,river,",
        "C1,An Bình,D1,2,commune,2020-01-01,2020-04-01,,,river,\nC1,An Bình,D2,2,ward,2020-04-01,,,,,",
    ), (
        "C3,Hòa Ninh", "C2,Tân Hạnh,D2,2,commune,2020-06-20,,,,,\nC3,Hòa Ninh",
    )),
    "changes__csv": "old_code,new_code,date,kind,share,basis\n"
    "C1,C1,2020-04-01,move,,NQ 12\nC2,C1,2020-06-16,split,0.4,NQ 13\nC2,C3,2020-06-16,split,0.6,NQ 13\n",
    "reports___month__csv": replaced("reports/month.csv", ("2020-03,C1", "2020-06,C2@2020-06-01,,1,,,,,,,,\n2020-03,C1")),
    "people__csv": "email,name,title,role,unit,valid_from,valid_to,accepts_own\n"
    "binh@example.org,Bình,,verifier,D1,2020-02-01,2021-01-01,1\nhue@example.org,Huệ,Cán bộ,reporter,C1,2020-02-01,,\n",
    "rules__csv": "code,name_vi,name_en,form,expression,severity\nwomen,Nữ,Women,month,people[sex=f] <= people,warn\n",
    "targets__csv": "indicator,unit,period,value\nboats,V,2020,30\nrice,C1,2020-03,4.50\n",
    "calendar__csv": "date,working,name\n2020-04-30,0,Ngày Giải phóng\n2020-05-09,1,\n",
    "review__toml": 'title = { vi = "Báo cáo" }\n\n[[section]]\ncode = "one"\nindicators = ["boats"]\n',
    "programme__toml": replaced("programme.toml", (
        '[[reports]]\nregime = "month"',
        '[[reports]]\nregime = "month"\nfile = "reports/drafts.csv"\nstate = "draft"\n\n[[reports]]\nregime = "month"',
    ), (
        'reporters = "level:2"\ndue = "+5d 17:00"',
        'reporters = "level:2"\ndue = "+5d 17:00"\nlegal_basis = "QĐ 5"\n'
        'receivers = [{ units = "C3", to = "V", from = 2020-05-01 }]\n\n'
        '[[regime.later]]\nvalid_from = 2020-07-01\nreporters = ["C1", "C3"]\ndue = "+3wd 11:00"',
    )),
    "reports___drafts__csv": "period,unit,boats,note,tasks\n2020-05,C1,3,,\n"
    '2020-05,C3,,đang viết,"{""2020-1"":{""said"":""progress"",""text"":""Đang làm""}}"\n',
}  # fmt: skip


def exported(home: Path, out: Path) -> dict[str, bytes]:
    giaoban(home, "export", "flood", "--out", out)
    return contents(out)


def contents(path: Path) -> dict[str, bytes]:
    return {
        file.relative_to(path).as_posix(): file.read_bytes()
        for file in sorted(path.rglob("*"))
        if file.is_file()
    }


def test_a_rich_folder_survives_two_homes_byte_by_byte(tmp_path):
    giaoban(tmp_path / "one", "load", folder(tmp_path / "in", **RICH))
    first = exported(tmp_path / "one", tmp_path / "out1")
    giaoban(tmp_path / "two", "load", tmp_path / "out1")
    second = exported(tmp_path / "two", tmp_path / "out2")
    assert first == second
    again = giaoban(tmp_path / "one", "load", tmp_path / "out1")
    assert "Everything was there already" in again.stdout


@pytest.mark.django_db
def test_what_an_export_holds(tmp_path):
    load(path=folder(tmp_path / "in", **RICH), by=System("load"), at=AT)
    count = export(agreement=Agreement.objects.get(), path=tmp_path / "out")
    out = tmp_path / "out"
    assert count == 6
    assert sorted(contents(out)) == [
        "breakdowns.csv", "calendar.csv", "changes.csv", "indicators.csv", "people.csv", "programme.toml",
        "reports/month.csv.gz", "reports/month.draft.csv.gz", "review.toml", "rules.csv", "targets.csv", "units.csv",
    ]  # fmt: skip
    rows = [row for _line, row in csvs.read(out / "reports/month.csv.gz")]
    assert [row["unit"] for row in rows] == ["C1", "C2", "C1", "C2@2020-06-15"]
    assert rows[1]["rice!comment"] == "cân sau"
    assert rows[0]["submitted_at"] == "2020-03-05T16:59:00"
    for name in ("people.csv", "rules.csv", "targets.csv", "calendar.csv"):
        assert (out / name).read_text() == RICH[name.replace(".", "__")]
    assert (out / "changes.csv").read_text() == RICH["changes__csv"]
    assert (out / "units.csv").read_text() == (
        "code,name,parent,level,kind,valid_from,valid_to,lat,lon,id,groups,area\n"
        "V,Vĩnh Lợi,,0,province,2020-01-01,,10.25,105.9,,,1475\n"
        "D1,Long Hồ,V,1,district,2020-01-01,,,,,river,\n"
        "D2,Mang Thít,V,1,district,2020-01-01,,,,,,\n"
        "C1,An Bình,D1,2,commune,2020-01-01,2020-04-01,,,C1@2020-01-01,river,\n"
        "C1,An Bình,D2,2,ward,2020-04-01,,,,C1@2020-01-01,,\n"
        "C2,Bình Hòa,D1,2,commune,2020-01-01,2020-06-16,,,,,\n"
        "C2,Tân Hạnh,D2,2,commune,2020-06-20,,,,,,\n"
        "C3,Hòa Ninh,D2,2,commune,2020-01-01,,,,,,\n"
    )


@pytest.mark.django_db
def test_an_export_leaves_a_folder_with_files_alone(tmp_path):
    load(path=folder(tmp_path / "in"), by=System("load"), at=AT)
    with pytest.raises(Refused, match="is not empty"):
        export(agreement=Agreement.objects.get(), path=tmp_path / "in")
    assert contents(tmp_path / "in") == {name: text.encode() for name, text in FILES.items()}


def test_the_published_year_survives_two_homes_byte_by_byte(tmp_path, shared_data):
    giaoban(tmp_path / "one", "load", shared_data / "dpc/programme")
    giaoban(tmp_path / "one", "export", "dpc-2020", "--out", tmp_path / "out1")
    giaoban(tmp_path / "two", "load", tmp_path / "out1")
    giaoban(tmp_path / "two", "export", "dpc-2020", "--out", tmp_path / "out2")
    assert contents(tmp_path / "out1") == contents(tmp_path / "out2")
