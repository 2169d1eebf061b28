"""Numbers of parts, tables and annexes, and the lines of number and date, as text.

Word's own lists would write f after đ, and a screen reader or a search would not find the numbers.
"""

from datetime import date

from giaoban.lib.paper.model import Head, Paper
from giaoban.lib.paper.profile import Profile
from giaoban.lib.text import lettering, roman

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Numbers:
    """Counts the parts, tables and charts of one paper."""

    def __init__(self, language: str, profile: Profile) -> None:
        self.language = language
        self.profile = profile
        self._parts = [0, 0, 0, 0]
        self._tables = 0
        self._charts = 0

    def part(self, level: int) -> str:
        """The number of the next part of that level: `Phần I`, `I.`, `1.`, `a)`."""
        self._parts[level] += 1
        self._parts[level + 1 :] = [0] * (3 - level)
        n = self._parts[level]
        if level == 0:
            return f"{self.profile.word('part', self.language)} {roman(n)}"
        if level == 1:
            return f"{roman(n)}."
        return f"{n}." if level == 2 else f"{point(n, self.language)})"

    def table(self) -> str:
        """`Bảng 1.`"""
        self._tables += 1
        return f"{self.profile.word('table', self.language)} {self._tables}."

    def chart(self) -> str:
        """`Hình 1.`"""
        self._charts += 1
        return f"{self.profile.word('chart', self.language)} {self._charts}."

    def restart(self) -> None:
        """Parts begin again: an annex has its own."""
        self._parts = [0, 0, 0, 0]


def point(n: int, language: str) -> str:
    """The letter of the n-th point: a b c d đ e g … in Vietnamese, a b c … z aa in English."""
    if language == "vi":
        return lettering(n)
    letters = ""
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def annex(n: int, of: int, language: str, profile: Profile) -> str:
    """`Phụ lục`, or `Phụ lục I` where there are two or more."""
    word = profile.word("annex", language)
    return word if of < 2 else f"{word} {roman(n)}"


def number_line(head: Head, language: str, profile: Profile) -> str:
    """`Số: 05/BC-UBND`; room for the number while there is none."""
    label = profile.word("number", language)
    if head.number is None:
        return profile.open_number.format(label=label, symbol=head.symbol)
    return profile.number.format(label=label, number=head.number, symbol=head.symbol)


def day_text(day: date | None, language: str) -> str:
    """`ngày 05 tháng 01 năm 2026`: days below 10 and the months 1 and 2 are padded."""
    if day is None:
        return "ngày      tháng      năm" if language == "vi" else "            "
    if language != "vi":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def date_line(head: Head, language: str) -> str:
    """Place, comma, date."""
    return f"{head.place}, {day_text(head.day, language)}".rstrip()


def attached(paper: Paper, profile: Profile) -> str:
    """The line under the title of an annex: `(Kèm theo báo cáo số 05/BC-UBND ngày 05 tháng 01 năm 2026)`."""
    number = number_line(paper.head, paper.language, profile)
    return profile.word("attached", paper.language).format(
        type=paper.head.type_name.lower() or paper.title,
        number=number.removeprefix(profile.word("number", paper.language)).strip(),
        day=day_text(paper.head.day, paper.language).removeprefix("ngày "),
    )
