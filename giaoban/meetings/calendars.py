"""A meeting as calendars know it: one event, one delegate in each mail."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings

from giaoban.core.language import reader_language
from giaoban.lib import itip
from giaoban.lib.text import pick
from giaoban.meetings.models import Delegate, DelegateState, Meeting, State, VideoRule

PREFIX = "meeting-"
_UID = re.compile(r"meeting-([0-9]{1,18})@(.+)")


def uid_of(meeting: Meeting) -> str:
    return f"{meeting.uid}@{host()}"


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def meeting_id(uid: str) -> int | None:
    """The meeting a UID of this house names."""
    found = _UID.fullmatch(uid)
    return int(found[1]) if found and found[2] == host() else None


def event_of(meeting: Meeting, *, at: datetime, with_video: bool = False) -> itip.Event:
    """The event without attendees, in the language that is active."""
    address = parseaddr(getattr(settings, "MAIL_REPLY_TO", "") or settings.DEFAULT_FROM_EMAIL)[1]
    return itip.Event(
        uid=uid_of(meeting), summary=pick(meeting.titles, reader_language()),
        starts=meeting.starts_at, ends=meeting.ends_at, stamp=at, sequence=meeting.sequence,
        status="CANCELLED" if meeting.state == State.CANCELLED else "CONFIRMED",
        organizer=itip.Person(address, meeting.agreement.lead.name), location=meeting.venue,
        description=meeting.purpose, url=settings.SITE_URL + meeting.get_absolute_url(),
        conference=meeting.video_url if with_video else "", created=meeting.made_at,
        reminder=timedelta(days=1),
    )  # fmt: skip


def attendee_of(delegate: Delegate) -> itip.Attendee:
    """The delegate; one who came in somebody's place says so (DELEGATED-FROM)."""
    before = delegate.replaces
    return itip.Attendee(
        delegate.email, delegate.name, delegated_from=before.email if before else "",
        answer="ACCEPTED" if delegate.state == DelegateState.CONFIRMED else "NEEDS-ACTION",
    )  # fmt: skip


def shows_video(meeting: Meeting) -> bool:
    """May delegates have the video link?"""
    return bool(meeting.video_url) and meeting.video_rule != VideoRule.CHAIRS
