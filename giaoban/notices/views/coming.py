"""What comes back, and what calendar programs and mail gateways ask: signed addresses, no session."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from giaoban.core.actors import System
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.lib.itip import publish
from giaoban.notices import actions, feeds, gateway, queries
from giaoban.notices.forms import ReplyForm
from giaoban.notices.models import Feed, Returned
from giaoban.notices.policy import RETURNED

MOST_BYTES = 5_000_000

REPLIES = ListPage(
    name="replies",
    columns=(
        Column(
            "outcome", _("What came of it"), value=lambda r: r.outcome or gettext("(erased)"),
            template="notices/cell_outcome.html",
        ),
        Column(
            "taken", _("State"), value=lambda r: _("taken in") if r.taken else _("not taken in"),
            tone=lambda r: "good" if r.taken else "warn", sort="taken",
        ),
        Column("way", _("Way in"), value=Returned.get_way_display, sort="way"),
        Column("at", _("Received"), kind="moment", sort="at"),
    ),
    search=("outcome", "uid"),
    filters=(
        Filter("taken", _("State"), ((True, _("taken in")), (False, _("not taken in")))),
        Filter("way", _("Way in"), (("upload", _("upload")), ("gateway", _("mail gateway")))),
    ),
    sort="-at",
)  # fmt: skip


@login_required
def replies(request: HttpRequest) -> HttpResponse:
    """Bring a reply in, and see what came of the earlier ones."""
    if not RETURNED.may_at_all(request.by, "bring"):
        raise Http404
    form = ReplyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        row = actions.bring_in(
            content=file.read(), way="upload", is_letter=file.name.lower().endswith(".eml"), by=request.by,
            at=request.at,
        )  # fmt: skip
        (messages.success if row.taken else messages.error)(request, row.outcome)
        return HttpResponseRedirect(reverse("notices:replies"))
    context = {"form": form, "empty_title": gettext("No reply was brought in yet.")}
    return REPLIES.answer(request, queries.brought_by(request.by), "notices/replies.html", context)


@csrf_exempt
@require_POST
def from_gateway(request: HttpRequest) -> JsonResponse:
    """A mail as the gateway received it, raw in the body, signed. Without a key this address does not exist."""
    key = settings.MAIL_GATEWAY_KEY
    if not key:
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return JsonResponse({"error": "The mail is larger than 5 MB."}, status=413)
    body = request.read(MOST_BYTES)
    wrong = gateway.fault(body, request.headers.get(gateway.HEADER, ""), key=key, at=request.at)
    if wrong:
        return JsonResponse({"error": f"The signature is not right ({wrong})."}, status=403)
    row = actions.bring_in(content=body, way="gateway", by=System("mail gateway"), at=request.at)
    return JsonResponse({"taken": row.taken, "outcome": row.outcome})


@require_safe
def feed(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """A calendar, for whoever has the address."""
    found = Feed.objects.select_related("person", "unit").filter(pk=pk).first()
    if found is None or not feeds.fits(found, token) or (found.person and not found.person.is_active):
        raise Http404
    with translation.override(found.person.language if found.person else settings.LANGUAGE_CODE):
        name = gettext("Giao Ban: %(whose)s") % {"whose": found.person or found.unit}
        events = feeds.events(person=found.person, unit=found.unit, at=request.at)
        text = publish(events, name=name, source=request.build_absolute_uri()).text
    headers: dict[str, Any] = {"Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)
