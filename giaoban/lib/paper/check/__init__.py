"""Reads a .docx back and says of every row of the layout whether it holds."""

from pathlib import Path
from zipfile import BadZipFile

from lxml.etree import XMLSyntaxError

from giaoban.lib.paper.check.boxes import boxes
from giaoban.lib.paper.check.effective import Opened
from giaoban.lib.paper.check.finding import Finding
from giaoban.lib.paper.check.forms import forms
from giaoban.lib.paper.check.pages import pages
from giaoban.lib.paper.errors import PaperError
from giaoban.lib.paper.profile import load

__all__ = ["Finding", "layout"]


def layout(source: Path | str | bytes, *, profile: str = "nd30", language: str = "vi") -> list[Finding]:
    """One finding per row that applies: pages, boxes, then the forms of number, date, lists and end.

    Paragraphs are known by the style of their box. Raises `PaperError` if it is no .docx.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    try:
        opened = Opened(data)
    except (BadZipFile, KeyError, XMLSyntaxError) as error:
        raise PaperError("broken", kind=".docx") from error
    form = load(profile)
    return [*pages(opened, form), *boxes(opened, form), *forms(opened, form, language)]
