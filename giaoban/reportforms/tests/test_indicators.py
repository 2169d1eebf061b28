"""Alice keeps the indicators; after the first report their figures keep their meaning."""

from datetime import date
from decimal import Decimal

import pytest

from giaoban.agreements.tests.world import NOW
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.reportforms import actions
from giaoban.reportforms.models import Indicator
from giaoban.reportforms.tests import story


def edit(world, row, **fields):
    return actions.edit_indicator(indicator=row, by=world.by("alice"), at=NOW, **fields)


@pytest.mark.requirement(21)
def test_a_coordinator_adds_an_indicator_and_nobody_else_does(world):
    given = {
        "code": "visits",
        "names": {"vi": "Lượt"},
        "kind": "flow",
        "over_units": "sum",
        "over_periods": "sum",
    }
    made = actions.add_indicator(agreement=world.agreement, by=world.by("alice"), at=NOW, decimals=2, **given)
    assert made.versions.get().rules["decimals"] == 2
    assert AuditRow.objects.get(subject=f"reportforms.indicator:{made.pk}").verb == "add indicator"
    for name in ("bob", "vera", "chau", "charlie"):
        with pytest.raises(Refused):
            actions.add_indicator(
                agreement=world.agreement, by=world.by(name), at=NOW, **given | {"code": "x"}
            )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "luot xem"}, "code"),
        ({"code": "lượt"}, "code"),
        ({"code": "a"}, "code"),
        ({"over_units": ""}, "over_units"),
        ({"over_periods": ""}, "over_periods"),
        ({"decimals": 10}, "decimals"),
        ({"numerator": "a"}, "numerator"),
        ({"kind": "ratio", "numerator": "a"}, "denominator"),
        ({"kind": "ratio", "denominator": "a"}, "numerator"),
        ({"kind": "calculated", "numerator": "a", "denominator": "a"}, "denominator"),
        ({"kind": "calculated", "numerator": "a +"}, "numerator"),
        ({"kind": "calculated", "numerator": "a + none"}, "numerator"),
        ({"kind": "calculated", "numerator": "a[sex=f]"}, "numerator"),
        ({"kind": "calculated", "numerator": "previous(a)"}, "numerator"),
        ({"kind": "calculated", "numerator": "a", "factor": Decimal(0)}, "factor"),
        ({"kind": "calculated", "numerator": "new + a"}, "numerator"),
        ({"breakdowns": [["sex"]]}, "breakdowns"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(world, wrong, field):
    story.indicator(world.agreement, "a")
    with pytest.raises(Refused) as told:
        story.indicator(world.agreement, **{"code": "new"} | wrong)
    assert told.value.field == field
    assert Indicator.objects.count() == 1


def test_indicators_are_never_computed_in_a_circle(world):
    story.indicator(world.agreement, "a")
    one = story.indicator(world.agreement, "b", kind="calculated", numerator="2 * a")
    story.indicator(world.agreement, "c", kind="calculated", numerator="b + a")
    with pytest.raises(Refused, match="b → c → b"):
        edit(world, one, numerator="c")


def test_a_changed_rule_is_a_new_version_and_a_changed_name_is_not(world):
    row = story.indicator(world.agreement, "a")
    row = edit(world, row, names={"vi": "Tên khác"})
    assert row.version == 1
    row = edit(world, row, over_periods="last", kind="stock")
    assert row.version == 2
    assert [v.rules["over_periods"] for v in row.versions.all()] == ["sum", "last"]
    trail = AuditRow.objects.filter(subject=f"reportforms.indicator:{row.pk}")
    assert trail.last().detail == {"fields": ["kind", "over_periods"], "version": 2}


def test_once_reported_decimals_only_widen_and_the_kind_of_value_stays(world, reported):
    row = story.indicator(world.agreement, "a", decimals=1)
    row = edit(world, row, decimals=0)
    reported.add(row)
    row = edit(world, row, decimals=2)
    with pytest.raises(Refused) as told:
        edit(world, row, decimals=1)
    assert told.value.field == "decimals"
    with pytest.raises(Refused) as told:
        edit(world, row, kind="text", over_units="", over_periods="", decimals=0)
    assert told.value.field in ("kind", "decimals")


def test_what_stands_in_a_form_is_retired_and_never_deleted(world):
    story.programme(world)
    visits = world.agreement.indicators.get(code="visits")
    alice = world.by("alice")
    with pytest.raises(Refused):
        actions.remove_indicator(indicator=visits, by=alice, at=NOW)
    actions.retire_indicator(indicator=visits, on=date(2026, 2, 1), by=alice, at=NOW)
    assert world.agreement.indicators.get(code="visits").retired_on == date(2026, 2, 1)
    actions.bring_back_indicator(indicator=visits, by=alice, at=NOW)
    assert world.agreement.indicators.get(code="visits").retired_on is None


def test_an_indicator_nobody_uses_is_removed(world):
    a = story.indicator(world.agreement, "a")
    b = story.indicator(world.agreement, "b", kind="calculated", numerator="a")
    with pytest.raises(Refused, match="b"):
        actions.remove_indicator(indicator=a, by=world.by("alice"), at=NOW)
    actions.remove_indicator(indicator=b, by=world.by("alice"), at=NOW)
    actions.remove_indicator(indicator=a, by=world.by("alice"), at=NOW)
    assert not Indicator.objects.exists()


def test_indicators_are_put_in_order(world):
    a, b, c = (story.indicator(world.agreement, code) for code in "abc")
    actions.move_indicator(indicator=c, up=True, by=world.by("alice"), at=NOW)
    actions.move_indicator(indicator=a, up=True, by=world.by("alice"), at=NOW)
    assert [row.code for row in world.agreement.indicators.all()] == ["a", "c", "b"]


def test_breakdowns_have_options_in_order(world, reported):
    alice = world.by("alice")
    sex = actions.add_breakdown(
        agreement=world.agreement, code="sex", names={"vi": "Giới"}, by=alice, at=NOW,
        options=[("f", {"vi": "Nữ"}), ("m", {"vi": "Nam"})],
    )  # fmt: skip
    with pytest.raises(Refused):
        actions.add_option(breakdown=sex, code="f", names={}, by=alice, at=NOW)
    with pytest.raises(Refused):
        actions.add_option(breakdown=sex, code="x y", names={}, by=alice, at=NOW)
    other = actions.add_option(breakdown=sex, code="0-14", names={"vi": "Khác"}, by=alice, at=NOW)
    actions.move_option(option=other, up=True, by=alice, at=NOW)
    assert [option.code for option in sex.options.all()] == ["f", "0-14", "m"]
    cases = story.indicator(world.agreement, "cases", breakdowns=[["sex"]])
    story.indicator(world.agreement, "women", kind="calculated", numerator="cases[sex=f]")
    with pytest.raises(Refused, match="cases"):
        actions.remove_breakdown(breakdown=sex, by=alice, at=NOW)
    actions.remove_option(option=other, by=alice, at=NOW)
    reported.add(cases)
    with pytest.raises(Refused):
        actions.remove_option(option=sex.options.get(code="m"), by=alice, at=NOW)
