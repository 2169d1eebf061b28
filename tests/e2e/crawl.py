"""Find the pages a person can reach by following links, and look at each on the way."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error

from tests.e2e.reader import Reader

#: Not pages: files, what ends the session, and the portal's editor, which is Wagtail's.
SKIPPED = re.compile(
    r"^/editor/|\.(docx|pdf|gz|csv|xlsx|json|zip|svg|png|ics|css|xml)$|/logout/|/files/|/evidence/\d+/$|format="
)

#: Of these views up to so many rows are opened, and each state of a row is looked at once. Of the others one.
MANY = {"reports:report": 16, "reviews:review": 4, "reviews:figure": 3, "reports:revision": 4, "units:unit": 3,
        "rollups:trace": 12, "rollups:explore": 8, "reviews:edit": 3, "portal:page": 30}  # fmt: skip
#: What distinguishes two addresses of one view, or two rows behind them.
PARAMETERS = {"tab", "chart", "columns", "basis", "compare"}
STATE = """() => document.body.dataset.kind
  || document.querySelector('.page-head .state, .page-head .badge')?.textContent.trim() || ''"""


def walk(person: Reader, look: Callable[[str], None]) -> list[str]:
    """The addresses looked at, breadth first from home: each view in each state; look(address) at each."""
    found: list[str] = []
    opened: Counter[str] = Counter()
    queue, seen = deque(["/"]), {"/": ""}
    kinds: set[tuple[object, ...]] = set()
    while queue:
        path = queue.popleft()
        name = _name(path)
        if not name or opened[name] >= MANY.get(name, 1):
            continue
        try:
            answer = person.page.goto(person.server + path)
        except Error as error:
            if "Download is starting" in str(error):
                continue
            raise
        if answer is None or answer.status >= 400:
            person.complaints.append(f"{path} does not open; a link to it stands on {seen[path]}")
            continue
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        opened[name] += 1
        for link in _links(person):
            if link not in seen:
                seen[link] = path
                queue.append(link)
        kind = (name, _asked(path), person.page.evaluate(STATE))
        if kind not in kinds:
            kinds.add(kind)
            found.append(path)
            look(path)
    return found


def _asked(path: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pair for pair in parse_qsl(urlsplit(path).query) if pair[0] in PARAMETERS))


def _links(person: Reader) -> list[str]:
    """Addresses of this site on the page that is open, without fragments."""
    links = []
    for link in person.page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)"):
        parts = urlsplit(link)
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        if link.startswith(person.server) and not SKIPPED.search(address):
            links.append(address)
    return links


def _name(path: str) -> str:
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return ""
    return match.view_name or match._func_path
