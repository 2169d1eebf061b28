"""One DuckDB for the process, and one connection to it per thread: they share threads and memory."""

from __future__ import annotations

import os
import threading
from typing import Any

import duckdb

from giaoban.rollups.engine.session import Session

#: (process, thread) → its session. Not threading.local: the web server's threads are not made by Python, and
#: DuckDB 2.0 frees memory twice when such a thread, ending, drops a connection with registered tables.
_sessions: dict[tuple[int, int], Session] = {}
_making = threading.Lock()
#: process id → its database; a forked child makes its own
_databases: dict[int, Any] = {}


def session() -> Session:
    """This thread's connection, made when first asked for."""
    mine = (os.getpid(), threading.get_ident())
    if mine not in _sessions:
        _sessions[mine] = Session(_database().cursor())
    return _sessions[mine]


def forget() -> None:
    """Begin anew after an error: the connection, or the whole database, may have been left in between."""
    left = _sessions.pop((os.getpid(), threading.get_ident()), None)
    if left:
        left.con.close()
    _databases.pop(os.getpid(), None)


def _database() -> Any:
    with _making:
        process = os.getpid()
        if process not in _databases:
            threads = int(os.environ.get("GIAOBAN_ENGINE_THREADS", "0")) or min(os.cpu_count() or 1, 8)
            config: dict[str, Any] = {"threads": threads, "preserve_insertion_order": False}
            _databases[process] = duckdb.connect(config=config)
            _databases[process].execute("SET GLOBAL parquet_metadata_cache = true")
        return _databases[process]
