"""Reads a paper back from a file: its manifest, what stands in the place of every figure, loose digits."""

import zipfile
from pathlib import Path

from giaoban.lib.paper.errors import PaperError
from giaoban.lib.paper.read.lines import Extracted, Line, Loose, Piece

__all__ = ["Extracted", "Line", "Loose", "Piece", "extract"]


def extract(source: Path | str | bytes) -> Extracted:
    """Read a .docx, .html or .pdf, known by its first bytes; raises `PaperError`."""
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    kind = _kind(data)
    try:
        if kind == "docx":
            from giaoban.lib.paper.read import docx

            return docx.extract(data)
        if kind == "pdf":
            from giaoban.lib.paper.read import pdf

            return pdf.extract(data)
        from giaoban.lib.paper.read import html

        return html.extract(data)
    except (ValueError, KeyError, SyntaxError, RuntimeError, zipfile.BadZipFile) as error:
        if isinstance(error, PaperError):
            raise
        raise PaperError("broken", kind=f".{kind}") from error


def _kind(data: bytes) -> str:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"pk"):
        return "docx"
    if b"%pdf-" in start:
        return "pdf"
    if start.startswith(b"<") and b"<html" in data[:4096].lower():
        return "html"
    raise PaperError("kind")
