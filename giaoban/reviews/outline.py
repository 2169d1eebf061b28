"""The outline of a review and the house's words around it: the product's own, or the agreement's."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from giaoban.agreements.models import Agreement
from giaoban.lib.text import fold, pick

_FILE = Path(__file__).parent / "data" / "outline.toml"

#: The words of the heading and the foot, with what stands there if the agreement says nothing.
LAYOUT: dict[str, Any] = {
    "superior": "",
    "issuers": [],
    "symbol": "",
    "addressees": [],
    "bases": [],
    "recipients": [],
    "signatures": [],
    "drafter": "",
    "contact": "",
    "type_name": "",
}


@lru_cache(maxsize=1)
def _own() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def settings_of(agreement: Agreement) -> dict[str, Any]:
    """Agreement.settings["review"]: the [review] part of its programme folder."""
    found = agreement.settings.get("review")
    return found if isinstance(found, dict) else {}


def option(agreement: Agreement, name: str) -> Any:
    """A rule of the outline: the agreement's, else the product's."""
    return settings_of(agreement).get(name, _own()[name])


def sections(agreement: Agreement) -> list[dict[str, Any]]:
    """The sections in order: code, level, titles, annex, fill, questions."""
    found = settings_of(agreement).get("sections") or _own()["sections"]
    return [{"level": 1, "annex": False, "fill": [], "questions": [], **each} for each in found]


def layout(agreement: Agreement, language: str) -> dict[str, Any]:
    """The words of a new review; those given in several languages are picked in the review's."""
    given = settings_of(agreement)
    words = {name: _spoken(given.get(name, value), language) for name, value in LAYOUT.items()}
    if not words["issuers"]:
        words["issuers"] = [agreement.lead.name]
    if not words["type_name"]:
        words["type_name"] = {"vi": "Báo cáo", "en": "Report"}[language]
    return words


def _spoken(value: Any, language: str) -> Any:
    if isinstance(value, Mapping) and value and set(value) <= {"vi", "en"}:
        return pick(value, language)
    if isinstance(value, list):
        return [_spoken(each, language) for each in value]
    return value


def asks(section: Mapping[str, Any], code: str, title: str) -> bool:
    """Do the answers to this question belong to this section?"""
    told = f"{fold(code)} {fold(title)}"
    return any(fold(word) in told for word in section["questions"])
