"""The portal's place in the workspace: open it, see what waits, go to the editor."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core.pages.asking import ask
from giaoban.portal.actions.opening import open_portal
from giaoban.portal.forms import OpenForm
from giaoban.portal.policy import PORTAL
from giaoban.portal.queries import browsing, editing, readers


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this person on the portal."""
    if not PORTAL.may_at_all(request.by, "write"):
        raise Http404
    context = {
        "home": browsing.home(),
        "may_publish": PORTAL.may_at_all(request.by, "publish"),
        "drafts": editing.drafts(request.by),
        "stale": editing.stale(request.by),
        "waiting": readers.waiting(request.by),
    }
    return render(request, "portal/desk.html", context)


@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """Open the portal of an agreement."""
    own = [a for a in Agreement.objects.all() if PORTAL.may_in(request.by, "publish", a.pk)]
    if not own:
        raise Http404
    if browsing.home():
        return redirect("portal:desk")
    form = OpenForm(request.POST or None, agreements=own)
    return ask(
        request, form, lambda **given: open_portal(**given, by=request.by, at=request.at),
        title=_("Open the portal"), back="/portal/", done=_("The portal is open."),
    )  # fmt: skip
