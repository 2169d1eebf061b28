"""The editor of a report form: what stands on the page is read back whole with every button.

Nothing is stored until "save"; every other button only changes the sections and shows them again.
A section is {"code", "title", "indicators", "narratives"}, as in FormVersion.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

Section = dict[str, Any]
MOST = 200
_STEPS = {"up": -1, "down": 1}


def empty_section(sections: Sequence[Section]) -> Section:
    return {
        "code": _fresh("s", [s["code"] for s in sections]),
        "title": {},
        "indicators": [],
        "narratives": [],
    }


def read(sent: QueryDict) -> list[Section]:
    """The sections as they stand on the page that was sent."""
    return [_section(sent, n) for n in range(_count(sent, "sections"))]


def names_in(sent: QueryDict, before: dict[str, str]) -> dict[str, str]:
    """The name of the form as it stands on the page."""
    return _wording(sent, "name", before)


def apply(sections: list[Section], button: str, sent: QueryDict) -> list[Section]:
    """The sections after a button such as `section-up:1` or `question-remove:0:2`. Unknown ones do nothing."""
    name, _colon, rest = button.partition(":")
    places = [int(part) for part in rest.split(":") if part.isdigit()]
    if name == "section-add":
        return [*sections, empty_section(sections)]
    if not places or places[0] >= len(sections):
        return sections
    section = sections[places[0]]
    what, _dash, step = name.partition("-")
    if what == "section":
        return _shifted(sections, places[0], step)
    if name == "indicator-add":
        chosen = sent.get(f"s{places[0]}-add", "")
        section["indicators"] += [chosen] if chosen and chosen not in section["indicators"] else []
    elif name == "question-add":
        section["narratives"].append(
            {"code": _fresh("q", _questions(sections)), "title": {}, "required": False}
        )
    elif len(places) == 2 and what in ("indicator", "question"):
        rows = "indicators" if what == "indicator" else "narratives"
        section[rows] = _shifted(section[rows], places[1], step)
    return sections


def _section(sent: QueryDict, n: int) -> Section:
    return {
        "code": sent.get(f"s{n}-code", "")[:80] or f"s{n + 1}",
        "title": _wording(sent, f"s{n}-title"),
        "indicators": sent.getlist(f"s{n}-indicator"),
        "narratives": [_question(sent, f"s{n}-q{m}") for m in range(_count(sent, f"s{n}-questions"))],
    }


def _question(sent: QueryDict, prefix: str) -> dict[str, Any]:
    return {
        "code": sent.get(f"{prefix}-code", "").strip()[:80],
        "title": _wording(sent, f"{prefix}-title"),
        "required": f"{prefix}-required" in sent,
    }


def _wording(sent: QueryDict, prefix: str, before: dict[str, str] | None = None) -> dict[str, str]:
    given = {lang: sent.get(f"{prefix}_{lang}", "").strip()[:1000] for lang in ("vi", "en")}
    return {lang: text for lang, text in ((before or {}) | given).items() if text}


def _shifted(rows: list[Any], here: int, step: str) -> list[Any]:
    """The rows with one moved up or down, or removed."""
    if here >= len(rows):
        return rows
    rest = [row for n, row in enumerate(rows) if n != here]
    if step == "remove":
        return rest
    there = min(max(here + _STEPS.get(step, 0), 0), len(rest))
    return [*rest[:there], rows[here], *rest[there:]]


def _count(sent: QueryDict, name: str) -> int:
    text = sent.get(name, "")
    return min(int(text), MOST) if text.isdigit() else 0


def _questions(sections: Sequence[Section]) -> list[str]:
    return [question["code"] for section in sections for question in section["narratives"]]


def _fresh(letter: str, taken: Sequence[str]) -> str:
    return next(code for n in range(1, 10_000) if (code := f"{letter}{n}") not in taken)
