"""The one error meant for people: what happened, and what to do."""

from __future__ import annotations

from typing import Any


class Refused(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """A request the rules do not allow.

    message: a translated sentence. field: the form field it concerns, if one.
    details: machine-readable facts for the API (ids and field names only).
    """

    def __init__(self, message: Any, *, field: str | None = None, **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.details = details

    def __str__(self) -> str:
        return str(self.message)
