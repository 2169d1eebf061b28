"""Writes a paper as tagged PDF (PDF/UA-1) from the same HTML as the page; the manifest is attached."""

import io
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from contextvars import ContextVar
from functools import partial
from typing import Any

import pikepdf

from giaoban.lib.paper import html
from giaoban.lib.paper.errors import PaperError
from giaoban.lib.paper.manifest import build, canonical, digest
from giaoban.lib.paper.model import Paper
from giaoban.lib.paper.pdftree import marked

MANIFEST = "manifest.json"
_PROGRESS = logging.getLogger("weasyprint.progress")
_listener: ContextVar[Callable[[int], None] | None] = ContextVar("pages told", default=None)
_MARKED = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")


def write(paper: Paper) -> bytes:
    """The paper as PDF/UA-1; raises `PaperError` where the library Pango is missing."""
    weasyprint = _weasyprint()
    manifest = build(paper)
    attachment = weasyprint.Attachment(
        string=canonical(manifest),
        name=MANIFEST,
        description=f"What stands behind every figure of this document. SHA-256 {digest(manifest)}",
        relationship="Data",
    )
    # pictures are in the text: nothing is fetched from anywhere
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
    document = weasyprint.HTML(string=html.bare_page(paper), url_fetcher=fetcher)
    written: bytes = document.write_pdf(pdf_variant="pdf/ua-1", attachments=[attachment])
    return _with_artifacts(written)


def sheets(markup: str, style: str) -> bytes:
    """Other sheets than papers (badges, lists) as PDF/UA-1; pictures are in the page itself."""
    weasyprint = _weasyprint()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
    page = weasyprint.HTML(string=markup, url_fetcher=fetcher)
    written: bytes = page.write_pdf(stylesheets=[weasyprint.CSS(string=style)], pdf_variant="pdf/ua-1")
    return written


@contextmanager
def pages_told(tell: Callable[[int], None]) -> Iterator[None]:
    """What is written inside tells the number of each page as it is laid out: 1, 2, 3 …"""
    token = _listener.set(tell)
    try:
        yield
    finally:
        _listener.reset(token)


def _hear(record: logging.LogRecord) -> bool:
    """Take the page out of what WeasyPrint says of its progress; no line of that goes into a log."""
    tell = _listener.get()
    if tell is not None and " - Page %d" in str(record.msg) and isinstance(record.args, tuple):
        tell(int(str(record.args[0])))
    return False


def _with_artifacts(written: bytes) -> bytes:
    """Name as artifact what WeasyPrint numbers but leaves out of the structure: the page numbers."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(written)) as pdf:
        for page, known in zip(pdf.pages, marked(pdf), strict=True):
            content = page.obj["/Contents"]
            text = content.read_bytes()
            content.write(_MARKED.sub(partial(_artifact, known), text))
        pdf.save(file, deterministic_id=True)
    return file.getvalue()


def _artifact(known: set[int], found: re.Match[bytes]) -> bytes:
    return found.group() if int(found.group(1)) in known else b"/Artifact\nBMC"


def _weasyprint() -> Any:
    try:
        # it prints where to read on when a library is missing; our sentence says what to do
        with redirect_stdout(io.StringIO()):
            import weasyprint
            import weasyprint.urls
    except OSError as error:
        raise PaperError("pango") from error
    if _hear not in _PROGRESS.filters:
        _PROGRESS.addFilter(_hear)
        _PROGRESS.setLevel(logging.INFO)
    return weasyprint
