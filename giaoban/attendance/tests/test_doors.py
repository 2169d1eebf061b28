"""The door's page and its two addresses: whoever holds a link sees its list and nothing else."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from giaoban.attendance.actions import doors, registers
from giaoban.attendance.models import Register, Scan
from giaoban.attendance.queries.registers import door_for, token_of
from giaoban.attendance.tests.story import BY, CLOSES, MADE, OPENS, listed, noted


@pytest.fixture
def now(monkeypatch, client):
    """The clock of the requests."""

    def at(instant):
        monkeypatch.setattr("giaoban.agreements.middleware.timezone.now", lambda: instant)
        return client

    return at


def address(name, hall, door=0):
    return reverse(f"attendance:{name}", args=[token_of(hall.doors[door])])


def post(client, hall, scans, **headers):
    content = json.dumps({"scans": scans})
    return client.post(address("scans", hall), content, content_type="application/json", headers=headers)


def test_the_page_opens_without_an_account(hall, now):
    page = now(OPENS).get(address("door", hall))
    assert page.status_code == 200
    assert "Hội nghị sơ kết" in page.content.decode()
    assert "Nguyễn Văn Ánh" not in page.content.decode()


@pytest.mark.requirement(45)
def test_the_list_is_the_shortest_that_does(hall, now):
    answer = now(OPENS).get(address("list", hall)).json()
    (anh, *_others) = answer["people"]
    assert set(anh) == {"code", "former", "name", "unit", "invited", "replaced_by", "withdrawn"}
    assert [key.keys() for key in answer["keys"]] == [{"number", "public", "retired_at"}]
    assert hall.register.keys.get().sealed not in json.dumps(answer)
    assert answer["units"] == [{"code": "CT", "name": "Cần Thơ"}, {"code": "DT", "name": "Đồng Tháp"}]


def test_scans_are_taken_and_the_door_hears_who_is_inside(hall, now):
    client, code = now(OPENS + timedelta(minutes=30)), hall.people["anh"].code
    answer = post(client, hall, [noted("1", 10, code=code), {"nonce": "broken-one"}]).json()
    assert (answer["results"], answer["refused"]) == ({"nonce-of-1": "accepted"}, ["broken-one"])
    assert (list(answer["inside"]), answer["conflicts"], answer["open"]) == ([code], [], True)
    again = post(client, hall, [noted("1", 10, code=code), noted("2", 12, code="00000000")]).json()
    assert again["results"] == {"nonce-of-1": "accepted", "nonce-of-2": "unknown"}
    assert [c["name"] for c in again["conflicts"]] == ["00000000"]
    assert Scan.objects.count() == 2


def test_the_neighbour_sees_nothing(hall, now):
    """A made-up link, a link with another signature, and another meeting's link."""
    client, token = now(OPENS), token_of(hall.doors[0])
    other = registers.open_register(
        about=hall.register, label="Khác", opens_at=OPENS, closes_at=CLOSES, late_after=OPENS, by=BY, at=MADE
    )
    theirs = token_of(doors.open_door(register=other, name="Cửa", expires_at=CLOSES, by=BY, at=MADE))
    assert client.get(reverse("attendance:list", args=[theirs])).json()["people"] == []
    pk, nonce, signature = token.split(".")
    for wrong in (
        f"{pk}.{nonce}.{'y' if signature[0] == 'x' else 'x'}{signature[1:]}",
        f"{theirs.split('.')[0]}.{nonce}.{signature}",
        "1",
        "a.b.c",
    ):
        for name in ("door", "list"):
            assert client.get(reverse(f"attendance:{name}", args=[wrong])).status_code == 404
        assert client.post(reverse("attendance:scans", args=[wrong])).status_code == 404
    assert door_for(token) == hall.doors[0]


def test_a_closed_or_expired_door_shows_nothing(hall, now):
    client = now(CLOSES)
    assert client.get(address("door", hall)).status_code == 410
    assert client.get(address("list", hall)).status_code == 410
    late = post(client, hall, [noted("1", 10, code=hall.people["anh"].code)])
    assert late.json() == {"results": {"nonce-of-1": "accepted"}, "refused": [], "open": False}
    doors.close_door(door=hall.doors[0], by=BY, at=OPENS)
    client = now(OPENS)
    assert client.get(address("door", hall)).status_code == 410
    assert post(client, hall, []).status_code == 410


def test_what_is_no_note_of_a_door_is_refused(hall, now):
    client = now(OPENS)
    url = address("scans", hall)
    for content, kind in (("{}", "application/json"), ("[", "application/json"), ("{}", "text/plain")):
        assert client.post(url, content, content_type=kind).status_code == 400
    large = json.dumps({"scans": ["x" * 1_000_001]})
    assert client.post(url, large, content_type="application/json").status_code == 400
    assert post(client, hall, [], **{"sec-fetch-site": "cross-site"}).status_code == 404
    many = [noted(f"{n}", 1) for n in range(501)]
    assert post(client, hall, many, accept="application/json").status_code == 409
    assert client.get(url).status_code == 405


def test_a_changed_list_has_another_edition(hall, now):
    client = now(OPENS)
    before = client.get(address("list", hall)).json()["edition"]
    assert listed(hall) == registers.Listed()
    assert client.get(address("list", hall)).json()["edition"] == before
    assert listed(hall, without="anh") == registers.Listed(withdrawn=1)
    after = client.get(address("list", hall)).json()
    assert after["edition"] == before + 1 and after["people"][0]["withdrawn"]
    assert listed(hall) == registers.Listed(changed=1)


def test_the_worker_keeps_what_the_page_needs(client, db):
    script = client.get(reverse("attendance:worker"))
    head = script.content.decode().splitlines()[0]
    kept = json.loads(head.removeprefix("const KEPT = ").rstrip(";"))
    assert script["Content-Type"].startswith("text/javascript")
    for path in kept["assets"]:
        file = client.get(path)
        file.close()
        assert file.status_code == 200, path


def test_names_are_erased_and_numbers_stay(hall, now):
    post(now(OPENS + timedelta(minutes=30)), hall, [noted("1", 10, code=hall.people["anh"].code)])
    registers.erase_people(register=hall.register, by=BY, at=CLOSES)
    register = Register.objects.get()
    assert {a.name for a in register.attendees.all()} == {""}
    assert post(now(OPENS), hall, []).status_code == 410
    from giaoban.attendance.queries.stays import stays_of

    assert sum(s.came for s in stays_of(register)) == 1


@pytest.mark.parametrize("more", [1, 3])
def test_the_number_of_questions_does_not_grow(hall, now, django_assert_num_queries, more):
    client = now(OPENS + timedelta(minutes=30))
    code = hall.people["anh"].code
    with django_assert_num_queries(17):
        post(client, hall, [noted(f"{n}", n, code=code) for n in range(more)])
    with django_assert_num_queries(4):
        client.get(address("list", hall))
