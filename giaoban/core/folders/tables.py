"""A table of a TOML file, read key by key: what is missing, unknown or of another kind becomes a problem."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from giaoban.core.folders.files import Folder, Place
from giaoban.lib.tomls import Toml


class Table:
    """One table: `path` is where it stands, such as ("regime", 1)."""

    def __init__(self, folder: Folder, file: str, toml: Toml, data: dict[str, Any], *path: str | int) -> None:
        self.folder = folder
        self.file = file
        self.toml = toml
        self.data = data
        self.path = path

    def place(self, key: str = "") -> Place:
        """The line of a key, or of the table."""
        path = (*self.path, key) if key else self.path
        return self.folder.at(self.file, self.toml.line(*path))

    def only(self, keys: Collection[str]) -> None:
        """Notes a problem for every other key."""
        for key in self.data:
            if key not in keys:
                self.place(key).problem(
                    _("“%(key)s” is not known here. Known: %(keys)s.") % {"key": key, "keys": ", ".join(keys)}
                )

    def text(self, key: str, default: str | None = None) -> str:
        """Text; without a default it must be there."""
        value = self._value(key, default, str)
        return value if isinstance(value, str) else default or ""

    def flag(self, key: str) -> bool:
        return bool(self._value(key, False, bool))

    def whole(self, key: str, default: int) -> int:
        value = self._value(key, default, int)
        return value if isinstance(value, int) else default

    def day(self, key: str, required: bool = False) -> date | None:
        value = self._value(key, None if required else False, date)
        return value if isinstance(value, date) and not isinstance(value, datetime) else None

    def names(self, key: str, required: bool = True) -> dict[str, str]:
        """Language -> text."""
        value = self._value(key, None if required else {}, dict)
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            self.place(key).problem(
                _('%(key)s holds a text for each language: { vi = "…", en = "…" }.') % {"key": key}
            )
            return {}
        return value

    def codes(self, key: str, required: bool = True) -> list[str]:
        """A list of codes."""
        value = self._value(key, None if required else [], list)
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self.place(key).problem(_("%(key)s is a list of codes.") % {"key": key})
            return []
        return value

    def spec(self, key: str) -> str:
        """`level:N`, `group:NAME`, or a list of unit codes, as one text."""
        value = self.data.get(key)
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return " ".join(value)
        return self.text(key)

    def tables(self, key: str) -> Iterator[Table]:
        """The tables of a list, in order."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.place(key).problem(_("%(key)s is a list of tables: [[%(key)s]].") % {"key": key})
            return
        for number, data in enumerate(value):
            yield Table(self.folder, self.file, self.toml, data, *self.path, key, number)

    def _value(self, key: str, default: Any, kind: type) -> Any:
        """The value, or the default; a problem if it is missing (default None) or of another kind."""
        if key not in self.data:
            if default is None:
                self.place().problem(_("“%(key)s” is missing.") % {"key": key})
            return default
        value = self.data[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            kinds = {
                str: _("text"),
                bool: _("true or false"),
                int: _("a whole number"),
                date: _("a day like 2020-02-24"),
            }
            what = {"key": key, "kind": kinds.get(kind, "")}
            if kind in kinds:
                self.place(key).problem(_("%(key)s must be %(kind)s.") % what)
        return value
