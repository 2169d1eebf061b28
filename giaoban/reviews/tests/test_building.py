"""A first draft is built from the reports: figures in total and by unit, words by a stated rule."""

from datetime import date
from decimal import Decimal

import pytest

from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.lib.paper.manifest import source_digest
from giaoban.plans.models import Target
from giaoban.reportforms.models import FormVersion
from giaoban.reports.tests.world import World, instant
from giaoban.reviews.actions.building import build
from giaoban.reviews.actions.figures import refresh
from giaoban.reviews.models import Block, Figure, Review, Sentence, SourceSet
from giaoban.reviews.picking import newest
from giaoban.reviews.plan import parts_of
from giaoban.reviews.queries import contents
from giaoban.reviews.queries.narratives import found
from giaoban.reviews.tests.story import KIM_AT, accepted


@pytest.fixture
def reported(world: World) -> World:
    accepted(world, world.ct, "2020-01", visits=5, stock="1.5", narratives={"note": "Cần Thơ tháng 1."})
    accepted(world, world.ct, "2020-02", visits=7, stock="2.5", narratives={"note": "Một. Hai. Ba."})
    accepted(world, world.ag, "2020-01", visits=11, stock="0.5", narratives={"note": "An Giang tháng 1."})
    return world


def built(world: World, period: str = "2020-Q1", language: str = "vi") -> Review:
    return build(agreement=world.agreement, period=period, language=language, by=world.by("kim"), at=KIM_AT)


def figure(review: Review, indicator: str, unit: int, period: str = "2020-Q1") -> Figure:
    return Figure.objects.get(
        review=review, kind="rollup", query__indicator=indicator, query__unit=unit, query__period=period
    )


@pytest.mark.requirement(30, 32, 34, 35)
def test_every_indicator_stands_there_in_total_and_by_unit_with_its_sources(reported: World) -> None:
    world, review = reported, built(reported)
    whole = figure(review, "visits", world.office.pk)
    assert (whole.value, whole.accepted, whole.due) == ("23", 3, 6)
    assert [(u["code"], u["reports"]) for u in whole.sources.units] == [("89", 1), ("92", 2)]
    assert figure(review, "visits", world.ct.pk).value == "12"
    assert figure(review, "stock", world.office.pk).value == "3.0"
    assert figure(review, "todate", world.office.pk).value == ""
    used = {f.number for f in contents(review).used}
    for code in ("visits", "stock", "todate"):
        for unit in (world.office, world.ct, world.ag):
            assert figure(review, code, unit.pk).number in used


def test_equal_source_sets_are_stored_once(reported: World) -> None:
    review = built(reported)
    sets = [f.sources for f in review.figures.select_related("sources")]
    assert len({s.pk for s in sets}) == len({tuple(s.pairs) for s in sets}) == SourceSet.objects.count()
    stock = figure(review, "stock", reported.ct.pk)
    assert [u["first"] for u in stock.sources.units] == ["2020-02"]
    assert stock.sources.digest == source_digest(stock.sources.pairs)


def test_words_are_picked_by_the_stated_rule(reported: World) -> None:
    review = built(reported)
    block = Block.objects.get(section__review=review, data__lead="Cần Thơ")
    assert [s.text for s in block.sentences.all()] == ["Một.", "Hai."]
    assert block.sentences.first().sources.get().label == "Cần Thơ, tháng 2/2020"
    note = Block.objects.filter(section=block.section, kind="note").get().data["text"]
    assert note.startswith("Trích chọn theo quy tắc: của mỗi đơn vị và mỗi câu hỏi")
    assert not contents(review).unsupported


def test_an_answer_given_twice_is_picked_once(reported: World) -> None:
    said = found(reported.agreement, "2020-Q1", {})
    assert len(said) == 3
    assert [(n.unit.code, n.period) for n in newest(said)] == [("89", "2020-01"), ("92", "2020-02")]


@pytest.mark.requirement(24)
def test_units_that_said_the_same_share_the_words_and_all_are_named(world: World) -> None:
    FormVersion.objects.update(
        sections=[{
            "code": "main", "title": {"vi": "Kết quả"}, "indicators": ["visits"],
            "narratives": [{"code": "kk", "title": {"vi": "Khó khăn, vướng mắc"}}],
        }]
    )  # fmt: skip
    for unit in (world.ct, world.ag):
        accepted(world, unit, "2020-01", visits=1, narratives={"kk": "Kinh phí chưa được cấp đủ."})
    review = built(world, "2020-01")
    shared = Sentence.objects.get(block__section__review=review, block__section__code="assessment")
    assert (shared.text, shared.origin) == ("Kinh phí chưa được cấp đủ.", "merged")
    assert [s.label for s in shared.sources.all()] == ["An Giang, tháng 1/2020", "Cần Thơ, tháng 1/2020"]


def test_words_of_reports_not_accepted_are_not_picked(reported: World) -> None:
    reported.agreement.reports.filter(unit=reported.ag).update(accepted=None, state="returned")
    assert {n.unit.code for n in found(reported.agreement, "2020-Q1", {})} == {"92"}


def test_units_whose_reports_are_missing_are_named_with_their_figures(reported: World) -> None:
    review = built(reported)
    situation = Sentence.objects.filter(block__section__review=review, block__section__code="situation")
    texts = [s.text for s in situation.order_by("position")]
    assert texts[0].startswith(
        "Báo cáo tháng, quý I/2020: số báo cáo được chấp nhận trên số phải nộp: {{figure:"
    )
    assert texts[1].startswith("Chưa đủ báo cáo: An Giang ({{figure:")


def test_built_again_it_is_the_same_draft_with_figures_of_today(reported: World) -> None:
    review = built(reported)
    numbers = list(review.figures.values_list("number", "key"))
    rows = AuditRow.objects.count()
    assert built(reported) == review
    assert AuditRow.objects.count() == rows
    accepted(reported, reported.ag, "2020-02", visits=100)
    assert built(reported) == review
    assert figure(review, "visits", reported.office.pk).value == "123"
    assert list(review.figures.values_list("number", "key")) == numbers


def test_targets_and_the_period_before_are_compared(reported: World) -> None:
    world = reported
    visits = world.agreement.indicators.get(code="visits")
    Target.objects.create(
        agreement=world.agreement, indicator=visits, unit=world.office, period="2020-02", value=Decimal(14)
    )
    review = built(world, "2020-02")
    table = Block.objects.filter(section__review=review, kind="table", section__code="results-groups").first()
    titles = [c["title"] for c in table.data["columns"]]
    assert titles == ["Tháng 2/2020", "Chỉ tiêu kế hoạch", "Đạt (%)", "Báo cáo được chấp nhận/phải nộp"]
    share = Figure.objects.get(review=review, kind="share", value="50.0")
    assert share.shown("vi") == "50,0"
    target = Figure.objects.get(review=review, kind="target", value="14")
    assert (target.sources.reports, target.sources.units) == (0, [])


def test_the_year_before_stands_beside_where_there_is_one(reported: World) -> None:
    accepted(reported, reported.ct, "2021-01", visits=10)
    review = built(reported, "2021-01")
    change = Figure.objects.get(review=review, kind="change", value="-37.5")
    assert change.shown("vi") == "-37,5"
    assert change.sources.reports == 3


def test_months_are_shown_with_a_chart(reported: World) -> None:
    review = built(reported)
    chart = Block.objects.filter(section__review=review, kind="chart", data__form="line").first()
    table = Block.objects.get(pk=chart.data["table"])
    assert [r["title"] for r in table.data["rows"]] == ["Tháng 1/2020", "Tháng 2/2020", "Tháng 3/2020"]


@pytest.mark.parametrize(
    ("period", "frequency", "parts"),
    [
        ("2020", "month", [f"2020-{n:02}" for n in range(1, 13)]),
        ("2020", "quarter", ["2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4"]),
        ("2020-H2", "day", [f"2020-{n:02}" for n in range(7, 13)]),
        ("2020-9M", "quarter", ["2020-Q1", "2020-Q2", "2020-Q3"]),
        ("2020-Q1", "quarter", []),
        ("2020-01", "day", []),
        ("2020", "year", []),
    ],
)
def test_a_period_is_shown_by_its_parts(period: str, frequency: str, parts: list[str]) -> None:
    assert parts_of(period, frequency) == parts


def test_the_review_of_the_last_period_is_final(reported: World) -> None:
    assert built(reported, "2020-Q1").kind == "interim"
    assert built(reported, "2021").kind == "final"
    assert built(reported, "2021").title == "Tổng kết Quy chế phối hợp, năm 2021"


def test_an_english_review_speaks_english(reported: World) -> None:
    review = built(reported, language="en")
    assert review.title == "Interim review of Coordination, quarter I, 2020" or "Coordination" in review.title
    assert review.sections.get(code="results").title == "Results"
    assert figure(review, "stock", reported.office.pk).shown("en") == "3.0"


def test_others_may_not_build(reported: World) -> None:
    for name in ("lan", "hoa", "chi", "nga", "oanh"):
        with pytest.raises(Refused):
            build(
                agreement=reported.agreement, period="2020-Q1", language="vi", by=reported.by(name), at=KIM_AT
            )
    assert not Review.objects.exists()


def test_a_period_that_is_none_is_refused_with_a_sentence(reported: World) -> None:
    with pytest.raises(Refused, match="There is no month 13"):
        built(reported, "2020-13")


def test_refreshing_names_the_figures_that_changed(reported: World) -> None:
    review = built(reported)
    assert refresh(review=review, by=reported.by("kim"), at=KIM_AT) == []
    accepted(reported, reported.ag, "2020-03", visits=1)
    changed = refresh(review=review, by=reported.by("kim"), at=instant(12))
    assert figure(review, "visits", reported.ag.pk).number in changed
    assert figure(review, "visits", reported.ct.pk).number not in changed


def test_the_agreement_may_bring_its_own_outline(reported: World) -> None:
    reported.agreement.settings = {
        "review": {
            "sections": [{"code": "all", "titles": {"vi": "Tất cả"}, "fill": ["totals", "by_unit"]}],
            "issuers": ["VĂN PHÒNG"], "place": "Cần Thơ", "narrative_sentences": 1, "narrative_characters": 100,
        }
    }  # fmt: skip
    reported.agreement.save()
    review = built(reported)
    assert [s.code for s in review.sections.all()] == ["all"]
    assert (review.place, review.layout["issuers"]) == ("Cần Thơ", ["VĂN PHÒNG"])
    assert Sentence.objects.filter(block__data__lead="Cần Thơ").count() == 1


def test_a_unit_closed_before_the_period_is_no_party_of_it(reported: World) -> None:
    reported.ag.versions.update(valid_to=date(2020, 2, 1))
    review = built(reported, "2020-02")
    table = Block.objects.get(section__review=review, kind="table", section__code="annex-units")
    assert [r["title"] for r in table.data["rows"]] == ["Cần Thơ", "Tổng số"]
