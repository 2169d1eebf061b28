"""A region before its year begins: thirteen provinces, an office, two more bodies, a form, and who acts for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client

from giaoban.accounts.models import User
from giaoban.agreements.actions import give_role, set_part
from giaoban.agreements.models import Agreement
from giaoban.agreements.standing import Standing
from giaoban.core.actors import System
from giaoban.programmes.actions import load
from giaoban.reportforms.models import Regime
from giaoban.units.models import Unit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SETTING_UP = System("test")

PROVINCES = {
    "80": "Long An", "82": "Tiền Giang", "83": "Bến Tre", "84": "Trà Vinh", "86": "Vĩnh Long", "87": "Đồng Tháp",
    "89": "An Giang", "91": "Kiên Giang", "92": "Cần Thơ", "93": "Hậu Giang", "94": "Sóc Trăng", "95": "Bạc Liêu",
    "96": "Cà Mau",
}  # fmt: skip
BODIES = {"VP": "Văn phòng điều phối", "YT": "Ngành y tế vùng", "MT": "Ủy ban Mặt trận vùng"}

PROGRAMME = """format = 1

[agreement]
code = "song-nuoc"
title = { vi = "Quy chế phối hợp vùng sông nước", en = "Coordination of the river region" }
lead = "VP"
parties = "group:tinh"
starts_on = 2020-01-01
ends_on = 2021-06-30

[[form]]
code = "thang"
title = { vi = "Báo cáo tháng", en = "Monthly report" }
indicators = ["ca", "ho", "ty_le"]
narratives = [{ code = "ket_qua", title = { vi = "Kết quả", en = "Results" } }]

[[regime]]
code = "thang"
form = "thang"
title = { vi = "Báo cáo tháng", en = "Monthly report" }
period = "month"
reporters = "group:tinh"
due = "+5d 17:00"
timezone = "Asia/Ho_Chi_Minh"
"""
INDICATORS = """code,name_vi,name_en,unit_of_measure,kind,over_units,over_periods,numerator,denominator,factor,decimals,breakdowns
ca,Số ca mắc,Cases,ca,flow,sum,sum,,,,0,
ho,Số lượt hộ,Household visits,lượt hộ,flow,sum,sum,,,,0,
ty_le,Số ca trên 1.000 lượt hộ,Cases per 1000 visits,ca,ratio,,,ca,ho,1000,1,
"""  # noqa: E501


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """An instant where the programme counts its days."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


@dataclass
class Region:
    """What the year is told of. people: a word for each -> the account; pages: what people of it have opened."""

    agreement: Agreement
    units: dict[str, Unit]
    regime: Regime
    people: dict[str, User] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)

    def of(self, who: str, moment: datetime) -> dict[str, Any]:
        """`by` and `at` of an act. who: "coordinator", "chair", "verifier", or a province's code."""
        return {"by": Standing(self.people[who], moment), "at": moment}

    def reads(self, who: str, address: str) -> str:
        """The page as somebody reads it; the neighbour is sent there at the end of the year."""
        answer = self._client(who).get(address)
        assert answer.status_code == 200, f"{who}: {address} answers {answer.status_code}"
        self.pages.append(address)
        return str(answer.content.decode())

    def is_hidden(self, who: str, address: str) -> bool:
        return self._client(who).get(address).status_code == 404

    def _client(self, who: str) -> Client:
        client = Client()
        client.force_login(self.people[who])
        return client


def founded(folder: Path) -> Region:
    """The folder loaded, everybody given a role. The agreement has no text yet and nobody has reported."""
    begin = at(2019, 12, 2)
    (folder / "programme.toml").write_text(PROGRAMME)
    (folder / "indicators.csv").write_text(INDICATORS)
    (folder / "units.csv").write_text("\n".join(_units()) + "\n")
    load(path=folder, by=SETTING_UP, at=begin)
    agreement = Agreement.objects.get(code="song-nuoc")
    region = Region(
        agreement, {u.code: u for u in Unit.objects.all()}, Regime.objects.get(agreement=agreement)
    )
    for who, role, unit in _roles():
        region.people[who] = _person(agreement, who, role, region.units[unit], begin)
    for code in ("YT", "MT"):
        set_part(
            agreement=agreement, unit=region.units[code], role="observer", **region.of("coordinator", begin)
        )
    region.people["neighbour"] = _neighbour(region, begin)
    return region


def _units() -> Iterator[str]:
    yield "code,name,parent,level,kind,valid_from,valid_to,lat,lon,groups,name_en"
    for code, name in BODIES.items():
        yield f"{code},{name},,1,,2004-01-01,,,,,{name}"
    for code, name in PROVINCES.items():
        yield f"{code},{name},VP,2,tỉnh,2004-01-01,,,,tinh,{name}"


def _roles() -> Iterator[tuple[str, str, str]]:
    yield from (
        ("coordinator", "coordinator", "VP"),
        ("chair", "chair", "VP"),
        ("verifier", "verifier", "VP"),
    )
    yield from ((code, "reporter", code) for code in PROVINCES)


def _person(agreement: Agreement, who: str, role: str, unit: Unit, moment: datetime) -> User:
    made = User.objects.create_user(f"{who.lower()}@example.vn", None, name=f"Người {role} {unit.name}")
    given = {"by": SETTING_UP, "at": moment}
    give_role(person=made, agreement=agreement, role=role, unit=unit, valid_from=date(2019, 12, 1), **given)
    return made


def _neighbour(region: Region, moment: datetime) -> User:
    """The coordinator of another agreement in the same office."""
    other = Agreement.objects.create(
        code="khac", titles={"vi": "Quy chế khác"}, lead=region.units["MT"], parties="MT", starts_on=date(2020, 1, 1)
    )  # fmt: skip
    return _person(other, "neighbour", "coordinator", region.units["MT"], moment)
