"""The file of a meeting as one ZIP, with a list of hashes. Parts are given by whoever knows them.

@contributes
def minutes(meeting: Meeting, by: Actor) -> Iterator[tuple[str, bytes]]:
    yield "minutes/minutes.docx", …

by: who takes the file home; a part gives what he may read at that instant.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from giaoban.core.actors import Actor
from giaoban.documents.models import Document, Paper
from giaoban.meetings.letters import facts_of, letter_of
from giaoban.meetings.models import Meeting
from giaoban.meetings.queries.invitations import delegations
from giaoban.meetings.queries.statistics import statistics

Part = Callable[[Meeting, Actor], Iterable[tuple[str, bytes]]]
#: Files of a ZIP bear one date, so that the same file of a meeting is the same bytes.
DATED = (1980, 1, 1, 0, 0, 0)

_parts: list[Part] = []


def contributes(part: Part) -> Part:
    """Register a part of the file."""
    _parts.append(part)
    return part


def archive(meeting: Meeting, *, by: Actor) -> bytes:
    """What the reader may read of the meeting, without phones and addresses. SHA256SUMS lists the hashes."""
    out, sums = io.BytesIO(), []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in sorted(_contents(meeting, by)):
            file.writestr(zipfile.ZipInfo(name, DATED), content)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        file.writestr(zipfile.ZipInfo("SHA256SUMS", DATED), "".join(sums))
    return out.getvalue()


def _contents(meeting: Meeting, by: Actor) -> Iterator[tuple[str, bytes]]:
    found: dict[str, bytes] = {}
    for part in _parts:
        for name, content in part(meeting, by):
            found.setdefault(name, content)
    yield from found.items()


@contributes
def facts(meeting: Meeting, by: Actor) -> Iterator[tuple[str, bytes]]:
    """What was decided about time, place and people in the chair; who was invited and who came forward."""
    told = facts_of(meeting)
    letter = letter_of(meeting)
    stated = {
        "title": meeting.titles, "kind": meeting.kind, "state": meeting.state,
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat(), "venue": meeting.venue, "organisers": list(told.issuers),
        "chairs": list(told.chairs), "purpose": meeting.purpose, "letter": letter.number,
    }  # fmt: skip
    yield "meeting.json", json.dumps(stated, ensure_ascii=False, indent=1, sort_keys=True).encode()
    yield "delegates.csv", table(_delegates(meeting))
    found = statistics(meeting)
    rows = [("unit", "seats", "seated", "replaced", "late", "declined")]
    rows += [(n.label, n.seats, n.seated, n.replaced, n.late, n.declined) for n in found.by_unit]  # type: ignore[misc]
    yield "statistics.csv", table(rows)


@contributes
def brought(meeting: Meeting, by: Actor) -> Iterator[tuple[str, bytes]]:
    """The letter of the register, contributions, photographs with their captions."""
    letter = Paper.objects.filter(pk=letter_of(meeting).paper or 0).select_related("document").first()
    if letter and letter.document:
        yield f"letter/{letter.document.name}", read(letter.document)
    for row in meeting.contributions.filter(document__isnull=False).select_related("document", "unit"):
        yield (
            f"contributions/{row.position:02d}-{row.unit.code}-{row.document.name}",
            read(row.document),
        )
    captions = [("file", "caption", "alternative")]
    for photo in meeting.photos.select_related("document"):
        name = f"photos/{photo.position:02d}-{photo.document.name}"
        captions.append((name, photo.document.caption, photo.document.alternative))
        yield name, read(photo.document)
    if len(captions) > 1:
        yield "photos/captions.csv", table(captions)


def read(document: Document) -> bytes:
    """The bytes of a stored file."""
    with document.file.open("rb") as file:
        return bytes(file.read())


def _delegates(meeting: Meeting) -> Iterator[tuple[Any, ...]]:
    yield "order", "unit", "code", "name", "title", "state", "named_at", "replaces", "reason"
    for invitation in delegations(meeting):
        rows = {d.pk: d for d in invitation.delegates.all()}
        for row in rows.values():
            before = rows.get(row.replaces_id or 0)
            named = row.named_at.isoformat(timespec="minutes")
            yield (
                invitation.position, invitation.unit.name, invitation.unit.code, row.name, row.title, row.state, named,
                before.name if before else "", row.reason,
            )  # fmt: skip


def table(rows: Iterable[tuple[Any, ...]]) -> bytes:
    """A CSV file that a spreadsheet opens as text, never as a formula."""
    text = io.StringIO()
    safe = ([f"'{c}" if str(c)[:1] in ("=", "+", "-", "@", "\t", "\r") else c for c in row] for row in rows)
    csv.writer(text).writerows(safe)
    return ("\ufeff" + text.getvalue()).encode()
