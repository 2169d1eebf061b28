"""How often a page asks the database, warm: the same with one row and with three."""

from __future__ import annotations

import pytest
from django.urls import reverse

from giaoban.reports import actions
from giaoban.reports.tests.test_moves import FIGURES, sent
from giaoban.reports.tests.test_pages import HERE, signed_in
from giaoban.reports.tests.world import World, instant


@pytest.mark.parametrize("who", ["kim", "hoa"])
@pytest.mark.parametrize("rows", [1, 2])
def test_lists_ask_the_same_number_of_questions_however_long(
    world: World, who: str, rows: int, django_assert_num_queries
) -> None:
    reader = signed_in(world, who)
    for writer in ("lan", "minh")[:rows]:
        sent(world, writer, FIGURES)
    counts = {"index": 7, "due": 8, "current": 6} if who == "kim" else {"index": 7, "due": 7, "current": 7}
    for name, number in counts.items():
        address = reverse(f"reports:{name}", args=[HERE])
        reader.get(address)
        with django_assert_num_queries(number, info=name):
            assert reader.get(address).status_code == 200


@pytest.mark.parametrize(("who", "number"), [("kim", 12), ("hoa", 11)])
@pytest.mark.parametrize("more", [0, 2])
def test_a_report_page_asks_the_same_however_often_it_was_revised(
    world: World, who: str, number: int, more: int, django_assert_num_queries
) -> None:
    report, reader = sent(world), signed_in(world, who)
    for day in range(more):
        at = instant(5 + day)
        back = actions.return_report(report=report, reason="Xem lại", by=world.by("hoa", at), at=at)
        actions.save_draft(report=back, document=FIGURES, edition=0, by=world.by("lan", at), at=at)
        report = actions.submit(report=back, by=world.by("lan", at), at=at)
    reader.get(report.get_absolute_url())
    with django_assert_num_queries(number):
        assert reader.get(report.get_absolute_url()).status_code == 200
    with django_assert_num_queries(8):
        assert reader.get(reverse("reports:revision", args=[HERE, report.pk, 1])).status_code == 200


def test_the_desk_asks_as_often_however_much_is_owed(world: World, django_assert_num_queries) -> None:
    for who, number in {"lan": 8, "kim": 8, "hoa": 6}.items():
        reader = signed_in(world, who)
        reader.get("/")
        with django_assert_num_queries(number, info=who):
            assert reader.get("/").status_code == 200
    kim = signed_in(world, "kim")
    sent(world, "minh", FIGURES)
    kim.get("/")
    with django_assert_num_queries(8):
        assert kim.get("/").status_code == 200
