"""The trail: what was written is chained per subject and sealed over all; a change anywhere is found."""

from datetime import UTC, datetime

import pytest

from giaoban.core import audit
from giaoban.core.actors import System
from giaoban.core.models import AuditRow, AuditText, Seal

AT = datetime(2020, 2, 3, 9, tzinfo=UTC)
BY = System("test")

pytestmark = pytest.mark.django_db


def write(*subjects: str, verb: str = "change", text: str = "") -> list[AuditRow]:
    entries = [audit.Entry(s, verb, {"fields": ["name"]}, text) for s in subjects]
    return audit.record_many(entries, by=BY, at=AT)


@pytest.mark.requirement(91)
def test_rows_chain_per_subject_whatever_comes_between() -> None:
    write("a:1", "b:1", "a:1")
    write("a:1")
    rows = AuditRow.objects.filter(subject="a:1").order_by("number")
    assert [r.number for r in rows] == [1, 2, 3]
    assert [r.previous for r in rows] == ["", rows[0].digest, rows[1].digest]
    assert list(audit.faults()) == []


@pytest.mark.parametrize(
    "harm",
    [
        lambda: AuditRow.objects.filter(subject="a:1", number=2).update(verb="other"),
        lambda: AuditRow.objects.filter(subject="a:1", number=2).update(at=datetime(2021, 1, 1, tzinfo=UTC)),
        lambda: AuditRow.objects.filter(subject="a:1", number=2).update(detail={}),
        lambda: AuditRow.objects.filter(subject="a:1", number=2).delete(),
        lambda: AuditText.objects.filter(row__subject="b:1").update(text="khác"),
        lambda: AuditText.objects.filter(row__subject="b:1").delete(),
    ],
)
def test_a_change_behind_its_back_is_found(harm) -> None:
    write("a:1", "a:1", "a:1")
    write("b:1", text="lý do")
    harm()
    assert len(list(audit.faults())) == 1


def test_a_row_taken_from_the_end_is_found_by_the_seal() -> None:
    write("a:1", "a:1")
    audit.seal(at=AT)
    AuditRow.objects.filter(number=2).delete()
    assert len(list(audit.faults())) == 1


def test_seals_close_over_what_is_new_and_a_second_seal_changes_nothing() -> None:
    write("a:1")
    first = audit.seal(at=AT)
    assert audit.seal(at=AT) == first
    write("a:1", "b:1")
    second = audit.seal(at=AT)
    assert first is not None
    assert second is not None
    assert (second.number, second.rows, second.previous) == (2, 2, first.digest)
    Seal.objects.filter(number=1).update(digest="0" * 64)
    assert len(list(audit.faults())) == 2


def test_free_text_can_be_erased_and_the_chain_still_holds() -> None:
    (row,) = write("a:1", text="Trả lại vì thiếu số liệu của một người có tên")
    audit.erase_text(row, by=BY, at=AT)
    assert AuditText.objects.get().text == ""
    assert [r.verb for r in AuditRow.objects.order_by("number")] == ["change", "erase text"]
    assert list(audit.faults()) == []


def test_a_personal_value_leaves_only_a_keyed_digest() -> None:
    assert audit.personal("lan@example.vn") == audit.personal("lan@example.vn")
    assert audit.personal("lan@example.vn") != audit.personal("minh@example.vn")
    assert "lan" not in audit.personal("lan@example.vn")
