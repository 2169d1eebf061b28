"""Alice makes a form, asks for it monthly, excludes a unit; nothing is changed under a report's feet."""

from datetime import date

import pytest

from giaoban.agreements.tests.world import NOW
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.lib import periods
from giaoban.reportforms import actions
from giaoban.reportforms.models import Exclusion, ReportForm
from giaoban.reportforms.queries import Schedule
from giaoban.reportforms.tests import story


def save(world, form, *sections, names=None):
    return actions.save_form(
        form=form, names=names or form.names, sections=sections, by=world.by("alice"), at=NOW
    )


@pytest.mark.requirement(20)
def test_every_change_of_a_form_is_a_new_version_and_the_old_one_stays(world):
    story.programme(world)
    form = world.agreement.forms.get()
    save(world, form, story.section("books"), story.section("visits", code="s2", questions=("why",)))
    old, new = form.versions.all()
    assert old.indicator_codes == ["visits", "books", "per_book"]
    assert (new.number, new.indicator_codes, [q["code"] for q in new.narratives]) == (
        2,
        ["books", "visits"],
        ["why"],
    )
    save(world, form, *new.sections)
    assert form.versions.count() == 2
    assert AuditRow.objects.filter(verb="edit form").count() == 1


@pytest.mark.parametrize(
    "sections",
    [
        [],
        [story.section("none")],
        [story.section("visits", "visits")],
        [story.section("visits"), story.section("visits", code="s2")],
        [story.section("visits", title="")],
        [story.section("visits", questions=("note", "note"))],
        [story.section("visits", questions=("visits",))],
        [story.section("visits", questions=("ghi chú",))],
    ],
)
def test_a_form_with_a_mistake_is_not_saved(world, sections):
    story.programme(world)
    with pytest.raises(Refused):
        save(world, world.agreement.forms.get(), *sections)
    assert world.agreement.forms.get().versions.count() == 1


def test_the_neighbour_changes_nothing(world):
    regime = story.programme(world)
    for name in ("bob", "charlie"):
        by = world.by(name)
        for act in (
            lambda by: actions.save_form(
                form=regime.form, names={"vi": "x"}, sections=[story.section()], by=by, at=NOW
            ),
            lambda by: actions.edit_regime(regime=regime, names={"vi": "x"}, by=by, at=NOW),
            lambda by: actions.exclude(
                regime=regime, unit=world.units["P1"], period="2025-01", reason="x", by=by, at=NOW
            ),
            lambda by: actions.set_day(
                agreement=world.agreement, on=date(2026, 1, 1), working=False, by=by, at=NOW
            ),
        ):
            with pytest.raises(Refused):
                act(by)


def test_a_form_in_use_is_copied_but_not_removed(world):
    regime = story.programme(world)
    alice = world.by("alice")
    with pytest.raises(Refused):
        actions.remove_form(form=regime.form, by=alice, at=NOW)
    copy = actions.copy_form(form=regime.form, code="other", names={"vi": "Biểu khác"}, by=alice, at=NOW)
    assert copy.current.sections == regime.form.current.sections
    actions.remove_form(form=copy, by=alice, at=NOW)
    assert ReportForm.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "monthly"}, "code"),
        ({"frequency": "fortnight"}, "frequency"),
        ({"window": "months:31"}, "window"),
        ({"spans": {"2026": ["2026-01-01", "2026-10-31"]}}, "spans"),
        ({"reporters": "level:"}, "reporters"),
        ({"reporters": "P9"}, "reporters"),
        ({"due": {}}, "due"),
        ({"due": {"": "+5d"}}, "due"),
        ({"timezone": "Asia/Nowhere"}, "timezone"),
        ({"receivers": [{"units": "level:2", "to": "level:1", "from": None, "to_date": None}]}, "receivers"),
    ],
)
def test_what_is_wrong_with_a_regime_is_told_at_its_field(world, wrong, field):
    regime = story.programme(world)
    with pytest.raises(Refused) as told:
        story.regime(world.agreement, regime.form, **{"code": "second", "reconciles": regime} | wrong)
    assert told.value.field == field
    assert world.agreement.regimes.count() == 1


@pytest.mark.requirement(22)
def test_own_windows_and_decree_09(world):
    story.programme(world)
    form = story.form(world.agreement, "yearly", story.section(questions=("plan",)))
    spans = {"2026": ["2026-01-01", "2026-10-31"]}
    regime = story.regime(world.agreement, form, "yearly", frequency="year", window="nd09", spans=spans)
    window = Schedule(regime).window
    assert periods.span(periods.parse("2026"), window) == (date(2026, 1, 1), date(2026, 10, 31))
    assert periods.span(periods.parse("2025"), window) == (date(2024, 12, 15), date(2025, 12, 14))


def test_two_regimes_with_one_indicator_need_one_to_reconcile_the_other(world):
    monthly = story.programme(world)
    with pytest.raises(Refused) as told:
        story.regime(world.agreement, monthly.form, "districts", reporters="level:2")
    assert told.value.field == "reconciles"
    districts = story.regime(
        world.agreement, monthly.form, "districts", reporters="level:2", reconciles=monthly
    )
    with pytest.raises(Refused) as told:
        actions.edit_regime(regime=monthly, reconciles=districts, by=world.by("alice"), at=NOW)
    assert told.value.field == "reconciles"


def test_a_form_change_cannot_make_two_regimes_ask_for_one_indicator(world):
    story.programme(world)
    other = story.form(world.agreement, "other", story.section(questions=("plan",)))
    story.regime(world.agreement, other, "other")
    with pytest.raises(Refused):
        save(world, other, story.section("visits"))
    assert other.versions.count() == 1


def test_the_rules_of_a_regime_change_from_a_day_on(world):
    regime = story.programme(world)
    actions.add_regime_version(
        regime=regime, valid_from=date(2026, 1, 1), reporters="P1", due={"": "+3wd 12:00", "1": "+1d 08:00"},
        legal_basis="CV 12/2025", by=world.by("alice"), at=NOW,
    )  # fmt: skip
    schedule = Schedule(regime)
    owed = {text: [d.unit_id for d in schedule.due([periods.parse(text)])] for text in ("2025-12", "2026-01")}
    p1, p2 = world.units["P1"].pk, world.units["P2"].pk
    assert owed == {"2025-12": [p1, p2], "2026-01": [p1]}


def test_the_periods_of_a_regime_stay_once_somebody_reported(world, reported):
    regime = story.programme(world)
    actions.edit_regime(regime=regime, window="nd09", by=world.by("alice"), at=NOW)
    reported.add(regime)
    with pytest.raises(Refused) as told:
        actions.edit_regime(regime=regime, frequency="quarter", by=world.by("alice"), at=NOW)
    assert told.value.field == "frequency"
    actions.edit_regime(regime=regime, names={"vi": "Tên mới"}, by=world.by("alice"), at=NOW)


def test_a_unit_is_excluded_with_a_reason_and_taken_back(world):
    regime, alice = story.programme(world), world.by("alice")
    for wrong, field in (
        ({"reason": " "}, "reason"),
        ({"period": "2025-Q1"}, "period"),
        ({"period": "x"}, "period"),
        ({"unit": world.units["D1"]}, "unit"),
    ):
        given = {"unit": world.units["P1"], "period": "2025-03", "reason": "Bão số 3"} | wrong
        with pytest.raises(Refused) as told:
            actions.exclude(regime=regime, by=alice, at=NOW, **given)
        assert told.value.field == field
    made = actions.exclude(
        regime=regime, unit=world.units["P1"], period="2025-03", reason="Bão số 3", by=alice, at=NOW
    )
    with pytest.raises(Refused):
        actions.exclude(regime=regime, unit=world.units["P1"], period="2025-03", reason="x", by=alice, at=NOW)
    actions.end_exclusion(exclusion=made, reason="Đã gửi được", by=alice, at=NOW)
    actions.exclude(
        regime=regime, unit=world.units["P1"], period="2025-03", reason="Lại bão", by=alice, at=NOW
    )
    trail = AuditRow.objects.filter(subject=f"reportforms.exclusion:{made.pk}").select_related("free_text")
    assert [(r.verb, r.free_text.text) for r in trail] == [
        ("exclude", "Bão số 3"), ("end", "Đã gửi được"), ("exclude", "Lại bão"),
    ]  # fmt: skip
    assert Exclusion.objects.get().state == "active"


def test_holidays_and_make_up_days(world):
    alice = world.by("alice")
    actions.set_day(
        agreement=world.agreement, on=date(2026, 2, 17), working=False, name="Tết", by=alice, at=NOW
    )
    day = actions.set_day(
        agreement=world.agreement, on=date(2026, 2, 17), working=True, name="Bù", by=alice, at=NOW
    )
    assert [(d.on, d.working, d.name) for d in world.agreement.calendar.all()] == [
        (date(2026, 2, 17), True, "Bù")
    ]
    actions.remove_day(day=day, by=alice, at=NOW)
    assert not world.agreement.calendar.exists()


def test_rules_compare_what_the_form_asks(world):
    regime, alice = story.programme(world), world.by("alice")
    given = {
        "form": regime.form,
        "code": "more",
        "names": {"vi": "Lượt không ít hơn sách"},
        "by": alice,
        "at": NOW,
    }
    for wrong in ("visits + books", "visits >= none", "visits >=", "visits[sex=f] <= visits"):
        with pytest.raises(Refused) as told:
            actions.add_rule(expression=wrong, **given)
        assert told.value.field == "expression"
    rule = actions.add_rule(expression="visits >= previous(visits)", **given)
    with pytest.raises(Refused):
        actions.add_rule(expression="visits >= books", **given)
    actions.edit_rule(rule=rule, severity="block", by=alice, at=NOW)
    assert world.agreement.rules.get().severity == "block"
    actions.remove_rule(rule=rule, by=alice, at=NOW)
    assert not world.agreement.rules.exists()
