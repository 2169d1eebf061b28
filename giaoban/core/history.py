"""What happened to a row, for people: when, who, what, which fields. Read from the audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.core.audit import subject_of
from giaoban.core.models import AuditRow

#: (app, verb of the trail) -> words for people. Apps add theirs when they start, with `add_words`.
WORDS: dict[tuple[str, str], Any] = {}


def add_words(app: str, words: dict[str, Any]) -> None:
    """What an app's verbs say. Fields the same way: `field:model.name` or, where no model has it, `field:name`;
    who is no person: `actor:name`.
    """
    for verb, said in words.items():
        if (app, verb) in WORDS:
            raise ValueError(f"{app} says “{verb}” twice")
        WORDS[app, verb] = said


def words_for(app: str, verb: str) -> Any:
    """The app's own words; where it has none, those of the app that wrote about its row."""
    if (app, verb) in WORDS:
        return WORDS[app, verb]
    return next((said for (_app, other), said in WORDS.items() if other == verb), None)


add_words("core", {"load": gettext_lazy("loaded from a folder")})


@dataclass(frozen=True)
class Event:
    """One line of a history. fields: labels of what changed; text: the reason given, if one."""

    at: datetime
    who: str
    what: Any
    fields: list[str]
    text: str


def history(rows: Iterable[Model], *, most: int = 20, only: Q | None = None) -> list[Event]:
    """The newest events of these rows, newest first; `only` those rows of the trail. Two queries."""
    models = {subject_of(row): row for row in rows}
    found = (
        AuditRow.objects.filter(only or Q(), subject__in=models)
        .select_related("free_text")
        .order_by("-at", "-id")
    )
    trail = list(found[:most])
    names = _names({row.actor for row in trail})
    return [_event(row, models[row.subject], names) for row in trail]


def _event(row: AuditRow, model: Model, names: dict[str, str]) -> Event:
    text = row.free_text.text if hasattr(row, "free_text") else ""
    fields = [_label(model, name) for name in row.detail.get("fields", [])]
    return Event(
        row.at,
        names.get(row.actor, row.actor),
        words_for(model._meta.app_label, row.verb) or row.verb,
        fields,
        text,
    )


def _names(actors: set[str]) -> dict[str, str]:
    ids = [int(actor[5:]) for actor in actors if actor.startswith("user:") and actor[5:].isdigit()]
    names = {f"user:{person.pk}": str(person) for person in get_user_model().objects.filter(pk__in=ids)}
    for actor in actors:
        if actor.startswith("system:"):
            named = words_for("", f"actor:{actor[7:]}")
            names[actor] = str(named or _("the software (%(name)s)") % {"name": actor[7:]})
    return names


def _label(model: Model, name: str) -> str:
    app = model._meta.app_label
    own = WORDS.get((app, f"field:{model._meta.model_name}.{name}"))
    if own is not None:
        return str(own)
    try:
        return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return str(words_for(app, f"field:{name}") or name)
