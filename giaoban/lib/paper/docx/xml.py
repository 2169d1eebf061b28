"""Small pieces of WordprocessingML as text; a whole body is parsed once, which is what makes it fast."""

from xml.sax.saxutils import escape, quoteattr

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"'
W = f"{{{_MAIN}}}"
R = f"{{{_OFFICE}}}"


def twips(mm: float) -> int:
    """Twentieths of a point; 1 cm is 567."""
    return round(mm * 56.7)


def attribute(text: str) -> str:
    """The text as an attribute value with its quotes."""
    return quoteattr(text)


def run(text: str, *, bold: bool = False, italic: bool = False, style: str = "") -> str:
    """One run of text; line breaks in it become line breaks."""
    properties = (
        (f'<w:rStyle w:val="{style}"/>' if style else "")
        + ("<w:b/>" if bold else "")
        + ("<w:i/>" if italic else "")
    )
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{lines}</w:r>"


def paragraph(style: str, runs: str, properties: str = "") -> str:
    """One paragraph of a style; `properties` are further elements of its w:pPr, in schema order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def rule(room: float, length: float, align: str = "center", space: float = 0) -> str:
    """A horizontal rule as the border of an empty, very low paragraph; lengths in mm."""
    spare = max(room - length, 0)
    left = {"left": 0.0, "center": spare / 2, "right": spare}[align]
    return (
        '<w:p><w:pPr><w:pStyle w:val="Normal"/><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="0" '
        f'w:color="000000"/></w:pBdr><w:spacing w:before="{round(space * 20)}" w:after="0" w:line="80" '
        f'w:lineRule="exact"/><w:ind w:left="{twips(left)}" w:right="{twips(spare - left)}"/>'
        '<w:rPr><w:sz w:val="4"/></w:rPr></w:pPr></w:p>'
    )


def cell(width: float, content: str, properties: str = "") -> str:
    """One table cell `width` mm wide; its content are paragraphs."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def grid(widths: list[float]) -> str:
    """The columns of a table, mm."""
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def plain_table(widths: list[float], rows: list[list[str]]) -> str:
    """A borderless table for head and foot; `rows` hold the paragraphs of each cell."""
    body = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(cell(width, content) for width, content in zip(widths, row, strict=True))
        + "</w:tr>"
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0000"/></w:tblPr>'
        f"{grid(widths)}{body}</w:tbl>"
    )
