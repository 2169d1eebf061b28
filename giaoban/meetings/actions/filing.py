"""Freeze the files of what is signed or issued, and give it its place in the register of papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.utils.translation import gettext as _

from giaoban.agreements.models import Filing
from giaoban.core import printed
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.documents.actions import keep, register_paper
from giaoban.documents.models import Direction, PaperKind
from giaoban.documents.queries import house_template
from giaoban.lib.paper import Paper, PaperError, docx
from giaoban.lib.text import slug
from giaoban.meetings.models import Meeting, OfficerRole, SignedFile
from giaoban.reviews.outline import layout

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
WRITERS: dict[str, Callable[[Paper], bytes]] = {
    "docx": lambda paper: docx.write(paper, template=house_template(PaperKind.MINUTES)),
    "pdf": printed.paper,
}


def written(paper: Paper, format: str) -> bytes:
    """The bytes of one format. Refuses with a sentence what this machine cannot write."""
    try:
        return WRITERS[format](paper)
    except PaperError as error:
        raise Refused(_(error.template) % error.params) from None


def file_name(meeting: Meeting, kind: str, format: str) -> str:
    """What the file is called on the reader's disk."""
    return f"{slug(f'{kind} {meeting.agreement.code} {meeting.pk}')}.{format}"


def keep_files(meeting: Meeting, kind: str, paper: Paper, *, by: Actor, at: datetime) -> list[SignedFile]:
    """Freeze the paper as .docx, and as PDF where this machine can write it."""
    kept = []
    for format, content_type in TYPES.items():
        try:
            content = written(paper, format)
        except Refused:
            if format == "docx":
                raise
            continue
        name = file_name(meeting, kind, format)
        document = keep(content=content, name=name, content_type=content_type, by=by, at=at)
        kept.append(SignedFile.objects.create(meeting=meeting, kind=kind, format=format, document=document))
    return kept


def register(
    meeting: Meeting, *, type: str, number: str, dated: date, abstract: str, files: list[SignedFile], by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Enter what was signed in the register of papers; whoever may sign it may have it registered."""
    issuer = "; ".join(layout(meeting.agreement, "vi")["issuers"])
    same = Filing.objects.filter(
        agreement=meeting.agreement, paper__number=number, paper__issuer=issuer, paper__issued_on=dated
    )
    if same.exists():
        raise Refused(
            _("A paper of this number, issuer and day stands in the register already."), field="number"
        )
    chairs = meeting.officers.filter(role=OfficerRole.CHAIR)
    paper = register_paper(
        type=type, number=number, direction=Direction.OUT, issued_on=dated, issuer=issuer, abstract=abstract,
        signer=", ".join(chairs.values_list("name", flat=True))[:200], document=files[0].document, by=by, at=at,
    )  # fmt: skip
    Filing.objects.create(paper=paper, agreement=meeting.agreement)
