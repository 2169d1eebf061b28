"""GIAOBAN_HOME: where the state lives (database, facts, media, the secret key)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

HOME = Path(os.environ.get("GIAOBAN_HOME", "var")).resolve()


def secret_key() -> str:
    """The key from the environment, else from the home, made there the first time."""
    given = os.environ.get("GIAOBAN_SECRET_KEY")
    if given:
        return given
    path = HOME / "secret.key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        HOME.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        return path.read_text().strip()


def database() -> dict[str, object]:
    """Django's DATABASES["default"]: SQLite in the home, or what DATABASE_URL says."""
    url = os.environ.get("DATABASE_URL", "")
    if url:
        return _postgres(url)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "giaoban.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000;",
        },
        "TEST": {"NAME": os.environ.get("GIAOBAN_TEST_SQLITE") or None},
    }


def _postgres(url: str) -> dict[str, object]:
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise SystemExit(
            "DATABASE_URL must start with postgresql:// — or leave it out to use SQLite in GIAOBAN_HOME."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
    }
