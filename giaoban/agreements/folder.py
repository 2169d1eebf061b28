"""The agreement of a programme folder, and the people who hold a role in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.utils.translation import gettext as _

from giaoban.accounts.folder import account
from giaoban.agreements.actions.agreements import TAKEN
from giaoban.agreements.models import Agreement, Membership, Role
from giaoban.core.actors import Actor
from giaoban.core.folders import Folder, Place, Row, Table, keep, names_in_order
from giaoban.lib import csvs
from giaoban.lib.deadlines import zone_info
from giaoban.units.folder import Book
from giaoban.units.models import TERRITORY

PEOPLE = "people.csv"
COLUMNS = ("email", "name", "title", "role", "unit", "valid_from", "valid_to")
KEYS = (
    "code", "title", "number", "signed_on", "lead", "parties", "hierarchy", "starts_on", "ends_on", "timezone",
    "source", "sample",
)  # fmt: skip
#: Operators are not of one agreement: `giaoban operator` makes them.
ROLES = [role for role in Role.values if role != Role.OPERATOR]


@dataclass
class Person:
    """One role of one person. unit: the key of his unit."""

    line: int
    email: str
    name: str
    title: str
    role: str
    unit: int
    valid_from: date
    valid_to: date | None
    accepts_own: bool


@dataclass
class Wanted:
    """The agreement as the folder says it. draft: a row not saved; lead: key of the coordinating unit, or 0."""

    draft: Agreement
    lead: int
    people: list[Person] = field(default_factory=list)

    def values(self, keys: dict[int, int]) -> dict[str, Any]:
        names = ("titles", "number", "signed_on", "parties", "hierarchy", "starts_on", "ends_on", "timezone",
                 "source", "is_sample")  # fmt: skip
        return {name: getattr(self.draft, name) for name in names} | {"lead_id": keys[self.lead]}


def read(table: Table, book: Book) -> Wanted | None:
    """The table [agreement]; None if it cannot be used."""
    table.only(KEYS)
    draft = Agreement(
        code=table.text("code"), titles=table.names("title"), number=table.text("number", ""),
        signed_on=table.day("signed_on"), parties=table.spec("parties"), hierarchy=table.text("hierarchy", TERRITORY),
        starts_on=table.day("starts_on", required=True), ends_on=table.day("ends_on"),
        timezone=table.text("timezone", "Asia/Ho_Chi_Minh"), source=table.text("source", ""),
        is_sample=table.flag("sample"),
    )  # fmt: skip
    try:
        validate_slug(draft.code)
    except ValidationError:
        table.place("code").problem(
            _("The code of an agreement has only letters without marks, digits, - and _.")
        )
    if draft.code in TAKEN:
        table.place("code").problem(_("This code is taken. Choose another."))
    table.place("timezone").parsed(zone_info, draft.timezone)
    book.check_spec(draft.parties, table.place("parties"))
    if draft.starts_on is None:
        return None
    if draft.ends_on and draft.ends_on < draft.starts_on:
        table.place("ends_on").problem(_("The agreement ends before it starts."))
    lead = book.on(table.text("lead"), draft.starts_on)
    if lead is None:
        table.place("lead").problem(book.why_not(table.text("lead", ""), draft.starts_on))
    else:
        draft.lead_id = lead
    return Wanted(draft, lead or 0)


def read_people(folder: Folder, wanted: Wanted, book: Book) -> None:
    """The roles of people.csv, onto what is wanted."""
    seen: dict[tuple[Any, ...], int] = {}
    for line, row in folder.table(PEOPLE, COLUMNS[:5], (*COLUMNS[5:], "accepts_own")):
        place = folder.at(PEOPLE, line)
        person = _person(place, row, wanted, book)
        if person is None:
            continue
        key = (person.email, person.role, person.unit, person.valid_from)
        if key in seen:
            place.problem(_("This role stands already on line %(line)s.") % {"line": seen[key]})
        seen[key] = line
        wanted.people.append(person)


def _person(place: Place, row: Row, wanted: Wanted, book: Book) -> Person | None:
    start = place.day(row.get("valid_from", ""), "valid_from") or wanted.draft.starts_on
    end = place.day(row.get("valid_to", ""), "valid_to")
    role = place.choice(row["role"], "role", ROLES)
    own = row.get("accepts_own", "")
    try:
        validate_email(row["email"])
    except ValidationError:
        place.problem(_("“%(text)s” is no e-mail address.") % {"text": row["email"]})
    if not row["name"]:
        place.problem(_("name is empty."))
    if end and end <= start:
        place.problem(_("valid_to is the first day no longer valid; it must come after valid_from."))
    if own not in ("", "1"):
        place.problem(_("accepts_own is 1 or empty."))
    unit = book.on(row["unit"], start)
    if unit is None:
        place.problem(book.why_not(row["unit"], start))
        return None
    return Person(
        place.line, row["email"].lower(), row["name"], row["title"], role, unit, start, end, own == "1"
    )


def write(
    wanted: Wanted, keys: dict[int, int], review: dict[str, Any] | None, *, by: Actor, at: datetime
) -> Agreement:
    """Store the agreement, its review template (None: leave it) and the roles."""
    values = wanted.values(keys)
    if review is not None:
        known = Agreement.objects.filter(code=wanted.draft.code).first()
        plain = json.loads(json.dumps(review, default=str))
        values["settings"] = {**(known.settings if known else {}), "review": plain}
    agreement, _fields = keep(Agreement, {"code": wanted.draft.code}, values, by=by, at=at)
    for person in wanted.people:
        user = account(
            email=person.email, name=person.name, title=person.title, sample=agreement.is_sample, by=by, at=at
        )
        place = {"user": user, "agreement": agreement, "role": person.role, "unit_id": keys[person.unit]}
        ends = {"valid_to": person.valid_to, "may_accept_own": person.accepts_own}
        keep(Membership, place | {"valid_from": person.valid_from}, ends, by=by, at=at)
    return agreement


def export(agreement: Agreement, book: Book) -> dict[str, Any]:
    """The content of the table [agreement]."""
    lead = book.units[agreement.lead_id]
    values = {
        "code": agreement.code,
        "title": names_in_order(agreement.titles),
        "number": agreement.number,
        "signed_on": agreement.signed_on,
        "lead": next(
            (v.code for v in lead.in_order if v.valid_to is None or v.valid_to > agreement.starts_on), ""
        ),
        "parties": agreement.parties,
        "hierarchy": "" if agreement.hierarchy == TERRITORY else agreement.hierarchy,
        "starts_on": agreement.starts_on,
        "ends_on": agreement.ends_on,
        "timezone": agreement.timezone,
        "source": agreement.source,
        "sample": agreement.is_sample or None,
    }
    return {key: value for key, value in values.items() if value not in ("", None)}


def export_people(agreement: Agreement, book: Book, path: Path) -> set[int]:
    """Write people.csv if anybody holds a role; returns the units named in it."""
    held = Membership.objects.filter(agreement=agreement).select_related("user")
    rows = sorted(_people(list(held), book))
    if rows:
        own = ["accepts_own"] if any(row[-1] for row in rows) else []
        csvs.write(path / PEOPLE, [*COLUMNS, *own], [row if own else row[:-1] for row in rows])
    return {m.unit_id for m in held if m.unit_id is not None}


def _people(held: list[Membership], book: Book) -> Iterator[tuple[str, ...]]:
    for m in held:
        unit = book.units[m.unit_id or 0]
        code = next((v.code for v in unit.in_order if v.valid_to is None or v.valid_to > m.valid_from), "")
        until = m.valid_to.isoformat() if m.valid_to else ""
        own = "1" if m.may_accept_own else ""
        yield (m.user.email, m.user.name, m.user.title, m.role, code, m.valid_from.isoformat(), until, own)
