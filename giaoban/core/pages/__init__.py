"""A list page from a table: filter, search, sort, pages, CSV and XLSX.

Declare it once, in the app's views.py (or lists.py):

    REPORTS = ListPage(
        name="reports",                                       # file name of the downloads
        columns=(
            Column("unit", _("Unit"), link=lambda r: r.get_absolute_url(), sort=Folded("unit__name")),
            Column("due_at", _("Due"), kind="moment", sort="due_at"),
            Column("state", _("State"), value=Report.get_state_display, tone=lambda r: TONES[r.state], sort="state"),
            Column("value", _("Cases"), kind="number", decimals=1, sort="value"),
        ),
        search=("unit__code", "unit__name", KT("indicator__names__vi")),
        filters=(Filter("state", _("State"), State.choices), Filter("regime", _("Regime"))),
        sort="-due_at",
    )

and answer with it:

    def index(request, agreement):
        agreement = load(request, agreement)
        rows = queries.reports_of(agreement, by=request.by)           # a QuerySet, or a plain list
        regimes = [(r.pk, str(r)) for r in agreement.regimes.all()]
        return REPORTS.answer(
            request, rows, "reports/index.html", {"agreement": agreement}, choices={"regime": regimes})

The template extends base.html and holds, in {% block content %}, {% include "core/list.html" %}
(or its three parts core/list_filters.html, core/list_table.html, core/list_pager.html with own
things between). It finds everything in `page`; `page.rows` are the rows of this page, so that
{% slot "units.row" row among=page.rows %} asks once.

* Column: `value` is a function of the row (default: the attribute `name`; "unit.code" walks).
  kinds: text, number (with decimals), day, moment. `tone` makes a badge, `language` says in which one the words are.
  `link` gives the address of the cell. `template` draws the cell itself (context: row, value),
  downloads still take `value`. `sort`: an order_by path or expression; for plain lists True.
* Filter: `choices` in the declaration or per request in answer(choices=…); `lookup` is the
  queryset path (default: name), or the attribute of a list's rows; `where(rows, value)` replaces it.
  kind="day" asks for a date instead. `default` applies until the person chooses otherwise.
* search: fields or expressions (KT("names__vi")); for plain lists the text of all columns.
* Two queries per page (count, rows) plus what the rows themselves load: select_related is yours.
"""

from giaoban.core.pages.columns import Column
from giaoban.core.pages.filters import Filter
from giaoban.core.pages.listing import ListPage, Page

__all__ = ["Column", "Filter", "ListPage", "Page"]
