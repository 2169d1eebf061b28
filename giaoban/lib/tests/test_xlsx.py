"""Excel tables out and in."""

import io
import random
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from giaoban.lib import xlsx
from giaoban.lib.numbers import scale
from giaoban.lib.xlsx import TableError, read_table, write_table

HEADERS = ["Đơn vị", "Số ca", "Tỷ lệ", "Ngày", "Nộp lúc"]
TYPES = ["text", "number", "number:2", "date", "datetime"]


def table(rows: list[list[object]], lang: str = "vi") -> bytes:
    return write_table(rows, HEADERS, TYPES, lang)


def test_a_table_is_read_back_as_written() -> None:
    sent = datetime(2026, 1, 5, 17, 0, tzinfo=UTC)
    data = table(
        [["Cần Thơ", 1234, Fraction(200, 3), date(2026, 1, 5), sent], ["Vĩnh Long", None, None, None, None]]
    )
    assert list(read_table(data)) == [
        HEADERS,
        ["Cần Thơ", 1234.0, 66.67, date(2026, 1, 5), datetime(2026, 1, 5, 17, 0)],
        ["Vĩnh Long", None, None, None, None],
    ]


def test_the_reader_sees_typed_cells() -> None:
    data = table([["Cần Thơ", 1234, Decimal("0.5"), date(2026, 1, 5), None]])
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert page.freeze_panes == "A2"
    assert page["A1"].font.b
    assert [page[cell].number_format for cell in ("B2", "C2", "D2")] == ["General", "#,##0.00", "dd/mm/yyyy"]


def test_text_never_runs_as_a_formula() -> None:
    texts = ["=1+1", "+84 90", "-5", "@x", "\tx", "https://example.vn", "{=1}"]
    page = openpyxl.load_workbook(
        io.BytesIO(table([[text, None, None, None, None] for text in texts]))
    ).active
    cells = [page.cell(row, 1) for row in range(2, 9)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in texts]
    assert [cell.quotePrefix for cell in cells] == [True] * 5 + [False] * 2
    assert page["A7"].hyperlink is None


def test_a_figure_of_more_digits_than_excel_keeps_becomes_text() -> None:
    rows = [
        ["", 10**15 - 1, Decimal("9999999999999.99"), None, None],
        ["", 10**15, Decimal("12345678901234.56"), None, None],
    ]
    _, kept, shown = read_table(table(rows))
    assert kept[1:3] == [10**15 - 1, 9999999999999.99]
    assert shown[1:3] == ["1.000.000.000.000.000", "12.345.678.901.234,56"]


def test_days_before_1900_become_text() -> None:
    assert list(read_table(table([["", None, None, date(1890, 5, 19), None]])))[1][3] == "1890-05-19"


def test_the_same_rows_give_the_same_bytes() -> None:
    rows: list[list[object]] = [["A", 1, 2, date(2026, 1, 5), None]]
    assert table(rows) == table(rows)
    later = write_table(rows, HEADERS, TYPES, "vi", created=datetime(2026, 1, 5, tzinfo=UTC))
    assert later != table(rows)


def test_rows_keep_their_numbers_and_sheets_their_names() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Hướng dẫn").write(0, 0, "x")
        book.add_worksheet("Số liệu").write(2, 1, 5)
    data = file.getvalue()
    assert (
        list(read_table(data, "Số liệu"))
        == list(read_table(data, 1))
        == [[None, None], [None, None], [None, 5.0]]
    )
    for sheet in ("Khác", 7):
        with pytest.raises(TableError, match=f"has no sheet {sheet}"):
            list(read_table(data, sheet))


def test_what_does_not_fit_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TableError, match="Row 3 has a text of more than 32,767 characters"):
        table([["a", None, None, None, None], ["a" * 32_768, None, None, None, None]])
    with pytest.raises(TableError, match="“money” is no type of column"):
        write_table([], ["a"], ["money"], "vi")
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    assert len(list(read_table(table([[str(n), n, n, None, None] for n in range(2)])))) == 3
    with pytest.raises(TableError, match="A sheet holds 1,048,576 rows at most"):
        table([[str(n), n, n, None, None] for n in range(3)])


def test_files_that_are_no_workbooks_are_refused() -> None:
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    for data in (b"", b"period,unit\n", b"\xd0\xcf\x11\xe0" * 200, empty.getvalue()):
        with pytest.raises(TableError, match="is not an Excel workbook"):
            list(read_table(data))
    with pytest.raises(TableError, match="is damaged and cannot be read"):
        list(read_table(table([])[:500]))


def test_a_cell_far_away_does_not_fill_the_memory() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        page.write(0, 0, 1)
        page.write(1_048_575, 300, "far")
    with pytest.raises(TableError, match="too large to be read; split it"):
        list(read_table(file.getvalue()))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576">' + "<c><v>1</v></c>" * 10 + "</row>",
        "<x:row r = '1048576'><x:c r = 'IV1048576'/></x:row>",
        '<row><c r="a1"/></row><row><c s="1" r="zz999999"/></row>',
        '<row r="99999999999"/>',
    ],
)
def test_no_spelling_of_a_far_cell_passes(rows: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{rows}</sheetData></worksheet>")
    with pytest.raises(TableError, match="too large to be read"):
        list(read_table(file.getvalue()))


def test_a_packed_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_BYTES", 1000)
    with pytest.raises(TableError, match="too large to be read"):
        list(read_table(table([])))


def test_damage_anywhere_gives_a_sentence_or_the_table() -> None:
    data = table([["Cần Thơ", 1234, Decimal("0.5"), date(2026, 1, 5), None]] * 20)
    chance = random.Random(5)
    for _ in range(300):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            list(read_table(bytes(damaged)))
        except TableError as refused:
            assert str(refused).endswith(".")


@given(st.lists(st.decimals(-(10**9), 10**9, places=2)))
def test_figures_survive_the_journey_through_excel(figures: list[Decimal]) -> None:
    data = write_table([[figure] for figure in figures], ["h"], ["number:2"], "en")
    read = [row[0] for row in read_table(data)][1:]
    assert [scale(value, 2) for value in read if isinstance(value, float)] == [
        scale(figure, 2) for figure in figures
    ]
