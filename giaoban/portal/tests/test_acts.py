"""Each act of the editor by each role: lock, publish, take down, move, delete, one by one and many at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from giaoban.core.models import AuditRow
from giaoban.portal.models import HomePage, PortalFile, PortalImage, SectionPage
from giaoban.portal.tests.test_rights import form
from giaoban.reports.tests.world import World

EVERYBODY = ("lan", "minh", "hoa", "kim", "oanh", "chi", "nga")
PORTAL = {"kim", "oanh"}
BULK = "/editor/bulk/wagtailcore/page/{}/?id={}"


def publish(client: Client, page: Page) -> bool:
    client.post(BULK.format("publish", page.pk), {})
    return bool(Page.objects.get(pk=page.pk).live)


def unpublish(client: Client, page: Page) -> bool:
    client.post(BULK.format("unpublish", page.pk), {})
    return not Page.objects.get(pk=page.pk).live


def delete(client: Client, page: Page) -> bool:
    client.post(BULK.format("delete", page.pk), {})
    return not Page.objects.filter(pk=page.pk).exists()


def move(client: Client, page: Page) -> bool:
    there = SectionPage.objects.get(slug="so-ket-hoi-nghi")
    client.post(BULK.format("move", page.pk), {"chooser": there.pk})
    return bool(Page.objects.get(pk=page.pk).get_parent().pk == there.pk)


def lock(client: Client, page: Page) -> bool:
    client.post(f"/editor/pages/{page.pk}/lock/", {})
    return bool(Page.objects.get(pk=page.pk).locked)


def unlock(client: Client, page: Page) -> bool:
    Page.objects.filter(pk=page.pk).update(locked=True)
    client.post(f"/editor/pages/{page.pk}/unlock/", {})
    return not Page.objects.get(pk=page.pk).locked


#: act, of a published page or a draft, who may.
ACTS = (
    (publish, False, PORTAL),
    (unpublish, True, PORTAL),
    (delete, True, PORTAL),
    (delete, False, PORTAL | {"lan", "hoa"}),
    (move, True, PORTAL),
    (move, False, PORTAL | {"lan", "hoa"}),
    (lock, True, PORTAL),
    (unlock, True, PORTAL),
)


@pytest.mark.requirement(90)
@pytest.mark.parametrize(
    ("act", "live", "allowed"),
    ACTS,
    ids=[f"{a.__name__} {'page' if live else 'draft'}" for a, live, _w in ACTS],
)
def test_each_act_is_for_whom_the_table_says(
    sign_in: Any, world: World, write: Any, act: Any, live: bool, allowed: set[str]
):
    page = write(publish=live)
    for who in EVERYBODY:
        if who not in allowed:
            assert not act(sign_in(who), page), who
    for who in sorted(allowed):
        page = write(title=f"Bài của {who}", publish=live)
        assert act(sign_in(who), page), who
        last = AuditRow.objects.filter(subject=f"portal.portalpage:{page.pk}").latest("pk")
        assert last.actor == world.people[who].actor_id


def test_a_locked_page_is_changed_by_nobody_else(sign_in: Any, world: World, write: Any):
    page = write(publish=False)
    page.get_workflow().start(page, world.people["lan"])
    assert lock(sign_in("hoa"), page), "whoever takes the step may lock it for herself"
    shown = sign_in("lan").get(f"/editor/pages/{page.pk}/edit/").content.decode()
    assert 'name="action-submit"' not in shown
    before = page.revisions.count()
    sign_in("lan").post(
        f"/editor/pages/{page.pk}/edit/", form(title="Khác", slug="khac", unit=str(world.ct.pk))
    )
    assert page.revisions.count() == before
    assert not unlock(sign_in("lan"), page)
    assert unlock(sign_in("kim"), page), "the portal's editor opens what somebody left locked"


def test_pictures_and_files_are_changed_by_whom_they_concern(sign_in: Any, world: World, portal: HomePage):
    for who in EVERYBODY:
        for thing, one, many in things(world.people["lan"]):
            client, kind = sign_in(who), type(thing)
            client.post(f"{many}add_tags/?id={thing.pk}", {"tags": "chung"})
            assert thing.tags.exists() == (who in PORTAL | {"lan"}), (who, kind)
            if who not in PORTAL:
                client.post(f"{many}delete/?id=all", {})
            client.post(one, {})
            assert kind.objects.filter(pk=thing.pk).exists() == (who not in PORTAL), (who, kind)


def things(owner: Any) -> list[tuple[Any, str, str]]:
    """A picture and a file of somebody, with the addresses that delete it, and that change many."""
    found: list[tuple[Any, str, str]] = []
    for kind, name, one in (
        (PortalImage, "portal-originals/x.png", "/editor/images/{}/delete/"),
        (PortalFile, "portal-files/x.txt", "/editor/documents/delete/{}/"),
    ):
        size = {"width": 1, "height": 1, "is_decorative": True} if kind is PortalImage else {}
        thing = kind(title="Vật", uploaded_by_user=owner, file=name, **size)
        kind.objects.bulk_create([thing])
        found.append((thing, one.format(thing.pk), f"/editor/bulk/portal/{kind._meta.model_name}/"))
    return found


def test_whoever_writes_a_page_comments_on_its_fields(sign_in: Any, world: World, write: Any):
    page = write(publish=False)
    said = {
        "comments-TOTAL_FORMS": "1", "comments-0-text": "Them so lieu", "comments-0-contentpath": "title",
        "comments-0-position": "", "comments-0-replies-TOTAL_FORMS": "0", "comments-0-replies-INITIAL_FORMS": "0",
        "comments-0-resolved": "", "comments-0-DELETE": "",
    }  # fmt: skip
    fields = form(title=page.title, slug=page.slug, unit=str(world.ct.pk), **said)
    for who in ("minh", "hoa"):
        assert not page.wagtail_admin_comments.exists(), "not by a neighbour"
        sign_in(who).post(f"/editor/pages/{page.pk}/edit/", fields)
    comment = page.wagtail_admin_comments.get()
    assert comment.user == world.people["hoa"] and comment.text == "Them so lieu"
    assert "Them so lieu" in sign_in("lan").get(f"/editor/pages/{page.pk}/edit/").content.decode()
