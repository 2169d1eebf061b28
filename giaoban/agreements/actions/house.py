"""House templates: the operator replaces the one a kind of paper is written into, or goes back."""

from __future__ import annotations

import io
from datetime import datetime
from zipfile import BadZipFile, ZipFile

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.agreements.policy import AGREEMENTS
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.documents.actions import store
from giaoban.documents.models import HouseTemplate, PaperKind
from giaoban.lib.paper import Head, Paper, PaperError, Paragraph, Text, docx
from giaoban.lib.paper.check import layout

#: What a template may hold once it is unpacked.
MOST_UNPACKED = 50 * 1024 * 1024


def replace_template(*, kind: str, file: UploadedFile, by: Actor, at: datetime) -> HouseTemplate:
    """Take the uploaded .docx for papers of this kind from now on. What was issued before stays as it is."""
    _demand(by)
    _check(bytes(file.read()))
    file.seek(0)
    with transaction.atomic():
        row = _locked(kind, at)
        document = store(file=file, by=by, at=at)
        row.document, row.changed_at = document, at
        row.save()
        audit.record(
            subject=row, verb="replace template", by=by, at=at, detail={"kind": kind, "file": document.sha256}
        )
    return row


def restore_template(*, kind: str, by: Actor, at: datetime) -> HouseTemplate:
    """Go back to the built-in template; the file that was uploaded stays kept."""
    _demand(by)
    with transaction.atomic():
        row = _locked(kind, at)
        if row.document is None:
            raise Refused(_("The built-in template is in use already."), code="state")
        row.document, row.changed_at = None, at
        row.save()
        audit.record(subject=row, verb="restore template", by=by, at=at, detail={"kind": kind})
    return row


def departures(template: bytes) -> list[str]:
    """Where a paper written into this template departs from the layout of Decree 30, row by row of the checker."""
    trial = Paper(
        language="vi", title="Giao Ban",
        head=Head(issuers=("Giao Ban",), symbol="BC", place="Cần Thơ", type_name="Báo cáo", abstract="Giao Ban"),
        blocks=(Paragraph((Text("Giao Ban."),)),),
    )  # fmt: skip
    own = {found.row for found in layout(docx.write(trial)) if not found.ok}
    found = layout(docx.write(trial, template=template))
    return [f"{one.row}: {one.found}" for one in found if not one.ok and one.row not in own]


def _demand(by: Actor) -> None:
    if not AGREEMENTS.may_at_all(by, "create"):
        raise Refused(_("Only an operator replaces house templates."), code="right")


def _locked(kind: str, at: datetime) -> HouseTemplate:
    if kind not in PaperKind.values:
        raise Refused(_("There is no such kind of paper."), code="kind")
    row, _made = HouseTemplate.objects.select_for_update().get_or_create(
        kind=kind, defaults={"changed_at": at}
    )
    return row


def _check(content: bytes) -> None:
    """Refuses, with everything it lacks, what papers cannot be written into."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
        if any("vbaproject" in entry.filename.lower() for entry in entries):
            raise Refused(_("The template holds macros. Save it without them, as .docx."), field="file")
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise Refused(_("The template is larger than 50 MB once unpacked."), field="file")
        lack = docx.lacking(content)
        if not lack:
            departures(content)
            return
    except BadZipFile:
        raise Refused(
            _("The house template is not a Word document; upload a .docx file."), field="file"
        ) from None
    except PaperError as error:
        raise Refused(_(error.template) % error.params, field="file") from None
    raise Refused(
        _("The template lacks: %(names)s. Start from the template that is in use, and change it in Word.")
        % {"names": ", ".join(_named(name) for name in lack)},
        field="file",
    )


def _named(name: str) -> str:
    if name == "PAGE":
        return _("the page number in the header")
    return _("the style “%(style)s”") % {"style": f"Giao Ban {name[2:]}" if name.startswith("GB") else name}
