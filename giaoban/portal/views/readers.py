"""How often pages were read, and whether they were of use: numbers, and nobody behind them."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy, ngettext

from giaoban.core.pages import Column, ListPage
from giaoban.portal.policy import PORTAL
from giaoban.portal.queries import readers

LIST = ListPage(
    name="readings",
    columns=(
        Column("title", gettext_lazy("Page"), link=lambda p: p.address("vi") if p.live else "", sort="title"),
        Column(
            "unit", gettext_lazy("Unit"), value=lambda p: p.unit.name if p.unit else "", sort="unit__name"
        ),
        Column("reads", gettext_lazy("Read"), kind="number", sort="reads"),
        Column("useful", gettext_lazy("Useful"), kind="number", sort="useful"),
        Column("useless", gettext_lazy("Not useful"), kind="number", sort="useless"),
    ),
    search=("title", "title_en", "unit__name"),
    sort="-reads",
)


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The pages of the last days that were counted, a plot of the days, and all of it to take home."""
    if not PORTAL.may_at_all(request.by, "write"):
        raise Http404
    asked = request.GET.get("days", "")
    span = int(asked) if asked in map(str, readers.SPANS) else 30
    until = readers.last_day(request.by) or request.by.day
    since = until - timedelta(days=span - 1)
    bars = readers.by_day(request.by, since=since, until=until)
    context = {
        "bars": bars, "width": len(bars) * 10, "most": max((bar.reads for bar in bars), default=0),
        "total": sum(bar.reads for bar in bars), "span": span, "since": since, "until": until,
        "spans": [(ngettext("%(n)s day", "%(n)s days", n) % {"n": n}, f"?days={n}", n == span) for n in readers.SPANS],
    }  # fmt: skip
    rows = readers.read_pages(request.by, since=since, until=until)
    return LIST.answer(request, rows, "portal/readers.html", context)
