"""Who is invited and who was named, for those who may know."""

from __future__ import annotations

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404

from giaoban.core.actors import Actor
from giaoban.meetings.models import (
    ACTIVE,
    TAKEN,
    Delegate,
    DelegateState,
    Invitation,
    InvitationState,
    Meeting,
    VideoRule,
)
from giaoban.meetings.policy import DELEGATES, INVITATIONS, MEETINGS

COUNTS = {
    "named": Count("delegates", filter=Q(delegates__state__in=ACTIVE)),
    "seated": Count("delegates", filter=Q(delegates__state__in=TAKEN)),
    "waiting": Count("delegates", filter=Q(delegates__state=DelegateState.WAITING)),
}


def invitations_of(meeting: Meeting, by: Actor) -> QuerySet[Invitation]:
    """The invitations the actor may know of, with how many delegates are `named`, `seated`, `waiting`."""
    rows = meeting.invitations.filter(INVITATIONS.q(by, "read"))
    if not MEETINGS.may_in(by, "read_draft", meeting.agreement_id):
        rows = rows.exclude(state=InvitationState.PREPARED)
    return rows.select_related("unit", "meeting__agreement").annotate(**COUNTS)


def invitation_for(meeting: Meeting, by: Actor, pk: int, right: str = "read") -> Invitation:
    """One invitation, or "not found"."""
    found = invitations_of(meeting, by).filter(INVITATIONS.q(by, right), pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found


def own_invitations(meeting: Meeting, by: Actor) -> list[Invitation]:
    """The invitations that the actor may answer as a unit's person, not as the secretariat."""
    units = {m.unit_id for m in getattr(by, "memberships", ()) if m.agreement_id == meeting.agreement_id}
    rows = invitations_of(meeting, by).filter(INVITATIONS.q(by, "answer"), unit__in=units)
    return list(rows)


def sees_video(meeting: Meeting, by: Actor) -> bool:
    """May the actor see the video link? The secretariat and the chair always; others by the meeting's rule."""
    if not meeting.video_url:
        return False
    if meeting.video_rule == VideoRule.EVERYBODY or MEETINGS.may_in(by, "read_draft", meeting.agreement_id):
        return True
    invited = (InvitationState.SENT, InvitationState.ACCEPTED)
    return meeting.video_rule == VideoRule.DELEGATES and (
        meeting.invitations.filter(INVITATIONS.q(by, "answer"), state__in=invited).exists()
    )


def delegates_of(meeting: Meeting, by: Actor) -> QuerySet[Delegate]:
    """Every delegate the actor may know of, in protocol order."""
    rows = Delegate.objects.filter(DELEGATES.q(by, "read"), invitation__meeting=meeting)
    return rows.select_related(
        "invitation__unit", "invitation__meeting__agreement", "replaced_by", "replaces"
    ).order_by("invitation__position", "position", "pk")


def delegate_for(meeting: Meeting, by: Actor, pk: int, right: str = "read") -> Delegate:
    """One delegate, or "not found"."""
    found = delegates_of(meeting, by).filter(DELEGATES.q(by, right), pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found


def may_see_contacts(by: Actor, meeting: Meeting) -> bool:
    """May the actor see phones and addresses of every delegation? His own unit's he always may."""
    return MEETINGS.may_in(by, "write", meeting.agreement_id)


def protocol_list(meeting: Meeting) -> list[Delegate]:
    """Everybody who holds a seat, in protocol order. For badges, plates, the door and the minutes."""
    rows = Delegate.objects.filter(invitation__meeting=meeting, state__in=TAKEN)
    rows = rows.exclude(invitation__state__in=(InvitationState.DECLINED, InvitationState.WITHDRAWN))
    return list(rows.select_related("invitation__unit").order_by("invitation__position", "position", "pk"))


def delegations(meeting: Meeting) -> list[Invitation]:
    """Every invitation with all its delegates (`delegates.all()`), replaced and declined ones too."""
    rows = Delegate.objects.select_related("replaced_by").order_by("position", "pk")
    return list(meeting.invitations.select_related("unit").prefetch_related(Prefetch("delegates", rows)))
