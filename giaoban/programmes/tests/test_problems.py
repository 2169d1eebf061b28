# ruff: noqa: E501
"""Every kind of flaw of a folder, in the words that people read; and nothing is loaded."""

import gzip
import unicodedata
from datetime import UTC, datetime

import pytest

from giaoban.agreements.models import Agreement
from giaoban.core.actors import System
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.programmes.actions import load
from giaoban.programmes.tests.folders import FILES, folder, replaced
from giaoban.reports.models import Report
from giaoban.units.models import Unit

pytestmark = pytest.mark.django_db

AT = datetime(2020, 5, 1, 9, tzinfo=UTC)
HEAD = FILES["reports/month.csv"].splitlines()[0] + "\n"
ROW = "2020-04,C1,2020-05-05T16:59:00,12,3.50,,,40,22,18,,"


def problems(path) -> list[str]:
    """What the load says; nothing may be there after it."""
    with pytest.raises(Refused) as refused:
        load(path=path, by=System("load"), at=AT)
    assert (
        Agreement.objects.count(),
        Unit.objects.count(),
        Report.objects.count(),
        AuditRow.objects.count(),
    ) == (0, 0, 0, 0)
    return str(refused.value).splitlines()


def reports(*rows: str, head: str = HEAD) -> str:
    return head + "".join(f"{row}\n" for row in rows)


CELLS = {
    "unknown unit": ("2020-02,C9,,1,,,,,,,,", "There is no unit with the code C9."),
    "no number": ("2020-02,C1,,twelve,,,,,,,,", "boats: “twelve” is not a number."),
    "comma": ("2020-02,C1,,,\"3,5\",,,,,,,", "rice: “3,5” holds a comma; write 1234.5, with a point for decimals and nothing between thousands."),
    "space": ("2020-02,C1,,1 200,,,,,,,,", "boats: “1 200” holds a space; write the number without spaces."),
    "too many decimals": ("2020-02,C1,,1.5,,,,,,,,", "boats: “1.5” has more decimals than the 0 allowed."),
    "too many decimals of two": ("2020-02,C1,,,3.505,,,,,,,", "rice: “3.505” has more decimals than the 2 allowed."),
    "leading zero": ("2020-02,C1,,012,,,,,,,,", "boats: “012” begins with a needless zero."),
    "too large": ("2020-02,C1,,1234567890123456789,,,,,,,,", "boats: “1234567890123456789” is too large; at most 18 digits are kept, decimals included."),
    "no such month": ("2020-13,C1,,1,,,,,,,,", "There is no month 13; months run from 01 to 12."),
    "another kind of period": ("2020-Q1,C1,,1,,,,,,,,", "2020-Q1 is no period of kind month, as the regime month asks."),
    "outside the term": ("2021-01,C1,,1,,,,,,,,", "The period 2021-01 lies outside the term of the agreement (2020-02-01 – 2020-12-31)."),
    "unit not open": ("2020-07,C2,,1,,,,,,,,", "The unit C2 is not open on 2020-07-31 (open: 2020-01-01 – 2020-06-16)."),
    "unit not liable": ("2020-02,D1,,1,,,,,,,,", "The unit D1 does not report under the regime month for 2020-02."),
    "no instant": ("2020-02,C1,5/3/2020,1,,,,,,,,", "submitted_at: “5/3/2020” is not an instant like 2020-02-24T18:00:00 or 2020-02-24T18:00:00+07:00."),
    "no mark": ("2020-02,C1,,1,2.00,yes,,,,,,", "rice!est is 1 for an estimate, else empty."),
    "short row": ("2020-02,C1,,1", "The header has 12 columns, but this row has 4."),
}  # fmt: skip


@pytest.mark.parametrize(("row", "sentence"), CELLS.values(), ids=CELLS)
def test_a_row(tmp_path, row, sentence):
    path = folder(tmp_path, reports___month__csv=reports(ROW, row))
    assert problems(path) == [f"reports/month.csv:3: {sentence}"]


HEADERS = {
    "unknown indicator": ("period,unit,ships", "The column “ships” is unknown."),
    "computed": ("period,unit,share", "The column “share” is unknown."),
    "unknown option": ("period,unit,people[sex=x]", "The column “people[sex=x]” is unknown."),
    "not broken down like this": (
        "period,unit,people[age=18+]x",
        "The column “people[age=18+]x” is unknown.",
    ),
    "not broken down": ("period,unit,boats[sex=f]", "The column “boats[sex=f]” is unknown."),
    "unknown mark": ("period,unit,boats!maybe", "The column “boats!maybe” is unknown."),
    "twice": ("period,unit,boats,boats", "The column “boats” is there twice."),
    "without name": ("period,unit,", "Column 3 has no name."),
    "no period": ("unit,boats", "The column “period” is missing."),
    "empty file": ("", "The file is empty; its first line names the columns."),
}


@pytest.mark.parametrize(("head", "sentence"), HEADERS.values(), ids=HEADERS)
def test_a_header(tmp_path, head, sentence):
    path = folder(tmp_path, reports___month__csv=f"{head}\n" if head else "")
    assert problems(path) == [f"reports/month.csv:1: {sentence}"]


def test_a_duplicate_row_names_the_first(tmp_path):
    path = folder(
        tmp_path, reports___month__csv=reports('2020-02,C1,,1,,,,,,,,"two\nlines"', "2020-02,C1,,2,,,,,,,,")
    )
    assert problems(path) == ["reports/month.csv:4: C1 reports 2020-02 twice; the first row is line 2."]


def test_a_duplicate_in_another_file_of_the_regime(tmp_path):
    both = replaced(
        "programme.toml",
        ('"reports/month.csv"', '"reports/month.csv"\n\n[[reports]]\nregime = "month"\nfile = "b.csv"'),
    )
    path = folder(tmp_path, programme__toml=both, b__csv="period,unit\n2020-02,C1\n")
    assert problems(path) == ["b.csv:2: C1 reports 2020-02 twice; the first row is line reports/month.csv:2."]


def test_every_bad_row_is_named_at_once(tmp_path):
    path = folder(
        tmp_path, reports___month__csv=reports("2020-02,C9,,1,,,,,,,,", "2020-02,C1,,x,,,,,,,,"),
        indicators__csv=replaced("indicators.csv", ("boats,Số thuyền,Boats,pieces,stock", "boats,Số thuyền,Boats,pieces,stuck")),
    )  # fmt: skip
    assert problems(path) == [
        "indicators.csv:2: kind: “stuck” is none of flow, stock, cumulative, ratio, calculated, text.",
        "reports/month.csv:2: There is no unit with the code C9.",
        "reports/month.csv:3: boats: “x” is not a number.",
    ]


def test_lines_are_counted_on_when_there_are_very_many(tmp_path):
    rows = [f"2020-02,X{n},,1,,,,,,,," for n in range(1500)]
    found = problems(folder(tmp_path, reports___month__csv=reports(*rows)))
    assert len(found) == 1001
    assert found[0] == "reports/month.csv:2: There is no unit with the code X0."
    assert found[-1] == "… and 500 more."


def compressed(tmp_path, data: bytes):
    toml = replaced("programme.toml", ('"reports/month.csv"', '"reports/month.csv.gz"'))
    return folder(tmp_path, programme__toml=toml, reports___month__csv__gz=data)


def test_broken_gzip(tmp_path):
    whole = gzip.compress(reports(*[ROW] * 1).encode() * 2000)
    found = problems(compressed(tmp_path, whole[: len(whole) // 2]))
    assert found[-1].endswith("The compressed file is broken here; pack or copy it again.")
    assert found[-1].startswith("reports/month.csv.gz:")


def test_wrong_encoding(tmp_path):
    text = reports(ROW + "Nước lên").encode("utf-16-le")
    found = problems(folder(tmp_path, reports___month__csv=text))
    assert found[0] == "reports/month.csv:1: The line holds a NUL character; the file is damaged or not text."
    latin = reports(ROW + "caf\xe9").encode("latin-1")
    assert problems(folder(tmp_path, reports___month__csv=latin)) == [
        "reports/month.csv:2: Byte 55 of the line is not UTF-8; save the file as UTF-8."
    ]


def test_decomposed_unicode(tmp_path):
    text = reports(ROW + unicodedata.normalize("NFD", "Nước lên"))
    assert problems(folder(tmp_path, reports___month__csv=text)) == [
        "reports/month.csv:2: The line holds decomposed Unicode; save the file in the composed form (NFC)."
    ]


UNITS = {
    "unknown parent": ("C3,Hòa Ninh,D2,", "C3,Hòa Ninh,D9,", 7, "parent: There is no unit with the code D9."),
    "circle": ("V,Vĩnh Lợi,,0", "V,Vĩnh Lợi,C1,0", 2, "The unit V would stand under itself."),
    "under itself": ("D2,Mang Thít,V", "D2,Mang Thít,D2", 4, "The unit D2 stands under itself."),
    "no day": ("D2,Mang Thít,V,1,district,2020-01-01", "D2,Mang Thít,V,1,district,01/01/2020", 4, "valid_from: “01/01/2020” is not a day like 2020-02-24."),
    "ends before it begins": ("2020-01-01,2020-06-16", "2020-01-01,2019-06-16", 6, "valid_to is the first day no longer valid; it must come after valid_from."),
    "level": ("C3,Hòa Ninh,D2,2", "C3,Hòa Ninh,D2,two", 7, "level: “two” is not a whole number."),
    "globe": ("10.25,105.9", "1025,105.9", 2, "lat is outside the globe."),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "sentence"), UNITS.values(), ids=UNITS)
def test_a_unit(tmp_path, old, new, line, sentence):
    path = folder(tmp_path, units__csv=replaced("units.csv", (old, new)))
    assert f"units.csv:{line}: {sentence}" in problems(path)


def test_one_code_twice_needs_a_change_that_links_the_rows(tmp_path):
    twice = replaced(
        "units.csv", ("2020-06-16,,,,\n", "2020-06-16,,,,\nC2,Bình Hòa,D2,2,commune,2020-06-01,,,,,\n")
    )
    assert problems(folder(tmp_path, units__csv=twice)) == [
        "units.csv:7: The unit C2 is already open on 2020-06-01: line 6."
    ]


CHANGES = {
    "unknown": ("C9,C3,2020-03-01,merge,,", 2, "old_code: There is no unit with the code C9."),
    "not open then": ("C3,C2,2020-07-01,merge,,", 2, "new_code: The unit C2 is not open on 2020-07-01 (open: 2020-01-01 – 2020-06-16)."),
    "kind": ("C2,C3,2020-06-16,swallow,,", 2, "kind: “swallow” is none of merge, split, rename, move, upgrade."),
    "shares": ("C2,C1,2020-06-16,split,0.4,\nC2,C3,2020-06-16,split,0.5,", 3, "The shares of C2 on 2020-06-16 add up to 0.9, not to 1."),
    "shares of some": ("C2,C1,2020-06-16,split,0.4,\nC2,C3,2020-06-16,split,,", 3, "The shares of C2 on 2020-06-16 are given for some units only; give all or none."),
    "twice": ("C2,C1,2020-06-16,merge,,\nC2,C1,2020-06-16,merge,,", 3, "This change stands here twice."),
    "too much": ("C2,C1,2020-06-16,split,1.5,", 2, "A share is a part: more than 0 and at most 1."),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "line", "sentence"), CHANGES.values(), ids=CHANGES)
def test_a_change(tmp_path, rows, line, sentence):
    path = folder(tmp_path, changes__csv=f"old_code,new_code,date,kind,share,basis\n{rows}\n")
    assert f"changes.csv:{line}: {sentence}" in problems(path)


INDICATORS = {
    "unknown part": ("rice,boats,1,3,", "rice,ships,1,3,", 5, "There is no indicator ships to compute with."),
    "circle": ("rice,boats,1,3,", "share,boats,1,3,", 5, "Indicators are computed from each other in a circle: share → share."),
    "operator": ("stock,sum,last,,,,0,", "stock,sum,final,,,,0,", 2, "over_periods: “final” is none of sum, average, first, last, min, max, count."),
    "breakdown": (",sex;sex*age", ",sex;sex*job", 4, "There is no breakdown job."),
    "no denominator": ("rice,boats,1,3,", "rice,,1,3,", 5, "A ratio needs a denominator."),
    "expression": ("rice,boats,1,3,", "rice +,boats,1,3,", 5, None),
    "twice": ("rice,Gạo", "boats,Gạo", 3, "The indicator boats stands already on line 2."),
    "decimals": (",,,,2,", ",,,,12,", 3, "At most 9 decimals."),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "sentence"), INDICATORS.values(), ids=INDICATORS)
def test_an_indicator(tmp_path, old, new, line, sentence):
    found = problems(folder(tmp_path, indicators__csv=replaced("indicators.csv", (old, new))))
    if sentence is None:
        assert any(row.startswith(f"indicators.csv:{line}: ") for row in found)
    else:
        assert f"indicators.csv:{line}: {sentence}" in found


PROGRAMME = {
    "format": ("format = 1", "format = 2", 1, "This version reads the format 1: write format = 1."),
    "unknown key": ('lead = "V"', 'lead = "V"\nleader = "V"', 7, "“leader” is not known here. Known: code, title, number, signed_on, lead, parties, hierarchy, starts_on, ends_on, timezone, source, sample."),
    "missing key": ('lead = "V"\n', "", 3, "“lead” is missing."),
    "unknown lead": ('lead = "V"', 'lead = "X"', 6, "There is no unit with the code X."),
    "parties": ('parties = "level:1"', 'parties = "group:sea"', 7, "There is no group sea."),
    "taken code": ('code = "flood"', 'code = "people"', 4, "This code is taken. Choose another."),
    "term": ("ends_on = 2020-12-31", "ends_on = 2019-12-31", 9, "The agreement ends before it starts."),
    "unknown indicator": ('indicators = ["boats"]', 'indicators = ["ships"]', 26, "There is no indicator ships."),
    "unknown form": ('form = "district"', 'form = "county"', 37, "There is no form county."),
    "kind of period": ('period = "month"\nreporters = "level:1"', 'period = "moon"\nreporters = "level:1"', 38, "period: “moon” is none of day, week, month, quarter, half, nine-month, year."),
    "due": ('due = "+5d 17:00"', 'due = "5 days"', 33, "“5 days” is not a due rule; write +5d 17:00 for five days after the end of the data window, or +3wd 17:00 for three working days."),
    "no reconciles": ('reconciles = "month"\n', "", 35, "The regimes district and month both report boats; one must reconcile the other."),
    "unknown reconciles": ('reconciles = "month"', 'reconciles = "moon"', 41, "There is no regime moon."),
    "unknown regime": ('[[reports]]\nregime = "month"', '[[reports]]\nregime = "moon"', 44, "There is no regime moon."),
    "no file": ('"reports/month.csv"', '"reports/none.csv"', 45, "The file reports/none.csv is missing."),
    "outside": ('"reports/month.csv"', '"../month.csv"', 45, "“../month.csv” does not lie in the folder."),
    "state": ('"reports/month.csv"', '"reports/month.csv"\nstate = "sent"', 46, "state: “sent” is none of draft, submitted, accepted."),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "sentence"), PROGRAMME.values(), ids=PROGRAMME)
def test_the_programme(tmp_path, old, new, line, sentence):
    found = problems(folder(tmp_path, programme__toml=replaced("programme.toml", (old, new))))
    assert f"programme.toml:{line}: {sentence}" in found


def test_regimes_that_reconcile_in_a_circle(tmp_path):
    circle = replaced("programme.toml", ('due = "+5d 17:00"', 'due = "+5d 17:00"\nreconciles = "district"'))
    found = problems(folder(tmp_path, programme__toml=circle))
    assert "programme.toml:34: Regimes reconcile each other in a circle: month." in found


def test_what_is_no_toml(tmp_path):
    assert problems(folder(tmp_path, programme__toml="format = \n")) == [
        "programme.toml:1: This is not TOML: Invalid value."
    ]


def test_a_link_out_of_the_folder(tmp_path):
    (tmp_path / "secret.csv").write_text("period,unit\n")
    path = folder(tmp_path / "in", reports___month__csv=None)
    (path / "reports").mkdir()
    (path / "reports/month.csv").symlink_to(tmp_path / "secret.csv")
    assert problems(path) == ["programme.toml:45: “reports/month.csv” does not lie in the folder."]


def test_no_folder(tmp_path):
    with pytest.raises(Refused, match="There is no folder"):
        load(path=tmp_path / "nowhere", by=System("load"), at=AT)


def test_an_empty_folder(tmp_path):
    assert problems(tmp_path) == ["programme.toml: The file is missing."]


def test_people_and_targets(tmp_path):
    path = folder(
        tmp_path,
        people__csv="email,name,title,role,unit\nhue,Huệ,,reporter,C1\nb@example.org,Bình,,boss,C1\nc@example.org,Cúc,,verifier,D9\n",
        targets__csv="indicator,unit,period,value\nboats,V,2020,3.5\nships,V,2020,1\nboats,V,2020-02-30,1\n",
    )
    assert problems(path) == [
        "people.csv:2: “hue” is no e-mail address.",
        "people.csv:3: role: “boss” is none of reporter, verifier, coordinator, chair.",
        "people.csv:4: There is no unit with the code D9.",
        "targets.csv:2: “3.5” has more decimals than the 0 allowed.",
        "targets.csv:3: There is no indicator ships.",
        "targets.csv:4: There is no day 2020-02-30 in the calendar.",
    ]
