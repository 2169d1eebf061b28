"""Replies to invitations: upper apps say which events are theirs.

    register("meeting-", take)      # in the app's apps.py

    def take(*, reply: Reply, by: Actor, at: datetime) -> str:
        meeting = queries.meeting_of(reply.uid, by)     # may this actor bring it? else Refused
        refuse_stale(reply, sequence=invitation.sequence, answered_at=invitation.answered_at)
        …
        return _("%(name)s has accepted.") % …

It answers with a sentence for people. Refused or ItipError: nothing was changed. `by` is the person who
uploads the file, or core's System for the mail gateway.
"""

from __future__ import annotations

from collections.abc import Callable

from giaoban.lib.itip import Reply

Handler = Callable[..., str]

_handlers: dict[str, Handler] = {}


def register(prefix: str, handler: Handler) -> None:
    """Replies to events whose UID begins with the prefix go to the handler."""
    _handlers[prefix] = handler


def handler_for(reply: Reply) -> Handler | None:
    """The handler with the longest prefix that fits."""
    fits = [prefix for prefix in _handlers if reply.uid.startswith(prefix)]
    return _handlers[max(fits, key=len)] if fits else None
