"""Cần Thơ's consolidated report of June: begun from the totals of its districts, sent, verified."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement
from giaoban.agreements.standing import Standing
from giaoban.lib.periods import Period
from giaoban.reportforms.models import Regime
from giaoban.reports import actions
from giaoban.units.models import Unit

UNIT, PERIOD = "92", Period("month", 2020, 6)
AT = datetime(2020, 6, 17, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
WORDS = (
    "Các quận, huyện đã phun hóa chất diện rộng tại những nơi có ổ dịch; số ca mắc giảm so với tháng trước."
)


def consolidate(agreement: Agreement, coordinator: User, verifier: User, at: datetime = AT) -> None:
    """The standing office writes it on behalf of the city; it stands beside the districts' reports."""
    by = Standing(coordinator, at)
    report, _total = actions.open_consolidated(
        regime=Regime.objects.select_related("agreement", "form").get(agreement=agreement),
        unit=Unit.objects.get(code=UNIT), period=PERIOD, by=by, at=at,
    )  # fmt: skip
    draft = report.draft
    document = {**draft.document, "narratives": {"ket_qua": WORDS}}
    actions.save_draft(report=report, document=document, edition=draft.edition, by=by, at=at)
    actions.submit(report=report, by=by, at=at + timedelta(hours=1))
    accepted = at + timedelta(hours=5)
    actions.accept(report=report, by=Standing(verifier, accepted), at=accepted)
