"""The body of a paper: parts, paragraphs, tables, charts."""

import io
from typing import Any

from docx.document import Document
from docx.shared import Mm
from lxml import etree

from giaoban.lib.paper.columns import SHORT, column_widths, heading_groups
from giaoban.lib.paper.docx.runs import RunWriter
from giaoban.lib.paper.docx.xml import attribute, cell, grid, paragraph, run, twips
from giaoban.lib.paper.lettering import Numbers
from giaoban.lib.paper.model import Block, Chart, Column, Paragraph, Part, Table
from giaoban.lib.paper.profile import Profile

_MIDDLE = '<w:vAlign w:val="center"/>'
_BORDERS = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)


class BlockWriter:
    """Writes blocks into text of WordprocessingML, numbering parts, tables and charts as it goes."""

    def __init__(self, document: Document, runs: RunWriter, numbers: Numbers, profile: Profile) -> None:
        self._profile = profile
        self._document = document
        self._runs = runs
        self._numbers = numbers
        self.room = profile.text_width

    def restart(self, *, landscape: bool) -> None:
        """An annex begins: parts count from one again, and the page may lie on its side."""
        page = self._profile
        self._numbers.restart()
        spare = page.width - page.text_width
        self.room = page.height - spare if landscape else page.text_width

    def block(self, block: Block) -> str:
        """One block as XML."""
        if isinstance(block, Part):
            return self._part(block)
        if isinstance(block, Paragraph):
            lead = run(f"{block.lead} ") if block.lead else ""
            return paragraph("GBbody", lead + self._runs.runs(block.runs))
        return self._table(block) if isinstance(block, Table) else self._chart(block)

    def _part(self, part: Part) -> str:
        number = part.label or self._numbers.part(part.level)
        style = f"GBpart{part.level}" if part.titled else "GBbody"
        if part.level == 0:
            return paragraph(style, run(f"{number}\n") + self._runs.runs(part.runs, upper=True))
        text = self._runs.runs(part.runs, upper=part.titled and part.level == 1)
        return paragraph(style, run(f"{number} ") + text)

    def _table(self, table: Table) -> str:
        style = cell_style(len(table.columns))
        widths = column_widths(table.columns, self.room)
        rows = _heading_rows(table.columns, widths, style)
        # a short table stays whole, the last row of a long one with the note under it
        kept = len(table.rows) - (len(table.rows) if len(table.rows) <= SHORT else 1)
        rows += "".join(self._row(table, n, widths, style, n >= kept) for n in range(len(table.rows)))
        note = paragraph("GBtablenote", run(table.note or ""))
        return (
            paragraph("GBcaption", run(f"{self._numbers.table()} {table.caption}"))
            + f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:jc w:val="center"/>'
            f'{_BORDERS}<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/>'
            '<w:right w:w="57" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="00A0" w:firstRow="1" '
            f'w:firstColumn="1"/><w:tblCaption w:val={attribute(table.caption)}/></w:tblPr>'
            f"{grid(widths)}{rows}</w:tbl>{note}"
        )

    def _row(self, table: Table, n: int, widths: list[float], style: str, kept: bool) -> str:
        row = table.rows[n]
        keep = "<w:keepNext/>" if kept else ""
        cells = [
            cell(
                width,
                paragraph(
                    style, self._runs.runs(runs, bold=row.total), f'{keep}<w:jc w:val="{column.align}"/>'
                ),
                _MIDDLE,
            )
            for column, width, runs in zip(table.columns, widths, row.cells, strict=True)
        ]
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"

    def _chart(self, chart: Chart) -> str:
        part: Any = self._document.part
        picture = part.new_pic_inline(io.BytesIO(chart.png), width=Mm(self.room * chart.width))
        picture.docPr.set("descr", chart.alt)
        picture.docPr.set("name", f"Chart {picture.docPr.get('id')}")
        drawing = etree.tostring(picture, encoding="unicode")
        caption = paragraph("GBcaption", run(f"{self._numbers.chart()} {chart.caption}"))
        shown = paragraph("GBpicture", f"<w:r><w:drawing>{drawing}</w:drawing></w:r>")
        return shown + caption + (self._table(chart.data) if chart.data else "")


def cell_style(columns: int) -> str:
    """The style of the cells of a table with so many columns."""
    if columns > 16:
        return "GBcell8"
    return "GBcell10" if columns > 8 else "GBcell"


def _heading_rows(columns: tuple[Column, ...], widths: list[float], style: str) -> str:
    if not any(column.group for column in columns):
        return _heading_row(
            [_heading(column.header, w, style) for column, w in zip(columns, widths, strict=True)]
        )
    upper, lower, at = [], [], 0
    for group, span in heading_groups(columns):
        if group:
            merged = f'<w:gridSpan w:val="{span}"/>'
            upper.append(_heading(group, sum(widths[at : at + span]), style, merged))
            lower += [_heading(columns[i].header, widths[i], style) for i in range(at, at + span)]
        else:
            upper.append(_heading(columns[at].header, widths[at], style, '<w:vMerge w:val="restart"/>'))
            lower.append(_heading("", widths[at], style, "<w:vMerge/>"))
        at += span
    return _heading_row(upper) + _heading_row(lower)


def _heading_row(cells: list[str]) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _heading(text: str, width: float, style: str, merged: str = "") -> str:
    content = paragraph(style, run(text, bold=True), '<w:keepNext/><w:jc w:val="center"/>')
    return cell(width, content, merged + _MIDDLE)
