"""From the first report on, figures keep their meaning."""

import pytest

from giaoban.core.refused import Refused
from giaoban.reportforms import actions
from giaoban.reportforms.usage import is_reported
from giaoban.reports import actions as on_reports
from giaoban.reports.tests.world import instant


def test_an_indicator_counts_as_reported_once_a_report_was_sent(world):
    stock = world.agreement.indicators.get(code="stock")
    assert not is_reported(stock) and not is_reported(world.regime)
    lan = world.by("lan")
    report = on_reports.open_report(
        regime=world.regime, unit=world.ct, period=world.period(), by=lan, at=instant()
    )
    assert is_reported(world.regime) and not is_reported(stock)
    on_reports.save_draft(
        report=report,
        document={"values": {"visits": 3, "stock": "1.5", "todate": 3}},
        edition=0,
        by=lan,
        at=instant(),
    )
    on_reports.submit(report=report, by=lan, at=instant())
    assert is_reported(stock)
    with pytest.raises(Refused):
        actions.edit_indicator(indicator=stock, decimals=0, by=world.by("kim"), at=instant())
