"""The editor of another unit, or of another agreement, gets nothing of a draft from any address of the editor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Comment, Page, Task

from giaoban.portal.actions.writing import put, running_text
from giaoban.portal.models import HomePage, NewsArticle, SectionPage
from giaoban.portal.tests.conftest import AT
from giaoban.reports.tests.world import World

SECRET = "Nháp kín của Cần Thơ"
WORDS = (SECRET, "nhap-kin-cua-can-tho", "Lời bàn kín", "Chữ kín trong bài")
BULK = ("publish", "unpublish", "move", "delete")


@pytest.fixture
def draft(world: World, portal: HomePage) -> NewsArticle:
    """A draft of Cần Thơ with a comment, sent for approval, in two revisions."""
    page = NewsArticle(title=SECRET, unit=world.ct, body_vi=running_text("<p>Chữ kín trong bài.</p>"))
    section = SectionPage.objects.get(slug="tin-tuc")
    made = put(parent=section, page=page, by=world.by("lan"), at=AT)
    made.lead_vi = "Chữ kín trong bài"
    made.save_revision(user=world.people["lan"])
    Comment.objects.create(
        page=made, user=world.people["lan"], text="Lời bàn kín", contentpath="title", position=""
    )
    made.get_workflow().start(made, world.people["lan"])
    return made


def addresses(page: Page) -> Iterator[str]:
    """Every address of the editor that could tell of the page."""
    one, section = f"/editor/pages/{page.pk}", page.get_parent().pk
    first, last = page.revisions.earliest("pk").pk, page.revisions.latest("pk").pk
    state = page.current_workflow_task_state
    for end in (
        "edit/", "edit/preview/?mode=vi", "view_draft/", "delete/", "unpublish/", "convert_alias/", "move/",
        f"move/{section}/confirm/", "copy/", "privacy/", "lock/", "unlock/", "usage/", "history/",
        "history/results/", "revisions/", f"revisions/{first}/view/", f"revisions/{first}/revert/",
        f"revisions/{first}/unschedule/", f"revisions/compare/{first}...{last}/",
        "revisions/compare/earliest...latest/",
        "workflow_history/", f"workflow_history/detail/{state.workflow_state_id}/", "add_subpage/", "",
    ):  # fmt: skip
        yield f"{one}/{end}"
    yield from (f"/editor/bulk/wagtailcore/page/{act}/?id={page.pk}" for act in BULK)
    yield from (f"/editor/bulk/wagtailcore/page/{act}/?id=all&childOf={section}" for act in BULK)
    for name in ("approve", "reject"):
        yield f"/editor/pages/workflow/action/{page.pk}/{name}/{state.pk}/"
    yield f"/editor/pages/workflow/preview/{page.pk}/{Task.objects.first().pk}/"
    yield f"/editor/pages/workflow/confirm_cancellation/{page.pk}/"
    yield from (
        "/editor/", f"/editor/pages/{section}/", f"/editor/pages/{section}/results/", "/editor/pages/search/?q=kin",
        "/editor/pages/search/results/?q=kin", "/editor/pages/usage/portal/newsarticle/",
        f"/editor/choose-page/{section}/", "/editor/choose-page/search/?q=kin",
        f"/editor/choose-page/chosen-multiple/?id={page.pk}", "/editor/reports/locked/", "/editor/reports/workflow/",
        "/editor/reports/workflow_tasks/", "/editor/reports/site-history/", "/editor/reports/aging-pages/",
        "/editor/reports/page-types-usage/", "/editor/redirects/", "/editor/account/", "/editor/links/",
        "/editor/api/main/pages/", "/editor/api/main/pages/?search=kin", f"/editor/api/main/pages/{page.pk}/",
        f"/editor/api/main/pages/?child_of={section}", f"/editor/api/main/pages/find/?id={page.pk}",
        f"/editor/pages/{page.get_parent().pk}/history/", "/portal/", "/portal/readers/",
    )  # fmt: skip


def told(client: Client, path: str) -> list[str]:
    """Words of the draft that an address answers with."""
    answer = client.get(path)
    if answer.status_code == 302 and "/login/" not in answer["Location"]:
        answer = client.get(answer["Location"])
    said = answer.getvalue().decode()
    if answer["Content-Type"].startswith("application/json"):
        said = json.dumps(answer.json(), ensure_ascii=False)
    return [words for words in WORDS if words in said]


@pytest.mark.parametrize("who", ["minh", "nga", "chi"])
def test_no_address_of_the_editor_tells_a_neighbour_of_a_draft(
    sign_in: Any, world: World, draft: NewsArticle, who: str
):
    client = sign_in(who)
    leaks = {path: words for path in addresses(draft) if (words := told(client, path))}
    assert leaks == {}


@pytest.mark.parametrize("who", ["minh", "nga", "chi"])
def test_no_press_of_a_neighbour_changes_a_draft(sign_in: Any, world: World, draft: NewsArticle, who: str):
    client = sign_in(who)
    before = Page.objects.filter(pk=draft.pk).values().get(), draft.revisions.count(), Page.objects.count()
    for path in addresses(draft):
        client.post(path, {"next": "/editor/", "confirm": "yes", "page": draft.pk})
    draft.refresh_from_db()
    assert (
        Page.objects.filter(pk=draft.pk).values().get(),
        draft.revisions.count(),
        Page.objects.count(),
    ) == before
    assert draft.current_workflow_task_state.status == "in_progress"
