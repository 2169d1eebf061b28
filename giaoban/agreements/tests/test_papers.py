"""The register of papers: Alice enters and replaces, Bob reads what is for the parties, Charlie finds nothing."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from giaoban.agreements import actions
from giaoban.agreements.tests.world import NOW
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.documents import citing
from giaoban.documents.models import Paper


def url(name, *args):
    return reverse(f"agreements:{name}", args=["phoi-hop", *args])


def register(world, by="alice", **given):
    given = {
        "type": "decision", "number": "15/QĐ-UBND", "direction": "in", "issued_on": date(2020, 3, 5),
        "issuer": "Ủy ban nhân dân tỉnh An Giang", "abstract": "Về việc thành lập tổ giúp việc",
    } | given  # fmt: skip
    return actions.register_paper(agreement=world.agreement, by=world.by(by), at=NOW, **given)


@pytest.mark.requirement(37)
def test_a_paper_is_cited_in_full_once_and_then_in_short(world):
    paper = register(world)
    assert citing.first(paper) == (
        "Quyết định số 15/QĐ-UBND ngày 05 tháng 3 năm 2020 của Ủy ban nhân dân tỉnh An Giang"
        " về việc thành lập tổ giúp việc"
    )
    assert citing.later(paper) == "Quyết định số 15/QĐ-UBND"
    assert citing.later(paper, "en") == "Decision No. 15/QĐ-UBND"
    law = register(world, type="law", number="77/2015/QH13", abstract="Tổ chức chính quyền địa phương")
    assert citing.first(law) == citing.later(law) == "Luật Tổ chức chính quyền địa phương"
    assert citing.later(register(world, number="", type="minutes")) == "Biên bản"
    symbol = register(world, number="3", abstract="UBND huyện báo cáo")
    assert citing.first(symbol).endswith(" UBND huyện báo cáo")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"type": "poem"}, "type"),
        ({"direction": "up"}, "direction"),
        ({"abstract": " "}, "abstract"),
        ({"issuer": ""}, "issuer"),
        ({"received_on": date(2020, 3, 4)}, "received_on"),
        ({"valid_from": date(2020, 4, 1), "valid_to": date(2020, 4, 1)}, "valid_to"),
        ({"number": "01/QĐ"}, "number"),
        ({"file": SimpleUploadedFile("a.pdf", b"no pdf")}, "file"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(world, wrong, field):
    register(world, number="01/QĐ")
    with pytest.raises(Refused) as told:
        register(world, **wrong)
    assert told.value.field == field
    assert Paper.objects.count() == 1


@pytest.mark.requirement(37)
def test_a_paper_is_replaced_and_the_chain_is_shown(world, client):
    old, new = register(world), register(world, number="20/QĐ-UBND", issued_on=date(2021, 2, 1))
    newest = register(world, number="30/QĐ-UBND", issued_on=date(2022, 2, 1))
    client.force_login(world.people["alice"])
    for paper, by, on in ((old, new, "2021-02-01"), (new, newest, "2022-02-01")):
        client.post(url("replace-paper", paper.pk), {"replacement": by.pk, "on": on})
    page = client.post(url("replace-paper", newest.pk), {"replacement": old.pk, "on": "2023-01-01"})
    assert page.context["form"].errors.keys() == {"replacement"}
    page = client.get(url("paper", new.pk))
    assert [p.number for p in page.context["chain"]] == ["15/QĐ-UBND", "20/QĐ-UBND", "30/QĐ-UBND"]
    assert page.context["validity"][1] == "plain"
    assert AuditRow.objects.filter(subject=f"documents.paper:{old.pk}", verb="replace paper").count() == 1
    client.post(url("replace-paper", new.pk), {"replacement": "", "on": ""})
    new.refresh_from_db()
    assert (new.replaced_by, new.valid_to) == (None, None)


def test_bob_reads_what_is_for_the_parties_and_charlie_nothing(world, client):
    shared, office = register(world), register(world, number="02/TTr", audience="office")
    register(world, number="03", file=SimpleUploadedFile("giấy.pdf", b"%PDF-1.7 ..."))
    filed = Paper.objects.get(number="03")
    forms = [url("new-paper"), url("edit-paper", shared.pk), url("replace-paper", shared.pk)]
    for name, numbers, status, form in (
        ("alice", {"15/QĐ-UBND", "02/TTr", "03"}, 200, 200),
        ("chau", {"15/QĐ-UBND", "02/TTr", "03"}, 200, 404),
        ("bob", {"15/QĐ-UBND", "03"}, 404, 404),
    ):
        client.force_login(world.people[name])
        assert {p.number for p in client.get(url("papers")).context["page"].rows} == numbers
        assert client.get(url("paper", office.pk)).status_code == status, name
        assert {client.get(address).status_code for address in forms} == {form}, name
        assert b"".join(client.get(url("paper-file", filed.pk)).streaming_content) == b"%PDF-1.7 ..."
        assert client.get(url("paper-file", shared.pk)).status_code == 404
    client.force_login(world.people["charlie"])
    for name in ("paper", "edit-paper", "replace-paper", "paper-file"):
        assert client.get(url(name, filed.pk)).status_code == 404
        assert client.get(reverse(f"agreements:{name}", args=["khac", filed.pk])).status_code == 404
    assert client.get(url("papers")).status_code == 404
    with pytest.raises(Refused):
        register(world, by="bob", number="4")
    with pytest.raises(Refused):
        actions.change_paper(paper=shared, signer="X", by=world.by("charlie"), at=NOW)
    elsewhere = actions.register_paper(
        agreement=world.elsewhere, type="plan", number="1", direction="out", issued_on=date(2020, 1, 1), issuer="X",
        abstract="Y", by=world.by("charlie"), at=NOW,
    )  # fmt: skip
    with pytest.raises(Refused):
        actions.replace_paper(
            paper=shared, replacement=elsewhere, on=date(2021, 1, 1), by=world.by("alice"), at=NOW
        )


def test_alice_registers_changes_finds_and_downloads(world, client):
    client.force_login(world.people["alice"])
    given = {
        "direction": "out", "type": "invitation", "number": "07/GM-VPV", "issued_on": "2026-01-02",
        "issuer": "Miền Tây",
        "abstract": "Mời dự hội nghị sơ kết", "audience": "parties", "signer": "Chánh Văn phòng",
        "file": SimpleUploadedFile("moi.pdf", b"%PDF-1.7"),
    }  # fmt: skip
    client.post(url("new-paper"), given)
    paper = Paper.objects.get()
    assert paper.document.name == "moi.pdf"
    client.post(
        url("edit-paper", paper.pk), given | {"file": "", "valid_to": "2026-01-03", "audience": "office"}
    )
    paper.refresh_from_db()
    assert (paper.valid_to, paper.filing.audience, paper.document.name) == (
        date(2026, 1, 3),
        "office",
        "moi.pdf",
    )
    register(world)
    for words, found in (("hoi nghi", 1), ("chanh van phong", 1), ("quyet dinh", 0), ("15", 1)):
        assert client.get(url("papers"), {"q": words}).context["page"].count == found, words
    for name, value, found in (
        ("direction", "in", 1), ("type", "invitation", 1), ("since", "2021-01-01", 1), ("until", "2020-12-31", 1),
        ("validity", "now", 1), ("validity", "ended", 1),
    ):  # fmt: skip
        assert client.get(url("papers"), {name: value}).context["page"].count == found, name
    text = client.get(url("papers"), {"download": "csv", "sort": "issued_on"}).content.decode()
    assert text.splitlines()[1].startswith("15/QĐ-UBND,2020-03-05,") and "Chánh Văn phòng" in text
    page = client.post(url("new-paper"), given | {"issued_on": "", "file": ""})
    assert page.context["form"].errors.keys() == {"issued_on"}


@pytest.mark.parametrize("more", [1, 3])
def test_the_number_of_questions_does_not_grow(world, client, django_assert_num_queries, more):
    papers = [register(world, number=str(n)) for n in range(more)]
    client.force_login(world.people["bob"])
    for address, number in ((url("papers"), 6), (url("paper", papers[0].pk), 6)):
        client.get(address)
        with django_assert_num_queries(number):
            client.get(address)
