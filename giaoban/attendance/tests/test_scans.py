"""The same scans in any order, any number of times, by several devices, give the same attendance."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.attendance.actions import doors, registers, scans
from giaoban.attendance.models import Attendee, Scan
from giaoban.attendance.queries.conflicts import conflicts_of
from giaoban.attendance.queries.heads import heads_by_unit
from giaoban.attendance.queries.stays import stays_from, stays_of
from giaoban.attendance.tests.story import BY, CLOSES, LATE, OPENS, came_instead, listed, noted
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused


def told(hall):
    """Everything that is derived, without ids of rows."""
    stays = stays_of(hall.register)
    people = sorted(
        (s.attendee.name, s.outcome, s.first_in, s.last_out, s.inside, s.is_late, s.is_extra) for s in stays
    )
    conflicts = sorted(
        (c.kind, c.attendee.name if c.attendee else "", *c.key) for c in conflicts_of(hall.register)
    )
    return people, conflicts, sorted(map(repr, (vars(h) | {"unit_id": 0} for h in heads_by_unit(stays))))


def morning(hall):
    """A busy morning: badges, codes, forgeries, a replacement, a walk-in, exits, a badge used twice."""
    anh, binh, chi = (hall.people[n] for n in ("anh", "binh", "chi"))
    stranger = {"id": "newcomer-x", "name": "Khách không mời", "unit": "Báo chí"}
    return [
        noted("a1", 10, how="qr", payload=hall.qr("anh")),
        noted("a2", 12, how="qr", payload=hall.qr("anh")),
        noted("a3", 90, "out", code=anh.code),
        noted("a4", 95, code=anh.code),
        noted("b1", 70, code=binh.code, reason="no-code"),
        came_instead("c1", 30, "Hồ Thay", chi),
        noted("c2", 200, "out", how="walk-in", newcomer=came_instead("c1", 0, "Hồ Thay", chi)["newcomer"]),
        noted("w1", 40, how="walk-in", reason="walk-in", newcomer=stranger),
        noted("f1", 41, how="qr", payload=hall.qr("dung")[:-3] + "AAA"),
        noted("e1", 42, how="qr", payload=hall.qr("dung", expires=1)),
        noted("o1", 43, how="qr", payload=hall.qr("dung", register=999)),
        noted("u1", 44, code="0000-0000"),
    ]


@pytest.mark.requirement(45)
def test_a_morning_is_counted(hall):
    answer = hall.send(*morning(hall))
    assert sorted(set(answer.results.values())) == ["accepted", "expired", "forged", "other", "unknown"]
    people, conflicts, _heads = told(hall)
    assert [(p[0], p[1], p[4], p[5]) for p in people] == [
        ("Hồ Thay", "present", False, False), ("Khách không mời", "present", True, False),
        ("Lê Chi", "replaced", False, False), ("Nguyễn Văn Ánh", "present", True, False),
        ("Phạm Đức Dũng", "absent", False, False), ("Trần Thị Bình", "present", True, True),
    ]  # fmt: skip
    assert [c[0] for c in conflicts] == ["refused"] * 4 + ["twice"]
    lines = {h.unit: h for h in heads_by_unit(stays_of(hall.register))}
    place = lines["Đồng Tháp"]
    assert (place.invited, place.present, place.replaced, place.absent) == (2, 1, 1, 1)
    assert (lines["Cần Thơ"].late, lines["Cần Thơ"].inside, lines["Báo chí"].extra) == (1, 2, 1)


def replay(hall, notes, random):
    """Send copies of the notes in random order and random batches, from several devices and both doors."""
    left = [note for note in notes for _copy in range(random.randint(1, 3))]
    random.shuffle(left)
    while left:
        size = random.randint(1, 60)
        batch, left = left[:size], left[size:]
        when = CLOSES + timedelta(minutes=random.randint(0, 60))
        hall.send(*batch, door=random.randint(0, 1), at=when)


def a_thousand(hall, random):
    """A thousand notes of 40 attendees."""
    people = [
        registers.Person(("meetings.delegate", n), f"Đại biểu {n}", "", hall.units["CT"], position=n)
        for n in range(10, 50)
    ]
    listed(hall, also=people)
    everybody = list(Attendee.objects.order_by("pk"))
    notes = morning(hall)
    for n in range(1000 - len(notes)):
        one, minute = random.choice(everybody), random.randint(0, 299)
        if n % 50 == 0:
            notes.append(
                came_instead(f"r{n}", minute, f"Người thay {n % 200}", everybody[n % 40], who=f"{n % 200}")
            )
        else:
            notes.append(
                noted(
                    f"n{n}",
                    minute,
                    random.choice(["in", "in", "out"]),
                    code=one.code,
                    device=f"phone-{n % 3}",
                )
            )
    return notes


def test_a_thousand_scans_replayed_in_random_order_give_the_same_attendance(hall):
    notes = a_thousand(hall, Random(2021))
    seen = []
    for round_ in range(4):
        Scan.objects.all().delete()
        Attendee.objects.filter(walk_in=True).delete()
        replay(hall, notes, Random(round_))
        assert Scan.objects.count() == 1000
        seen.append(told(hall))
    assert seen[0] == seen[1] == seen[2] == seen[3]


PEOPLE = [Attendee(pk=n, position=n % 3, instead_of_id=n - 1 if n % 4 == 3 else None) for n in range(1, 9)]
NOTES = st.builds(
    Scan,
    nonce=st.integers(1, 10**9).map(str),
    attendee_id=st.integers(1, 9),
    way=st.sampled_from(["in", "out"]),
    result=st.sampled_from(["accepted", "accepted", "forged"]),
    at=st.integers(0, 300).map(lambda minute: OPENS + timedelta(minutes=minute)),
)


@given(st.lists(NOTES, max_size=60, unique_by=lambda scan: scan.nonce), st.randoms(use_true_random=False))
def test_order_and_copies_change_nothing(notes, random):
    def reckoned(rows):
        return [
            (s.attendee.pk, s.first_in, s.last_out, s.inside, s.is_late, s.outcome, s.filled)
            for s in stays_from(PEOPLE, rows, LATE)
        ]

    copies = notes + random.sample(notes, len(notes) // 2)
    random.shuffle(copies)
    assert reckoned(copies) == reckoned(notes)


def test_a_scan_made_before_a_change_counts_whenever_it_arrives(hall):
    early, late = OPENS + timedelta(minutes=5), OPENS + timedelta(minutes=20)
    old, text = hall.people["anh"].code, hall.qr("anh")
    registers.new_code(attendee=hall.people["anh"], by=BY, at=OPENS + timedelta(minutes=10))
    answer = hall.send(
        noted("1", 5, code=old), noted("2", 20, code=old), noted("3", 5, how="qr", payload=text),
        noted("4", 20, how="qr", payload=text),
    )  # fmt: skip
    assert list(answer.results.values()) == ["accepted", "void", "accepted", "void"]
    registers.renew_key(register=hall.register, by=BY, at=OPENS + timedelta(minutes=10))
    hall.reload()
    stays = {s.attendee.name: s for s in stays_of(hall.register)}
    assert stays["Nguyễn Văn Ánh"].first_in == early < late
    answer = hall.send(
        noted("5", 6, how="qr", payload=text), noted("6", 30, how="qr", payload=hall.qr("binh"))
    )
    assert list(answer.results.values()) == ["accepted", "accepted"]


def test_a_badge_of_a_retired_key_is_void(hall):
    text = hall.qr("binh")
    registers.renew_key(register=hall.register, by=BY, at=OPENS + timedelta(minutes=10))
    answer = hall.send(noted("1", 9, how="qr", payload=text), noted("2", 10, how="qr", payload=text))
    assert list(answer.results.values()) == ["accepted", "void"]


def test_what_is_malformed_is_named_and_the_rest_is_kept(hall):
    good = noted("good", 1, code=hall.people["anh"].code)
    bad = [
        "text", {}, {"nonce": "short"}, noted("1", 1, "sideways"), noted("2", 1, colour="red"),
        {**noted("3", 1), "at": "2021-01-14T07:00:00"}, noted("4", 1, newcomer={"id": "newcomer-1", "name": ""}),
    ]  # fmt: skip
    answer = hall.send(*bad, good)
    assert answer.results == {"nonce-of-good": "accepted"}
    assert answer.refused == ["short", "nonce-of-1", "nonce-of-2", "nonce-of-3", "nonce-of-4"]
    assert Scan.objects.count() == 1


def test_a_closed_door_gives_nothing_and_an_expired_one_only_what_was_noted_before(hall):
    before, after = (
        noted("1", 10, code=hall.people["anh"].code),
        noted("2", 301, code=hall.people["binh"].code),
    )
    answer = hall.send(before, after, at=CLOSES + timedelta(hours=2))
    assert (answer.results, answer.refused) == ({"nonce-of-1": "accepted"}, ["nonce-of-2"])
    with pytest.raises(Refused):
        hall.send(before, at=CLOSES + timedelta(days=4))
    hall.doors[0] = doors.close_door(door=hall.doors[0], by=BY, at=OPENS)
    with pytest.raises(Refused):
        hall.send(before)
    assert Scan.objects.count() == 1


def test_too_many_at_once_are_refused(hall):
    with pytest.raises(Refused):
        hall.send(*(noted(f"{n}", 1) for n in range(501)))
    assert not Scan.objects.exists()


def test_conflicts_are_listed_not_merged(hall):
    people = hall.people
    hall.send(
        noted("1", 10, "out", code=people["anh"].code),
        came_instead("2", 20, "Hồ Thay", people["chi"]),
        came_instead("3", 21, "Hồ Thế", people["chi"]),
        noted("4", 22, code=people["chi"].code),
        noted("5", -30, code=people["binh"].code),
        noted("6", 23, how="walk-in", newcomer={"id": "newcomer-6", "name": "Pham Duc Dung", "unit": "DT"}),
    )
    hall.send(noted("7", 299, code=people["dung"].code), at=OPENS)
    kinds = {c.kind for c in conflicts_of(hall.register)}
    assert kinds == {"left", "stood-in", "two-for-one", "hours", "same-name", "clock"}


def test_a_scan_set_aside_counts_no_more_and_says_why(hall):
    hall.send(noted("1", 10, code=hall.people["anh"].code))
    scan = Scan.objects.get()
    with pytest.raises(Refused):
        registers.set_aside(scan=scan, reason=" ", by=BY, at=CLOSES)
    registers.set_aside(scan=scan, reason="Nhầm thẻ", by=BY, at=CLOSES)
    hall.send(noted("1", 10, code=hall.people["anh"].code))
    assert not any(s.came for s in stays_of(hall.register))
    assert AuditRow.objects.get(verb="set scan aside").free_text.text == "Nhầm thẻ"


def test_the_secretary_notes_what_no_door_saw(hall):
    scans.note(attendee=hall.people["anh"], way="in", by=BY, at=CLOSES, happened_at=OPENS)
    with pytest.raises(Refused):
        scans.note(attendee=hall.people["anh"], way="in", by=BY, at=OPENS, happened_at=CLOSES)
    assert [s.first_in for s in stays_of(hall.register) if s.came] == [OPENS]


def test_the_trail_holds_no_names(hall):
    hall.send(*morning(hall))
    rows = list(AuditRow.objects.exclude(subject__startswith="units."))
    assert {"open register", "list attendee", "list walk-in", "receive scans"} <= {row.verb for row in rows}
    assert not [row for row in rows if "Thay" in str(row.detail) or "Ánh" in str(row.detail)]
    assert {row.actor for row in rows if row.verb == "receive scans"} == {hall.doors[0].actor_id}
