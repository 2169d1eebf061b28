"""What went wrong outside our rules, as a sentence that says what to do."""

from __future__ import annotations

import errno
import os

_HOME = "GIAOBAN_HOME"


def sentence_of(error: BaseException) -> str | None:
    """The sentence for a person, or None for a fault of ours."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import CommandError
    from django.db import DatabaseError

    from giaoban.core.refused import Refused

    if isinstance(error, Refused | CommandError):
        return str(error)
    if isinstance(error, DatabaseError):
        return _database(str(error))
    if isinstance(error, OSError):
        return _system(error)
    if isinstance(error, ImproperlyConfigured):
        return f"The settings do not fit: {error}"
    return None


def _database(text: str) -> str | None:
    known = (
        ("disk is full", _full()),
        ("locked", "The database is busy with a long piece of work. Wait a minute and try again."),
        ("readonly", _readonly()),
        (
            "unable to open",
            f"The database cannot be opened. Does the folder {_home()} exist, and may you write in it?",
        ),
        ("malformed", "The database file is damaged. Restore the newest backup: giaoban restore FILE."),
        ("not a database", "The database file is damaged. Restore the newest backup: giaoban restore FILE."),
        ("disk i/o", "The disk does not answer as it should. Look at the machine, then run giaoban check."),
    )
    low = text.lower()
    for part, sentence in known:
        if part in low:
            return sentence
    if os.environ.get("DATABASE_URL") and any(
        p in low for p in ("connection", "connect", "authentication", "does not exist")
    ):
        return f"The database server of DATABASE_URL does not let us in: {text.strip().splitlines()[0]}"
    return None


def _system(error: OSError) -> str | None:
    place = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full()
    if error.errno == errno.EROFS:
        return _readonly()
    if error.errno in (errno.EACCES, errno.EPERM):
        return (
            f"This may not be read or written here{place}. Give yourself the right, or choose another folder."
        )
    if error.errno == errno.ENOENT:
        return f"There is no such file or folder{place}."
    if error.errno == errno.EADDRINUSE:
        return "The port is taken. Stop what uses it, or choose another one with --port."
    if error.errno in (errno.EISDIR, errno.ENOTDIR, errno.EEXIST):
        return f"{error.strerror}{place}."
    return None


def _home() -> str:
    return os.environ.get(_HOME, "var")


def _full() -> str:
    return f"The disk is full. Nothing was half written; make room under {_home()} and run the command again."


def _readonly() -> str:
    return f"Nothing can be written under {_home()}. Make the folder writable, or set {_HOME} to one that is."
