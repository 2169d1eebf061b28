"""Editors talk beside a page: who follows the talk is told in his own language, and who may not write it is not."""

from __future__ import annotations

from typing import Any

from wagtail.models import PageSubscription, TaskState

from giaoban.accounts.models import User
from giaoban.notices.actions import choose
from giaoban.notices.models import Mail, Notice
from giaoban.portal.actions.telling import APPROVAL
from giaoban.portal.queries.editing import takers
from giaoban.portal.tests.conftest import AT
from giaoban.portal.tests.test_rights import form
from giaoban.reports.tests.world import World


def talk(page: Any, words: str = "", reply: str = "", follow: bool = False) -> dict[str, str]:
    """The form of the page with a comment on its title, or a reply to the one that is there."""
    comment = page.wagtail_admin_comments.first()
    first = {
        "text": comment.text if comment else words,
        "contentpath": "title",
        "position": "",
        "resolved": "",
    }
    said = {f"comments-0-{name}": value for name, value in {**first, "DELETE": ""}.items()}
    said |= {"comments-TOTAL_FORMS": "1", "comments-INITIAL_FORMS": "1" if comment else "0"}
    said |= {"comments-0-id": str(comment.pk) if comment else ""}
    said |= {"comments-0-replies-TOTAL_FORMS": "1" if reply else "0", "comments-0-replies-INITIAL_FORMS": "0"}
    if reply:
        said |= {
            "comments-0-replies-0-text": reply,
            "comments-0-replies-0-id": "",
            "comments-0-replies-0-DELETE": "",
        }
    if follow:
        said["comment_notifications"] = "on"
    return form(title=page.title, slug=page.slug, unit=str(page.unit_id), **said)


def of(person: User) -> list[str]:
    """What the person was told, oldest first."""
    return [row.sentences[person.language] for row in Notice.objects.filter(person=person).order_by("pk")]


def test_a_reply_is_told_to_who_began_the_talk(sign_in: Any, world: World, write: Any, settings: Any):
    settings.SITE_URL = "https://giaoban.example"
    lan, hoa, minh = (world.people[name] for name in ("lan", "hoa", "minh"))
    User.objects.filter(pk=lan.pk).update(language="en")
    lan.refresh_from_db()
    page = write(title="Hội nghị", publish=False)
    url = f"/editor/pages/{page.pk}/edit/"
    PageSubscription.objects.create(
        user=minh, page=page, comment_notifications=True
    )  # from when he could write it
    sign_in("lan").post(url, talk(page, words="Thiếu số đại biểu"))
    assert of(hoa) == [], "she follows nothing yet"
    sign_in("hoa").post(url, talk(page, reply="Đã thêm.\nXem lại"))
    assert of(lan) == [f"{hoa} replies to a comment on “Hội nghị”: Đã thêm. Xem lại"]
    assert of(hoa) == of(minh) == [], "not who said it, nor the neighbour who may not write the page"
    mail = Mail.objects.get(address=lan.email)
    assert mail.language == "en" and mail.subject == of(lan)[0]
    assert f"https://giaoban.example{url}" in mail.body


def test_a_kind_of_mail_and_a_page_are_followed_or_not(sign_in: Any, world: World, write: Any):
    kim = world.people["kim"]
    page = write(title="Hội nghị", publish=False)
    url = f"/editor/pages/{page.pk}/edit/"
    sign_in("kim").post(
        url, form(title=page.title, slug=page.slug, unit=str(page.unit_id), comment_notifications="on")
    )
    choose(person=kim, by_mail=[APPROVAL], by=world.by("kim"), at=AT)
    sign_in("lan").post(url, talk(page, words="Thiếu số đại biểu"))
    assert of(kim) == [f"{world.people['lan']} bình luận trang “Hội nghị”: Thiếu số đại biểu"]
    assert not Mail.objects.filter(address=kim.email).exists()
    sign_in("kim").post(url, talk(page))
    sign_in("lan").post(url, talk(page, reply="Đã tìm ra"))
    assert len(of(kim)) == 1, "the switch in the margin is off again"


def test_each_step_of_an_approval_is_told_to_those_who_take_it(sign_in: Any, world: World, write: Any):
    page = write(title="Hội nghị", publish=False)

    def act(who: str, url: str, **more: str) -> None:
        fields = form(title=page.title, slug=page.slug, unit=str(page.unit_id), **more)
        assert sign_in(who).post(url, fields).status_code in (200, 302)

    def told() -> dict[str, list[str]]:
        return {name: said for name, person in world.people.items() if (said := of(person))}

    waits = "Trang “Hội nghị” chờ bạn duyệt."
    act("lan", f"/editor/pages/{page.pk}/edit/", **{"action-submit": "1"})
    assert told() == {"hoa": [waits]}, "the unit above; nobody beside, and not the writer"
    state = TaskState.objects.get(workflow_state__object_id=str(page.pk), status="in_progress")
    act("hoa", f"/editor/pages/workflow/action/{page.pk}/approve/{state.pk}/")
    assert told() == {"hoa": [waits], "kim": [waits]}, "then the editors of the portal"


def test_where_nobody_else_is_above_the_next_line_of_the_table_is_told(
    sign_in: Any, world: World, write: Any
):
    page = write(title="Hội nghị", publish=False, unit=None)
    day = AT.date()
    names = [person.email for person in takers(page, "approve", but=None, day=day)]
    assert names == [world.people["kim"].email]
    assert takers(page, "publish", but=world.people["kim"], day=day) == []


def test_the_writer_is_told_why_a_page_came_back(sign_in: Any, world: World, write: Any):
    lan = world.people["lan"]
    page = write(title="Hội nghị", publish=False)
    url = f"/editor/pages/{page.pk}/edit/"
    sign_in("lan").post(
        url, form(title=page.title, slug=page.slug, unit=str(page.unit_id), **{"action-submit": "1"})
    )
    state = TaskState.objects.get(workflow_state__object_id=str(page.pk), status="in_progress")
    sign_in("hoa").post(
        f"/editor/pages/workflow/action/{page.pk}/reject/{state.pk}/", {"comment": "Thiếu ảnh"}
    )
    assert of(lan) == ["Trang “Hội nghị” được trả lại để sửa: Thiếu ảnh"]


def test_there_is_one_page_for_an_account(sign_in: Any, world: World, write: Any):
    answer = sign_in("kim").get("/editor/account/")
    assert answer.status_code == 302 and answer["Location"] == "/accounts/profile/"
