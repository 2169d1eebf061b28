"""Read calendar files that come from outside. Whatever is wrong with them is an ItipError."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar

from giaoban.lib.itip.parts import ANSWERS, Event, ItipError, Reply

MOST_BYTES = 1_000_000


def read_reply(data: bytes) -> Reply:
    """The one answer in a calendar file with METHOD:REPLY."""
    calendar, found = _parsed(data)
    method = str(calendar.get("method", "")).upper()
    if method != "REPLY":
        raise ItipError("method", method=method or "?")
    attendees = _list(found.get("attendee"))
    if len(attendees) != 1:
        raise ItipError("attendees", count=len(attendees))
    who = attendees[0]
    answer = str(who.params.get("PARTSTAT", "NEEDS-ACTION")).upper()
    if answer not in ANSWERS:
        raise ItipError("answer", text=answer, known=", ".join(ANSWERS))
    delegates = [_mail(a) for a in _list(who.params.get("DELEGATED-TO"))]
    if answer == "DELEGATED" and not delegates:
        raise ItipError("delegate")
    return Reply(
        uid=_text(found, "uid", "UID"), sequence=_number(found.get("sequence", 0)), stamp=_stamp(found),
        attendee=_mail(who), answer=answer, name=str(who.params.get("CN", "")),
        sent_by=_mail(who.params.get("SENT-BY", "")), delegated_to=delegates[0] if delegates else "",
        comment=" ".join(str(c) for c in _list(found.get("comment"))),
        organizer=_mail(found.get("organizer", "")),
    )  # fmt: skip


def read_events(data: bytes) -> list[Event]:
    """The events of a calendar file as far as a feed tells them: when, what, where."""
    _calendar, _first = _parsed(data)
    return [_event(component) for component in _calendar.walk("VEVENT")]


def refuse_stale(reply: Reply, *, sequence: int, answered_at: datetime | None = None) -> None:
    """Raise ItipError for a reply to an earlier version, or older than the last answer to this one.

    sequence: of the invitation now. answered_at: the stamp of the last answer that was taken to it, if any.
    """
    if reply.sequence < sequence:
        raise ItipError("sequence", theirs=reply.sequence, ours=sequence)
    if answered_at is not None and reply.stamp < answered_at:
        raise ItipError("older")


def _parsed(data: bytes) -> tuple[icalendar.Calendar, Any]:
    """The calendar and its first event."""
    if len(data) > MOST_BYTES:
        raise ItipError("size", most=MOST_BYTES // 1000)
    try:
        calendar = icalendar.Calendar.from_ical(data)
        events = calendar.walk("VEVENT")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise ItipError("broken") from error
    if not isinstance(calendar, icalendar.Calendar):
        raise ItipError("broken")
    if not events:
        raise ItipError("event")
    return calendar, events[0]


def _event(component: Any) -> Event:
    start = _value(component, "dtstart", "DTSTART")
    end = component.get("dtend")
    last = end.dt if end is not None else start
    if not isinstance(start, datetime) and end is not None:
        last = max(start, last - timedelta(days=1))
    return Event(
        uid=_text(component, "uid", "UID"), summary=str(component.get("summary", "")),
        starts=_aware(start), ends=_aware(last), stamp=_stamp(component),
        sequence=_number(component.get("sequence", 0)), status=str(component.get("status", "CONFIRMED")).upper(),
        location=str(component.get("location", "")), description=str(component.get("description", "")),
        url=str(component.get("url", "")), conference=str(component.get("conference", "")),
    )  # fmt: skip


def _value(component: Any, name: str, label: str) -> Any:
    found = component.get(name)
    moment = getattr(found, "dt", None)
    if moment is None:
        raise ItipError("missing", name=label)
    return moment


def _text(component: Any, name: str, label: str) -> str:
    text = str(component.get(name, "")).strip()
    if not text:
        raise ItipError("missing", name=label)
    return text[:200]


def _stamp(component: Any) -> datetime:
    moment = _aware(_value(component, "dtstamp", "DTSTAMP"))
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time(), UTC)


def _aware(moment: datetime | date) -> datetime | date:
    if isinstance(moment, datetime) and moment.utcoffset() is None:
        return moment.replace(tzinfo=UTC)
    return moment


def _number(value: Any) -> int:
    try:
        return max(0, int(value))
    except (TypeError, ValueError):
        raise ItipError("broken") from None


def _list(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _mail(value: Any) -> str:
    """The address behind "mailto:", in small letters."""
    text = str(value).strip().strip('"').lower()
    return text.removeprefix("mailto:").strip()
