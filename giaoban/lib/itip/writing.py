"""Write calendar files: REQUEST, CANCEL, REPLY, PUBLISH."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
from icalendar import vCalAddress, vDuration, vText, vUri

from giaoban.lib.itip.parts import Attendee, Event, ItipError, Message, Person

PRODUCT = "-//Giao Ban//Giao Ban 1.0//VI"
ZONE = "Asia/Ho_Chi_Minh"


def request(event: Event) -> Message:
    """An invitation, or its new version: same uid, higher sequence."""
    _refuse_nameless(event)
    return _message("REQUEST", [_component(event)])


def cancel(event: Event) -> Message:
    """Called off. Give the event with a sequence one higher than the last one sent."""
    _refuse_nameless(event)
    return _message("CANCEL", [_component(replace(event, status="CANCELLED", reminder=None))])


def reply(
    event: Event, attendee: Attendee, *, stamp: datetime, comment: str = "", delegate: Person | None = None
) -> Message:
    """What the calendar of an attendee sends back (for tests, and for answers given on a page)."""
    answering = replace(
        event, attendees=(replace(attendee, rsvp=False),), stamp=stamp, reminder=None, description=""
    )
    made = _component(answering)
    if comment:
        made.add("comment", comment)
    if delegate is not None:
        made["attendee"].params["DELEGATED-TO"] = _mailto(delegate.address)
    return _message("REPLY", [made])


def publish(
    events: Iterable[Event], *, name: str, source: str = "", refresh: timedelta | None = None
) -> Message:
    """A feed: events to look at. Attendees and organisers are left out."""
    bare = [_component(replace(event, attendees=(), organizer=None)) for event in events]
    return _message("PUBLISH", bare, name, source, refresh or timedelta(hours=1))


def _refuse_nameless(event: Event) -> None:
    if event.organizer is None:
        raise ItipError("organizer")
    if not event.attendees:
        raise ItipError("nobody")


def _message(
    method: str, events: list[icalendar.Event], name: str = "", source: str = "",
    refresh: timedelta | None = None,
) -> Message:  # fmt: skip
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    if source:
        calendar.add("source", vUri(source), parameters={"VALUE": "URI"})
    if refresh:
        calendar.add("refresh-interval", vDuration(refresh), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(refresh))
    if any("TZID" in event["dtstart"].params for event in events):
        calendar.add_component(_zone())
    for event in events:
        calendar.add_component(event)
    return Message(method, calendar.to_ical(sorted=False))


def _zone() -> icalendar.Timezone:
    """Viet Nam: +07:00 all year."""
    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", datetime(1975, 6, 13))
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone


def _component(event: Event) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", event.uid)
    made.add("dtstamp", event.stamp.astimezone(UTC))
    made.add("dtstart", _when(event.starts))
    made.add("dtend", _end(event))
    made.add("sequence", event.sequence)
    made.add("status", event.status)
    made.add("summary", event.summary)
    made.add("transp", "TRANSPARENT" if event.is_transparent else "OPAQUE")
    made.add("class", "PRIVATE" if event.is_private else "PUBLIC")
    _optional(made, event)
    if event.organizer:
        made.add("organizer", _address(event.organizer.address, event.organizer.name))
    for attendee in event.attendees:
        made.add("attendee", _attendee(attendee))
    if event.reminder is not None:
        made.add_component(_alarm(event))
    return made


def _optional(made: icalendar.Event, event: Event) -> None:
    for name, text in (("location", event.location), ("description", event.description)):
        if text:
            made.add(name, text)
    if event.url:
        made.add("url", vUri(_one_line(event.url)))
    if event.conference:
        parameters = icalendar.Parameters({"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"]})
        made.add("conference", vUri(_one_line(event.conference)), parameters=parameters)
    if event.categories:
        made.add("categories", list(event.categories))
    if event.related_to:
        made.add("related-to", event.related_to)
    for paper in event.papers:
        made.add("attach", vUri(_one_line(paper)))
    for name, moment in (("created", event.created), ("last-modified", event.modified)):
        if moment:
            made.add(name, moment.astimezone(UTC))


def _when(moment: datetime | date) -> datetime | date:
    """In Viet Nam with the zone's name, elsewhere in UTC; a day stays a day."""
    if not isinstance(moment, datetime):
        return moment
    return moment if getattr(moment.tzinfo, "key", "") == ZONE else moment.astimezone(UTC)


def _end(event: Event) -> datetime | date:
    """The file names the first day that is free again."""
    return _when(event.ends) if isinstance(event.ends, datetime) else event.ends + timedelta(days=1)


def _mailto(address: str) -> str:
    return f"mailto:{_one_line(address)}"


def _one_line(text: str) -> str:
    """Parameters and addresses hold no quotes and no line breaks; nobody smuggles a property in."""
    return " ".join(text.replace('"', "'").split())


def _address(address: str, name: str) -> vCalAddress:
    made = vCalAddress(_mailto(address))
    if name:
        made.params["CN"] = vText(_one_line(name))
    return made


def _attendee(attendee: Attendee) -> vCalAddress:
    made = _address(attendee.address, attendee.name)
    made.params["CUTYPE"] = attendee.kind
    made.params["ROLE"] = attendee.role
    made.params["PARTSTAT"] = attendee.answer
    if attendee.rsvp:
        made.params["RSVP"] = "TRUE"
    for name, address in (
        ("DELEGATED-TO", attendee.delegated_to),
        ("DELEGATED-FROM", attendee.delegated_from),
        ("SENT-BY", attendee.sent_by),
    ):
        if address:
            made.params[name] = _mailto(address)
    return made


def _alarm(event: Event) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -(event.reminder or timedelta()))
    alarm.add("description", event.summary)
    return alarm
