"""What can be wrong with a paper or a file, as sentences."""

from typing import ClassVar

from giaoban.lib.errors import LibError


class PaperError(LibError):
    """A paper cannot be written, or a file cannot be read as one."""

    SENTENCES: ClassVar[dict[str, str]] = {
        "figure": "The paper refers to the figure “%(id)s”, which it does not have.",
        "figure_id": "“%(id)s” is no figure id: use at most 60 letters, digits, dots and hyphens.",
        "profile": "There is no layout profile “%(name)s”; choose one of: %(known)s.",
        "template": "The house template is not a Word document; upload a .docx file.",
        "style": "The house template has no style “%(style)s”; start from the template that comes "
        "with the product.",
        "pango": "PDF needs the library Pango, which is not installed here; install the Debian "
        "package libpangoft2-1.0-0, or take the .docx or the HTML file.",
        "kind": "This file is neither .docx, nor .html, nor .pdf.",
        "broken": "This %(kind)s file cannot be read; it may be damaged.",
        "chart": "The chart has no data to draw.",
    }
