"""{% load lines %}{{ place.hierarchy|line_name }}: a hierarchy in the reader's words."""

from django import template

from giaoban.units.browsing import line_name as named

register = template.Library()


@register.filter
def line_name(name: str) -> str:
    return named(name)
