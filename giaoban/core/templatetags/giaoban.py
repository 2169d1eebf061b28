"""Tags and filters of every page (they are builtins: no {% load %} needed). docs/explanation/screens.md lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.db.models import Model
from django.forms import BoundField, widgets
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from giaoban.core import figures, slots
from giaoban.core.language import reader_language
from giaoban.lib import text

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(
    context: template.Context, name: str, row: Model, among: Iterable[Model] | None = None
) -> SafeString:
    """What upper apps show here of this row; with `among` (all rows of the page) they are asked once."""
    page: Any = context.render_context
    kept = page.setdefault(("slots", name), {})
    if row.pk not in kept:
        rows = [row] if among is None else list(among)
        found = slots.contents(name, rows, context["request"])
        kept.update({each.pk: found.get(each.pk, []) for each in rows})
    return mark_safe("".join(kept.get(row.pk, ())))


@register.filter
def figure(value: Decimal | int | None, decimals: int = 0) -> str | SafeString:
    """A number in the reader's way of writing; no value is a dash that is read out as such."""
    if value is None or value == "":
        return format_html(
            '<span class="no-value"><span aria-hidden="true">–</span>'
            '<span class="visually-hidden">{}</span></span>',
            _("no data"),
        )
    return figures.written(value, int(decimals or 0))


@register.filter
def signed(value: Decimal | int | None, decimals: int = 0) -> str | SafeString:
    """A difference, with its sign: +1.234 or −5."""
    if value is None or value == "":
        return figure(None)
    size = figures.written(abs(Decimal(value)), int(decimals or 0))
    return f"+{size}" if value > 0 else f"−{size}" if value < 0 else size


@register.filter
def percent(part: int | None, whole: int | None) -> str | SafeString:
    """Part of the whole in per cent, one decimal: 96,5 %. Nothing due: no rate."""
    if part is None or not whole:
        return figure(None)
    return f"{figures.written(Decimal(part) * 100 / Decimal(whole), 1)} %"


@register.filter
def pick(names: Mapping[str, str] | None) -> str:
    """The name in the reader's language, else in Vietnamese, else any there is."""
    return text.pick(names or {}, reader_language())


@register.filter
def day(value: date | datetime | None) -> str | SafeString:
    """05/01/2026, as a <time>; nothing for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    shown = formats.date_format(value, "SHORT_DATE_FORMAT")
    return format_html('<time datetime="{}" class="text-nowrap">{}</time>', value.strftime("%Y-%m-%d"), shown)


@register.filter
def moment(value: datetime | None) -> str | SafeString:
    """Date and hour, as a <time>, in the zone of the page; nothing for none."""
    if value is None or value == "":
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    shown = formats.date_format(local, "SHORT_DATETIME_FORMAT")
    return format_html(
        '<time datetime="{}" class="text-nowrap">{}</time>', local.isoformat(timespec="minutes"), shown
    )


@register.simple_tag
def badge(label: Any, tone: str = "plain") -> SafeString:
    """A state in words on a quiet ground. Tones: plain, wait, good, warn, bad. Never colour alone."""
    return format_html('<span class="state state-{}">{}</span>', tone, label)


@register.simple_tag
def crumb(label: Any, url: str = "", lang: str = "") -> SafeString:
    """One step of {% block breadcrumbs %}; the last one, this page, has no address. lang: of its words, if another."""
    if lang:
        label = format_html('<span lang="{}">{}</span>', lang, label)
    if url:
        return format_html('<li class="breadcrumb-item"><a href="{}">{}</a></li>', url, label)
    return format_html('<li class="breadcrumb-item active" aria-current="page">{}</li>', label)


@register.simple_tag(takes_context=True)
def tab(context: template.Context, label: Any, url: str, current: bool | None = None) -> SafeString:
    """One tab of {% block tabs %}: a link; the current page is found by its address."""
    here = context["request"].path == url.split("?")[0] if current is None else current
    mark = mark_safe(' aria-current="page"') if here else ""
    css = "nav-link active" if here else "nav-link"
    return format_html('<li class="nav-item"><a class="{}" href="{}"{}>{}</a></li>', css, url, mark, label)


@register.simple_tag(takes_context=True)
def places(context: template.Context) -> list[Any]:
    """The navigation of this person on this page (giaoban.config.navigation); empty where there is none."""
    find = context.get("navigation")
    return find(context.get("agreement")) if find else []


@register.simple_block_tag(takes_context=True)
def framed(context: template.Context, content: str, frame: str) -> SafeString:
    """The content inside the template `frame` (as `inner`); nothing at all when the content is blank."""
    if not content.strip():
        return mark_safe("")
    return render_to_string(frame, {"inner": mark_safe(content)})


@register.filter
def anchor(field: BoundField) -> str:
    """The id of the first control of a field, for the links of the error summary."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The widget of a form field with the look's class."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{own} {_css(field)}".strip()})


@register.filter
def is_group(field: BoundField) -> bool:
    """Several controls under one label (radio buttons, check boxes)?"""
    return bool(field.field.widget.use_fieldset)


@register.filter
def is_tick(field: BoundField) -> bool:
    """A single check box: its label stands behind it."""
    return isinstance(field.field.widget, widgets.CheckboxInput)


def _css(field: BoundField) -> str:
    kind = field.field.widget
    if isinstance(kind, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
        return "choices"
    if isinstance(kind, widgets.CheckboxInput):
        name = "form-check-input"
    elif isinstance(kind, widgets.Select):
        name = "form-select"
    else:
        name = "form-control"
    return f"{name} is-invalid" if field.errors else name
