"""The tour of the year, followed in both languages: every station is there, and leads to the next."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import sit_down
from tests.e2e.guide import SIZE, Guide

TOURS = {"en": "tutorial/a-year.md", "vi": "tutorial/mot-nam-cong-tac.md"}
HERE = "/a/mua-lu-2020/"
MENU = "nav.side"


@pytest.mark.parametrize("language", TOURS)
def test_the_tour_leads_through_the_year(language: str, server: str, browser: Browser) -> None:
    visitor = sit_down(browser, server, SIZE)
    guide = Guide(TOURS[language], language, visitor)
    walk(guide)
    assert guide.bold - guide.done == set(), "words of the tour that no screen has"
    assert visitor.complaints == []
    visitor.context.close()


def walk(guide: Guide) -> None:
    """The stations in their order."""
    guide.sign_in("coordinator@giaoban.example")
    _agreement_and_plan(guide)
    _reports_and_review(guide)
    _conference(guide)
    _what_came_of_it(guide)


def _agreement_and_plan(guide: Guide) -> None:
    page = guide.page
    guide.press("Agreements", MENU)
    guide.follow(page.locator(f"main a[href='{HERE}']"))
    guide.press("Articles", MENU)
    assert page.locator("main a[href*='/text/articles/']").count() > 12
    guide.picture("year-agreement.png")
    guide.press("Plans", MENU)
    guide.follow(page.locator("main table tr", has_text="2020").locator("a[href*='/plans/']").first)
    guide.press("Tasks", MENU)
    guide.press("Board")
    assert page.locator("main a[href*='/tasks/']").count() > 10
    guide.picture("year-board.png", 1000)


def _reports_and_review(guide: Guide) -> None:
    page = guide.page
    guide.press("Reports", MENU)
    guide.press("Who owes what")
    assert page.locator("table.due-matrix tr").count() > 13
    guide.press("Reviews", MENU)
    guide.follow(page.locator("main table tr", has_text="6 tháng").locator("a[href*='/reviews/']"))
    figure = page.locator("main a.figure").first
    figure.scroll_into_view_if_needed()
    guide.picture("year-review.png")
    guide.follow(figure)
    assert page.locator("main a").count() > 3
    page.go_back()


def _conference(guide: Guide) -> None:
    page = guide.page
    guide.press("Meetings", MENU)
    guide.follow(page.locator("main table tr", has_text="2021").locator("a[href*='/meetings/']").first)
    assert page.locator("main").get_by_text("Lê Hoàng Phúc").count() >= 1
    guide.press("Delegations")
    assert page.locator("main table tbody tr").count() == 13
    guide.picture("year-delegations.png", 1200)
    guide.press("Check-in", context="meeting")
    guide.picture("year-check-in.png", 1200)
    guide.press("Minutes")
    assert page.locator("main").get_by_text("02/BB-VPV").count() >= 1


def _what_came_of_it(guide: Guide) -> None:
    page = guide.page
    guide.press("Conclusions")
    tasks = page.locator("main a[href*='/tasks/']")
    assert tasks.count() == 5
    guide.picture("year-conclusions.png", 1000)
    guide.follow(tasks)
    assert page.locator("main a[href*='/conclusions/']").count() >= 1
    guide.picture("year-task.png", 1150)
    guide.press("Articles", MENU)
    guide.press("Versions")
    guide.follow(page.locator("main a[href*='/against/']"))
    guide.picture("year-amendment.png", 1000)
