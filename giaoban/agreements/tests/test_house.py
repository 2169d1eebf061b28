"""The operator gives the house's own templates; everybody else finds nothing there."""

from __future__ import annotations

import io
from datetime import date
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from giaoban.agreements import actions, exports
from giaoban.agreements.actions.house import departures
from giaoban.agreements.tests.texts import AT, drafted
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.documents.models import Document, HouseTemplate
from giaoban.documents.queries import house_template, template_in_use
from giaoban.lib.paper import docx
from giaoban.lib.paper.tests.mutations import rewrite

STYLES, HEADER = "word/styles.xml", "word/header1.xml"


def mine(
    old: str = 'w:name w:val="Giao Ban body"', new: str = 'w:name w:val="Thân bài"', part: str = STYLES
) -> bytes:
    return rewrite(docx.house_template(), part, old, new)


def upload(content: bytes, name: str = "mau-nha.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def replace(world, content: bytes, kind="agreement", who="olga", name="mau-nha.docx") -> HouseTemplate:
    return actions.replace_template(kind=kind, file=upload(content, name), by=world.by(who, AT), at=AT)


def test_the_built_in_templates_hold_what_they_ask_and_depart_from_nothing() -> None:
    assert docx.lacking(docx.house_template()) == []
    assert departures(docx.house_template()) == []


def test_the_next_paper_is_written_into_the_template_of_the_house(world) -> None:
    version = drafted(world)
    replace(world, mine())
    content = exports.content(version, "docx", "vi", date(2026, 1, 5))
    with ZipFile(io.BytesIO(content)) as archive:
        assert "Thân bài" in archive.read(STYLES).decode()
    assert house_template("review") is None
    actions.restore_template(kind="agreement", by=world.by("olga", AT), at=AT)
    content = exports.content(version, "docx", "vi", date(2026, 1, 5))
    with ZipFile(io.BytesIO(content)) as archive:
        assert "Thân bài" not in archive.read(STYLES).decode()
    told = AuditRow.objects.filter(subject__startswith="documents.housetemplate").order_by("number")
    assert list(told.values_list("verb", flat=True)) == ["replace template", "restore template"]


def test_what_a_template_lacks_is_named_all_at_once(world) -> None:
    broken = rewrite(mine(), STYLES, 'w:styleId="GBtype"', 'w:styleId="X1"')
    broken = rewrite(broken, STYLES, 'w:styleId="GBbody"', 'w:styleId="X2"')
    broken = rewrite(broken, HEADER, " PAGE ", " DATE ")
    with pytest.raises(Refused) as told:
        replace(world, broken)
    sentence = str(told.value)
    assert "Giao Ban type" in sentence and "Giao Ban body" in sentence and "số trang" in sentence
    assert not Document.objects.exists() and not HouseTemplate.objects.exists()


@pytest.mark.parametrize(
    ("content", "name"), [(b"PK no zip", "a.docx"), (b"", "b.docx"), (b"%PDF-1.7", "c.pdf")]
)
def test_what_is_no_word_document_is_refused(world, content: bytes, name: str) -> None:
    with pytest.raises(Refused):
        replace(world, content, name=name)
    assert not HouseTemplate.objects.exists()


def test_macros_are_refused(world) -> None:
    file = io.BytesIO(docx.house_template())
    with ZipFile(file, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(Refused, match="macro"):
        replace(world, file.getvalue())


def test_a_template_that_departs_from_the_decree_says_where() -> None:
    found = departures(rewrite(docx.house_template(), STYLES, "Times New Roman", "Comic Sans MS", 99))
    assert any(row.startswith("font: ") and "Comic Sans MS" in row for row in found)


def test_only_an_operator_replaces_a_template(world, client) -> None:
    pages = [
        reverse("agreements:house"), *(reverse(f"agreements:house-{n}", args=["plan"]) for n in ("file", "replace")),
    ]  # fmt: skip
    replace(world, mine(), "plan")
    for name in ("alice", "bob", "vera", "chau", "charlie", "dora"):
        client.force_login(world.people[name])
        for page in [*pages, reverse("agreements:house-restore", args=["plan"])]:
            assert client.get(page).status_code == 404, (name, page)
            assert client.post(page, {"file": upload(mine())}).status_code == 404, (name, page)
        with pytest.raises(Refused, match="người vận hành"):
            replace(world, mine(), "plan", name)
    assert HouseTemplate.objects.get().document is not None


def test_olga_replaces_one_in_the_browser_and_goes_back(world, client, django_assert_num_queries) -> None:
    client.force_login(world.people["olga"])
    home, page = reverse("agreements:house"), reverse("agreements:house-replace", args=["minutes"])
    wrong = client.post(page, {"file": upload(b"PK nothing")})
    assert wrong.context["form"].errors.keys() == {"file"}
    content = mine()
    assert client.post(page, {"file": upload(content)}).url == home
    assert "mau-nha.docx" in client.get(home).content.decode()
    with django_assert_num_queries(6):
        client.get(home)
    given = b"".join(client.get(reverse("agreements:house-file", args=["minutes"])).streaming_content)
    assert given == content == template_in_use("minutes")
    client.post(reverse("agreements:house-restore", args=["minutes"]))
    assert template_in_use("minutes") == docx.house_template()
    assert client.get(reverse("agreements:house-file", args=["nothing"])).status_code == 404
