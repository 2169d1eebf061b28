"""Lists written one on each line: periods with days of their own, deadlines by level, receivers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from giaoban.lib.deadlines import DueRule
from giaoban.lib.errors import LibError

_SPAN = re.compile(r"(\S+)\s*=\s*(\S+)\s*\.\.\s*(\S+)")
_RECEIVER = re.compile(r"(.+?)\s*->\s*(\S+)(?:\s+from\s+(\S+))?(?:\s+until\s+(\S+))?")


def spans_of(text: str) -> dict[str, list[str]]:
    """`2026 = 2026-01-01 .. 2026-10-31` on each line, as Regime.spans."""
    found = {}
    for line in _lines(text):
        match = _SPAN.fullmatch(line)
        if match is None:
            raise ValidationError(
                _("“%(line)s” is not like 2026 = 2026-01-01 .. 2026-10-31.") % {"line": line}
            )
        found[match[1]] = [_day(match[2]), _day(match[3])]
    return found


def spans_text(spans: Mapping[str, Iterable[str]]) -> str:
    return "\n".join(f"{name} = {' .. '.join(days)}" for name, days in spans.items())


def deadlines_of(text: str) -> dict[str, str]:
    """`3 = +2wd 12:00` on each line, as RegimeVersion.due."""
    found = {}
    for line in _lines(text):
        level, _equals, rule = (part.strip() for part in line.partition("="))
        if not level.isdigit():
            raise ValidationError(_("“%(line)s” does not begin with a level.") % {"line": line})
        try:
            found[level] = str(DueRule.parse(rule))
        except LibError as error:
            raise ValidationError(_(error.template) % error.params) from None
    return found


def deadlines_text(due: Mapping[str, str]) -> str:
    return "\n".join(f"{level} = {rule}" for level, rule in sorted(due.items()) if level)


def receivers_of(text: str) -> list[dict[str, Any]]:
    """`level:3 -> 92 from 2026-01-01 until 2026-12-31` on each line, as RegimeVersion.receivers."""
    found = []
    for line in _lines(text):
        match = _RECEIVER.fullmatch(line)
        if match is None:
            raise ValidationError(_("“%(line)s” is not like level:3 -> 92.") % {"line": line})
        start, end = (_day(part) if part else None for part in (match[3], match[4]))
        found.append({"units": match[1], "to": match[2], "from": start, "to_date": end})
    return found


def receivers_text(receivers: Iterable[Mapping[str, Any]]) -> str:
    lines = []
    for rule in receivers:
        dates = "".join(
            f" {word} {rule[key]}" for word, key in (("from", "from"), ("until", "to_date")) if rule.get(key)
        )
        lines.append(f"{rule['units']} -> {rule['to']}{dates}")
    return "\n".join(lines)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValidationError(_("“%(text)s” is not a day like 2026-10-31.") % {"text": text}) from None
