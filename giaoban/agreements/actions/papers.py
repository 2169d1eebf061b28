"""The register of numbered papers of an agreement: enter, change, replace."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement, Audience, Filing
from giaoban.agreements.policy import PAPERS
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.documents import actions as documents
from giaoban.documents.models import Document, Paper


def register_paper(
    *, agreement: Agreement, type: str, number: str, direction: str, issued_on: date, issuer: str, abstract: str,
    by: Actor, at: datetime, audience: str = Audience.PARTIES, file: UploadedFile | None = None, **fields: Any,
) -> Paper:  # fmt: skip
    """Enter a paper in the register of an agreement, with its file as uploaded (`file`) or kept (`document`).

    fields: others of documents.actions.PAPER_FIELDS. The same number, issuer and day stand there once.
    """
    if not PAPERS.may_in(by, "register", agreement.pk):
        raise Refused(_("You may not change the register of papers."), code="right")
    given = {"type": type, "number": number, "direction": direction, "issued_on": issued_on, "issuer": issuer}
    with transaction.atomic():
        _check_twice(agreement, number, issuer, issued_on, direction)
        fields |= _kept(file, by, at)
        paper = documents.register_paper(**given, abstract=abstract, by=by, at=at, **fields)
        Filing.objects.create(paper=paper, agreement=agreement, audience=audience)
    return paper


def change_paper(
    *, paper: Paper, by: Actor, at: datetime, audience: str | None = None, file: UploadedFile | None = None,
    **fields: Any,
) -> Paper:  # fmt: skip
    """Change what the register says of a paper; a new file takes the place of the old one, which stays kept."""
    _demand(paper, by)
    with transaction.atomic():
        filing = Filing.objects.select_for_update().select_related("agreement").get(paper=paper)
        told = {"number": paper.number, "issuer": paper.issuer, "issued_on": paper.issued_on} | fields
        _check_twice(
            filing.agreement, told["number"], told["issuer"], told["issued_on"],
            fields.get("direction", paper.direction), but=paper,
        )  # fmt: skip
        paper = documents.change_paper(paper=paper, by=by, at=at, **fields, **_kept(file, by, at))
        if audience is not None and audience != filing.audience:
            filing.audience = audience
            filing.save(update_fields=["audience"])
            audit.record(
                subject=paper, verb="change paper", by=by, at=at, detail={"fields": ["audience"], "to": audience}
            )  # fmt: skip
    return paper


def replace_paper(
    *, paper: Paper, replacement: Paper | None, on: date | None, by: Actor, at: datetime
) -> Paper:
    """Say which paper of the same register takes its place, and from which day."""
    _demand(paper, by)
    if replacement is not None:
        same = Filing.objects.filter(paper=replacement, agreement=paper.filing.agreement_id).exists()
        if not same:
            raise Refused(_("Both papers must stand in the same register."), field="replacement")
    return documents.replace_paper(paper=paper, replacement=replacement, on=on, by=by, at=at)


def _demand(paper: Paper, by: Actor) -> None:
    if not PAPERS.may(by, "register", paper):
        raise Refused(_("You may not change the register of papers."), code="right")


def _kept(file: UploadedFile | None, by: Actor, at: datetime) -> dict[str, Document]:
    return {"document": documents.store(file=file, by=by, at=at)} if file is not None else {}


def _check_twice(
    agreement: Agreement, number: str, issuer: str, day: date, direction: str, but: Paper | None = None
) -> None:
    if not number.strip():
        return
    same = Paper.objects.filter(
        filing__agreement=agreement, number=number.strip(), issuer=issuer.strip(), issued_on=day, direction=direction
    )  # fmt: skip
    if same.exclude(pk=but.pk if but else None).exists():
        raise Refused(
            _("A paper of this number, issuer and day stands in the register already."), field="number"
        )
