"""One cell of the table of figures. A page holds hundreds, so they are written here and not in a template."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from giaoban.core.language import reader_language
from giaoban.lib.numbers import show
from giaoban.rollups.explorer.compare import RATE_DECIMALS, Compared
from giaoban.rollups.explorer.table import Cell

register = template.Library()


@register.simple_tag
def figure_cell(cell: Cell) -> SafeString:
    """The figure with its link, marks of notes, and reports accepted of due under it."""
    if cell.row is None:
        return mark_safe(_dash("·", _("not here in this period")))
    link = f'<a class="figure-link" href="{escape(cell.trace)}">{written(cell.value, cell.indicator.decimals)}</a>'
    return mark_safe(link + "".join(map(_mark, cell.marks)) + _complete(cell))


@register.simple_tag
def compared_cell(cell: Cell, one: Compared) -> SafeString:
    """What the figure is compared with, the difference and the rate."""
    decimals = cell.indicator.decimals
    text = written(one.value, decimals)
    if one.difference is None:
        return mark_safe(text)
    parts = [_signed(one.difference, decimals)]
    if one.rate is not None and one.is_target:
        parts.append(escape(_("%(rate)s %% reached") % {"rate": written(one.rate, RATE_DECIMALS)}))
    elif one.rate is not None:
        parts.append(f"{_signed(one.rate, RATE_DECIMALS)} %")
    return mark_safe(f'{text}<span class="complete">{" · ".join(parts)}</span>')


def written(value: Decimal | None, decimals: int) -> str:
    """The number as the reader writes it; a dash that is read out as “no data”."""
    if value is None:
        return _dash("–", _("no data"))
    return show(value, decimals, reader_language()).replace("-", "−")


def _signed(value: Decimal, decimals: int) -> str:
    text = written(value, decimals)
    return f"+{text}" if value > 0 else text


def _dash(sign: str, words: str) -> str:
    return (
        f'<span class="no-value"><span aria-hidden="true">{sign}</span>'
        f'<span class="visually-hidden">{escape(words)}</span></span>'
    )


def _mark(mark: str) -> str:
    label = escape(_("note %(mark)s") % {"mark": mark})
    return f'<sup><a href="#note-{mark}" aria-label="{label}">{mark}</a></sup>'


def _complete(cell: Cell) -> str:
    row = cell.row
    if row is None or not (row.due or row.accepted):
        nothing = escape(_("none due"))
        return f'<span class="complete">{nothing}</span>'
    label = escape(_("reports:"))
    text = f'<span class="visually-hidden">{label} </span>{row.accepted}/{row.due}'
    if cell.missing:
        words = escape(ngettext("%(n)s missing", "%(n)s missing", cell.missing) % {"n": cell.missing})
        text += f' <span class="flag">{words}</span>'
    if cell.late:
        words = escape(ngettext("%(n)s late", "%(n)s late", cell.late) % {"n": cell.late})
        text += f' <span class="flag flag-late">{words}</span>'
    return f'<span class="complete">{text}</span>'
