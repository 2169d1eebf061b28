"""What machines read: feeds of the front page, sections and units; the site map; robots."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.http import require_safe

from giaoban.portal.describing import as_json
from giaoban.portal.models import HomePage, PortalPage, RegisterPage, SectionPage, UnitPage
from giaoban.portal.queries import browsing
from giaoban.portal.queries.browsing import Found
from giaoban.portal.stored.storing import kept

#: Pages that gather others.
LISTS = (HomePage, SectionPage, UnitPage, RegisterPage)
FEEDS = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
MOST = 30
#: A site map holds no more.
MOST_PAGES = 25_000


@kept
@require_safe
def feed(request: HttpRequest, language: str, path: str, format: str) -> HttpResponse:
    """The newest of the front page, of a section, or of a unit, as RSS or Atom."""
    found = browsing.page_at(path, at=request.at)  # type: ignore[attr-defined]
    if found is None or not isinstance(found.page, (HomePage, SectionPage, UnitPage)):
        raise Http404
    page, origin = found.page, settings.SITE_URL
    made = FEEDS[format](
        title=str(page.say("title", language)), link=origin + page.address(language), language=language,
        description=str(page.say("lead", language)), feed_url=f"{origin}{page.address(language)}{format}.xml",
    )  # fmt: skip
    for row in _told(found, request):
        link = origin + row.address(language)
        made.add_item(
            title=str(row.say("title", language)), link=link, description=str(row.say("lead", language)),
            unique_id=f"{origin}/#page-{row.pk}", unique_id_is_permalink=False, pubdate=row.when,
            updateddate=row.last_published_at, author_name=row.unit.name if row.unit else None,
        )  # fmt: skip
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


@kept
@require_safe
def described(request: HttpRequest, language: str, path: str) -> HttpResponse:
    """A page as JSON; see giaoban.portal.describing."""
    found = browsing.page_at(path, at=request.at)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    newest = _told(found, request) if isinstance(found.page, LISTS) else None
    way = [step.homepage if step.depth == 2 else step for step in found.way]
    answer = as_json(found.page, way, newest, language)
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _told(found: Found, request: HttpRequest) -> list[PortalPage]:
    at = request.at  # type: ignore[attr-defined]
    beside = browsing.around(at=at)
    if isinstance(found.page, UnitPage):
        return list(browsing.telling(at=at, beside=beside, unit=found.page.unit_id)[:MOST])
    rows = browsing.telling(at=at, beside=beside, under=found.page)
    return list(browsing.first_told(rows, at=at, beside=beside)[:MOST])


@kept
@require_safe
def sitemap(request: HttpRequest) -> StreamingHttpResponse:
    """Every open page in both languages, each naming the other; of one event the page that told of it first."""
    return StreamingHttpResponse(_entries(request), content_type="application/xml; charset=utf-8")


def _entries(request: HttpRequest) -> Iterator[str]:
    origin = settings.SITE_URL
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    )
    at = request.at  # type: ignore[attr-defined]
    beside = browsing.around(at=at)
    rows = browsing.open_pages(at=at, beside=beside)
    for page in browsing.first_told(rows, at=at, beside=beside)[:MOST_PAGES]:
        both = {code: origin + page.address(code) for code in ("vi", "en")}
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{url}"/>'
            for code, url in (*both.items(), ("x-default", both["vi"]))
        )
        day = page.last_published_at.date().isoformat() if page.last_published_at else ""
        for url in both.values():
            yield f"<url><loc>{url}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}{links}</url>\n"
    yield "</urlset>\n"


@kept
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The public side is open; the workspace and the editor are not for search engines."""
    lines = [
        "User-agent: *",
        "Allow: /vi/",
        "Allow: /en/",
        "Allow: /media/",
        "Allow: /static/",
        "Disallow: /",
    ]
    lines.append(f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
