"""Store a file once, by its content; keep the register of numbered papers."""

from __future__ import annotations

import hashlib
import mimetypes
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.documents.models import Direction, Document, Paper, PaperType
from giaoban.lib.text import nfc

#: Extension -> first bytes a file of that kind must have (none: plain text, checked as UTF-8).
KINDS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".docx": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",),
    ".odt": (b"PK\x03\x04",),
    ".ods": (b"PK\x03\x04",),
    ".csv": (),
    ".txt": (),
}
MOST_BYTES = 20 * 1024 * 1024


def store(
    *, file: UploadedFile, by: Actor, at: datetime, caption: str = "", alternative: str = ""
) -> Document:
    """Check the file and keep it. Refuses what is too large, empty, or not what its name says."""
    name = nfc(PurePath(str(file.name).replace("\\", "/")).name)[:240]
    _check(file, name)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    document = Document(
        name=name, caption=nfc(caption.strip())[:400], alternative=nfc(alternative.strip())[:400],
        content_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        size=file.size or 0, sha256=digest.hexdigest(), added_by=by.actor_id, added_at=at,
    )  # fmt: skip
    same = Document.objects.filter(sha256=document.sha256).first()
    if same:
        document.file.name = same.file.name
    else:
        document.file.save(name, file, save=False)
    document.save()
    return document


def keep(*, content: bytes, name: str, content_type: str, by: Actor, at: datetime) -> Document:
    """Keep a file that the product wrote itself."""
    document = Document(
        name=nfc(name)[:240], content_type=content_type, size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), added_by=by.actor_id, added_at=at,
    )  # fmt: skip
    same = Document.objects.filter(sha256=document.sha256).first()
    if same:
        document.file.name = same.file.name
    else:
        document.file.save(name, ContentFile(content), save=False)
    document.save()
    return document


def _check(file: UploadedFile, name: str) -> None:
    suffix = PurePath(name).suffix.lower()
    if suffix not in KINDS:
        raise Refused(
            _("%(name)s cannot be attached. Attach one of: %(kinds)s.")
            % {"name": name, "kinds": " ".join(KINDS)},
            field="file",
        )
    if not file.size:
        raise Refused(_("%(name)s is empty.") % {"name": name}, field="file")
    if file.size > MOST_BYTES:
        raise Refused(
            _("%(name)s is larger than 20 MB. Attach a smaller file.") % {"name": name}, field="file"
        )
    head = file.read(16)
    file.seek(0)
    starts = KINDS[suffix]
    plain = not starts and b"\x00" not in head
    if not plain and not any(head.startswith(s) for s in starts):
        raise Refused(_("%(name)s is not what its name says it is.") % {"name": name}, field="file")


#: What of a paper can be changed; "replaced by" has its own action.
PAPER_FIELDS = (
    "type", "number", "direction", "issued_on", "received_on", "issuer", "signer", "abstract", "valid_from",
    "valid_to", "document",
)  # fmt: skip


def register_paper(
    *, type: str, number: str, direction: str, issued_on: date, issuer: str, abstract: str, by: Actor,
    at: datetime, **fields: Any,
) -> Paper:  # fmt: skip
    """Enter a paper in the register. fields: others of PAPER_FIELDS.

    Nobody reaches it until something owns it: call `giaoban.agreements.actions.register_paper`.
    """
    given = {"type": type, "number": number, "direction": direction, "issued_on": issued_on, "issuer": issuer}
    paper = Paper()
    _set(paper, given | {"abstract": abstract} | fields)
    _check_paper(paper)
    with transaction.atomic():
        paper.save()
        audit.record(subject=paper, verb="register paper", by=by, at=at)
    return paper


def change_paper(*, paper: Paper, by: Actor, at: datetime, **fields: Any) -> Paper:
    """Change some of PAPER_FIELDS; the trail names them."""
    with transaction.atomic():
        paper = Paper.objects.select_for_update().get(pk=paper.pk)
        changed = _set(paper, fields)
        if changed:
            _check_paper(paper)
            paper.save(update_fields=changed)
            audit.record(subject=paper, verb="change paper", by=by, at=at, detail={"fields": changed})
    return paper


def replace_paper(
    *, paper: Paper, replacement: Paper | None, on: date | None, by: Actor, at: datetime
) -> Paper:
    """Another paper takes its place from a day on; None takes that back. A chain never closes."""
    with transaction.atomic():
        paper = Paper.objects.select_for_update().get(pk=paper.pk)
        link = replacement
        while link is not None:
            if link.pk == paper.pk:
                raise Refused(
                    _("A paper cannot be replaced by itself, nor by one that it replaces."),
                    field="replacement",
                )
            link = link.replaced_by
        paper.replaced_by = replacement
        paper.valid_to = on if replacement is not None else None
        _check_paper(paper)
        paper.save(update_fields=["replaced_by", "valid_to"])
        detail = {"fields": ["replaced_by", "valid_to"], "by": replacement.pk if replacement else None}
        audit.record(subject=paper, verb="replace paper", by=by, at=at, detail=detail)
    return paper


def _set(paper: Paper, fields: dict[str, Any]) -> list[str]:
    """Put the values on the row; answers the names of what is new."""
    unknown = set(fields) - set(PAPER_FIELDS)
    if unknown:
        raise TypeError(f"Not fields of a paper: {sorted(unknown)}")
    clean = {k: nfc(v.strip()) if isinstance(v, str) else v for k, v in fields.items()}
    changed = [name for name, value in clean.items() if value != getattr(paper, name)]
    for name in changed:
        setattr(paper, name, clean[name])
    return changed


def _check_paper(paper: Paper) -> None:
    if paper.type not in PaperType.values:
        raise Refused(_("Choose what kind of paper it is."), field="type")
    if paper.direction not in Direction.values:
        raise Refused(_("Say whether the paper came in or went out."), field="direction")
    if not paper.abstract:
        raise Refused(_("Say in one line what the paper is about."), field="abstract")
    if not paper.issuer:
        raise Refused(_("Say who issued the paper."), field="issuer")
    if paper.received_on and paper.received_on < paper.issued_on:
        raise Refused(_("A paper cannot be received before it was issued."), field="received_on")
    start = paper.valid_from or paper.issued_on
    if paper.valid_to and paper.valid_to <= start:
        raise Refused(_("The paper would end before it takes effect."), field="valid_to")
