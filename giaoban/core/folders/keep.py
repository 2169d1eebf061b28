"""Make one stored row say what a folder says, and record it if that changed anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from giaoban.core import audit
from giaoban.core.actors import Actor

Row = TypeVar("Row", bound=models.Model)


def keep(
    model: type[Row], key: dict[str, Any], values: dict[str, Any], *, by: Actor, at: datetime
) -> tuple[Row, list[str]]:
    """The row found by `key`, made or changed to hold `values`; and the fields that changed.

    Audited as verb "load" on the row. A new row counts all its fields as changed.
    """
    row = model._base_manager.filter(**key).first()
    if row is None:
        row = model._base_manager.create(**key, **values)
        audit.record(subject=row, verb="load", by=by, at=at, detail={"new": True})
        return row, sorted(values)
    fields = sorted(name for name, value in values.items() if getattr(row, name) != value)
    if fields:
        for name in fields:
            setattr(row, name, values[name])
        row.save(update_fields=fields)
        audit.record(subject=row, verb="load", by=by, at=at, detail={"fields": fields})
    return row, fields


def in_order(languages: Iterable[str]) -> list[str]:
    """Vietnamese, English, then the others."""
    return sorted(languages, key=lambda lang: (lang != "vi", lang != "en", lang))


def names_in_order(names: Mapping[str, str]) -> dict[str, str]:
    """Names with their languages always in the same order."""
    return {lang: names[lang] for lang in in_order(names)}
