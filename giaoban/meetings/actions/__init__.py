"""Verbs of meetings."""

from giaoban.meetings.actions.delegates import (
    Person,
    agree,
    confirm,
    decline_delegate,
    edit_delegate,
    name_delegate,
    reconsider,
    refuse,
    replace,
)
from giaoban.meetings.actions.invitations import (
    accept,
    decline,
    edit_invitation,
    invite,
    prepare_again,
    set_quotas,
    withdraw,
)
from giaoban.meetings.actions.meetings import Details, edit_meeting, make_meeting, move_meeting
from giaoban.meetings.actions.officers import add_officer, edit_officer, remove_officer
from giaoban.meetings.actions.replies import take_reply
from giaoban.meetings.actions.seats import promote
from giaoban.meetings.actions.sending import send_invitations, set_letter
from giaoban.meetings.actions.series import edit_series, make_series

__all__ = [
    "Details",
    "Person",
    "accept",
    "add_officer",
    "agree",
    "confirm",
    "decline",
    "decline_delegate",
    "edit_delegate",
    "edit_invitation",
    "edit_meeting",
    "edit_officer",
    "edit_series",
    "invite",
    "make_meeting",
    "make_series",
    "move_meeting",
    "name_delegate",
    "prepare_again",
    "promote",
    "reconsider",
    "refuse",
    "remove_officer",
    "replace",
    "send_invitations",
    "set_letter",
    "set_quotas",
    "take_reply",
    "withdraw",
]
