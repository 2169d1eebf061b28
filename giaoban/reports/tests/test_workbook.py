"""A report filled in with Excel: home, back, compared, taken; and everything a file may be instead."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from giaoban.core.models import AuditRow
from giaoban.reports import actions
from giaoban.reports.models import Draft, Report
from giaoban.reports.tests.test_moves import FIGURES, accepted, begun
from giaoban.reports.tests.test_pages import HERE, signed_in
from giaoban.reports.tests.world import World, instant


def at(name: str, report: Report) -> str:
    return reverse(f"reports:{name}", args=[HERE, report.pk])


def home(client: Client, report: Report) -> Any:
    """The downloaded workbook."""
    return openpyxl.load_workbook(io.BytesIO(client.get(at("excel-form", report)).content))


def packed(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(client: Client, report: Report, content: Any, name: str = "form.xlsx") -> Any:
    content = content if isinstance(content, bytes) else packed(content)
    return client.post(at("excel", report), {"file": SimpleUploadedFile(name, content)})


def cell(book: Any, code: str, column: str) -> Any:
    """The cell of a column (D value … or C answer) in the row of a code."""
    for page in book.worksheets[:2]:
        for row in page.iter_rows(min_row=7):
            if row[0].value == code:
                return page[f"{column}{row[0].row}"]
    raise AssertionError(code)


@pytest.mark.requirement(27, 95)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_home_back_compared_and_taken(world: World, language: str) -> None:
    report, lan = begun(world), signed_in(world, "lan")
    lan.post(reverse("accounts:reading"), {"language": language, "next": "/"})
    actions.save_draft(report=report, document=FIGURES, edition=0, by=world.by("lan"), at=instant())
    book = home(lan, report)
    assert book.sheetnames[0] == {"vi": "Số liệu", "en": "Figures"}[language]
    assert book["giaoban"].sheet_state == "veryHidden" and book.worksheets[0].protection.sheet
    assert cell(book, "visits", "E").value == FIGURES["values"]["visits"]
    assert cell(book, "visits", "B").protection.locked and not cell(book, "visits", "E").protection.locked
    cell(book, "visits", "E").value = 41
    cell(book, "visits", "F").value = "x"
    cell(book, "visits", "G").value = "Ước tính"
    cell(book, "note", "C").value = "Xong cả hai việc."
    page = send(lan, report, book)
    assert page.status_code == 200 and "Xong cả hai việc." in page.content.decode()
    assert Draft.objects.get().document == FIGURES, "nothing is taken before one has looked"
    sealed = page.context["sealed"]
    assert lan.post(at("excel-take", report), {"sealed": sealed}).status_code == 302
    assert Draft.objects.get().document == {
        "values": {**FIGURES["values"], "visits": 41}, "estimated": ["visits"],
        "comments": {"visits": "Ước tính"}, "narratives": {"note": "Xong cả hai việc."},
    }  # fmt: skip
    assert AuditRow.objects.filter(verb="take workbook").count() == 1
    again = lan.post(at("excel-take", report), {"sealed": sealed}, follow=True).content.decode()
    assert {"vi": "lưu báo cáo này", "en": "Somebody else has saved"}[language] in again


@pytest.mark.requirement(95)
def test_every_bad_cell_is_named_and_nothing_changes(world: World) -> None:
    report, lan = begun(world), signed_in(world, "lan")
    book = home(lan, report)
    bad = {
        "=1+1": "công thức",
        "nhiều": "không phải là số",
        1.5: "chữ số thập phân",
        True: "ngày",
        "1,234.5": "số",
    }
    for value, said in [*bad.items(), (date(2020, 1, 2), "ngày"), (1e300, "quá lớn")]:
        cell(book, "visits", "E").value = value
        cell(book, "visits", "E").number_format = "yyyy-mm-dd" if isinstance(value, date) else "General"
        page = send(lan, report, book)
        told = page.content.decode()
        assert page.status_code == 409 and "ô E8" in told and said in told, (
            value,
            page.context.get("wrong"),
            page.context["mistake"],
        )
    cell(book, "visits", "E").value = None
    cell(book, "visits", "F").value = "ok"
    cell(book, "note", "A").value = "không có"
    assert {w.cell for w in send(lan, report, book).context["wrong"]} == {"F8", "A7"}
    assert Draft.objects.get().document == {} and Draft.objects.get().edition == 0


def test_a_file_older_than_the_draft_is_told(world: World) -> None:
    report, lan = begun(world), signed_in(world, "lan")
    book = home(lan, report)
    actions.save_draft(report=report, document=FIGURES, edition=0, by=world.by("lan"), at=instant())
    page = send(lan, report, book)
    assert page.context["stale"] and "sau khi tệp được tải về" in page.content.decode()
    assert {c["after"] for c in page.context["changes"]} == {None}


def hostile() -> dict[str, bytes]:
    """Files that are no form."""

    def zipped(**parts: bytes) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
            for name, content in parts.items():
                out.writestr(name.replace("__", "/"), content)
        return file.getvalue()

    book = packed(openpyxl.Workbook())
    macro, entity = io.BytesIO(book), io.BytesIO(book)
    with zipfile.ZipFile(macro, "a") as out:
        out.writestr("xl/vbaProject.bin", b"macro")
    with zipfile.ZipFile(entity, "a") as out:
        out.writestr("xl/more.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return {
        "không phải bảng tính": b"\x00\x01 no zip",
        "không phải bảng tính Excel (.xlsx)": zipped(word__document=b"<x/>"),
        "bị hỏng": book[:400],
        "quá lớn": zipped(**{"xl__workbook.xml": b"<x/>", "xl__worksheets__s.xml": b" " * 40_000_000}),
        "macro": macro.getvalue(),
        "khai báo": entity.getvalue(),
        "không phải là biểu mẫu": book,
    }


@pytest.mark.requirement(95)
@pytest.mark.parametrize("said", list(hostile()))
def test_what_is_no_form_is_refused_with_a_sentence(world: World, said: str) -> None:
    report, lan = begun(world), signed_in(world, "lan")
    page = send(lan, report, hostile()[said])
    assert page.status_code == 409
    assert said in page.context["mistake"]


def test_the_form_of_another_report_is_refused(world: World) -> None:
    mine, theirs = begun(world), begun(world, "minh")
    book = home(signed_in(world, "minh"), theirs)
    assert "báo cáo khác" in send(signed_in(world, "lan"), mine, book).context["mistake"]


def test_the_neighbour_and_the_verifier_find_nothing_and_a_sent_report_is_closed(world: World) -> None:
    report = begun(world)
    for who in ("minh", "nga", "hoa"):
        other = signed_in(world, who)
        for name in ("excel", "excel-form"):
            assert other.get(at(name, report)).status_code == 404, (who, name)
        assert other.post(at("excel-take", report), {"sealed": "x"}).status_code == 404
    lan = signed_in(world, "lan")
    assert "hết hạn" in lan.post(at("excel-take", report), {"sealed": "x"}, follow=True).content.decode()
    Report.objects.all().delete()
    done = accepted(world)
    assert lan.get(at("excel", done)).status_code == 409


def test_figures_too_long_for_excel_travel_as_text(world: World) -> None:
    report, lan = begun(world), signed_in(world, "lan")
    document = {"values": {"visits": 123_456_789_012_345_678}}
    actions.save_draft(report=report, document=document, edition=0, by=world.by("lan"), at=instant())
    book = home(lan, report)
    assert cell(book, "visits", "E").value == "123.456.789.012.345.678"
    assert send(lan, report, book).context["changes"] == []
