"""The portal of the demonstration: 30 articles, documents, the half-year review and its meeting."""

from giaoban.programmes.demo.portal.build import build_portal
from giaoban.programmes.demo.portal.rest import mark_publishable

__all__ = ["build_portal", "mark_publishable"]
