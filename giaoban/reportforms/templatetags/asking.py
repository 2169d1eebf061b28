"""{% load asking %}: rules of a regime in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from giaoban.lib.deadlines import DueRule
from giaoban.reportforms.models import Regime

register = template.Library()


@register.filter
def spec_name(spec: str) -> str:
    """`level:2` as "all units of level 2"; codes stay codes."""
    if spec.startswith("level:"):
        return _("all units of level %(level)s") % {"level": spec[6:]}
    if spec.startswith("group:"):
        return _("the group “%(name)s”") % {"name": spec[6:]}
    return spec


@register.filter
def due_name(rule: str) -> str:
    """`+3wd 17:00` as "3 working days, 17:00"."""
    parsed = DueRule.parse(rule)
    hour = f"{parsed.hour:%H:%M}"
    if parsed.working:
        text = ngettext(
            "%(days)s working day, at %(hour)s", "%(days)s working days, at %(hour)s", parsed.days
        )
    else:
        text = ngettext("%(days)s day, at %(hour)s", "%(days)s days, at %(hour)s", parsed.days)
    return text % {"days": parsed.days, "hour": hour}


@register.filter
def window_name(regime: Regime) -> str:
    """The data window in words."""
    month, _comma, week = regime.window.partition(", week:")
    names = {"calendar": _("the calendar's"), "nd09": _("Decree 09/2019: from the 15th to the 14th")}
    text = names.get(month) or _("months begin on day %(day)s") % {"day": month.removeprefix("months:")}
    return f"{text}; {_('weeks begin on')} {week}" if week else text
