"""A folder is loaded: what is then there, and what a second load does."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from giaoban.agreements.models import Agreement
from giaoban.core import audit
from giaoban.core.actors import System
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.lib import periods
from giaoban.programmes.actions import load
from giaoban.programmes.tests.folders import folder, replaced
from giaoban.reportforms.models import Breakdown, FormVersion, Indicator, RegimeVersion
from giaoban.reports.actions import accept, correct, open_report, return_report, save_draft, submit
from giaoban.reports.content import digest
from giaoban.reports.models import Draft, Report, Revision
from giaoban.units.models import Ancestry, Unit, UnitVersion

pytestmark = pytest.mark.django_db

AT = datetime(2020, 5, 1, 9, tzinfo=UTC)
LATER = datetime(2020, 5, 2, 9, tzinfo=UTC)
BY = System("load")
MONTH = "reports/month.csv"


def loaded(path, at=AT, **options):
    return load(path=path, by=BY, at=at, **options)


def report(unit: str, period: str) -> Report:
    return Report.objects.get(unit__code=unit, period=period)


def test_everything_of_the_folder_is_there(tmp_path):
    done = loaded(folder(tmp_path))
    assert (done.agreement, done.rows, done.changed) == ("flood", 3, 3)

    agreement = Agreement.objects.get()
    assert agreement.titles == {"vi": "Phòng chống lũ", "en": "Flood preparedness"}
    assert agreement.lead.code == "V"
    assert [u.code for u in Unit.objects.order_by("code")] == ["C1", "C2", "C3", "D1", "D2", "V"]
    assert UnitVersion.objects.get(code="V").attributes == {"area": "1475"}
    assert UnitVersion.objects.get(code="V").lat == Decimal("10.25")
    assert Unit.objects.get(code="C2").valid_to == date(2020, 6, 16)
    assert Ancestry.objects.filter(ancestor__code="V", depth=2).count() == 3
    assert [i.code for i in Indicator.objects.all()] == ["boats", "rice", "people", "share", "need"]
    assert Indicator.objects.get(code="people").breakdowns == [["sex"], ["sex", "age"]]
    assert Indicator.objects.get(code="rice").versions.count() == 1
    assert [o.code for o in Breakdown.objects.get(code="age").options.all()] == ["0-17", "18+"]
    assert RegimeVersion.objects.get(regime__code="district").due == {"": "+3wd 17:00", "1": "+4wd 17:00"}
    assert FormVersion.objects.get(form__code="month").sections == [{
        "code": "main",
        "title": {"vi": "Báo cáo tháng", "en": "Monthly report"},
        "indicators": ["boats", "rice", "people", "share", "need"],
        "narratives": [{"code": "note", "title": {"vi": "Ghi chú", "en": "Notes"}, "required": False}],
    }]  # fmt: skip


def test_a_report_says_what_its_row_says(tmp_path):
    loaded(folder(tmp_path))
    one, two = report("C1", "2020-02"), report("C2", "2020-02")
    assert one.current.document == {
        "values": {"boats": 12, "people": 40, "people[sex=f]": 22, "people[sex=m]": 18, "rice": "3.50"},
        "narratives": {"note": "Nước lên chậm."},
    }
    assert two.current.document == {
        "values": {"boats": 7, "need": "thêm phao", "rice": "0.25"},
        "estimated": ["rice"],
        "comments": {"rice": "cân sau"},
    }
    assert report("C1", "2020-03").current.document["narratives"] == {"note": "Hai dòng\nghi chú"}
    for row in Revision.objects.all():
        assert row.digest == digest(row.document)
        assert (row.origin, row.author, row.number, row.on_behalf) == ("load", "system:load", 1, True)


def test_a_report_knows_its_days_its_deadline_and_who_verifies_it(tmp_path):
    loaded(folder(tmp_path))
    one, two = report("C1", "2020-02"), report("C2", "2020-02")
    assert (one.starts_on, one.last_day) == (date(2020, 2, 1), date(2020, 2, 29))
    assert one.due_at == datetime(2020, 3, 5, 10, tzinfo=UTC)
    assert (one.receiver.code, one.state, one.accepted) == ("D1", "accepted", one.current)
    assert (one.on_time, two.on_time) == (True, False)
    assert one.submitted_at == datetime(2020, 3, 5, 9, 59, tzinfo=UTC)


def test_the_trail_has_one_row_for_each_report_and_holds(tmp_path):
    loaded(folder(tmp_path))
    one = report("C1", "2020-02")
    row = AuditRow.objects.get(subject=audit.subject_of(one))
    assert (row.verb, row.actor) == ("load", "system:load")
    assert row.detail == {"moves": ["submit", "accept"], "to": "accepted", "revision": one.current_id}
    assert list(audit.faults()) == []


def test_a_second_load_changes_nothing(tmp_path):
    loaded(folder(tmp_path))
    rows = AuditRow.objects.count()
    done = loaded(tmp_path, LATER)
    assert (done.changed, done.audited) == (0, 0)
    assert (AuditRow.objects.count(), Revision.objects.count()) == (rows, 3)


def test_a_changed_cell_is_a_correction(tmp_path):
    loaded(folder(tmp_path))
    before = report("C1", "2020-02")
    folder(tmp_path, reports___month__csv=replaced(MONTH, ("59:00,12,", "59:00,11,")))
    done = loaded(tmp_path, LATER)
    assert (done.changed, done.audited) == (1, 1)
    after = report("C1", "2020-02")
    assert (after.state, after.current.number, after.accepted) == ("accepted", 2, after.current)
    assert after.current.document["values"]["boats"] == 11
    assert after.submitted_at == before.submitted_at
    row = AuditRow.objects.get(subject=audit.subject_of(after), number=2)
    assert row.detail == {
        "moves": ["correct"], "to": "accepted", "revision": after.current_id, "before": before.current_id,
    }  # fmt: skip
    assert list(audit.faults()) == []
    assert loaded(tmp_path, LATER).audited == 0


def test_rows_that_are_absent_are_left_alone(tmp_path):
    loaded(folder(tmp_path))
    few = replaced(MONTH, ("2020-02,C2,2020-03-05T17:00:01,7,0.25,1,cân sau,,,,thêm phao,\n", ""))
    folder(tmp_path, reports___month__csv=few, units__csv=None)
    (tmp_path / "units.csv").unlink()
    assert loaded(tmp_path, LATER).audited == 0
    assert Report.objects.count() == 3


def test_another_instant_of_sending_is_no_new_revision(tmp_path):
    loaded(folder(tmp_path))
    folder(tmp_path, reports___month__csv=replaced(MONTH, ("2020-03-05T16:59:00", "2020-03-06T16:59:00")))
    assert loaded(tmp_path, LATER).changed == 1
    one = report("C1", "2020-02")
    assert (one.revisions.count(), one.on_time) == (1, False)


def test_loaded_drafts_can_be_sent_and_loaded_again(tmp_path):
    draft = folder(
        tmp_path,
        programme__toml=replaced(
            "programme.toml", ('"reports/month.csv"', '"reports/month.csv"\nstate = "draft"')
        ),
    )
    loaded(draft)
    one = report("C1", "2020-02")
    assert (one.state, one.current, one.submitted_at) == ("draft", None, None)
    assert one.draft.document["values"]["boats"] == 12
    assert loaded(draft, LATER).changed == 0
    submit(report=one, by=System("test"), at=LATER)
    assert report("C1", "2020-02").state == "submitted"


def test_what_was_loaded_as_a_draft_is_accepted_by_the_next_load(tmp_path):
    as_draft = replaced("programme.toml", ('"reports/month.csv"', '"reports/month.csv"\nstate = "draft"'))
    loaded(folder(tmp_path, programme__toml=as_draft))
    loaded(folder(tmp_path), LATER)
    assert {r.state for r in Report.objects.all()} == {"accepted"}
    assert Draft.objects.count() == 0
    assert report("C1", "2020-02").on_time is True


def test_units_move_are_renamed_and_keep_their_identity(tmp_path):
    units = replaced("units.csv", (
        "C1,An Bình,D1,2,commune,2020-01-01,,,,river,",
        "C1,An Bình,D1,2,commune,2020-01-01,2020-04-01,,,river,\nC1,An Bình,D2,2,commune,2020-04-01,,,,,",
    ))  # fmt: skip
    changes = "old_code,new_code,date,kind,share,basis\nC1,C1,2020-04-01,move,,NQ 12\n"
    loaded(folder(tmp_path, units__csv=units, changes__csv=changes))
    unit = Unit.objects.get(code="C1")
    assert [(p.parent.code, p.valid_from, p.valid_to) for p in unit.parents.order_by("valid_from")] == [
        ("D1", date(2020, 1, 1), date(2020, 4, 1)),
        ("D2", date(2020, 4, 1), None),
    ]
    assert report("C1", "2020-02").receiver.code == "D1"
    assert loaded(tmp_path, LATER).audited == 0


@pytest.fixture
def in_browser(tmp_path):
    """A report that people wrote in the browser, in a programme that was loaded."""
    loaded(folder(tmp_path))
    person = System("person")
    begun = open_report(
        regime=report("C1", "2020-02").regime, unit=Unit.objects.get(code="C3"),
        period=periods.parse("2020-02"), by=person, at=AT,
    )  # fmt: skip
    save_draft(report=begun, document={"values": {"boats": 5}}, edition=0, by=person, at=AT)
    row = "2020-02,C3,,6,,,,,,,,\n"
    folder(tmp_path, reports___month__csv=replaced(MONTH, ("2020-03,C1", f"{row}2020-03,C1")))
    return begun


def test_a_draft_that_people_write_is_not_overwritten(in_browser, tmp_path):
    with pytest.raises(Refused) as refused:
        loaded(tmp_path, LATER)
    assert str(refused.value) == (
        "reports/month.csv:4: Somebody is writing this report; it is not overwritten (--replace would do it)."
    )
    loaded(tmp_path, LATER, replace=True)
    assert report("C3", "2020-02").current.document == {"values": {"boats": 6}}


def test_a_report_that_people_sent_is_not_overwritten(in_browser, tmp_path):
    submit(report=in_browser, by=System("person"), at=LATER)
    accept(report=in_browser, by=System("verifier"), at=LATER)
    with pytest.raises(Refused) as refused:
        loaded(tmp_path, LATER)
    assert str(refused.value) == (
        "reports/month.csv:4: The newest revision of this report was written by a person; "
        "it is not overwritten (--replace would do it)."
    )
    loaded(tmp_path, LATER, replace=True)
    after = report("C3", "2020-02")
    assert (after.state, after.current.number, after.current.document) == (
        "accepted",
        2,
        {"values": {"boats": 6}},
    )


def test_a_correction_by_people_stays(tmp_path):
    loaded(folder(tmp_path))
    one = report("C1", "2020-02")
    fixed = {**one.accepted.document, "values": {**one.accepted.document["values"], "boats": 10}}
    correct(report=one, document=fixed, reason="counted again", by=System("verifier"), at=LATER)
    with pytest.raises(Refused, match="reports/month.csv:2: The newest revision"):
        loaded(tmp_path, LATER)
    assert report("C1", "2020-02").current.document["values"]["boats"] == 10


def test_a_return_by_the_verifier_stays_until_the_row_changes(tmp_path):
    sent = replaced("programme.toml", ('"reports/month.csv"', '"reports/month.csv"\nstate = "submitted"'))
    loaded(folder(tmp_path, programme__toml=sent))
    return_report(report=report("C1", "2020-02"), reason="count again", by=System("verifier"), at=LATER)
    assert loaded(tmp_path, LATER).changed == 0
    folder(tmp_path, programme__toml=sent, reports___month__csv=replaced(MONTH, ("59:00,12,", "59:00,11,")))
    loaded(tmp_path, LATER)
    assert (report("C1", "2020-02").state, report("C1", "2020-02").current.number) == ("submitted", 2)


def test_opening_a_form_without_writing_does_not_hinder_a_load(tmp_path):
    loaded(folder(tmp_path))
    regime = report("C1", "2020-02").regime
    unit = Unit.objects.get(code="C3")
    open_report(regime=regime, unit=unit, period=periods.parse("2020-02"), by=System("person"), at=AT)
    folder(
        tmp_path, reports___month__csv=replaced(MONTH, ("2020-03,C1", "2020-02,C3,,6,,,,,,,,\n2020-03,C1"))
    )
    loaded(tmp_path, LATER)
    assert report("C3", "2020-02").state == "accepted"


def test_a_programme_without_reports(tmp_path):
    bare = replaced("programme.toml", ('[[reports]]\nregime = "month"\nfile = "reports/month.csv"\n', ""))
    done = loaded(folder(tmp_path, programme__toml=bare))
    assert (done.rows, done.changed) == (0, 0)
    assert Agreement.objects.get().regimes.count() == 2
