"""Every page of the demonstration, warm, as each of its people: queries and milliseconds of the server."""

from __future__ import annotations

import shutil
import time
from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from benchmarks import homes
from benchmarks.results import keep

QUERIES, MILLISECONDS = 12, 100
WARM, RUNS = 2, 3

#: Pages of one route that are measured for one person.
MOST = 4

LEFT_OUT = ("/static/", "/media/", "/accounts/logout", "/vendor/")


def run(place: Path, sizes: list[str], quick: bool) -> None:
    """Build the demonstration anew, then read it as each of its five people and as nobody."""
    home = place / "demo"
    shutil.rmtree(home, ignore_errors=True)
    homes.inside(home, "benchmarks.pages:build")
    rows = homes.inside(home, "benchmarks.pages:crawl", most=1 if quick else MOST, runs=1 if quick else RUNS)
    keep("pages", "demo", {"rows": rows, "routes": len({row["route"] for row in rows})})


def build() -> None:
    """The demonstration in this process's home."""
    from giaoban.programmes.demo.build import build as build_demo
    from giaoban.programmes.homes import bring_up
    from giaoban.reviews.jobs import keep_issued
    from giaoban.reviews.models import Review

    bring_up()
    build_demo()
    for review in Review.objects.filter(state="issued"):  # as the worker does after an issue
        keep_issued.func(review.pk)


def crawl(most: int, runs: int) -> list[dict[str, Any]]:
    """One row for each page and person.

    role, route, path, status, queries, ms, cpu_ms (of this process alone), slowest, bytes, and repeated: how
    often the most frequent query ran, and its text.
    """
    from django.test import Client
    from django.test.utils import setup_test_environment

    from giaoban.accounts.models import User
    from giaoban.programmes.demo.build import PEOPLE

    setup_test_environment()
    rows = list(_crawled(Client(), "nobody", most, runs))
    for role, (address, _name, _unit) in PEOPLE.items():
        client = Client()
        client.force_login(User.objects.get(email=address))
        rows += _crawled(client, role, most, runs)
    return rows


def _crawled(client: Any, role: str, most: int, runs: int) -> Iterator[dict[str, Any]]:
    """Follow every link of every page, at most `most` pages of one route."""
    todo, seen, routes = deque(["/"]), {"/"}, Counter()
    while todo:
        path = todo.popleft()
        route = _route(path)
        if route is None or routes[route] == most:
            continue
        routes[route] += 1
        answer = client.get(path)
        links = [answer["Location"]] if answer.status_code in (301, 302) else _links(answer)
        if answer.status_code not in (301, 302):
            yield _measured(client, path, runs) | {"role": role, "route": f"/{route}"}
        for link in links:
            found = urldefrag(urljoin(path, link)).url
            parts = urlsplit(found)
            if not (parts.netloc or parts.scheme or found.startswith(LEFT_OUT) or found in seen):
                seen.add(found)
                todo.append(found)


def _route(path: str) -> str | None:
    """The pattern of the address; None for what is no page of ours."""
    from django.urls import Resolver404, resolve

    try:
        return resolve(urlsplit(path).path).route
    except Resolver404:
        return None


def _measured(client: Any, path: str, runs: int) -> dict[str, Any]:
    from django.db import connection

    for _each in range(WARM):
        client.get(path)
    seconds, busy, asked = [], [], []
    for _each in range(runs):
        asked = []
        with connection.execute_wrapper(_noting(asked)):
            began, used = time.perf_counter(), time.process_time()
            answer = client.get(path)
            body = answer.getvalue()
            seconds.append(time.perf_counter() - began)
            busy.append(time.process_time() - used)
    often = Counter(asked).most_common(1)
    return {
        "path": path, "status": answer.status_code, "queries": len(asked),
        "ms": median(seconds) * 1000, "cpu_ms": median(busy) * 1000,
        "slowest": max(seconds) * 1000, "bytes": len(body),
        "repeated": [often[0][1], often[0][0][:160]] if often and often[0][1] > 1 else [],
    }  # fmt: skip


def _noting(asked: list[str]):
    """Notes every query; what opens and ends a transaction is none."""

    def note(execute, sql, params, many, context):
        if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")):
            asked.append(sql)
        return execute(sql, params, many, context)

    return note


class _Links(HTMLParser):
    """Addresses a reader or the page's own comfort would ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [
            link for link in (given.get("hx-get"), given.get("href") if tag == "a" else None) if link
        ]
        if tag == "form" and (given.get("method") or "get").lower() == "get" and given.get("action"):
            self.found.append(given["action"])


def _links(answer: Any) -> list[str]:
    if not answer.get("Content-Type", "").startswith("text/html") or answer.streaming:
        return []
    reader = _Links()
    reader.feed(answer.content.decode())
    return reader.found
