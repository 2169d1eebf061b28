from datetime import UTC, date, datetime

import pytest

from giaoban.core.actors import System
from giaoban.units import actions

OPERATOR = System("test")
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
START = date(2020, 1, 1)


@pytest.fixture
def delta(db):
    """A region R with provinces P1 (districts D1, D2) and P2, from 2020 on; by code."""
    units = {}
    for code, name, level, parent in (
        ("R", "Miền Tây", 0, None),
        ("P1", "Cần Thơ", 1, "R"),
        ("P2", "Đồng Tháp", 1, "R"),
        ("D1", "Quận Ninh Kiều", 2, "P1"),
        ("D2", "Quận Ô Môn", 2, "P1"),
    ):
        units[code] = actions.open_unit(
            code=code,
            name=name,
            level=level,
            valid_from=START,
            parent=units.get(parent),
            by=OPERATOR,
            at=NOW,
        )
    return units
