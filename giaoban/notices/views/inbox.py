"""A person's own notices: inbox, what goes by mail, calendar addresses."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask, confirm
from giaoban.notices import actions, feeds, kinds, queries
from giaoban.notices.forms import ChoicesForm
from giaoban.notices.models import Feed, Notice
from giaoban.units.models import Unit

READ, UNREAD = "read", "unread"


def _by_reading(rows: QuerySet[Notice], value: str) -> QuerySet[Notice]:
    return rows.filter(read_at__isnull=value == UNREAD)


INBOX = ListPage(
    name="notices",
    columns=(
        Column("sentence", _("Notice"), value=str, template="notices/cell_notice.html"),
        Column("made_at", _("Received"), kind="moment", sort="made_at"),
        Column(
            "state", _("State"), value=lambda n: _("read") if n.read_at else _("unread"),
            tone=lambda n: "plain" if n.read_at else "wait", sort="read_at",
        ),
        Column("kind", _("Kind"), value=lambda n: n.kind_label, template="notices/cell_kind.html"),
    ),
    search=(KT("sentences__vi"), KT("sentences__en")),
    filters=(
        Filter("state", _("State"), ((UNREAD, _("unread")), (READ, _("read"))), where=_by_reading),
        Filter("kind", _("Kind")),
    ),
    sort="-made_at",
)  # fmt: skip


@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """What the person was told, newest first."""
    rows = queries.inbox(request.user)
    choices = {"kind": [(kind.code, kind.label) for kind in kinds.every()]}
    context = {
        "empty_title": gettext("No notices yet."),
        "empty_text": gettext(
            "Here you find what concerns you: a report was returned, a deadline comes near."
        ),
    }
    return INBOX.answer(request, rows, "notices/inbox.html", context, choices=choices)


@login_required
@require_POST
def open_(request: HttpRequest, pk: int) -> HttpResponse:
    """Read: and on to the page it is about."""
    notice = queries.notice_for(request.user, pk)
    actions.mark_read(notice=notice, at=request.at)
    safe = url_has_allowed_host_and_scheme(notice.url, {request.get_host()})
    return HttpResponseRedirect(notice.url if notice.url and safe else reverse("notices:inbox"))


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Everything is read."""
    count = actions.mark_all_read(person=request.user, at=request.at)
    said = ngettext("%(count)s notice marked as read.", "%(count)s notices marked as read.", count)
    messages.success(request, said % {"count": count})
    return HttpResponseRedirect(reverse("notices:inbox"))


@login_required
def choices(request: HttpRequest) -> HttpResponse:
    """Which notices also go by mail."""
    form = ChoicesForm(request.POST or None, held=queries.choices(request.user))

    def act(by_mail: list[str]) -> None:
        actions.choose(person=request.user, by_mail=by_mail, by=request.by, at=request.at)

    if request.method == "POST" and not request.POST.getlist("by_mail"):
        form = ChoicesForm({"by_mail": []}, held=queries.choices(request.user))
    return ask(
        request, form, act, title=gettext("Notices by mail"), back=reverse("notices:choices"),
        done=gettext("Your choice was saved."), template="notices/choices.html",
    )  # fmt: skip


@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """The secret addresses of calendars, to be put into a calendar program."""
    mine, units = queries.feeds_of(request.by, request.user)
    lines = [_line(gettext("My calendar"), mine, "me")]
    lines += [_line(unit.name, feed, str(unit.pk)) for unit, feed in units]
    return render(request, "notices/calendar.html", {"lines": lines})


def _line(label: str, feed: Feed | None, whose: str) -> dict[str, Any]:
    path = reverse("notices:feed", args=[feed.pk, feeds.token(feed)]) if feed else ""
    return {"label": label, "feed": feed, "whose": whose, "path": path, "address": settings.SITE_URL + path}


@login_required
@require_POST
def make_feed(request: HttpRequest) -> HttpResponse:
    """Make the address of my calendar, or of a unit's."""
    whose = request.POST.get("whose", "")
    given: dict[str, Any] = {"person": request.user}
    if whose != "me":
        unit = Unit.objects.filter(pk=int(whose) if whose.isdigit() else 0).first()
        if unit is None:
            raise Http404
        given = {"unit": unit}
    actions.make_feed(by=request.by, at=request.at, **given)
    return HttpResponseRedirect(reverse("notices:calendar"))


@login_required
def renew_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the old address worthless."""
    feed = queries.feed_for(request.by, pk)
    return confirm(
        request, lambda: actions.renew_feed(feed=feed, by=request.by, at=request.at) and None,
        title=gettext("Renew the calendar address"), action=gettext("Renew"), tone="primary",
        sentence=gettext("Programs that read the old address get nothing any more; give them the new one."),
        back=reverse("notices:calendar"), done=gettext("The calendar has a new address."),
        crumbs=[(gettext("Calendars"), reverse("notices:calendar"))],
    )  # fmt: skip
