"""The annex that says for every figure where it comes from."""

from collections.abc import Iterable

from giaoban.lib.paper.model import Annex, Column, Figure, FigureRef, Paragraph, Row, Table, Text

_WORDS = {
    "vi": {
        "title": "Nguồn của số liệu",
        "intro": "Mỗi số liệu trong văn bản có một dòng dưới đây. Bấm vào số liệu để xem danh sách báo cáo "
        "của các đơn vị; danh sách đầy đủ nằm trong tệp sources.csv.gz kèm theo.",
        "caption": "Số liệu và nguồn",
        "columns": (
            "TT",
            "Mã",
            "Nội dung",
            "Số liệu",
            "Báo cáo đã chấp nhận/phải nộp",
            "Số nguồn",
            "Mã băm nguồn",
        ),
        "note": "Dấu – : không có số liệu.",
    },
    "en": {
        "title": "Sources of the figures",
        "intro": "Each figure of this document has one line below. Follow a figure to the list of unit "
        "reports behind it; the full lists are in the file sources.csv.gz beside this document.",
        "caption": "Figures and sources",
        "columns": ("No.", "Id", "What", "Figure", "Reports accepted/due", "Sources", "Source digest"),
        "note": "– means no value.",
    },
}
_WIDTHS = (0.6, 0.9, 4.2, 1.4, 1.3, 1.0, 1.6)


def figures_annex(figures: Iterable[Figure], *, language: str) -> Annex:
    """One row per figure: number, id, what it says, value, accepted/due, number of sources, digest.

    Every cell that holds digits is a figure run, so it is verified like the figures of the text, and its
    link leads to the trace page. Landscape.
    """
    words = _WORDS["vi" if language == "vi" else "en"]
    rows = tuple(_row(n, figure) for n, figure in enumerate(figures, 1))
    aligned = ("center", "left", "left", "right", "center", "right", "left")
    columns = tuple(
        Column(header, width, align)  # type: ignore[arg-type]
        for header, width, align in zip(words["columns"], _WIDTHS, aligned, strict=True)
    )
    table = Table(str(words["caption"]), columns, rows, row_headers=2, note=str(words["note"]))
    return Annex(str(words["title"]), (Paragraph((Text(str(words["intro"])),)), table), landscape=True)


def _row(n: int, figure: Figure) -> Row:
    id = figure.id
    return Row(
        (
            (Text(str(n)),),
            (FigureRef(id, "id"),),
            (FigureRef(id, "label"), Text("\n"), FigureRef(id, "query")),
            (FigureRef(id),),
            (FigureRef(id, "complete"),),
            (FigureRef(id, "sources"),),
            (FigureRef(id, "digest"),),
        )
    )
