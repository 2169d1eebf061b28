"""What Alice has set up in Phoi-hop, and Charlie in his own agreement."""

from __future__ import annotations

from giaoban.agreements.models import Agreement
from giaoban.agreements.tests.world import MADE_BY, NOW, START, World
from giaoban.reportforms import actions
from giaoban.reportforms.models import Indicator, Regime, ReportForm


def indicator(agreement: Agreement, code: str, **fields) -> Indicator:
    given = {
        "kind": "flow",
        "over_units": "sum",
        "over_periods": "sum",
        "names": {"vi": f"Chỉ tiêu {code}"},
    } | fields
    if given["kind"] in ("ratio", "calculated", "text"):
        given |= {"over_units": "", "over_periods": ""}
    return actions.add_indicator(agreement=agreement, code=code, by=MADE_BY, at=NOW, **given)


def section(*codes: str, questions: tuple[str, ...] = (), code: str = "s1", title: str = "Kết quả") -> dict:
    return {
        "code": code, "title": {"vi": title}, "indicators": list(codes),
        "narratives": [{"code": q, "title": {"vi": f"Câu hỏi {q}"}, "required": False} for q in questions],
    }  # fmt: skip


def form(agreement: Agreement, code: str, *sections: dict) -> ReportForm:
    return actions.create_form(
        agreement=agreement,
        code=code,
        names={"vi": f"Biểu {code}"},
        sections=list(sections),
        by=MADE_BY,
        at=NOW,
    )


def regime(agreement: Agreement, of: ReportForm, code: str = "monthly", **fields) -> Regime:
    given = {
        "names": {"vi": "Báo cáo tháng"}, "frequency": "month", "reporters": "P1, P2", "due": {"": "+5d 17:00"},
        "valid_from": START,
    } | fields  # fmt: skip
    return actions.create_regime(agreement=agreement, code=code, form=of, by=MADE_BY, at=NOW, **given)


def programme(world: World) -> Regime:
    """Two figures, a ratio and a question, reported monthly by the provinces."""
    for code in ("visits", "books"):
        indicator(world.agreement, code)
    indicator(world.agreement, "per_book", kind="ratio", numerator="visits", denominator="books", decimals=1)
    asked = form(world.agreement, "monthly", section("visits", "books", "per_book", questions=("note",)))
    return regime(world.agreement, asked)
