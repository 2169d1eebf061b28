"""What readers tell us: useful or not, and what is wrong on a page. No session, no token, no cookie."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from giaoban.core.pages.asking import refuse
from giaoban.core.refused import Refused
from giaoban.portal import reading
from giaoban.portal.actions import correcting
from giaoban.portal.forms import CorrectionForm
from giaoban.portal.models import TELLABLE, PortalPage
from giaoban.portal.origins import from_here
from giaoban.portal.queries import browsing
from giaoban.portal.showing import show_part
from giaoban.portal.views.public import asked_of, missing


def _open_page(request: HttpRequest, pk: str) -> PortalPage | None:
    """A page everybody may read now, of a kind readers are asked about."""
    found = browsing.open_pages(at=request.at).filter(pk=int(pk)).select_related("agreement").first()  # type: ignore[attr-defined]
    return found if found and getattr(found.specific_class, "kind", "") in TELLABLE else None


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, language: str, pk: str) -> HttpResponse:
    """The form, and what is sent with it."""
    page = _open_page(request, pk)
    if page is None:
        return missing(request, language)
    with translation.override(language):
        form = CorrectionForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and _is_taken(request, form, page, language):
            return HttpResponseRedirect(_address("thanks", language, page, "sent"))
        context = {"form": form, "about": page, "due_on": correcting.due_on(page, at=request.at)}  # type: ignore[attr-defined]
        status = 422 if form.errors else 200
    return _shown(request, language, "portal/correction.html", status, **context)


def _is_taken(request: HttpRequest, form: CorrectionForm, page: PortalPage, language: str) -> bool:
    """Was it taken in? A program that fell into the trap hears the same as a person."""
    if not from_here(request):
        form.full_clean()
        form.add_error(None, _("This was not sent from our page. Send it once more from here."))
        return False
    if not form.is_valid():
        return False
    if form.is_trapped:
        return True
    given = {name: form.cleaned_data[name] for name in ("words", "place", "email")}
    try:
        correcting.request_correction(
            page=page, language=language, address=_from(request), at=request.at, **given  # type: ignore[attr-defined]
        )  # fmt: skip
    except Refused as refusal:
        refuse(form, refusal)
        return False
    return True


@csrf_exempt
@require_POST
def useful(request: HttpRequest, language: str, pk: str) -> HttpResponse:
    """Yes or no, counted; who says no is asked what is wrong."""
    page, said = _open_page(request, pk), request.POST.get("answer", "")
    if page is None:
        return missing(request, language)
    sentence = ""
    with translation.override(language):
        if not from_here(request):
            sentence = _("This was not sent from our page. Send it once more from here.")
        elif said not in ("yes", "no"):
            sentence = _("Answer yes or no.")
        else:
            try:
                correcting.call_useful(
                    page=page, language=language, useful=said == "yes", address=_from(request), at=request.at  # type: ignore[attr-defined]
                )  # fmt: skip
            except Refused as refusal:
                sentence = str(refusal)
    if sentence:
        return _shown(request, language, "portal/thanks.html", 422, about=page, sentence=sentence, what="no")
    return HttpResponseRedirect(_address("thanks", language, page, "thanks"))


@require_safe
def done(request: HttpRequest, language: str, pk: str, what: str) -> HttpResponse:
    """Thanks, and what happens now."""
    page = _open_page(request, pk)
    if page is None:
        return missing(request, language)
    due_on = correcting.due_on(page, at=request.at) if what == "sent" else None  # type: ignore[attr-defined]
    return _shown(request, language, "portal/thanks.html", 200, about=page, what=what, due_on=due_on)


def _shown(request: HttpRequest, language: str, template: str, status: int, **context: Any) -> HttpResponse:
    front = browsing.home()
    if front is None:
        return missing(request, language)
    plain = reading.read(request).is_plain
    html = show_part(front, template, asked_of(request, language), **context, with_reading=not plain)
    return HttpResponse(
        html, status=status, headers={"Content-Language": language, "Cache-Control": "no-store"}
    )


def _address(name: str, language: str, page: PortalPage, what: str) -> str:
    return reverse(f"portal:{name}", kwargs={"language": language, "pk": page.pk, "what": what})


def _from(request: HttpRequest) -> str:
    """The address it comes from: digested at once, never kept."""
    return str(request.META.get("REMOTE_ADDR", ""))
