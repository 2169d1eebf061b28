"""What a .docx carries besides its text: the manifest as custom XML, title and language."""

from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from giaoban.lib.paper.docx.xml import W
from giaoban.lib.paper.manifest import build, canonical, digest
from giaoban.lib.paper.model import Paper

NAMESPACE = "urn:giaoban:manifest:1"
LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DATASTORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


def embed_manifest(document: Document, paper: Paper) -> None:
    """Store the manifest as a custom XML part; applications carry it along when they save."""
    manifest = build(paper)
    text = canonical(manifest).decode()
    root = etree.Element(f"{{{NAMESPACE}}}manifest", nsmap={"g": NAMESPACE}, digest=digest(manifest))
    root.text = text
    package: Any = document.part.package
    name = package.next_partname("/customXml/item%d.xml")
    item = Part(PackURI(name), "application/xml", etree.tostring(root, encoding="utf-8"), package)
    document.part.relate_to(item, f"{_OFFICE}/customXml")
    properties = Part(
        PackURI(name.replace("item", "itemProps")),
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        _properties(text).encode(),
        package,
    )
    item.relate_to(properties, f"{_OFFICE}/customXmlProps")


def _properties(text: str) -> str:
    item = str(uuid5(NAMESPACE_URL, text)).upper()
    return (
        f'<ds:datastoreItem xmlns:ds="{_DATASTORE}" ds:itemID="{{{item}}}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )


def set_properties(document: Document, paper: Paper) -> None:
    """Title and language in the properties; the language also in the styles, for spelling and reading."""
    day = paper.head.day
    properties = document.core_properties
    properties.title = paper.title
    properties.language = LANGUAGES[paper.language]
    properties.author = ", ".join(paper.head.issuers)
    properties.last_modified_by = ""
    properties.comments = ""
    if day:
        properties.created = properties.modified = datetime(day.year, day.month, day.day)
    styles: Any = document.styles.element
    for language in styles.iter(f"{W}lang"):
        language.set(f"{W}val", LANGUAGES[paper.language])
