"""Menu and footer as the editor sets them: in both languages, shown at once everywhere, and as before where empty."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from giaoban.core.models import AuditRow
from giaoban.portal.actions.writing import put
from giaoban.portal.models import Furniture, HomePage, SectionPage
from giaoban.portal.queries import browsing
from giaoban.portal.stored.shelf import shelf
from giaoban.portal.tests.conftest import AT, committed
from giaoban.portal.tests.test_stored import ask
from giaoban.reports.tests.world import World

FORM = "/editor/settings/portal/furniture/"


def line(page: Page | None = None, address: str = "", vi: str = "", en: str = "") -> dict[str, Any]:
    return {"page": page.pk if page else None, "address": address, "label_vi": vi, "label_en": en}


def furnish(menu: list[Any] = (), columns: list[Any] = (), **more: str) -> Furniture:  # type: ignore[assignment]
    row = Furniture.for_site(Site.objects.get(is_default_site=True))
    row.menu = json.dumps([{"type": "entry", "value": value} for value in menu])
    row.columns = json.dumps([
        {"type": "column", "value": {"title_vi": vi, "title_en": en, "links": [
            {"type": "item", "value": value} for value in links]}} for vi, en, links in columns
    ])  # fmt: skip
    for name, words in more.items():
        setattr(row, name, words)
    row.save()
    return row


def filled(**fields: str) -> dict[str, str]:
    """The form as a browser sends it, with one line in the menu and nothing in the footer."""
    one = {f"menu-0-value-{name}": "" for name in ("page", "address", "label_vi", "label_en")}
    plain = dict.fromkeys(("contact_vi", "contact_en", "licence_vi", "licence_en"), "")
    entry = {
        "menu-count": "1",
        "menu-0-deleted": "",
        "menu-0-order": "0",
        "menu-0-type": "entry",
        "menu-0-id": "",
    }
    return entry | one | plain | {"columns-count": "0"} | fields


def nav(html: str) -> str:
    return html.partition('<nav class="nav"')[2].partition("</nav>")[0]


def foot(html: str) -> str:
    return html.partition('<footer class="foot"')[2].partition("</footer>")[0]


@pytest.fixture
def section(world: World, portal: HomePage) -> Any:
    """`section(title)`: a section right under the front page that stands in no menu of the tree."""

    def make(title: str, parent: Page | None = None, publish: bool = True) -> SectionPage:
        page = SectionPage(title=title, agreement=world.agreement, show_in_menus=False)
        return put(parent=parent or portal, page=page, by=world.by("kim"), at=AT, publish=publish)

    return make


@pytest.fixture
def editor(sign_in: Any, world: World, portal: HomePage) -> Client:
    world.people["kim"].language = "en"
    world.people["kim"].save()
    return sign_in("kim")


def test_what_is_empty_stays_as_it_was(editor: Client, portal: HomePage):
    before = {path: Client().get(path).content for path in ("/vi/", "/en/tin-tuc/")}
    assert editor.get(FORM, follow=True).status_code == 200
    assert Furniture.objects.count() == 1, "opening the form makes the row"
    assert {path: Client().get(path).content for path in before} == before


def test_a_menu_of_ones_own_in_both_languages(portal: HomePage, write: Any):
    article, news = write(), SectionPage.objects.get(slug="tin-tuc")
    furnish([
        line(news), line(address=article.address("vi"), vi="Sơ kết", en="Review"),
        line(address="https://example.vn/", vi="Bộ"),
    ])  # fmt: skip
    said = Client().get("/en/tin-tuc/").content.decode()
    assert nav(said).count("<li>") == 3
    assert f'<a href="/en/tin-tuc/" aria-current="page">{news.title_en}</a>' in nav(said)
    assert f'<a href="{article.address("en")}">Review</a>' in nav(said), "in the reader's language"
    assert '<a href="https://example.vn/"><span lang="vi">Bộ</span></a>' in nav(said), (
        "marked as the other one"
    )
    inside = nav(Client().get(article.address("vi")).content.decode())
    assert f'href="{news.address("vi")}" aria-current="true"' in inside and ">Sơ kết</a>" in inside
    front = Client().get("/en/").content.decode().partition("<main")[2].partition("</main>")[0]
    assert front.count(">Review</a>") == 1 and front.count("Bộ") == 1, "the label is no lead"
    assert "Review" in foot(said), "who has a small screen finds it at the foot"


def test_a_page_that_is_not_public_stands_in_no_menu(portal: HomePage, section: Any):
    draft, private = section("Nháp", publish=False), section("Kín")
    private.view_restrictions.create(password="x")
    below = section("Dưới", parent=private)
    section("Dưới nữa", parent=below)
    own = [line(draft), line(private), line(below)]
    furnish([*own, line(address="/vi/tin-tuc/", vi="Tin")], [("Cột", "", [line(draft)])])
    said = Client().get("/vi/").content.decode()
    assert nav(said).count("<li>") == 1 and "Nháp" not in said and "Kín" not in said and "Dưới" not in said
    assert "Cột" not in said, "a column without a line is not drawn"
    furnish(own)
    assert nav(Client().get("/vi/").content.decode()).count("<li>") == 7, (
        "an empty menu is the one of the tree"
    )


def test_columns_contact_and_licence(portal: HomePage):
    portal.contact_vi = "Số 1"
    portal.save()
    assert "Số 1" in foot(Client().get("/vi/").content.decode())
    furnish(
        columns=[("Liên kết", "Links", [line(address="https://example.vn/", vi="Bộ", en="Ministry"), line(portal)])],
        contact_vi="Số 2\nCần Thơ", licence_vi="Giấy phép số 3", licence_en="Licence no. 3",
    )  # fmt: skip
    vi, en = (foot(Client().get(f"/{code}/").content.decode()) for code in ("vi", "en"))
    assert "Số 2<br>Cần Thơ" in vi and "Số 1" not in vi and '<div lang="vi"><p>Số 2' in en
    assert '<nav aria-label="Links">' in en and ">Ministry</a>" in en and ">Joint portal</a>" in en
    assert "Giấy phép số 3" in vi and "Licence no. 3" in en and "Giấy phép" not in en


def test_the_form_and_who_may_not_see_it(editor: Client, sign_in: Any, world: World, portal: HomePage):
    url = editor.get(FORM)["Location"]
    shown = editor.get(url).content.decode()
    assert "Menus and footer" in shown and "<script>" not in shown
    answer = editor.post(
        url, filled(**{"menu-0-value-address": "/vi/tin-tuc/", "menu-0-value-label_vi": "Tin"})
    )
    assert answer.status_code == 302
    row = Furniture.objects.get()
    told = AuditRow.objects.filter(subject=f"portal.furniture:{row.pk}")
    assert [entry.verb for entry in told] == ["edit"] and told[0].actor == world.people["kim"].actor_id
    assert nav(Client().get("/vi/").content.decode()).count("<li>") == 1
    for who in ("lan", "hoa", "minh"):
        client = sign_in(who)
        assert client.get(url)["Location"] == "/editor/"
        client.post(url, filled(licence_vi="Giả"))
    assert Furniture.objects.get().licence_vi == ""


REFUSED = {
    "nothing": ({}, "Choose a page, or write an address. Not both."),
    "both": ({"address": "/vi/", "page": "home"}, "Choose a page, or write an address. Not both."),
    "deep": ({"page": "deep"}, "Choose a page right under the front page"),
    "no words": ({"address": "/vi/"}, "An address needs a label."),
    "a script": ({"address": "javascript:alert(1)", "label_vi": "x"}, "An address begins with https://"),
    "another host": ({"address": "//xau.example", "label_vi": "x"}, "An address begins with https://"),
    "control": ({"address": "/vi/", "label_vi": "x\x07"}, "It holds control characters."),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_line_that_leads_nowhere_is_refused(editor: Client, portal: HomePage, write: Any, what: str):
    given, sentence = REFUSED[what]
    url = editor.get(FORM)["Location"]
    keys = {"home": str(portal.pk), "deep": str(write().pk)}
    values = {f"menu-0-value-{name}": keys.get(said, said) for name, said in given.items()}
    answer = editor.post(url, filled(**values))
    told = answer.context["form"].errors.as_data()["menu"][0].as_json_data()
    assert answer.status_code == 200 and sentence in json.dumps(told, default=str)
    assert not Furniture.objects.get().menu


def test_it_costs_no_query(write: Any, portal: HomePage, section: Any):
    article, pages = write(), [section(f"Mục {n}") for n in range(3)]
    asked = []
    for menu in ([], [line(page) for page in pages]):
        furnish(menu, [("Cột", "Column", menu)] if menu else [])
        for path in ("/vi/", article.address("vi")):
            Client().get(path)
            with CaptureQueriesContext(connection) as queries:
                Client().get(path)
            asked.append(len(queries))
    assert asked[:2] == asked[2:] and max(asked) <= 8


@pytest.mark.django_db(transaction=True)
class TestStored:
    @pytest.fixture
    def world(self, transactional_db: None) -> World:
        return committed()

    def test_pages_are_made_anew_exactly_when_it_changes(self, write: Any, portal: HomePage, section: Any):
        article, chosen, other = write(), section("Được chọn"), write(title="Bài khác")
        path, search = article.address("vi"), "/vi/hoi-dap/"
        row = furnish([line(chosen)])

        def read() -> str:
            said = Client().get(search).content.decode()
            assert Client().get(path).status_code == 200 and ask(search)[0] == "200 OK"
            return nav(said)

        assert "Được chọn" in read()
        other.title = "Tên khác"
        other.save_revision().publish()
        assert shelf().find(search), "what is not in the menu leaves it"
        row.licence_vi = "Giấy phép số 9"
        row.save()
        assert shelf().find(search) is None and shelf().find(path) is None
        read()
        chosen.title = "Đổi tên"
        chosen.save_revision().publish()
        assert shelf().find(search) is None and "Đổi tên" in read()
        chosen.unpublish()
        assert shelf().find(search) is None and "Tin tức" in read()
        chosen.save_revision().publish()
        assert shelf().find(search) is None and "Đổi tên" in read(), "it comes back with its page"
        assert browsing.home() is not None
