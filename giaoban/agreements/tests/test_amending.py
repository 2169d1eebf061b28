"""Bob proposes, the parties answer, Alice decides; who is not party, or of another unit, reads nothing of it."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from giaoban.agreements import actions, queries
from giaoban.agreements.models import Opinion, Proposal
from giaoban.agreements.tests.texts import AT, drafted, signed, words
from giaoban.agreements.tests.world import person
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused

LATER = datetime(2021, 3, 1, 2, tzinfo=UTC)
DUE = date(2021, 3, 15)


def url(name, *args):
    return reverse(f"agreements:{name}", args=["phoi-hop", *args])


@pytest.fixture
def nga(world):
    """Nga reports for P2, the neighbour of Bob's unit within the agreement."""
    world.people["nga"] = person("nga", "reporter", world.units["P2"], world.agreement)


def proposed(world, by="bob", unit="P1", **given):
    first = queries.version_in_force(world.agreement) or signed(world)
    given = {
        "article": words(first, "Điều 3").article,
        "text": "Mỗi quý một lần.",
        "reason": "Cần kịp thời.",
    } | given
    return actions.propose(
        agreement=world.agreement, unit=world.units[unit], by=world.by(by, LATER), at=LATER, **given
    )


@pytest.mark.requirement(10)
def test_a_unit_proposes_and_reads_why_it_was_taken_up_or_not(world):
    taken, left = proposed(world), proposed(world, article=None, text="Thêm điều về kinh phí.")
    by = world.by("alice", LATER)
    draft = actions.begin_version(agreement=world.agreement, by=by, at=LATER)
    with pytest.raises(Refused):
        actions.answer(proposal=taken, take_up=True, reason="", by=by, at=LATER)
    with pytest.raises(Refused):
        actions.answer(proposal=taken, take_up=True, reason="x", by=world.by("bob", LATER), at=LATER)
    taken = actions.answer(proposal=taken, take_up=True, reason="Hợp lý.", version=draft, by=by, at=LATER)
    left = actions.answer(proposal=left, take_up=False, reason="Đã có ở văn bản khác.", by=by, at=LATER)
    assert (taken.state, taken.version, taken.answer) == ("accepted", draft, "Hợp lý.")
    assert (left.state, left.version, left.answer) == ("declined", None, "Đã có ở văn bản khác.")
    again = actions.reconsider(proposal=left, reason="Có căn cứ mới.", by=by, at=LATER)
    left = actions.answer(proposal=again, take_up=False, reason="Vẫn chưa.", by=by, at=LATER)
    with pytest.raises(Refused):
        actions.withdraw(proposal=left, by=world.by("bob", LATER), at=LATER)
    assert AuditRow.objects.filter(subject=f"agreements.proposal:{left.pk}").count() == 4


def test_nobody_proposes_for_another_unit(world, nga):
    for by, unit in (("nga", "P1"), ("charlie", "P1"), ("chau", "R"), ("bob", "R")):
        with pytest.raises(Refused):
            proposed(world, by=by, unit=unit)
    for wrong, field in (({"text": " "}, "text"), ({"reason": ""}, "reason")):
        with pytest.raises(Refused) as told:
            proposed(world, **wrong)
        assert told.value.field == field
    assert not Proposal.objects.exists()


def test_bob_proposes_in_the_browser_and_nga_does_not_see_it(world, nga, client):
    article = words(signed(world), "Điều 3").article
    client.force_login(world.people["bob"])
    given = {"unit": world.units["P1"].pk, "article": article.pk, "text": "Mỗi quý.", "reason": "Kịp thời."}
    client.post(url("propose"), given)
    row = Proposal.objects.get()
    assert client.post(url("propose"), given | {"unit": world.units["P2"].pk}).context[
        "form"
    ].errors.keys() == {"unit"}
    assert client.get(f"{url('propose')}?article={article.pk}").context["form"].initial["article"] == str(
        article.pk
    )
    for name, seen, answers, withdraws in (
        ("bob", 200, 404, 200), ("alice", 200, 200, 404), ("chau", 200, 404, 404), ("nga", 404, 404, 404),
        ("charlie", 404, 404, 404),
    ):  # fmt: skip
        client.force_login(world.people[name])
        found = (
            client.get(url("proposal", row.pk)).status_code,
            client.get(url("answer-proposal", row.pk, "take-up")).status_code,
            client.get(url("withdraw-proposal", row.pk)).status_code,
        )
        assert found == (seen, answers, withdraws), name
        assert client.get(url("reconsider-proposal", row.pk)).status_code == answers, name
        if name != "charlie":
            shown = client.get(url("proposals")).context["page"].count
            assert (shown, len(client.get(url("article", article.pk)).context["proposals"])) == (
                (1, 1) if seen == 200 else (0, 0)
            )
    client.force_login(world.people["alice"])
    client.post(url("answer-proposal", row.pk, "decline"), {"reason": "Chưa đủ điều kiện."})
    client.force_login(world.people["bob"])
    assert "Chưa đủ điều kiện." in client.get(url("proposal", row.pk)).content.decode()
    client.post(url("propose"), given)
    client.post(url("withdraw-proposal", Proposal.objects.latest("pk").pk))
    assert Proposal.objects.latest("pk").state == "withdrawn"
    client.force_login(world.people["chau"])
    assert client.get(url("propose")).status_code == 404


@pytest.mark.requirement(10)
def test_the_parties_answer_until_the_day_and_alice_sees_who_has(world, nga, client):
    draft, by = drafted(world, at=LATER), world.by("alice", LATER)
    with pytest.raises(Refused) as told:
        actions.consult(version=draft, due_on=date(2021, 2, 28), by=by, at=LATER)
    assert told.value.field == "due_on"
    actions.consult(version=draft, due_on=DUE, by=by, at=LATER)
    with pytest.raises(Refused):
        actions.remove_article(wording=words(draft, "Điều 1"), by=by, at=LATER)
    p1, p2 = world.units["P1"], world.units["P2"]
    bob = {"by": world.by("bob", LATER), "at": LATER}
    actions.give_opinion(version=draft, unit=p1, stance="comments", text="Điều 3: mỗi quý.", **bob)
    actions.give_opinion(version=draft, unit=p1, stance="agrees", text="", **bob)
    for unit, stance, text, field in (
        (p1, "maybe", "", "stance"), (p1, "disagrees", " ", "text"), (p2, "agrees", "", "unit"),
        (world.units["D1"], "agrees", "", "unit"),
    ):  # fmt: skip
        with pytest.raises(Refused) as told:
            actions.give_opinion(version=draft, unit=unit, stance=stance, text=text, **bob)
        assert told.value.field == field
    late = datetime(2021, 3, 15, 17, 1, tzinfo=UTC)  # the sixteenth in Viet Nam
    with pytest.raises(Refused):
        actions.give_opinion(
            version=draft, unit=p2, stance="agrees", text="", by=world.by("nga", late), at=late
        )
    actions.give_opinion(
        version=draft, unit=p2, stance="agrees", text="", by=by, at=LATER
    )  # it came on paper
    assert list(Opinion.objects.values_list("unit__code", "stance")) == [("P1", "agrees"), ("P2", "agrees")]
    actions.revise(version=draft, by=by, at=LATER)
    with pytest.raises(Refused):
        actions.give_opinion(version=draft, unit=p1, stance="agrees", text="", **bob)
    actions.consult(version=draft, due_on=DUE, by=by, at=LATER)
    page = lines(world, client, "alice")
    assert [(line.unit.code, line.opinion) for line, _tone in page.context["lines"]] == [
        ("P1", None), ("P2", None), ("R", None),
    ]  # fmt: skip
    assert [line.opinion.stance for line, _t in lines(world, client, "alice", "?round=1").context["lines"][:2]] == [
        "agrees", "agrees",
    ]  # fmt: skip
    assert [line.unit.code for line, _tone in lines(world, client, "nga").context["lines"]] == ["P2"]


def lines(world, client, name, query=""):
    client.force_login(world.people[name])
    return client.get(url("opinions", 1) + query)


def test_bob_answers_in_the_browser_and_not_for_others(world, nga, client):
    draft, by = drafted(world), world.by("alice")
    client.force_login(world.people["alice"])
    client.post(url("consult", 1), {"due_on": "2099-01-01"})
    own, other = world.units["P1"].pk, world.units["P2"].pk
    client.force_login(world.people["bob"])
    assert client.get(url("version", 1)).status_code == 200
    page = client.post(url("opinion", 1, own), {"stance": "disagrees", "text": ""})
    assert page.context["form"].errors.keys() == {"text"}
    client.post(url("opinion", 1, own), {"stance": "disagrees", "text": "Điều 1 cần rõ hơn."})
    assert client.get(url("opinion", 1, other)).status_code == 404
    assert "Điều 1 cần rõ hơn." in client.get(url("opinions", 1)).content.decode()
    client.force_login(world.people["nga"])
    assert "Điều 1 cần rõ hơn." not in client.get(url("opinions", 1)).content.decode()
    for name in ("charlie", "dora"):
        client.force_login(world.people[name])
        for address in (url("opinions", 1), url("opinion", 1, own)):
            assert client.get(address).status_code == 404
    client.force_login(world.people["alice"])
    client.post(url("revise", 1))
    draft.refresh_from_db()
    assert (draft.state, draft.round) == ("draft", 1)
    client.post(url("discard", 1), {"reason": "Làm lại."})
    client.force_login(world.people["bob"])
    assert client.get(url("version", 1)).status_code == 404 and by


@pytest.mark.requirement(8)
def test_alice_says_what_part_each_party_plays(world, client):
    client.force_login(world.people["alice"])
    part = {
        "role": "lead",
        "position": "1",
        "signer_authority": "",
        "signer_title": "Chủ tịch",
        "signer_name": "An",
    }
    client.post(url("edit-party", world.units["P2"].pk), part)
    client.post(url("add-party"), part | {"unit": "D1", "role": "observer", "position": "5"})
    page = client.post(url("add-party"), part | {"unit": "D2", "role": "member"})
    assert page.context["form"].errors.keys() == {"role"}
    page = client.post(url("edit-party", world.units["P2"].pk), part | {"position": "0"})
    assert page.context["form"].errors.keys() == {"position"}
    parts = [(p.unit.code, p.role) for p in client.get(url("parties")).context["parts"]]
    assert parts == [("P2", "lead"), ("P1", "member"), ("R", "office"), ("D1", "observer")]
    row = AuditRow.objects.filter(verb="set party").first()
    assert "An" not in str(row.detail.values())
    client.post(url("forget-party", world.units["D1"].pk))
    assert [p.unit.code for p in client.get(url("parties")).context["parts"]] == ["P2", "P1", "R"]
    with pytest.raises(Refused):
        actions.set_part(
            agreement=world.agreement, unit=world.units["P1"], role="lead", by=world.by("bob", AT), at=AT
        )


@pytest.mark.parametrize("more", [1, 3])
def test_the_number_of_questions_does_not_grow(world, client, django_assert_num_queries, more):
    for n in range(more):
        proposed(world, text=f"Lời {n}.")
    draft = actions.begin_version(agreement=world.agreement, by=world.by("alice", LATER), at=LATER)
    actions.consult(version=draft, due_on=DUE, by=world.by("alice", LATER), at=LATER)
    client.force_login(world.people["alice"])
    for address, number in ((url("proposals"), 6), (url("opinions", 2), 9)):
        client.get(address)
        with django_assert_num_queries(number):
            client.get(address)
