"""The life of a report: written in the province, verified above, corrected later; the neighbour sees nothing."""

import pytest

from giaoban.core import audit
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.reports import actions
from giaoban.reports.models import Report, Revision
from giaoban.reports.policy import REPORTS
from giaoban.reports.queries import visible
from giaoban.reports.tests.world import World, instant

FIGURES = {
    "values": {"visits": 12, "stock": "3.5", "todate": 40},
    "narratives": {"note": "Đã làm xong."},
}


def begun(world: World, who: str = "lan") -> Report:
    place = world.ct if who == "lan" else world.ag
    return actions.open_report(
        regime=world.regime, unit=place, period=world.period(), by=world.by(who), at=instant()
    )


def sent(world: World, who: str = "lan", document: dict | None = None) -> Report:
    report = begun(world, who)
    actions.save_draft(report=report, document=document or FIGURES, edition=0, by=world.by(who), at=instant())
    return actions.submit(report=report, by=world.by(who), at=instant())


def accepted(world: World) -> Report:
    return actions.accept(report=sent(world), by=world.by("hoa"), at=instant(4))


def test_a_report_is_sent_on_time_and_its_figures_count_when_accepted(world: World) -> None:
    report = sent(world)
    assert (report.state, report.on_time, report.submitted_at) == ("submitted", True, instant())
    assert report.accepted is None
    report = actions.accept(report=report, by=world.by("hoa"), at=instant(4))
    assert report.state == "accepted"
    assert report.accepted == Revision.objects.get()
    assert report.accepted.document == {"values": {"stock": "3.5", "todate": 40, "visits": 12},
                                        "narratives": {"note": "Đã làm xong."}}  # fmt: skip


def test_the_trail_tells_every_move_and_holds(world: World) -> None:
    report = accepted(world)
    verbs = AuditRow.objects.filter(subject=f"reports.report:{report.pk}").values_list("verb", "actor")
    assert list(verbs) == [
        ("open", world.people["lan"].actor_id),
        ("submit", world.people["lan"].actor_id),
        ("accept", world.people["hoa"].actor_id),
    ]
    audit.seal(at=instant(5))
    assert list(audit.faults()) == []
    AuditRow.objects.filter(verb="accept").update(actor="user:999")
    assert len(list(audit.faults())) == 1


def test_the_same_instant_as_the_deadline_is_on_time(world: World) -> None:
    report = begun(world)
    actions.save_draft(report=report, document=FIGURES, edition=0, by=world.by("lan"), at=instant())
    assert actions.submit(report=report, by=world.by("lan"), at=report.due_at).on_time is True


def test_a_returned_report_goes_round_again(world: World) -> None:
    report = sent(world)
    with pytest.raises(Refused):
        actions.return_report(report=report, reason=" ", by=world.by("hoa"), at=instant(4))
    report = actions.return_report(
        report=report, reason="Xem lại số lượt", cells=["visits"], by=world.by("hoa"), at=instant(4)
    )
    assert (report.state, report.returns.get().cells) == ("returned", ["visits"])
    changed = {**FIGURES, "values": {"visits": 13}}
    actions.save_draft(report=report, document=changed, edition=0, by=world.by("lan"), at=instant(5))
    report = actions.submit(report=report, by=world.by("lan"), at=instant(8))
    assert (report.state, report.on_time, report.revisions.count()) == ("submitted", False, 2)


def test_withdrawn_reopened_and_corrected(world: World) -> None:
    report = actions.withdraw(report=sent(world), by=world.by("lan"), at=instant())
    assert report.state == "draft"
    report = actions.submit(report=report, by=world.by("lan"), at=instant())
    report = actions.accept(report=report, by=world.by("hoa"), at=instant(4))
    first = report.accepted_id
    changed = {**FIGURES, "values": {"visits": 14}}
    report = actions.correct(
        report=report, document=changed, reason="Cộng sót", by=world.by("hoa"), at=instant(6)
    )
    assert report.state == "accepted"
    assert report.accepted_id != first
    report = actions.reopen(report=report, reason="Làm lại", by=world.by("hoa"), at=instant(7))
    assert (report.state, report.accepted) == ("returned", None)


def test_nobody_accepts_his_own_revision_unless_a_grant_says_so(world: World) -> None:
    report = begun(world)
    kim = world.by("kim")
    actions.save_draft(report=report, document=FIGURES, edition=0, by=kim, at=instant())
    report = actions.submit(report=report, by=kim, at=instant())
    assert report.current.on_behalf is True
    with pytest.raises(Refused, match="somebody else|người khác"):
        actions.accept(report=report, by=kim, at=instant(), override=True, reason="Gấp")
    kim.user.memberships.update(may_accept_own=True)
    report = actions.accept(report=report, by=world.by("kim"), at=instant(), override=True, reason="Gấp")
    assert AuditRow.objects.get(verb="accept").detail["own"] is True


def test_the_second_writer_is_told_and_nothing_is_overwritten(world: World) -> None:
    report = begun(world)
    actions.save_draft(report=report, document=FIGURES, edition=0, by=world.by("lan"), at=instant())
    with pytest.raises(Refused) as told:
        actions.save_draft(
            report=report,
            document={"values": {"visits": 1}},
            edition=0,
            by=world.by("kim"),
            at=instant(),
        )
    assert told.value.details["code"] == "edition"
    report.draft.refresh_from_db()
    assert report.draft.document["values"]["visits"] == 12


@pytest.mark.parametrize(
    ("values", "cell"),
    [({"visits": "1.5"}, "visits"), ({"nothing": 1}, "nothing"), ({"visits[sex=f]": 1}, "visits[sex=f]"),
     ({"stock": "1.23"}, "stock"), ({"visits": "1e3"}, "visits")],
)  # fmt: skip
def test_what_the_form_cannot_hold_is_refused_at_its_cell(world: World, values: dict, cell: str) -> None:
    report = begun(world)
    with pytest.raises(Refused) as refusal:
        actions.save_draft(
            report=report, document={"values": values}, edition=0, by=world.by("lan"), at=instant()
        )
    assert refusal.value.field == cell


def test_a_province_does_not_touch_another_and_the_neighbour_sees_nothing(world: World) -> None:
    report = sent(world)
    for name, moves in {
        "minh": [],
        "nga": [],
        "chi": [],
        "lan": ["withdraw"],
        "hoa": ["return", "accept"],
    }.items():
        standing = world.by(name)
        allowed = [
            m.name
            for m in REPORTS.moves.values()
            if "submitted" in m.sources and REPORTS.may(standing, m.right, report)
        ]
        assert allowed == moves, name
    seen = {
        name: visible(world.by(name)).count() for name in ("lan", "minh", "hoa", "kim", "chi", "nga", "oanh")
    }
    assert seen == {"lan": 1, "minh": 0, "hoa": 1, "kim": 1, "chi": 1, "nga": 0, "oanh": 1}
    with pytest.raises(Refused):
        actions.accept(report=report, by=world.by("nga"), at=instant())


def test_a_unit_that_owes_nothing_cannot_begin_a_report(world: World) -> None:
    with pytest.raises(Refused):
        actions.open_report(
            regime=world.regime,
            unit=world.office,
            period=world.period(),
            by=world.by("kim"),
            at=instant(),
        )
    with pytest.raises(Refused):
        actions.open_report(
            regime=world.regime,
            unit=world.ct,
            period=world.period("2019-12"),
            by=world.by("lan"),
            at=instant(),
        )
