"""A version of the agreement as a document of Decree 30: .docx, .pdf, .html, one signature cell per party."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models import ArticleKind, LegalForm, Version
from giaoban.agreements.numbering import Node
from giaoban.agreements.queries.parties import signature_block
from giaoban.agreements.queries.text import text_of
from giaoban.core import printed
from giaoban.core.refused import Refused
from giaoban.documents.models import PaperKind, PaperType
from giaoban.documents.queries import house_template
from giaoban.lib.paper import Head, Paper, PaperError, Paragraph, Part, Signature, Text, docx, html
from giaoban.lib.text import pick, slug

LANGUAGES = (("vi", "Tiếng Việt"), ("en", "English"))
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NUMBER = re.compile(r"\s*([0-9]+)\s*/\s*(.+)")
_TYPE = {
    LegalForm.COSIGNED: PaperType.REGULATION,
    LegalForm.DECISION: PaperType.DECISION,
    LegalForm.JOINT_RESOLUTION: PaperType.JOINT_RESOLUTION,
    LegalForm.PROGRAMME: PaperType.PROGRAMME,
}


@dataclass(frozen=True)
class Format:
    """One kind of file: how it is written and what it is called."""

    content_type: str
    label: Any
    write: Callable[[Paper], bytes]


FORMATS: dict[str, Format] = {
    "docx": Format(
        DOCX, _("Word (.docx)"), lambda paper: docx.write(paper, template=house_template(PaperKind.AGREEMENT))
    ),
    "pdf": Format("application/pdf", _("PDF"), printed.paper),
    "html": Format(
        "text/html; charset=utf-8", _("Web page (.html)"), lambda paper: html.page(paper).encode()
    ),
}


def content(version: Version, kind: str, language: str, day: date) -> bytes:
    """The bytes of one file. Refuses what this machine cannot write (PDF without Pango)."""
    try:
        return FORMATS[kind].write(paper(version, language, day))
    except PaperError as error:
        raise Refused(gettext(error.template) % error.params) from None


def filename(version: Version, kind: str, language: str) -> str:
    """What the file is called on the reader's disk."""
    return f"{slug(f'{version.agreement.code} v{version.number} {language}')}.{kind}"


def paper(version: Version, language: str, day: date) -> Paper:
    """The document of a version. day: on which the parties are read, where it is not signed yet."""
    with translation.override(language):
        cells = version.signatures or signature_block(version.agreement, version.effective_on or day)
        title = pick(version.titles, language) or str(version.agreement)
        return Paper(
            language=language, title=title, head=_head(version, cells, title),  # type: ignore[arg-type]
            blocks=tuple(_blocks(text_of(version), language)),
            bases=tuple(line for line in version.bases.splitlines() if line.strip()),
            signatures=tuple(Signature(tuple(cell["lines"]), cell["signer"]) for cell in cells),
            recipients=(*[cell["name"] for cell in cells], gettext("Kept: the coordinating unit")), mark=_mark(version),
            identity={"product": "giaoban", "agreement": version.agreement.code, "version": version.number},
            origin=settings.SITE_URL + version.get_absolute_url(),
        )  # fmt: skip


def _head(version: Version, cells: list[dict[str, Any]], title: str) -> Head:
    agreement, number = version.agreement, _NUMBER.fullmatch(version.signed_number)
    several = agreement.form in (LegalForm.COSIGNED, LegalForm.JOINT_RESOLUTION) and len(cells) <= 4
    return Head(
        issuers=tuple(cell["name"] for cell in cells) if several and cells else (agreement.lead.name,),
        number=int(number[1]) if number else None,
        symbol=number[2] if number else version.signed_number,
        place=version.place,
        day=version.signed_on,
        type_name=str(_TYPE[LegalForm(agreement.form)].label),
        abstract=title,
    )


def _mark(version: Version) -> str:
    state = "" if version.state == "in_force" else str(version.get_state_display()).upper()
    return " · ".join(
        part for part in (state, gettext("SAMPLE DATA") if version.agreement.is_sample else "") if part
    )


def _blocks(nodes: list[Node], language: str) -> Iterator[Part | Paragraph]:
    """Numbers are written as text: they are those of the agreement, not of this file."""
    for node in nodes:
        title, text = pick(node.wording.titles, language), pick(node.wording.texts, language)
        lines = text.splitlines()
        number = node.number[language]
        if node.kind == ArticleKind.CHAPTER:
            yield Part(0, (Text(title),), label=number)
        elif title:
            yield Part(2, (Text(title),), label=f"{number}.")
        else:
            first = lines.pop(0) if lines else ""
            level = 3 if node.kind == ArticleKind.POINT else 2
            label = f"{number}." if node.kind == ArticleKind.ARTICLE else number
            yield Part(level, (Text(first),), titled=False, label=label)
        yield from (Paragraph((Text(line),)) for line in lines)
