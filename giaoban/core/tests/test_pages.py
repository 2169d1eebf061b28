"""List pages: search without marks, filters, sorting, pages, downloads."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.db.models import Q
from django.test import RequestFactory

from giaoban.core.folding import Folded
from giaoban.core.models import AuditRow
from giaoban.core.pages import Column, Filter, ListPage

ROWS = ListPage(
    name="rows",
    columns=(
        Column("actor", "Who", link=lambda row: f"/{row.number}/", sort=Folded("actor")),
        Column("verb", "What", sort="verb", tone=lambda row: "good"),
        Column("number", "Number", kind="number", sort="number"),
        Column("at", "When", kind="moment", sort="at"),
    ),
    search=("actor", "verb"),
    filters=(
        Filter("verb", "What", (("accept", "accept"), ("return", "return"))),
        Filter("since", "Since", kind="day", where=lambda rows, day: rows.filter(at__date__gte=day)),
    ),
    sort="number",
    size=25,
)


def ask(listing: ListPage, rows, query: str = "", **more):
    return listing.page(RequestFactory().get(f"/rows/{query}"), rows, **more)


@pytest.fixture
def trail(db):
    actors = ["Đồng Tháp", "Cần Thơ", "Vĩnh Long"]
    for number, actor in enumerate(actors, start=1):
        AuditRow.objects.create(
            subject="x:1", number=number, verb="accept" if number < 3 else "return", actor=actor, digest=str(number),
            at=datetime(2026, 1, number, 3, tzinfo=UTC),
        )  # fmt: skip
    return AuditRow.objects.all()


def actors(page):
    return [row.actor for row in page.rows]


@pytest.mark.parametrize("words", ["dong", "ĐỒNG THÁP", "thap đong", "Đo\u0302\u0300ng"])
def test_search_needs_no_marks_and_no_order(trail, words):
    assert actors(ask(ROWS, trail, f"?q={words}")) == ["Đồng Tháp"]


def test_search_takes_signs_of_patterns_as_signs(trail):
    assert actors(ask(ROWS, trail, "?q=%25")) == []


def test_sorting_follows_the_column_and_ignores_unknown_ones(trail):
    assert actors(ask(ROWS, trail, "?sort=actor")) == ["Cần Thơ", "Đồng Tháp", "Vĩnh Long"]
    assert actors(ask(ROWS, trail, "?sort=-number")) == ["Vĩnh Long", "Cần Thơ", "Đồng Tháp"]
    assert actors(ask(ROWS, trail, "?sort=password")) == ["Đồng Tháp", "Cần Thơ", "Vĩnh Long"]


def test_filters_take_only_what_they_offer(trail):
    assert actors(ask(ROWS, trail, "?verb=return")) == ["Vĩnh Long"]
    assert len(actors(ask(ROWS, trail, "?verb=drop"))) == 3
    assert len(actors(ask(ROWS, trail, "?since=2026-01-02"))) == 2
    assert len(actors(ask(ROWS, trail, "?since=soon"))) == 3


def test_choices_may_come_with_the_request(trail):
    page = ask(ROWS, trail, "?verb=accept", choices={"verb": [("return", "Returned")]})
    assert page.filters[0].options == [("return", "Returned")]
    assert len(page.rows) == 3


def test_two_queries_for_one_row_and_for_three(trail, django_assert_num_queries):
    for rows in (trail.filter(number=1), trail):
        page = ask(ROWS, rows)
        with django_assert_num_queries(2):
            assert len(page.lines) == page.count


def test_pages_keep_the_search(trail):
    for number in range(4, 34):
        AuditRow.objects.create(
            subject="x:1", number=number, verb="accept", actor="Huế", at=datetime(2026, 2, 1, tzinfo=UTC)
        )
    page = ask(ROWS, trail, "?q=hue&sort=number&page=2")
    assert page.count == 30
    assert len(page.rows) == 5
    assert page.previous == "?q=hue&sort=number&page=1"
    assert page.next == ""
    assert ask(ROWS, trail, "?page=900").slice.number == 2
    assert ask(ROWS, trail, "?size=50&page=x").slice.paginator.num_pages == 1


def test_csv_holds_every_row_as_it_is(trail):
    trail.filter(number=2).update(actor="=1+1")
    answer = ROWS.answer(RequestFactory().get("/?download=csv&sort=-number"), trail, "unused.html")
    assert answer["Content-Disposition"] == 'attachment; filename="rows.csv"'
    assert answer.content.decode().splitlines() == [
        "\ufeffWho,What,Number,When",
        "Vĩnh Long,return,3,2026-01-03 10:00",
        "'=1+1,accept,2,2026-01-02 10:00",
        "Đồng Tháp,accept,1,2026-01-01 10:00",
    ]


def test_xlsx_holds_numbers_and_dates_as_such(trail):
    trail.filter(number=2).update(actor="=1+1")
    answer = ROWS.answer(RequestFactory().get("/?download=xlsx"), trail, "unused.html")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[3]] == ["=1+1", "accept", 2, datetime(2026, 1, 2, 10)]
    assert sheet["A3"].data_type == "s"


@dataclass
class Due:
    unit: str
    cases: Decimal | None
    on: date


DUE = ListPage(
    name="due",
    columns=(
        Column("unit", "Unit", sort=True),
        Column("cases", "Cases", kind="number", decimals=1, sort=True),
        Column("on", "Due", kind="day", sort=True),
    ),
    filters=(Filter("unit", "Unit", (("Cà Mau", "Cà Mau"),)),),
)


def test_plain_lists_do_the_same():
    rows = [
        Due("Sóc Trăng", Decimal("2.5"), date(2026, 1, 5)),
        Due("Đồng Tháp", None, date(2026, 1, 6)),
        Due("Cà Mau", Decimal("10"), date(2026, 1, 7)),
    ]
    assert [r.unit for r in ask(DUE, rows, "?sort=unit").rows] == ["Cà Mau", "Đồng Tháp", "Sóc Trăng"]
    assert [r.cases for r in ask(DUE, rows, "?sort=-cases").rows] == [Decimal("10"), Decimal("2.5"), None]
    assert [r.unit for r in ask(DUE, rows, "?q=dong").rows] == ["Đồng Tháp"]
    assert [r.unit for r in ask(DUE, rows, "?unit=Cà Mau").rows] == ["Cà Mau"]


def test_rules_of_the_filter_survive_an_empty_answer(trail):
    page = ask(ROWS, trail.filter(Q(pk__in=[])))
    assert (page.count, page.lines, page.is_filtered) == (0, [], False)
