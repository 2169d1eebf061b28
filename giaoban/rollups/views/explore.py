"""The explorer: the table with its chart, the downloads, the units found while one types."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from giaoban.core.language import reader_language
from giaoban.core.snapshot import snapshot
from giaoban.rollups import exports
from giaoban.rollups.explorer import address, choosing, drawing, table
from giaoban.rollups.views.loading import Loaded, load


@login_required
def explore(request: HttpRequest, agreement: str) -> HttpResponse:
    """The whole view is the query string; a form that was sent is put into its shortest words first."""
    download = request.GET.get("download", "")
    with snapshot():
        loaded = load(request, agreement)
        if "form" in request.GET:
            kept = {"find": request.GET.get("find", "").strip()}
            here = reverse("rollups:explore", args=[agreement])
            return HttpResponseRedirect(f"{here}?{address.encoded({**loaded.given, **kept})}")
        if download:
            return _download(loaded, download)
        context = _context(request, loaded)
    return render(request, "rollups/explore.html", context)


def _context(request: HttpRequest, loaded: Loaded) -> dict[str, Any]:
    valid = loaded.form.is_valid() and table.fits(loaded.scene, loaded.form)
    context: dict[str, Any] = {
        "agreement": loaded.agreement,
        "form": loaded.form,
        "choices": choosing.choices(loaded.form, request.GET.get("find", ""), loaded.by),
        "is_fresh": not loaded.given,
        "query": loaded.query,
    }
    if valid and loaded.scene.indicators:
        asked = loaded.form.asked
        shown = table.build(loaded.scene, asked, loaded.query)
        context |= {"asked": asked, "table": shown, **_chart(loaded, shown), **_links(loaded, shown)}
    return context


def _chart(loaded: Loaded, shown: table.Table) -> dict[str, Any]:
    wanted = drawing.picture(shown, reader_language())
    links = choosing.chart_links(loaded.query, shown, wanted)
    if wanted is None:
        return {"chart_links": links}
    source = f"{reverse('rollups:chart', args=[loaded.agreement.code])}?{address.encoded(loaded.query)}"
    return {"picture": wanted, "chart_source": source, "remark": drawing.remark(wanted), "chart_links": links}


def _links(loaded: Loaded, shown: table.Table) -> dict[str, Any]:
    pages = [
        (number, address.changed(loaded.query, page=number if number > 1 else None))
        for number in address.near(shown.page, shown.pages)
    ]
    downloads = [
        (kind.upper(), address.changed(loaded.query, download=kind, page=None)) for kind in exports.KINDS
    ]
    last = max(loaded.scene.span(period).last for period in shown.asked.periods)
    above = [
        (
            place.name,
            address.changed(loaded.query, unit=place.reference(last), level="below", page=None, sort=None),
        )
        for place in loaded.form.asked.places.above
    ]
    return {"pages": pages if shown.pages > 1 else [], "downloads": downloads, "above": above}


def _download(loaded: Loaded, kind: str) -> HttpResponse:
    if kind not in exports.KINDS:
        raise Http404
    if not loaded.form.is_valid():
        return _refused(loaded)
    asked = loaded.form.asked
    exports.check_size(asked)
    shown = table.build(loaded.scene, asked, loaded.query, whole=True)
    return exports.answer(kind, loaded.agreement, asked, shown)


def _refused(loaded: Loaded) -> HttpResponse:
    """Machines get the sentences too."""
    sentences = [str(error) for errors in loaded.form.errors.values() for error in errors]
    return HttpResponse("\n".join(sentences), status=400, content_type="text/plain; charset=utf-8")


@login_required
def chart(request: HttpRequest, agreement: str) -> HttpResponse:
    """The chart of the same view as SVG; unchanged data answer 304 without drawing."""
    with snapshot():
        loaded = load(request, agreement)
        if not loaded.form.is_valid():
            return _refused(loaded)
        wanted = drawing.picture(
            table.build(loaded.scene, loaded.form.asked, loaded.query), reader_language()
        )
    if wanted is None:
        raise Http404
    etag = f'"{wanted.etag}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if etag in request.headers.get("if-none-match", ""):
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(drawing.svg(wanted), content_type="image/svg+xml", headers=headers)


@login_required
def units(request: HttpRequest, agreement: str) -> HttpResponse:
    """Units to tick, found while one types."""
    loaded = load(request, agreement)
    found = choosing.found(loaded.form, request.GET.get("find", ""), loaded.by)
    return render(request, "rollups/_found.html", {"found": found, "find": request.GET.get("find", "")})
