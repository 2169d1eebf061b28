"""Questions about meetings."""

from giaoban.meetings.queries.invitations import (
    delegate_for,
    delegates_of,
    delegations,
    invitation_for,
    invitations_of,
    may_see_contacts,
    own_invitations,
    protocol_list,
    sees_video,
)
from giaoban.meetings.queries.meetings import meeting_for, moves_of, officers_of, visible

__all__ = [
    "delegate_for",
    "delegates_of",
    "delegations",
    "invitation_for",
    "invitations_of",
    "may_see_contacts",
    "meeting_for",
    "moves_of",
    "officers_of",
    "own_invitations",
    "protocol_list",
    "sees_video",
    "visible",
]
