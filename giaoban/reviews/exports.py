"""A review as files: .docx, .pdf, .html, and the full lists of sources beside them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from giaoban.core import printed
from giaoban.core.refused import Refused
from giaoban.documents.models import PaperKind
from giaoban.documents.queries import house_template
from giaoban.lib.paper import Paper, PaperError, docx, html, manifest
from giaoban.lib.text import slug
from giaoban.reviews.models import Block, Review
from giaoban.reviews.queries import composing

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Format:
    """One kind of file: its name ending, how it is written, what it is called."""

    suffix: str
    content_type: str
    label: Any
    write: Callable[[Paper], bytes]


FORMATS: dict[str, Format] = {
    "docx": Format("docx", DOCX, _("Word (.docx)"), lambda p: docx.write(p, template=house_template(PaperKind.REVIEW))),
    "pdf": Format("pdf", "application/pdf", _("PDF"), printed.paper),
    "html": Format("html", "text/html; charset=utf-8", _("Web page (.html)"), lambda p: html.page(p).encode()),
    "sources": Format("csv.gz", "application/gzip", _("Sources (.csv.gz)"), manifest.sources_csv),
}  # fmt: skip


def files(review: Review, out: Path, formats: Sequence[str] = tuple(FORMATS)) -> dict[str, Path]:
    """Write review.docx, review.pdf, review.html and sources.csv.gz into a folder; which is where.

    A format this machine cannot write (PDF without Pango) raises Refused, after the others were written.
    """
    paper = written_paper(review)
    out.mkdir(parents=True, exist_ok=True)
    made: dict[str, Path] = {}
    refused: Refused | None = None
    for name in formats:
        path = out / (
            f"sources.{FORMATS[name].suffix}" if name == "sources" else f"review.{FORMATS[name].suffix}"
        )
        try:
            path.write_bytes(content(paper, name))
        except Refused as refusal:
            refused = refusal
        else:
            made[name] = path
    if refused is not None:
        raise refused
    return made


def one(review: Review, name: str) -> io.BytesIO:
    """One file of a review, as it is now."""
    return io.BytesIO(content(written_paper(review), name))


def short(review: Review, name: str) -> io.BytesIO:
    """One file of the short public version. Refuses where no block may be published."""
    if not Block.objects.filter(section__review=review, publishable=True, removed=False).exists():
        raise Refused(gettext("No block of this review is marked “may be published” yet."))
    return io.BytesIO(content(composing.sealed(review, composing.short(review))[0], name))


def written_paper(review: Review) -> Paper:
    """The paper as files carry it: an issued one as issued, a draft under our seal."""
    return composing.sealed(review, composing.paper(review))[0]


def content(paper: Paper, name: str) -> bytes:
    """The bytes of one format."""
    try:
        return FORMATS[name].write(paper)
    except PaperError as error:
        raise Refused(gettext(error.template) % error.params) from None


def filename(review: Review, name: str) -> str:
    """What the file is called on the reader's disk."""
    kind = "sources" if name == "sources" else "review"
    return (
        f"{slug(f'{kind} {review.agreement.code} {review.period} {review.language}')}.{FORMATS[name].suffix}"
    )
