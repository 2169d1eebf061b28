"""Unit editor, unit approver, portal editor; the neighbour sees nothing. All by the table of rights."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from wagtail.models import Page, TaskState

from giaoban.agreements.models import Membership
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.portal.models import HomePage, SectionPage
from giaoban.reports.tests.world import World

SECTION = "/editor/pages/{}/"


def form(article=None, **fields: str) -> dict[str, str]:
    """The fields of an article's form, as a browser sends them."""
    empty = {f"body_{code}-{part}": "0" for code in ("vi", "en") for part in ("count",)}
    papers = {f"papers-{part}_FORMS": "0" for part in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    comments = {f"comments-{part}_FORMS": "0" for part in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    given = {
        "title": "Tin mới",
        "slug": "tin-moi",
        "lead_vi": "",
        "note_kind": "",
        "source": "",
        "byline": "",
    }
    return empty | papers | comments | given | fields


@pytest.mark.requirement(83, 90)
def test_the_unit_writes_the_unit_above_approves_the_portal_publishes(
    sign_in, world: World, portal: HomePage
):
    section = SectionPage.objects.get(slug="tin-tuc")
    reporter = sign_in("lan")
    fields = form(unit=str(world.ct.pk), **{"action-submit": "1"})
    answer = reporter.post(f"/editor/pages/add/portal/newsarticle/{section.pk}/", fields)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    page = Page.objects.get(slug="tin-moi")
    assert not page.live and page.workflow_in_progress
    assert reporter.get("/vi/tin-tuc/tin-moi/").status_code == 404
    for who in ("hoa", "kim"):
        state = TaskState.objects.get(workflow_state__object_id=str(page.pk), status="in_progress")
        url = f"/editor/pages/workflow/action/{page.pk}/approve/{state.pk}/"
        sign_in("lan").post(url, {})
        state.refresh_from_db()
        assert state.status == "in_progress", "the writer does not approve"
        sign_in(who).post(url, {})
    page.refresh_from_db()
    assert page.live
    told = set(AuditRow.objects.filter(subject=f"portal.portalpage:{page.pk}").values_list("verb", flat=True))
    assert {"create", "workflow start", "workflow approve", "publish"} <= told
    by = AuditRow.objects.get(subject=f"portal.portalpage:{page.pk}", verb="publish").actor
    assert by == world.people["kim"].actor_id


def test_a_unit_writes_for_itself_alone(sign_in, world: World, portal: HomePage):
    section = SectionPage.objects.get(slug="tin-tuc")
    for unit in (world.ag.pk, ""):
        answer = sign_in("lan").post(
            f"/editor/pages/add/portal/newsarticle/{section.pk}/", form(unit=str(unit))
        )
        assert answer.status_code == 200
    assert not Page.objects.filter(slug="tin-moi").exists()


def test_a_page_that_others_write_below_belongs_to_no_unit(sign_in, world: World, portal: HomePage):
    above = SectionPage.objects.get(slug="tin-tuc")
    url = f"/editor/pages/add/portal/sectionpage/{above.pk}/"
    fields = form(unit=str(world.ct.pk))
    refused = sign_in("lan").post(url, fields)
    assert "Chỉ biên tập viên của cổng" in refused.content.decode()
    assert not SectionPage.objects.filter(slug="tin-moi").exists()
    assert sign_in("kim").post(url, fields).status_code == 302
    assert SectionPage.objects.get(slug="tin-moi").unit is None
    below = f"/editor/pages/add/portal/newsarticle/{SectionPage.objects.get(slug='tin-moi').pk}/"
    assert sign_in("lan").post(below, form(unit=str(world.ct.pk))).status_code == 302


def test_the_neighbour_sees_nothing(sign_in, world: World, write):
    article = write(title="Nháp của Cần Thơ", publish=False)
    for who in ("minh", "nga"):
        client = sign_in(who)
        for url in (f"/editor/pages/{article.pk}/edit/", f"/editor/pages/{article.pk}/view_draft/"):
            answer = client.get(url)
            assert answer.status_code in (302, 403, 404)
        assert (
            "Nháp của Cần Thơ"
            not in client.get(SECTION.format(article.get_parent().pk), follow=True).content.decode()
        )
        assert "Nháp của Cần Thơ" not in client.get("/portal/").content.decode()
    assert "Nháp của Cần Thơ" in sign_in("lan").get("/portal/").content.decode()


def test_who_has_no_part_in_the_portal_finds_no_editor(client, sign_in, world: World, portal: HomePage):
    assert client.get("/editor/").status_code == 302
    Membership.objects.filter(user=world.people["lan"]).update(valid_to=date(2020, 1, 2))
    assert sign_in("lan").get("/editor/").status_code == 302
    assert sign_in("lan").get("/portal/").status_code == 404


def test_a_unit_does_not_publish_by_itself(world: World, write):
    with pytest.raises(Refused):
        write(who="lan", publish=True)
    assert not Page.objects.filter(title="Hội nghị sơ kết").exists()
    with pytest.raises(Refused, match="own unit"):
        write(who="minh", publish=False)
    assert write(who="lan", publish=False).live is False


def test_the_portal_is_opened_once_by_who_may(sign_in, world: World):
    fields = {"agreement": world.agreement.pk, "name_vi": "Cổng"}
    assert sign_in("lan").post("/portal/open/", fields).status_code == 404
    assert sign_in("kim").post("/portal/open/", {"agreement": world.agreement.pk}).status_code == 200
    assert not HomePage.objects.exists()
    assert sign_in("kim").post("/portal/open/", fields).status_code == 302
    assert HomePage.objects.get().get_children().count() == 7
    sign_in("kim").post("/portal/open/", fields)
    assert HomePage.objects.count() == 1


@pytest.mark.parametrize("path", ["users/", "groups/", "sites/", "collections/", "workflows/list/"])
def test_accounts_and_rights_are_kept_in_one_place(sign_in, portal: HomePage, path: str):
    assert sign_in("kim").get(f"/editor/{path}").status_code in (302, 403, 404)


def test_the_editor_has_a_policy_of_its_own_and_no_inline_scripts(sign_in, portal: HomePage, write):
    article = write()
    answer = sign_in("kim").get(f"/editor/pages/{article.pk}/edit/")
    assert "script-src 'self'" in answer["Content-Security-Policy"].split("; ")
    assert "<script>" not in answer.content.decode()


def test_words_are_checked_and_read_in_their_own_language(sign_in, portal: HomePage, write):
    article = write()
    asked = {
        f"/editor/pages/{article.pk}/edit/": (
            "title",
            "title_en",
            "body_vi",
            "body_en",
            "place_vi",
            "place_en",
        ),
        f"/editor/pages/{portal.pk}/edit/": ("site_name_vi", "site_name_en", "owner_en"),
    }
    for url, names in asked.items():
        shown = sign_in("kim").get(url).content.decode()
        for name in names:
            around = rf'<div lang="{"en" if name.endswith("_en") else "vi"}">\s*<\w+[^>]* (name|id)="{name}"'
            assert re.search(around, shown), (url, name)
    shown = sign_in("kim").get("/editor/images/add/").content.decode()
    assert re.search(r'<input[^>]* lang="en"[^>]* id="id_alt_en"', shown)


@pytest.mark.parametrize(
    ("language", "sentence"), [("vi", "Định dạng được nhận"), ("en", "Supported formats")]
)
def test_the_form_of_a_picture_speaks_the_readers_language(sign_in, world: World, portal, language, sentence):
    kim = world.people["kim"]
    kim.language = language
    kim.save(update_fields=["language"])
    assert f"{sentence}: JPG" in sign_in("kim").get("/editor/images/add/").content.decode()


def test_a_preview_stands_beside_the_form_and_is_checked_there(sign_in, world: World, write):
    article = write(title="Bản nháp")
    url, kim = f"/editor/pages/{article.pk}/edit/preview/", sign_in("kim")
    fields = form(title="Bản nháp, sửa", slug=article.slug, unit=str(world.ct.pk))
    assert kim.post(url, fields).json()["is_valid"]
    beside = kim.get(f"{url}?mode=vi&in_preview_panel=true")
    assert "Bản nháp, sửa" in beside.content.decode() and "userbar.js" in beside.content.decode()
    assert "frame-ancestors 'self'" in beside.headers["Content-Security-Policy"]
    assert "userbar.js" not in kim.get(f"{url}?mode=en").content.decode(), (
        "in a window of its own: as a reader"
    )
    public = kim.get(f"/vi/tin-tuc/{article.slug}/")
    assert "frame-ancestors 'none'" in public.headers["Content-Security-Policy"]


def test_english_is_known_to_be_out_of_date(world: World, write):
    article = write()
    assert not article.is_english_stale
    article.title = "Hội nghị sơ kết sáu tháng"
    article.full_clean()
    assert article.is_english_stale
    article.english_fits = True
    article.full_clean()
    assert not article.is_english_stale and not article.english_fits


def test_a_translation_is_as_old_as_its_words_however_they_are_kept(write):
    article, figure = write(), {"value": "12", "label": "trạm y tế", "link": ""}

    def say(vietnamese: str, english: str) -> bool:
        for field, text in (("body_vi", vietnamese), ("body_en", english)):
            numbers = {"type": "numbers", "value": {"numbers": [figure]}}
            setattr(article, field, json.dumps([{"type": "text", "value": text}, numbers]))
        article.full_clean()
        return article.is_english_stale

    assert not say("<p>Lũ lên.</p>", "<p>The water rises.</p>")
    assert [str(block.value) for block in article.body_vi] and not article.is_english_stale, "looked at"
    # as the editor keeps it, who has changed the Vietnamese alone
    assert say('<p data-block-key="x1y2z">Lũ rút.</p>', '<p data-block-key="a3b4c">The water rises.</p>')
    assert not say("<p>Lũ rút.</p>", "<p>The water falls.</p>")
