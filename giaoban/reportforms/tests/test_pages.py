"""What is asked, in the browser: Alice sets it, Bob reads it, Charlie finds nothing of it."""

from datetime import date

import pytest
from django.urls import reverse

from giaoban.agreements.tests.world import MADE_BY, NOW
from giaoban.reportforms import actions
from giaoban.reportforms.models import Breakdown, CalendarDay, Exclusion, Indicator, Regime, ReportForm, Rule
from giaoban.reportforms.tests import story


@pytest.fixture
def regime(world) -> Regime:
    return story.programme(world)


def url(name, *args, code="phoi-hop"):
    return reverse(f"reportforms:{name}", args=[code, *args])


INDICATOR = {
    "code": "films",
    "name_vi": "Số phim",
    "kind": "flow",
    "over_units": "sum",
    "over_periods": "sum",
}
REGIME = {
    "code": "quarterly", "name_vi": "Báo cáo quý", "frequency": "quarter", "window": "nd09", "week_day": "mon",
    "hierarchy": "territory", "valid_from": "2026-01-01", "reporters": "units", "reporters_units": "P1, P2",
    "due_days": "3", "due_kind": "wd", "due_hour": "16:00", "due_levels": "2 = +1d 08:00",
    "timezone": "Asia/Ho_Chi_Minh", "receivers": "P1 -> R from 2026-02-01",
}  # fmt: skip


def addresses(world, regime):
    """Every page to look at, and every page that changes something; all with something there."""
    visits, form = world.agreement.indicators.get(code="visits").pk, regime.form
    sex = actions.add_breakdown(
        agreement=world.agreement,
        code="sex",
        names={"vi": "Giới"},
        options=[("f", {"vi": "Nữ"})],
        by=MADE_BY,
        at=NOW,
    )
    out = actions.exclude(
        regime=regime, unit=world.units["P1"], period="2025-03", reason="Bão", by=MADE_BY, at=NOW
    )
    day = actions.set_day(agreement=world.agreement, on=date(2026, 2, 17), working=False, by=MADE_BY, at=NOW)
    rule = actions.add_rule(
        form=form, code="r", names={"vi": "R"}, expression="visits >= books", by=MADE_BY, at=NOW
    )
    read = [
        url(n) for n in ("indicators", "breakdowns", "forms", "rules", "regimes", "exclusions", "calendar")
    ]
    read += [
        url("indicator", visits),
        url("breakdown", sex.pk),
        url("form", form.pk),
        url("form-version", form.pk, 1),
    ]
    read += [url("regime", regime.pk), url("exclusion", out.pk)]
    change = [url(f"{n}-new") for n in ("indicator", "breakdown", "form", "rule", "regime", "day")]
    change += [url(f"indicator-{n}", visits) for n in ("edit", "retire", "bring-back", "remove")]
    change += [url(f"form-{n}", form.pk) for n in ("edit", "copy", "remove")]
    change += [url(f"breakdown-{n}", sex.pk) for n in ("rename", "remove")] + [url("option-new", sex.pk)]
    change += [url(f"option-{n}", sex.pk, sex.options.get().pk) for n in ("rename", "remove")]
    change += [url("regime-edit", regime.pk), url("regime-version", regime.pk), url("exclude", regime.pk)]
    change += [url("exclusion-end", out.pk), url("day-remove", day.pk), url("rule-edit", rule.pk)]
    return read, [*change, url("rule-remove", rule.pk)]


def test_who_may_read_and_who_may_change(world, regime, sign_in):
    read, change = addresses(world, regime)
    for name, may_read, may_change in (
        ("alice", 200, 200), ("olga", 200, 200), ("bob", 200, 404), ("vera", 200, 404), ("chau", 200, 404),
        ("charlie", 404, 404), ("dora", 404, 404),
    ):  # fmt: skip
        person = sign_in(name)
        assert {a: person.get(a).status_code for a in read} == dict.fromkeys(read, may_read), name
        assert {a: person.get(a).status_code for a in change} == dict.fromkeys(change, may_change), name


def test_the_neighbour_reaches_nothing_through_his_own_agreement(world, regime, sign_in):
    charlie, visits = sign_in("charlie"), world.agreement.indicators.get(code="visits")
    assert charlie.get(url("indicator", visits.pk, code="khac")).status_code == 404
    assert charlie.get(url("regime-edit", regime.pk, code="khac")).status_code == 404


def test_alice_adds_edits_orders_retires_an_indicator(world, regime, sign_in):
    alice = sign_in("alice")
    alice.post(url("indicator-new"), INDICATOR)
    films = Indicator.objects.get(code="films")
    alice.post(
        url("indicator-edit", films.pk),
        INDICATOR | {"kind": "stock", "over_periods": "last", "decimals": "2"},
    )
    films.refresh_from_db()
    assert (films.kind, films.decimals, films.version) == ("stock", 2, 2)
    alice.post(url("indicator-move", films.pk, "up"))
    assert [row.code for row in world.agreement.indicators.all()] == ["visits", "books", "films", "per_book"]
    alice.post(url("indicator-retire", films.pk), {"on": "2026-01-05"})
    assert "films" not in alice.get(url("indicators"), {"use": "now"}).content.decode()
    alice.post(url("indicator-remove", films.pk))
    assert not Indicator.objects.filter(code="films").exists()


def test_a_mistake_in_an_expression_stands_at_its_field(world, regime, sign_in):
    sent = INDICATOR | {
        "kind": "ratio",
        "numerator": "visits +",
        "denominator": "books",
        "over_units": "",
        "over_periods": "",
    }
    page = sign_in("alice").post(url("indicator-new"), sent)
    assert page.context["form"].errors.keys() == {"numerator"}
    page = sign_in("alice").post(url("indicator-new"), sent | {"numerator": "visits", "breakdowns": "sex"})
    assert page.context["form"].errors.keys() == {"kind"}


def test_a_breakdown_with_options(world, regime, sign_in):
    alice = sign_in("alice")
    alice.post(
        url("breakdown-new"),
        {"code": "age", "name_vi": "Tuổi", "options": "0-14 = Trẻ em | Children\n15+ = Người lớn"},
    )
    age = Breakdown.objects.get()
    assert [(o.code, o.names) for o in age.options.all()] == [
        ("0-14", {"vi": "Trẻ em", "en": "Children"}), ("15+", {"vi": "Người lớn"}),
    ]  # fmt: skip
    alice.post(url("option-new", age.pk), {"code": "60+", "name_vi": "Người già"})
    alice.post(url("option-move", age.pk, age.options.get(code="60+").pk, "up"))
    assert [o.code for o in age.options.all()] == ["0-14", "60+", "15+"]
    alice.post(url("option-remove", age.pk, age.options.get(code="60+").pk))
    alice.post(url("breakdown-remove", age.pk))
    assert not Breakdown.objects.exists()


def editor(*sections, **more):
    """What the editor's page sends."""
    sent = {"name_vi": "Biểu tháng", "name_en": "", "sections": str(len(sections))} | more
    for n, (title, codes, questions) in enumerate(sections):
        sent |= {f"s{n}-code": f"s{n + 1}", f"s{n}-title_vi": title, f"s{n}-indicator": codes}
        sent[f"s{n}-questions"] = str(len(questions))
        for m, code in enumerate(questions):
            sent |= {f"s{n}-q{m}-code": code, f"s{n}-q{m}-title_vi": f"Câu {code}"}
    return sent


def shape(answer):
    return [
        (s["title"].get("vi"), s["indicators"], [q["code"] for q in s["narratives"]])
        for s in answer.context["sections"]
    ]


@pytest.mark.requirement(20)
def test_the_editor_changes_what_stands_on_the_page_and_stores_only_on_save(world, regime, sign_in):
    alice, form = sign_in("alice"), regime.form
    page = [("Kết quả", ["visits", "books"], ["note"]), ("Khác", [], [])]
    for button, wanted in (
        ("stay", page),
        ("indicator-down:0:0", [("Kết quả", ["books", "visits"], ["note"]), page[1]]),
        ("indicator-up:0:0", page),
        ("indicator-remove:0:1", [("Kết quả", ["visits"], ["note"]), page[1]]),
        ("section-down:0", [page[1], page[0]]),
        ("section-remove:1", [page[0]]),
        ("section-add", [*page, (None, [], [])]),
        ("question-add:1", [page[0], ("Khác", [], ["q1"])]),
        ("question-remove:0:0", [("Kết quả", ["visits", "books"], []), page[1]]),
        ("nonsense:9:9", page),
    ):
        assert shape(alice.post(url("form-edit", form.pk), editor(*page, do=button))) == wanted, button
    added = alice.post(
        url("form-edit", form.pk), editor(*page, **{"do": "indicator-add:1", "s1-add": "per_book"})
    )
    assert shape(added)[1] == ("Khác", ["per_book"], [])
    assert form.versions.count() == 1
    assert alice.post(url("form-edit", form.pk), editor(*page, do="save"))["Location"] == url("form", form.pk)
    assert [(s["title"]["vi"], s["indicators"]) for s in form.current.sections] == [
        ("Kết quả", ["visits", "books"]),
        ("Khác", []),
    ]
    assert form.current.number == 2


def test_a_form_with_a_mistake_says_so_and_keeps_what_was_typed(world, regime, sign_in):
    page = sign_in("alice").post(url("form-edit", regime.form_id), editor(("", ["visits"], []), do="save"))
    assert "notice-error" in page.content.decode()
    assert shape(page) == [(None, ["visits"], [])]
    preview = sign_in("alice").post(
        url("form-edit", regime.form_id), editor(("Kết quả", ["visits"], ["note"]), do="preview")
    )
    assert "Chỉ tiêu visits" in preview.content.decode() and "Câu note" in preview.content.decode()


def test_a_form_is_made_copied_and_removed(world, regime, sign_in):
    alice = sign_in("alice")
    answer = alice.post(url("form-new"), {"code": "yearly", "name_vi": "Biểu năm"})
    made = ReportForm.objects.get(code="yearly")
    assert answer["Location"] == url("form-edit", made.pk)
    alice.post(url("form-copy", regime.form_id), {"code": "copy", "name_vi": "Bản sao"})
    assert ReportForm.objects.get(code="copy").current.sections == regime.form.current.sections
    alice.post(url("form-remove", made.pk))
    alice.post(url("form-remove", regime.form_id))
    assert set(ReportForm.objects.values_list("code", flat=True)) == {"monthly", "copy"}


@pytest.mark.requirement(22)
def test_alice_makes_a_regime_and_changes_its_rules(world, regime, sign_in):
    alice = sign_in("alice")
    other = story.form(world.agreement, "other", story.section(questions=("plan",)))
    for wrong, field in (
        ({"due_levels": "x = +1d 08:00"}, "due_levels"),
        ({"due_levels": "2 = tomorrow"}, "due_levels"),
        ({"receivers": "P1 to R"}, "receivers"),
        ({"spans": "2026: all"}, "spans"),
        ({"window": "own"}, "month_day"),
        ({"reporters_units": "P9"}, "reporters_units"),
        ({"code": "monthly"}, "code"),
    ):
        page = alice.post(url("regime-new"), REGIME | {"form": other.pk} | wrong)
        assert page.context["form"].errors.keys() == {field}, wrong
    alice.post(url("regime-new"), REGIME | {"form": other.pk})
    made = Regime.objects.get(code="quarterly")
    version = made.versions.get()
    assert (made.window, version.reporters) == ("nd09", "P1 P2")
    assert version.due == {"": "+3wd 16:00", "2": "+1d 08:00"}
    assert version.receivers == [{"units": "P1", "to": "R", "from": "2026-02-01", "to_date": None}]
    alice.post(
        url("regime-edit", made.pk),
        REGIME | {"form": other.pk, "window": "own", "month_day": "10", "week_day": "fri"},
    )
    made.refresh_from_db()
    assert made.window == "months:10, week:fri"
    alice.post(url("regime-version", made.pk), REGIME | {"valid_from": "2026-07-01", "reporters": "level:2"})
    assert [v.reporters for v in made.versions.all()] == ["P1 P2", "level:2"]
    text = alice.get(url("regime", made.pk)).content.decode()
    assert "01/07/2026" in text


def test_a_unit_is_excluded_and_asked_again(world, regime, sign_in):
    alice = sign_in("alice")
    sent = {"unit": "P1 · Cần Thơ", "period": "2025-03", "reason": "Bão số 3"}
    page = alice.post(url("exclude", regime.pk), sent | {"unit": "D1"})
    assert page.context["form"].errors.keys() == {"unit"}
    answer = alice.post(url("exclude", regime.pk), sent)
    out = Exclusion.objects.get()
    assert answer["Location"] == url("exclusion", out.pk)
    assert "Bão số 3" in sign_in("bob").get(url("exclusion", out.pk)).content.decode()
    alice = sign_in("alice")
    page = alice.post(url("exclusion-end", out.pk), {"reason": ""})
    assert page.context["form"].errors.keys() == {"reason"}
    alice.post(url("exclusion-end", out.pk), {"reason": "Đã có số liệu"})
    assert Exclusion.objects.get().state == "ended"


def test_calendar_days_and_rules(world, regime, sign_in):
    alice = sign_in("alice")
    alice.post(url("day-new"), {"on": "2026-02-17", "working": "0", "name": "Tết"})
    day = CalendarDay.objects.get()
    assert not day.working
    assert "Tết" in alice.get(url("calendar")).content.decode()
    alice.post(url("day-remove", day.pk))
    assert not CalendarDay.objects.exists()
    sent = {
        "code": "more",
        "name_vi": "Lượt ≥ sách",
        "form": regime.form_id,
        "expression": "visits >= books",
        "severity": "warn",
    }
    page = alice.post(url("rule-new"), sent | {"expression": "visits"})
    assert page.context["form"].errors.keys() == {"expression"}
    alice.post(url("rule-new"), sent)
    rule = Rule.objects.get()
    alice.post(url("rule-edit", rule.pk), sent | {"severity": "block"})
    assert Rule.objects.get().severity == "block"
    alice.post(url("rule-remove", rule.pk))
    assert not Rule.objects.exists()


@pytest.mark.parametrize("more", [1, 3])
def test_the_number_of_questions_does_not_grow(world, regime, sign_in, django_assert_num_queries, more):
    for n in range(more):
        story.indicator(world.agreement, f"n{n}")
        form = story.form(world.agreement, f"f{n}", story.section(f"n{n}", questions=("plan",)))
        made = story.regime(world.agreement, form, f"g{n}")
        actions.add_rule(
            form=form, code=f"r{n}", names={"vi": "R"}, expression=f"n{n} >= 0", by=MADE_BY, at=NOW
        )
        actions.add_breakdown(agreement=world.agreement, code=f"b{n}", names={"vi": "B"}, by=MADE_BY, at=NOW)
        actions.exclude(
            regime=made, unit=world.units["P1"], period="2025-03", reason="Bão", by=MADE_BY, at=NOW
        )
        actions.set_day(agreement=world.agreement, on=date(2026, 1, n + 1), working=False, by=MADE_BY, at=NOW)
    alice = sign_in("alice")
    for address, number in (
        (url("indicators"), 6), (url("breakdowns"), 6), (url("forms"), 6), (url("rules"), 6), (url("regimes"), 6),
        (url("exclusions"), 7), (url("calendar"), 6), (url("form", regime.form_id), 9),
        (url("form-edit", regime.form_id), 7), (url("regime", regime.pk), 7),
    ):  # fmt: skip
        alice.get(address)
        with django_assert_num_queries(number):
            alice.get(address)
