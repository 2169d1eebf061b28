"""Bob records what his unit did; Vera calls it typical; the neighbour sees neither words nor pictures."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from giaoban.core.refused import Refused
from giaoban.plans import actions, queries
from giaoban.plans.models import Activity
from giaoban.plans.tests.story import AT

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


def url(name, *args, code="phoi-hop"):
    return reverse(f"plans:{name}", args=[code, *args])


def status(answer):
    """Its number; a file is read to its end."""
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def record(world, who="bob", unit="P1", **given):
    fields = {
        "kind": "training",
        "title": "Tập huấn sơ cấp cứu",
        "held_on": date(2026, 1, 3),
        "participants": 40,
    }
    return actions.record_activity(
        agreement=world.agreement, unit=world.units[unit], fields=fields | given, by=world.by(who), at=AT
    )


@pytest.mark.requirement(19)
def test_bob_records_and_vera_calls_it_typical(world):
    row = record(world)
    with pytest.raises(Refused) as told:
        actions.mark_typical(activity=row, reason=" ", by=world.by("vera"), at=AT)
    assert told.value.field == "reason"
    with pytest.raises(Refused):
        actions.mark_typical(activity=row, reason="Hay.", by=world.by("bob"), at=AT)
    actions.mark_typical(activity=row, reason="Cách làm mới.", by=world.by("vera"), at=AT)
    found = queries.typical(world.agreement, world.by("alice"), date(2026, 1, 1), date(2026, 3, 31))
    assert [a.why_typical for a in found] == ["Cách làm mới."]
    actions.unmark_typical(activity=row, by=world.by("vera"), at=AT)
    assert not Activity.objects.get().is_typical


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"), ({"held_on": date(2026, 1, 6)}, "held_on"), ({"until": date(2026, 1, 2)}, "until"),
        ({"who": "bob", "unit": "P2"}, "unit"), ({"who": "charlie"}, "unit"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_recorded(world, wrong, field):
    with pytest.raises(Refused) as told:
        record(world, **wrong)
    assert told.value.field == field
    assert not Activity.objects.exists()


@pytest.mark.requirement(28)
@pytest.mark.parametrize("words", ["", "ảnh", "IMG_01.png", "anh-hoi-nghi", "IMG_01"])
def test_a_picture_needs_words_that_say_what_it_shows(world, words):
    row = record(world)
    file = SimpleUploadedFile("anh-hoi-nghi.png", PNG)
    with pytest.raises(Refused) as told:
        actions.add_picture(activity=row, file=file, alternative=words, by=world.by("bob"), at=AT)
    assert told.value.field == "alternative"
    assert not row.pictures.exists()


def test_who_sees_an_activity_and_its_picture(world, sign_in):
    row = record(world)
    bob = sign_in("bob")
    sent = {
        "file": SimpleUploadedFile("a.png", PNG),
        "alternative": "Học viên băng bó vết thương",
        "caption": "",
    }
    bob.post(url("picture-new", row.pk), sent)
    picture = row.pictures.get()
    assert 'alt="Học viên băng bó vết thương"' in bob.get(url("activity", row.pk)).content.decode()
    other = record(world, who="alice", unit="P2", title="Việc của Đồng Tháp")
    pages = [url("activity", row.pk), url("picture", row.pk, picture.pk)]
    for name, expected in (("vera", 200), ("alice", 200), ("chau", 200), ("charlie", 404), ("dora", 404)):
        assert [status(sign_in(name).get(page)) for page in pages] == [expected] * 2, name
    assert sign_in("bob").get(url("activity", other.pk)).status_code == 404
    assert "Việc của Đồng Tháp" not in sign_in("bob").get(url("activities")).content.decode()
    sign_in("bob").post(url("picture-remove", row.pk, picture.pk))
    assert sign_in("bob").get(pages[1]).status_code == 404


@pytest.mark.requirement(18)
def test_an_activity_on_the_screen(world, sign_in):
    bob = sign_in("bob")
    sent = {
        "unit": "P1", "kind": "inspection", "title": "Kiểm tra liên ngành", "held_on": "2026-01-03", "until": "",
        "place": "Ninh Kiều", "partners": "Công an quận", "participants": "12", "output": "3 biên bản", "task": "",
        "source": SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.4 x"),
    }  # fmt: skip
    wrong = bob.post(url("activity-new"), sent | {"unit": "P2"})
    assert wrong.context["form"].errors.keys() == {"unit"}
    sent["source"] = SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.4 x")
    bob.post(url("activity-new"), sent)
    row = Activity.objects.get()
    assert b"".join(bob.get(url("activity-source", row.pk)).streaming_content).startswith(b"%PDF")
    assert sign_in("charlie").get(url("activity-source", row.pk)).status_code == 404
    bob = sign_in("bob")
    bob.post(url("activity-edit", row.pk), sent | {"title": "Kiểm tra đột xuất", "source": ""})
    found = bob.get(url("activities"), {"q": "dot xuat"}).content.decode()
    assert "Kiểm tra đột xuất" in found
    csv = bob.get(url("activities"), {"download": "csv"}).content.decode()
    assert "Kiểm tra đột xuất" in csv and "Công an quận" in csv
    for name in ("bob", "charlie"):
        assert sign_in(name).get(url("activity-mark", row.pk)).status_code == 404
    sign_in("vera").post(url("activity-mark", row.pk), {"reason": "Kịp thời."})
    assert Activity.objects.get().why_typical == "Kịp thời."
    sign_in("bob").post(url("activity-withdraw", row.pk), {"reason": "Ghi nhầm."})
    assert sign_in("bob").get(url("activity", row.pk)).status_code == 404


@pytest.mark.parametrize("more", [1, 3])
def test_the_number_of_questions_does_not_grow(world, sign_in, django_assert_num_queries, more):
    for n in range(more):
        record(world, title=f"Việc {n}")
    alice = sign_in("alice")
    alice.get(url("activities"))
    with django_assert_num_queries(6):
        alice.get(url("activities"))
