"""All meetings of an agreement, and a new one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.queries import agreement_for
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask
from giaoban.meetings import actions, queries
from giaoban.meetings.forms import MeetingForm
from giaoban.meetings.models import Kind, Meeting, Mode, State
from giaoban.meetings.policy import MEETINGS
from giaoban.meetings.views.frame import TONES, crumbs

MEETINGS_PAGE = ListPage(
    name="meetings",
    columns=(
        Column("title", _("Meeting"), value=str, link=Meeting.get_absolute_url, sort=KT("titles__vi")),
        Column("kind", _("Kind"), value=Meeting.get_kind_display, sort="kind"),
        Column("starts_at", _("Begins"), kind="moment", sort="starts_at"),
        Column("venue", _("Venue"), sort="venue"),
        Column("mode", _("Held"), value=Meeting.get_mode_display, sort="mode"),
        Column("host", _("Host unit"), value=lambda m: m.host.name if m.host else "", sort="host__name"),
        Column(
            "state", _("State"), value=Meeting.get_state_display, tone=lambda m: TONES[State(m.state)], sort="state"
        ),
    ),
    search=(KT("titles__vi"), KT("titles__en"), "venue", "host__name"),
    filters=(
        Filter("state", _("State"), State.choices),
        Filter("kind", _("Kind"), Kind.choices),
        Filter("mode", _("Held"), Mode.choices),
    ),
    sort="-starts_at",
)  # fmt: skip


@login_required
def index(request: HttpRequest, agreement: str) -> HttpResponse:
    """The meetings the reader may know of."""
    found = agreement_for(request.by, agreement)
    may_write = MEETINGS.may_in(request.by, "write", found.pk)
    context: dict[str, Any] = {"agreement": found, "may_write": may_write}
    if may_write:
        context |= {
            "empty_text": gettext("A meeting is prepared in draft; units see it once it is announced."),
            "empty_url": reverse("meetings:new", args=[agreement]), "empty_action": gettext("New meeting"),
        }  # fmt: skip
    return MEETINGS_PAGE.answer(request, queries.visible(request.by, found), "meetings/index.html", context)


@login_required
def new(request: HttpRequest, agreement: str) -> HttpResponse:
    """Prepare a meeting."""
    found = agreement_for(request.by, agreement)
    if not MEETINGS.may_in(request.by, "write", found.pk):
        raise Http404
    begin = {
        "organisers": f"{found.lead.code} · {found.lead.name}",
        "kind": Kind.REVIEW,
        "mode": Mode.IN_PERSON,
    }
    form = MeetingForm(
        request.POST or None, agreement=found, by=request.by, day=request.by.day, initial=begin
    )

    def act(**given: Any) -> str:
        made = actions.make_meeting(agreement=found, by=request.by, at=request.at, **given)
        return made.get_absolute_url()

    return ask(
        request, form, act, title=gettext("New meeting"), back=reverse("meetings:index", args=[agreement]),
        agreement=found, crumbs=crumbs(found),
        done=gettext("The meeting is there, in draft. Only those who prepare it see it."),
    )  # fmt: skip
