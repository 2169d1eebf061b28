"""How often pages are read: numbers gathered in memory, written every half minute.

    counting.count(page.pk, "vi", agent=request.headers.get("user-agent", ""))

Django's view of a page calls it; where pages are answered before Django, `seen(path, agent)` counts by the address,
and which page that is, is looked up when the numbers are written. Both add one to a number and
return. Nothing of the reader is kept. A process that ends writes what it has gathered; only with one that is killed
the readings since its last writing are lost: half a minute at most.
"""

from __future__ import annotations

import logging
import re
import threading
from collections import Counter
from datetime import date, datetime
from functools import lru_cache
from multiprocessing.util import Finalize

from django.db import connection
from django.utils.timezone import localdate

SECONDS = 30
#: Programs that say they are none of the readers meant.
MACHINES = re.compile(
    r"bot|crawl|spider|slurp|monitor|curl|wget|python|java/|go-http|headless", re.IGNORECASE
)

#: Addresses seen between two writings; beyond so many, new ones are not counted.
MOST_PATHS = 20_000

logger = logging.getLogger("giaoban.portal")
_lock = threading.Lock()
_gathered: Counter[tuple[int, str, date]] = Counter()
_paths: Counter[str] = Counter()
_writing = threading.Lock()
_writer: threading.Thread | None = None


@lru_cache(2000)
def _is_person(agent: str) -> bool:
    return bool(agent) and MACHINES.search(agent) is None


def seen(path: str, agent: str) -> None:
    """One more reading of whatever stands at an address; what is no page is left out when it is written."""
    if _is_person(agent):
        with _lock:
            if path in _paths or len(_paths) < MOST_PATHS:
                _paths[path] += 1


def count(page: int, language: str, *, agent: str = "reader", at: datetime | None = None) -> None:
    """One more reading of a page. agent: what the program calls itself; machines are not counted."""
    if not _is_person(agent):
        return
    day = localdate(at)
    with _lock:
        _gathered[page, language, day] += 1


def write() -> int:
    """Write what was gathered; how many readings. What cannot be written now is kept for the next time."""
    with _writing:
        return _written()


def _written() -> int:
    from giaoban.portal.actions.counting import add, pages_at

    with _lock:
        taken, paths = Counter(_gathered), dict(_paths)
        _gathered.clear()
        _paths.clear()
    try:
        today = localdate()
        every = Counter(taken)
        for path, key in (pages_at(paths) if paths else {}).items():
            every[(*key, today)] += paths[path]
        if every:
            add({key: (n, 0, 0) for key, n in every.items()})
    except Exception:
        with _lock:
            _gathered.update(taken)
            _paths.update(paths)
        raise
    return sum(every.values())


def start() -> None:
    """Begin to write in turns, and when the process ends; once for each process that serves."""
    global _writer
    if _writer is None or not _writer.is_alive():
        _writer = threading.Thread(target=_in_turns, name="portal-counting", daemon=True)
        _writer.start()
        # granian forks its workers, and what atexit knows is not called in those.
        Finalize(None, _write_or_say, exitpriority=1)


def _in_turns() -> None:
    pause = threading.Event()
    while not pause.wait(SECONDS):
        _write_or_say()


def _write_or_say() -> None:
    try:
        write()
    except Exception:
        logger.exception("Readings of pages could not be written.")
    finally:
        connection.close()
