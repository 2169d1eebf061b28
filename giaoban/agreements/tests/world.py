"""Two agreements, side by side.

Phoi-hop: a regional office R with provinces P1 (districts D1, D2) and P2. Alice coordinates it, Bob
reports for P1, Vera verifies, Chau chairs. Elsewhere, in another tree under X: Charlie coordinates,
Dora reports. Charlie must see nothing of Phoi-hop. Olga is the operator.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement, Membership
from giaoban.agreements.standing import Standing
from giaoban.core.actors import System
from giaoban.units import actions as tree
from giaoban.units.models import Unit

START = date(2020, 1, 1)
NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
MADE_BY = System("test")

UNITS = (
    ("R", "Miền Tây", 0, None),
    ("P1", "Cần Thơ", 1, "R"),
    ("P2", "Đồng Tháp", 1, "R"),
    ("D1", "Quận Ninh Kiều", 2, "P1"),
    ("D2", "Quận Ô Môn", 2, "P1"),
    ("X", "Văn phòng khác", 0, None),
    ("Y", "Tỉnh khác", 1, "X"),
)


@dataclass
class World:
    agreement: Agreement
    elsewhere: Agreement
    units: dict[str, Unit]
    people: dict[str, User] = field(default_factory=dict)

    def by(self, name: str, at: datetime = NOW) -> Standing:
        return Standing(User.objects.get(pk=self.people[name].pk), at)


def build() -> World:
    units: dict[str, Unit] = {}
    for code, name, level, above in UNITS:
        units[code] = tree.open_unit(
            code=code,
            name=name,
            level=level,
            valid_from=START,
            parent=units.get(above or ""),
            by=MADE_BY,
            at=NOW,
        )
    here = agreement("phoi-hop", "Quy chế phối hợp", units["R"], "level:1")
    there = agreement("khac", "Quy chế khác", units["X"], "Y")
    world = World(here, there, units)
    for name, role, place, of in (
        ("alice", "coordinator", "R", here),
        ("bob", "reporter", "P1", here),
        ("vera", "verifier", "R", here),
        ("chau", "chair", "R", here),
        ("charlie", "coordinator", "X", there),
        ("dora", "reporter", "Y", there),
        ("olga", "operator", None, None),
    ):
        world.people[name] = person(name, role, units.get(place or ""), of)
    return world


def agreement(code: str, title: str, lead: Unit, parties: str) -> Agreement:
    return Agreement.objects.create(
        code=code,
        titles={"vi": title, "en": f"Agreement {code}"},
        lead=lead,
        parties=parties,
        starts_on=START,
    )


def person(name: str, role: str, unit: Unit | None, of: Agreement | None) -> User:
    made = User.objects.create_user(f"{name}@example.vn", "mat-khau-mau-1", name=name.title())
    Membership.objects.create(user=made, agreement=of, unit=unit, role=role, valid_from=START)
    return made
