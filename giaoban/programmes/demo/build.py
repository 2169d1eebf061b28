"""Build the demonstration once: the folder is loaded, people get their roles, the year is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement, Membership
from giaoban.agreements.queries import articles_reviewed_yearly
from giaoban.agreements.standing import Standing
from giaoban.core import audit
from giaoban.core.actors import System
from giaoban.core.folders import Progress, Quiet
from giaoban.core.refused import Refused
from giaoban.programmes.actions import load
from giaoban.programmes.demo import amendment, check_in, hall, meetings, notices, papers, plans
from giaoban.programmes.demo.consolidated import consolidate
from giaoban.programmes.demo.portal import build_portal, mark_publishable
from giaoban.programmes.demo.story import Story
from giaoban.reportforms.actions import edit_regime
from giaoban.reviews.actions import blocks, building, issuing
from giaoban.reviews.jobs import keep_issued
from giaoban.units.models import Unit

FOLDER = Path(__file__).parent / "folder"
CODE = "mua-lu-2020"
PASSWORD = "giao-ban-2020"
BEGIN = date(2019, 12, 1)
AT = datetime(2019, 12, 2, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
ISSUED = datetime(2020, 7, 6, 9, tzinfo=AT.tzinfo)
BY = System("demo")


@dataclass(frozen=True)
class SignIn:
    """An account of the demonstration."""

    role: str
    email: str
    password: str = PASSWORD


#: role -> (address, name, unit code)
PEOPLE = {
    "reporter": ("reporter@giaoban.example", "Người báo cáo tỉnh An Giang", "89"),
    "verifier": ("verifier@giaoban.example", "Người thẩm định văn phòng vùng", "VPV"),
    "coordinator": ("coordinator@giaoban.example", "Điều phối viên văn phòng vùng", "VPV"),
    "chair": ("chair@giaoban.example", "Trưởng ban chỉ đạo vùng", "VPV"),
    "operator": ("operator@giaoban.example", "Người vận hành hệ thống", ""),
}


def build(progress: Progress | None = None) -> list[SignIn]:
    """Make the demonstration if it is not there yet; returns its sign-ins. All or nothing.

    Raises Refused in a home that holds other work: sample people with a known password must not get in there.
    """
    if not Agreement.objects.filter(code=CODE).exists():
        if Agreement.objects.exists():
            raise Refused(
                _("This home holds other work. Give the demonstration a home of its own with GIAOBAN_HOME.")
            )
        with transaction.atomic():
            _build(progress or Quiet())
    return [SignIn(role, address) for role, (address, *_rest) in PEOPLE.items()]


def _build(progress: Progress) -> None:
    load(path=FOLDER, by=BY, at=AT)
    agreement = Agreement.objects.get(code=CODE)
    agreement.is_sample = True
    agreement.save()
    units = {u.code: u for u in Unit.objects.all()}
    people = {role: _person(agreement, role, *given, units) for role, given in PEOPLE.items()}
    reporters = {code: _reporter(agreement, unit) for code, unit in units.items() if _reports(unit, units)}
    reporters["89"] = people["reporter"]
    city = _person(
        agreement, "verifier", "verifier.92@giaoban.example", "Người thẩm định thành phố Cần Thơ", "92", units
    )
    amendment.sign(agreement, people["coordinator"])
    year = plans.Year(agreement, people, units)
    _regimes(agreement, people["coordinator"], year)
    year.issue()
    Story(agreement, reporters, {"VPV": people["verifier"], "92": city}, year).tell(progress)
    year.follow(city)
    year.record(reporters)
    notices.notify(agreement, people, units)
    _half_year(agreement, people["coordinator"])
    consolidate(agreement, people["coordinator"], people["verifier"])
    papers.register(agreement, people["coordinator"])
    conference = meetings.hold(agreement, meetings.People(people["coordinator"], reporters))
    check_in.stand(conference, meetings.training_of(agreement), people["coordinator"])
    hall.conclude(conference, people["coordinator"], people["chair"])
    amendment.amend(agreement, people["coordinator"], reporters)
    build_portal(agreement, people["coordinator"])


def _regimes(agreement: Agreement, coordinator: User, year: plans.Year) -> None:
    """The monthly reports carry out what the agreement says of reports."""
    at = plans.on(12, 16, year=2019)
    for regime in agreement.regimes.all():
        edit_regime(regime=regime, article=year.article("Điều 9"), by=Standing(coordinator, at), at=at)


def _half_year(agreement: Agreement, coordinator: User) -> None:
    """The interim review of the first half, issued in July."""
    by = Standing(coordinator, ISSUED)
    with translation.override("vi"):
        yearly = articles_reviewed_yearly(agreement).first()
        review = building.build(
            agreement=agreement, period="2020-H1", language="vi", article=yearly, by=by, at=ISSUED
        )
        blocks.change_heading(review=review, number="15/BC-VPV", by=by, at=ISSUED)
        mark_publishable(review, by, ISSUED)
    issuing.issue(review=review, by=by, at=ISSUED, confirmed=True)
    keep_issued.enqueue(review.pk)


def _reports(unit: Unit, units: dict[str, Unit]) -> bool:
    return unit.level >= 2 and unit.code not in ("92", "89")


def _reporter(agreement: Agreement, unit: Unit) -> User:
    address = f"reporter.{unit.code}@giaoban.example"
    return _person(agreement, "reporter", address, f"Người báo cáo {unit.name}", unit.code, {unit.code: unit})


def _person(
    agreement: Agreement, role: str, address: str, name: str, code: str, units: dict[str, Unit]
) -> User:
    """A sample account with its role. Only the five of PEOPLE can sign in."""
    listed = address in {given[0] for given in PEOPLE.values()}
    user = User.objects.create_user(address, PASSWORD if listed else None, name=name, is_sample=True)
    held = Membership.objects.create(
        user=user, agreement=agreement if code else None, unit=units.get(code), role=role, valid_from=BEGIN
    )
    audit.record(subject=user, verb="invite", by=BY, at=AT)
    audit.record(subject=held, verb="give role", by=BY, at=AT, detail={"role": role})
    return user
