"""The text in the browser and as a document: who reads it, who writes it, and who finds nothing."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from giaoban.agreements import actions, exports, queries
from giaoban.agreements.models import State
from giaoban.agreements.tests.texts import AT, TEXT, drafted, put_in_force, signed, words
from giaoban.core.refused import Refused
from giaoban.lib.paper import check

LATER = datetime(2021, 3, 1, 2, tzinfo=UTC)


def url(name, *args):
    return reverse(f"agreements:{name}", args=["phoi-hop", *args])


@pytest.mark.requirement(36)
def test_the_document_has_one_signature_cell_per_party_and_keeps_to_decree_30(world):
    actions.set_part(
        agreement=world.agreement, unit=world.units["P2"], role="lead", position=1, signer_authority="TM. UBND TỈNH",
        signer_title="Chủ tịch", signer_name="Nguyễn Văn Mẫu", by=world.by("alice", AT), at=AT,
    )  # fmt: skip
    version = signed(world, place="Cần Thơ")
    content = exports.content(version, "docx", "vi", date(2026, 1, 1))
    text = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    for piece in (
        "TM. UBND TỈNH",
        "CHỦ TỊCH",
        "Nguyễn Văn Mẫu",
        "CẦN THƠ",
        "Nguyên tắc phối hợp",
        "kiểm tra chung.",
    ):
        assert piece in text, piece
    assert [finding for finding in check.layout(content) if not finding.ok] == []
    assert "Article 3" in exports.content(version, "html", "en", date(2026, 1, 1)).decode()


def test_bob_reads_what_is_signed_alice_writes_and_charlie_finds_nothing(world, client):
    first = signed(world)
    draft = actions.begin_version(agreement=world.agreement, by=world.by("alice"), at=LATER)
    wording = words(draft, "Điều 1")
    article = words(first, "Điều 1").article
    shared = [
        url("text"),
        url("versions"),
        url("version", 1),
        url("article", article.pk),
        url("parties"),
        url("version-file", 1, "html"),
    ]
    private = [url("version", 2), url("compare", 2, 1)]
    writing = [
        url("heading", 2), url("paste", 2), f"{url('add-article', 2)}?kind=chapter",
        url("change-article", 2, wording.pk), url("remove-article", 2, wording.pk), url("consult", 2),
        url("sign", 2), url("discard", 2), url("revise", 2),
        url("begin-version"), url("add-party"), url("edit-party", world.units["P1"].pk),
        url("forget-party", world.units["P1"].pk), url("supersede"),
    ]  # fmt: skip
    for name, reads, drafts, writes in (
        ("alice", 200, 200, 200), ("olga", 200, 200, 200), ("chau", 200, 200, 404), ("bob", 200, 404, 404),
        ("charlie", 404, 404, 404),
    ):  # fmt: skip
        client.force_login(world.people[name])
        for addresses, status in ((shared, reads), (private, drafts), (writing, writes)):
            found = {address: client.get(address).status_code for address in addresses}
            assert set(found.values()) == {status}, (name, found)
    client.force_login(world.people["bob"])
    assert client.post(url("shift-article", 2, wording.pk), {"to": "down"}).status_code == 404
    client.force_login(world.people["charlie"])
    for address in ("article",):
        assert client.get(reverse(f"agreements:{address}", args=["khac", article.pk])).status_code == 404
    for name in ("alice", "bob"):
        with pytest.raises(Refused):
            actions.add_article(
                version=first, kind="chapter", titles={"vi": "x"}, texts={}, by=world.by(name), at=LATER
            )


@pytest.mark.requirement(8)
def test_alice_writes_and_signs_in_the_browser(world, client):
    client.force_login(world.people["alice"])
    client.post(url("begin-version"))
    page = client.post(url("paste", 1), {"language": "vi", "text": "không có gì"})
    assert page.context["form"].errors.keys() == {"text"}
    client.post(url("paste", 1), {"language": "vi", "text": TEXT})
    version = queries.version_for(world.by("alice"), world.agreement, 1)
    wording = words(version, "Điều 3")
    given = {"title_vi": "Sơ kết", "text_vi": "Mỗi năm.", "text_en": "Every year.", "review_month": "12"}
    client.post(url("change-article", 1, wording.pk), given | {"edition": wording.edition})
    page = client.post(url("change-article", 1, wording.pk), {"title_vi": "x", "edition": wording.edition})
    assert page.context["form"].non_field_errors()
    client.post(f"{url('add-article', 1)}?kind=clause&under={wording.pk}", {"text_vi": "Một khoản."})
    client.post(url("shift-article", 1, words(version, "Điều 2").pk), {"to": "up"})
    client.post(url("remove-article", 1, words(version, "Khoản 1 Điều 1").pk))
    client.post(url("heading", 1), {"title_vi": "Quy chế mới", "bases": "Căn cứ A;\n\n Căn cứ B;"})
    version.refresh_from_db()
    assert (version.titles, version.bases) == ({"vi": "Quy chế mới"}, "Căn cứ A;\nCăn cứ B;")
    paper = {"signed_number": "01/QC", "signed_on": "2019-12-31"}
    page = client.post(url("sign", 1), paper | {"effective_on": "2019-12-01"})
    assert page.context["form"].errors.keys() == {"effective_on"}
    client.post(url("sign", 1), paper | {"effective_on": "2020-01-01"})
    text = client.get(url("text")).content.decode()
    assert "Chủ động, kịp thời." not in text and "Một khoản." in text


@pytest.mark.requirement(9)
def test_alice_compares_and_downloads_in_the_browser(world, client):
    signed(world)
    client.force_login(world.people["alice"])
    client.post(url("begin-version"))
    second = queries.version_for(world.by("alice"), world.agreement, 2)
    row = words(second, "Điều 3")
    client.post(url("change-article", 2, row.pk), {"title_vi": "Sơ kết", "text_vi": "Mỗi quý.", "edition": 1})
    page = client.get(url("compare", 2, 1))
    assert [pair.status for pair in page.context["pairs"]] == ["changed"]
    text = client.get(f"{url('compare', 2, 1)}?view=marked&all=1").content.decode()
    assert "<del>" in text and "<ins>" in text
    for kind in ("docx", "html"):
        assert client.get(url("version-file", 2, kind)).status_code == 200


@pytest.mark.requirement(12)
def test_a_local_agreement_shows_what_it_inherits(world, client):
    signed(world)
    actions.edit_agreement(agreement=world.elsewhere, parent=world.agreement, by=world.by("charlie"), at=AT)
    client.force_login(world.people["dora"])
    page = client.get(reverse("agreements:text", args=["khac"]))
    assert "Phạm vi điều chỉnh" in page.content.decode()
    overview = client.get(reverse("agreements:overview", args=["khac"])).content.decode()
    assert "Quy chế phối hợp" in overview and url("overview")[:-1] + '/"' not in overview
    client.force_login(world.people["olga"])
    assert "Quy chế khác" in client.get(url("overview")).content.decode()
    with pytest.raises(Refused) as told:
        actions.edit_agreement(agreement=world.agreement, parent=world.elsewhere, by=world.by("olga"), at=AT)
    assert told.value.field == "parent"


def test_an_agreement_without_a_signing_is_a_draft_until_it_is_signed(world):
    by = world.by("olga")
    made = actions.create_agreement(
        code="moi",
        titles={"vi": "Mới"},
        lead=world.units["R"],
        parties="P1",
        starts_on=date(2026, 1, 1),
        by=by,
        at=AT,
    )
    assert made.state == State.DRAFT
    made = actions.edit_agreement(agreement=made, signed_on=date(2026, 1, 2), by=by, at=AT)
    assert made.state == State.IN_FORCE
    made = actions.supersede_agreement(agreement=made, reason="Thay bằng 02/QC.", by=by, at=AT)
    with pytest.raises(Refused):
        actions.begin_version(agreement=made, by=by, at=AT)


@pytest.mark.parametrize("more", [1, 3])
def test_the_number_of_questions_does_not_grow_with_the_text(world, client, more):
    version = drafted(world)
    for n in range(more):
        actions.add_article(
            version=version, kind="chapter", titles={"vi": f"C{n}"}, texts={}, by=world.by("alice"), at=AT
        )
    put_in_force(world, version, "1", date(2020, 1, 6), date(2020, 1, 6), AT)
    actions.begin_version(agreement=world.agreement, by=world.by("alice"), at=LATER)
    client.force_login(world.people["alice"])
    asked = {}
    for address in (url("text"), url("versions"), url("version", 2), url("compare", 2, 1), url("parties")):
        client.get(address)
        with CaptureQueriesContext(connection) as questions:
            client.get(address)
        asked[address.split("phoi-hop/")[1]] = len(questions)
    assert asked == {
        "text/": 7,
        "text/versions/": 5,
        "text/versions/2/": 8,
        "text/versions/2/against/1/": 8,
        "text/parties/": 7,
    }
