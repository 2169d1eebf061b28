"""What goes in and out: people, events, replies, and what may be wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar

from giaoban.lib.errors import LibError
from giaoban.lib.errors import marked as _

ROLES = ("CHAIR", "REQ-PARTICIPANT", "OPT-PARTICIPANT", "NON-PARTICIPANT")
ANSWERS = ("NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED")
KINDS = ("INDIVIDUAL", "GROUP", "RESOURCE", "ROOM", "UNKNOWN")
STATES = ("TENTATIVE", "CONFIRMED", "CANCELLED")


class ItipError(LibError):
    """A calendar file or a mail does not hold what it should."""

    SENTENCES: ClassVar[dict[str, str]] = {
        "size": _("The file is larger than %(most)s kB. Send only the calendar file or the mail with it."),
        "broken": _("This is not a calendar file that can be read."),
        "method": _("The calendar file is a %(method)s, not a reply. Upload the file that came back."),
        "event": _("The calendar file holds no event."),
        "missing": _("The calendar file lacks %(name)s."),
        "attendees": _("A reply names exactly one attendee; this one names %(count)s."),
        "answer": _("“%(text)s” is not an answer. Known are: %(known)s."),
        "delegate": _("The reply hands the invitation on but does not say to whom."),
        "sequence": _(
            "The reply is to an earlier version of the invitation (%(theirs)s, now %(ours)s); it counts no more."
        ),
        "older": _("A newer reply of this person was already taken; this one is older."),
        "order": _("The event ends before it begins."),
        "zone": _("A time without a zone: %(text)s."),
        "organizer": _("An invitation needs an organiser."),
        "nobody": _("An invitation needs at least one attendee."),
        "letter": _("This is not a mail that can be read."),
        "no_calendar": _("The mail has no calendar part."),
        "sender": _(
            "The mail comes from %(sender)s, the reply in it from %(attendee)s. Nothing was changed."
        ),
    }


@dataclass(frozen=True)
class Person:
    """A name and a mail address."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class Attendee:
    """Somebody invited. role one of ROLES, answer of ANSWERS, kind of KINDS; the others are addresses."""

    address: str
    name: str = ""
    role: str = "REQ-PARTICIPANT"
    answer: str = "NEEDS-ACTION"
    rsvp: bool = True
    kind: str = "INDIVIDUAL"
    delegated_to: str = ""
    delegated_from: str = ""
    sent_by: str = ""


@dataclass(frozen=True)
class Event:
    """What happens, when and where. stamp: when this version was written. reminder: how long before.

    starts, ends: both datetimes with a zone, or both dates (ends is the last day, inclusive).
    conference: address of the video line; papers: addresses of papers.
    """

    uid: str
    summary: str
    starts: datetime | date
    ends: datetime | date
    stamp: datetime
    sequence: int = 0
    status: str = "CONFIRMED"
    organizer: Person | None = None
    attendees: tuple[Attendee, ...] = ()
    location: str = ""
    description: str = ""
    url: str = ""
    conference: str = ""
    categories: tuple[str, ...] = ()
    related_to: str = ""
    papers: tuple[str, ...] = ()
    created: datetime | None = None
    modified: datetime | None = None
    reminder: timedelta | None = None
    is_private: bool = False
    is_transparent: bool = False

    def __post_init__(self) -> None:
        for moment in (self.starts, self.ends, self.stamp):
            if isinstance(moment, datetime) and moment.utcoffset() is None:
                raise ItipError("zone", text=moment.isoformat())
        if isinstance(self.starts, datetime) != isinstance(self.ends, datetime) or self.ends < self.starts:
            raise ItipError("order")

    def only(self, attendee: Attendee) -> Event:
        """The same event with one attendee: what that attendee's mail carries."""
        return replace(self, attendees=(attendee,))


@dataclass(frozen=True)
class Message:
    """A calendar file. The MIME part must name the same method as the file."""

    method: str
    text: bytes

    @property
    def content_type(self) -> str:
        return f"text/calendar; method={self.method}; charset=UTF-8"


@dataclass(frozen=True)
class Reply:
    """What an attendee answered. Addresses are in small letters. answer: one of ANSWERS."""

    uid: str
    sequence: int
    stamp: datetime
    attendee: str
    answer: str
    name: str = ""
    sent_by: str = ""
    delegated_to: str = ""
    comment: str = ""
    organizer: str = ""
