"""The kinds of notices: what a person may switch off as mail. Every app registers its own when it starts.

register("reports.returned", _("A report was returned"), by_mail=True)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """label: for people. by_mail: does it also go by mail, unless the person chose otherwise?"""

    code: str
    label: Any
    by_mail: bool


_kinds: dict[str, Kind] = {}


def register(code: str, label: Any, *, by_mail: bool = False) -> str:
    """Make a kind known; returns its code."""
    _kinds[code] = Kind(code, label, by_mail)
    return code


def every() -> list[Kind]:
    """All kinds, by code."""
    return sorted(_kinds.values(), key=lambda kind: kind.code)


def find(code: str) -> Kind:
    """The kind; one that nobody registered is a mistake of ours."""
    if code not in _kinds:
        raise KeyError(f"{code}: no such kind of notice; register it with giaoban.notices.kinds.register")
    return _kinds[code]


def label_of(code: str) -> Any:
    """Its words for people, even if the app that had it is gone."""
    return _kinds[code].label if code in _kinds else code


OTHER = register("notice", _("Other notices"), by_mail=True)
