"""Write and prove the audit trail."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec
from django.conf import settings
from django.db import models, transaction

from giaoban.core.actors import Actor
from giaoban.core.bulk import chunks, insert, insert_staged, instant, stage
from giaoban.core.models import AuditRow, AuditText, Seal


def subject_of(row: models.Model) -> str:
    """The name a row has in the trail: "reports.report:12"."""
    return f"{row._meta.label_lower}:{row.pk}"


def personal(value: str) -> str:
    """A keyed digest of a personal value: proves equality, tells nothing."""
    key = hashlib.sha256(b"giaoban.audit" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()[:32]


@dataclass
class Entry:
    """What is to be recorded of one subject."""

    subject: str
    verb: str
    detail: dict[str, Any] = field(default_factory=dict)
    text: str = ""


def record(
    *,
    subject: models.Model,
    verb: str,
    by: Actor,
    at: datetime,
    detail: dict[str, Any] | None = None,
    text: str = "",
) -> AuditRow:
    """Append one row to the subject's chain, inside the caller's transaction."""
    entry = Entry(subject_of(subject), verb, detail or {}, text)
    return record_many([entry], by=by, at=at)[0]


def record_many(entries: Iterable[Entry], *, by: Actor, at: datetime, fresh: bool = False) -> list[AuditRow]:
    """Append many rows in one go. `fresh`: none of the subjects has a row yet (saves the look-up)."""
    entries = list(entries)
    heads = {} if fresh else _heads({e.subject for e in entries})
    rows, texts = [], []
    for entry in entries:
        number, previous = heads.get(entry.subject, (0, ""))
        row = AuditRow(
            subject=entry.subject, number=number + 1, verb=entry.verb, at=at, actor=by.actor_id,
            detail=entry.detail, previous=previous,
        )  # fmt: skip
        if entry.text:
            text = AuditText(row=row, salt=secrets.token_hex(16), text=entry.text)
            row.text_digest = _text_digest(text.salt, text.text)
            texts.append(text)
        row.digest = digest_of(row)
        heads[entry.subject] = (row.number, row.digest)
        rows.append(row)
    with transaction.atomic():
        AuditRow.objects.bulk_create(rows, batch_size=2000)
        AuditText.objects.bulk_create(texts, batch_size=2000)
    return rows


def stage_first(entries: Iterable[Entry], *, by: Actor, at: datetime) -> str:
    """Put the first rows of many new subjects aside; `record_staged` then appends them in no time."""
    return stage(AuditRow, _COLUMNS, _plain_rows(entries, None, by, at))


def record_staged(table: str) -> None:
    """Append what `stage_first` put aside, inside the caller's transaction."""
    insert_staged(AuditRow, _COLUMNS, table, {})


def record_bulk(entries: Iterable[Entry], *, by: Actor, at: datetime, fresh: bool = False) -> None:
    """Like `record_many`, past the ORM: for entries without free text, as many as there are."""
    with transaction.atomic():
        for chunk in chunks(entries, 5000):
            heads = None if fresh else _heads({e.subject for e in chunk})
            insert(AuditRow, _COLUMNS, _plain_rows(chunk, heads, by, at))


_COLUMNS = ("subject", "number", "verb", "at", "actor", "detail", "text_digest", "previous", "digest")


def _plain_rows(
    entries: Iterable[Entry], heads: dict[str, tuple[int, str]] | None, by: Actor, at: datetime
) -> Iterator[tuple[Any, ...]]:
    """heads: where each chain stands; None if every entry begins one."""
    moment, actor = at.astimezone(UTC), by.actor_id
    stated_at, stored_at = moment.isoformat(), instant(at)
    encode = msgspec.json.Encoder(order="sorted").encode
    for entry in entries:
        number, previous = heads.get(entry.subject, (0, "")) if heads is not None else (0, "")
        stated = [entry.subject, number + 1, entry.verb, stated_at, actor, entry.detail, "", previous]
        digest = hashlib.sha256(encode(stated)).hexdigest()
        if heads is not None:
            heads[entry.subject] = (number + 1, digest)
        yield (
            entry.subject, number + 1, entry.verb, stored_at, actor, encode(entry.detail).decode(), "", previous, digest
        )  # fmt: skip


def digest_of(row: AuditRow) -> str:
    """sha256 over everything the row states and the digest before it."""
    stated = [
        row.subject, row.number, row.verb, row.at.astimezone(UTC).isoformat(), row.actor,
        row.detail, row.text_digest, row.previous,
    ]  # fmt: skip
    text = json.dumps(stated, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _text_digest(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def _heads(subjects: set[str]) -> dict[str, tuple[int, str]]:
    heads: dict[str, tuple[int, str]] = {}
    names = sorted(subjects)
    for start in range(0, len(names), 500):
        chunk = names[start : start + 500]
        newest = AuditRow.objects.filter(subject=models.OuterRef("subject")).order_by("-number")
        found = AuditRow.objects.filter(
            subject__in=chunk, number=models.Subquery(newest.values("number")[:1])
        )
        heads.update({s: (n, d) for s, n, d in found.values_list("subject", "number", "digest")})
    return heads


def erase_text(row: AuditRow, *, by: Actor, at: datetime) -> None:
    """Erase the free text of a row; its digest stays in the chain, and the erasing is recorded."""
    with transaction.atomic():
        AuditText.objects.filter(row=row).update(text="", salt="", erased_at=at)
        record_many([Entry(row.subject, "erase text", {"of": row.number})], by=by, at=at)


def seal(*, at: datetime) -> Seal | None:
    """Close over every row not sealed yet; returns the new head, or the old one when nothing is new."""
    with transaction.atomic():
        last = Seal.objects.select_for_update().order_by("-number").first()
        if not AuditRow.objects.filter(seal=None).exists():
            return last
        new = Seal.objects.create(
            number=last.number + 1 if last else 1,
            rows=0,
            previous=last.digest if last else "",
            digest="",
            at=at,
        )
        new.rows = AuditRow.objects.filter(seal=None).update(seal=new)
        new.digest = _seal_digest(new)
        new.save()
        return new


def _seal_digest(link: Seal) -> str:
    running = hashlib.sha256(f"{link.number}\n{link.previous}\n{link.rows}\n".encode())
    for digest in (
        AuditRow.objects.filter(seal=link).order_by("id").values_list("digest", flat=True).iterator(5000)
    ):
        running.update(digest.encode())
    return running.hexdigest()


def faults() -> Iterator[str]:
    """Walk both chains; yield a sentence for every row or seal that does not hold."""
    yield from _row_faults()
    previous = ""
    for number, link in enumerate(Seal.objects.order_by("number"), start=1):
        if link.number != number or link.previous != previous or link.digest != _seal_digest(link):
            yield f"Seal {link.number} does not hold: audit rows under it were changed, added or removed."
        previous = link.digest


def _row_faults() -> Iterator[str]:
    subject, number, previous = "", 0, ""
    rows = AuditRow.objects.select_related("free_text").order_by("subject", "number")
    for row in rows.iterator(2000):
        if row.subject != subject:
            subject, number, previous = row.subject, 0, ""
        if row.number != number + 1 or row.previous != previous:
            yield f"Audit row {row.pk} of {row.subject}: a row before number {row.number} is missing or changed."
        elif row.digest != digest_of(row):
            yield f"Audit row {row.pk} of {row.subject}, number {row.number}: its content was changed."
        elif not _text_holds(row):
            yield f"Audit row {row.pk} of {row.subject}: its free text was changed."
        number, previous = row.number, row.digest


def _text_holds(row: AuditRow) -> bool:
    text = getattr(row, "free_text", None)
    if not row.text_digest:
        return text is None
    if text is None:
        return False
    return text.erased_at is not None or _text_digest(text.salt, text.text) == row.text_digest
