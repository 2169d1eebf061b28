"""Calendar files that answer back: iCalendar (RFC 5545), iTIP (RFC 5546), iMIP (RFC 6047), RFC 7986.

    event = Event(uid="meeting-12@giaoban", summary="Hội nghị sơ kết", starts=…, ends=…, stamp=…,
                  organizer=Person("vpv@example.vn", "Văn phòng vùng"),
                  attendees=(Attendee("an@example.vn", "Lê Thị An"),), sequence=0)
    message = request(event)          # Message(method="REQUEST", text=b"BEGIN:VCALENDAR…")
    cancel(event), publish([event], name="…"), reply(event, attendee, stamp=…)

    answer = read_reply(data)         # Reply, or ItipError
    refuse_stale(answer, sequence=event.sequence, answered_at=when_the_last_answer_was_written)

Raise `sequence` by one at every change of time, place or status. Send one message per attendee, with only
that attendee in it: the list of the others stays private. Times in Asia/Ho_Chi_Minh are written with their
zone, all others in UTC; a `date` in place of a datetime makes a whole-day event (`ends` is the last day).
"""

from giaoban.lib.itip.letters import Bounce, Letter, read_letter
from giaoban.lib.itip.parts import Attendee, Event, ItipError, Message, Person, Reply
from giaoban.lib.itip.reading import MOST_BYTES, read_events, read_reply, refuse_stale
from giaoban.lib.itip.writing import cancel, publish, reply, request

__all__ = [
    "MOST_BYTES", "Attendee", "Bounce", "Event", "ItipError", "Letter", "Message", "Person", "Reply", "cancel",
    "publish", "read_events", "read_letter", "read_reply", "refuse_stale", "reply", "request",
]  # fmt: skip
