"""What people type about meetings."""

from giaoban.meetings.forms.invitations import (
    DelegateForm,
    InvitationForm,
    InviteForm,
    QuotaForm,
    ReplaceForm,
)
from giaoban.meetings.forms.meetings import MeetingForm, OfficerForm, ReasonForm

__all__ = [
    "DelegateForm",
    "InvitationForm",
    "InviteForm",
    "MeetingForm",
    "OfficerForm",
    "QuotaForm",
    "ReasonForm",
    "ReplaceForm",
]
