"""House templates: which a kind of paper is written into."""

from __future__ import annotations

from giaoban.documents.models import Document, HouseTemplate, PaperKind
from giaoban.lib.paper import docx


def house_template(kind: str) -> bytes | None:
    """The bytes of the house's own template of a kind of paper; None where the built-in one is used."""
    found = HouseTemplate.objects.filter(kind=kind, document__isnull=False).select_related("document").first()
    return content(found.document) if found and found.document else None


def content(document: Document) -> bytes:
    """The bytes of a stored file."""
    with document.file.open("rb") as file:
        return bytes(file.read())


def house_templates() -> list[HouseTemplate]:
    """One row per kind of paper, in a fixed order; one that was never replaced is not saved yet. One query."""
    rows = {row.kind: row for row in HouseTemplate.objects.select_related("document")}
    return [rows.get(kind) or HouseTemplate(kind=kind) for kind in PaperKind.values]


def template_in_use(kind: str) -> bytes:
    """The template that papers of this kind are written into, the house's own or the built-in one."""
    return house_template(kind) or docx.house_template()
