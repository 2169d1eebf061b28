"""Programme files: strict reading with the right line, and writing that never varies."""

import gzip
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giaoban.lib.csvs import FileError, encode, read, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def refused(path: Path, content: bytes, **options: object) -> str:
    path.write_bytes(content)
    with pytest.raises(FileError) as error:
        list(read(path, name=path.name, **options))  # type: ignore[arg-type]
    return str(error.value)


def test_rows_come_with_the_physical_line_on_which_they_start(folder: Path) -> None:
    path = folder / "notes.csv"
    path.write_text('unit,note\nA,"one\ntwo\n\nfour"\n\nB,plain\r\nC,"Cần ""Thơ"""\n', encoding="utf-8")
    assert list(read(path)) == [
        (2, {"unit": "A", "note": "one\ntwo\n\nfour"}),
        (7, {"unit": "B", "note": "plain"}),
        (8, {"unit": "C", "note": 'Cần "Thơ"'}),
    ]


def test_a_mark_of_byte_order_is_not_part_of_the_first_name(folder: Path) -> None:
    path = folder / "units.csv"
    path.write_bytes(b"\xef\xbb\xbfcode\nA\n")
    assert list(read(path)) == [(2, {"code": "A"})]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "f.csv:1: The file is empty; its first line names the columns."),
        (b"a,,b\n", "f.csv:1: Column 2 has no name."),
        (b"a,b,a\n", "f.csv:1: The column \u201ca\u201d is there twice."),
        (b"a,b\n1,2\n1,2,3\n", "f.csv:3: The header has 2 columns, but this row has 3."),
        (b'a,b\n1,"2\n3",4\n', "f.csv:2: The header has 2 columns, but this row has 3."),
        (b"a,b\n1\n", "f.csv:2: The header has 2 columns, but this row has 1."),
        (b"a\n1\nC\xe2n Tho\n", "f.csv:3: Byte 2 of the line is not UTF-8; save the file as UTF-8."),
        ("a\nCần\n".encode("utf-16"), "f.csv:1: Byte 1 of the line is not UTF-8; save the file as UTF-8."),
        (b"a\n1\n\x00\n", "f.csv:3: The line holds a NUL character; the file is damaged or not text."),
        (b'a,b\n1,2\n3,"4\n5,6\n', "f.csv:3: A quotation mark opens a cell in this row and none closes it."),
        (b'a,b\n1,"2"x\n', "f.csv:2: Text follows a closing quotation mark; write a quotation mark inside "
         "a cell twice."),
        (b"a,b\r1,2\r", "f.csv:1: A line ends in a lone carriage return; save the file with LF or CRLF line "
         "ends."),
        (b'a\n1\n"' + b"x" * 10_000_001 + b'"', "f.csv:3: A cell has more than 10,000,000 characters; perhaps "
         "a quotation mark is not closed."),
        (b"a\n1\n" + unicodedata.normalize("NFD", "Cần Thơ\n").encode(), "f.csv:3: The line holds "
         "decomposed Unicode; save the file in the composed form (NFC)."),
    ],
)  # fmt: skip
def test_a_damaged_file_is_refused_with_its_line(folder: Path, content: bytes, error: str) -> None:
    assert refused(folder / "f.csv", content) == error


def test_a_broken_gzip_is_refused(folder: Path) -> None:
    packed = gzip.compress(b"a\n" + b"".join(b"%d\n" % n for n in range(100_000)))
    path = folder / "f.csv.gz"
    broken = "The compressed file is broken here; pack or copy it again."
    assert refused(path, b"a\n1\n") == f"f.csv.gz:1: {broken}"
    assert refused(path, packed[:-8] + b"\0" * 8).endswith(broken)
    assert refused(path, packed[: len(packed) // 2]).endswith(broken)
    assert refused(path, packed[:5000] + b"\xff" * 100 + packed[5100:]).endswith(broken)


def test_a_file_that_is_not_there_is_refused(folder: Path) -> None:
    with pytest.raises(FileError) as error:
        list(read(folder / "none.csv", name="none.csv"))
    assert str(error.value) == "none.csv: The file cannot be read: No such file or directory."


def test_the_header_is_checked(folder: Path) -> None:
    path = folder / "f.csv"
    content = b"period,cases,colour\n"
    assert (
        refused(path, content, required=["period", "unit"])
        == "f.csv:1: The column \u201cunit\u201d is missing."
    )
    assert refused(path, content, required=["period"], known={"cases"}.__contains__) == (
        "f.csv:1: The column \u201ccolour\u201d is unknown."
    )


def test_all_flaws_of_lines_are_collected(folder: Path) -> None:
    path = folder / "f.csv"
    path.write_bytes(b"a,b,c\n1,2,3\n1,2\n\xff,2,3\n4,5,6\n")
    flaws: list[FileError] = []
    rows = list(read(path, required=["d"], known=lambda name: name != "c", flaws=flaws))
    assert [flaw.line for flaw in flaws] == [1, 1, 3, 4]
    assert [line for line, _ in rows] == [2, 4, 5]


def test_what_is_written_never_varies(folder: Path) -> None:
    rows: list[list[Any]] = [
        ["A", None, 1, Decimal("1E+3"), 'x "y", z'],
        ["B", "", -2, Decimal("0.50"), "a\nb"],
    ]
    plain, packed, again = folder / "f.csv", folder / "f.csv.gz", folder / "g.csv.gz"
    write(plain, list("abcde"), rows)
    write(packed, list("abcde"), iter(rows))
    write(again, list("abcde"), rows)
    assert plain.read_bytes() == b'a,b,c,d,e\nA,,1,1000,"x ""y"", z"\nB,,-2,0.50,"a\nb"\n'
    assert packed.read_bytes() == again.read_bytes()
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()
    assert packed.read_bytes()[3:8] == b"\0" * 5


def test_formulas_do_not_run_in_files_that_people_open() -> None:
    row = ["=1+1", "@x", "-5", "+1.234,5", "- thiếu xe", "5", "＝A1", "\tx", "10 %", -5, "-5 %"]
    assert list(encode(["=h"], [row], guard=True)) == [
        "'=h\n",
        "'=1+1,'@x,-5,\"+1.234,5\",'- thiếu xe,5,'＝A1,'\tx,10 %,-5,-5 %\n",
    ]
    assert list(encode(["h"], [["=1+1"]])) == ["h\n", "=1+1\n"]


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0")).map(
    lambda text: unicodedata.normalize("NFC", text)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(cells, min_size=2, max_size=2)), st.sampled_from(["f.csv", "f.csv.gz"]))
def test_any_text_is_read_back_as_written(folder: Path, rows: list[list[str]], name: str) -> None:
    write(folder / name, ["a", "b"], rows)
    assert [list(row.values()) for _, row in read(folder / name)] == rows
