"""What the pages of this app share: the agreement, the way to a page, the buttons."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.agreements.policy import AGREEMENTS
from giaoban.agreements.queries import agreement_for


def readable(request: HttpRequest, code: str) -> tuple[Agreement, dict[str, Any]]:
    """The agreement and the context of a page to look at; "not found" for who may not read it."""
    agreement = agreement_for(request.by, code)
    return agreement, {
        "agreement": agreement, "may_manage": AGREEMENTS.may_in(request.by, "manage", agreement.pk),
    }  # fmt: skip


def managed(request: HttpRequest, code: str) -> Agreement:
    """The agreement, for who manages it; else "not found"."""
    return agreement_for(request.by, code, "manage")


def address(name: str, agreement: Agreement, *args: Any) -> str:
    return reverse(f"reportforms:{name}", args=[agreement.code, *args])


def crumbs(agreement: Agreement, name: str, *more: tuple[Any, str]) -> list[tuple[Any, str]]:
    """The way: the agreement, the list, and what stands between."""
    titles = {
        "indicators": _("Indicators"), "breakdowns": _("Breakdowns"), "forms": _("Report forms"), "rules": _("Rules"),
        "regimes": _("Reporting regimes"), "exclusions": _("Exclusions"), "calendar": _("Calendar"),
    }  # fmt: skip
    return [(str(agreement), agreement.get_absolute_url()), (titles[name], address(name, agreement)), *more]


def done(act: Any, **given: Any) -> None:
    """Act, and stay with the address the page goes back to."""
    act(**given)
