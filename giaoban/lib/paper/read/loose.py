"""Digits in running text that are no figures: dates, periods, numbers of papers, numbering, names."""

import re
from collections.abc import Iterator

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_LABELS = (
    "bảng|biểu|biểu mẫu|hình|điều|khoản|điểm|mục|chương|phần|phụ lục|trang|mẫu|quyển|"
    "table|figure|article|clause|section|chapter|part|annex|page|form"
)

# In this order: what one has taken the next does not see.
_EXPLAINED = [
    re.compile(pattern)
    for pattern in (
        # addresses of pages, mail, houses and telephones
        r"https?://\S+|[\w.+-]+@[\w.-]+",
        r"(?i:\bsố\s+\d+\w*\s+(?:đường|phố|ngõ|hẻm)\b)|\b\d+\w*(?:\s[A-ZĐ]\w+)+\s+(?:Street|Road|Avenue)\b",
        r"(?i:\b(?:điện thoại|đt|tel|phone|fax)\b[.:]*\s*)[+(]?\d[\d ().-]*",
        # dates and times
        r"(?i:\bngày\s+)\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?",
        r"(?i:\bngày\s+)\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?",
        r"(?<![\d.,])\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?![\d.,]\d)",
        r"(?<!\d)\d{4}-\d{2}-\d{2}(?:T[\d:.+Z-]+)?(?!\d)",
        rf"\b(?:\d{{1,2}}\s+)?(?:{_MONTHS})(?:\s+\d{{1,2}},)?(?:\s+\d{{4}})?\b",
        r"(?<![\d.,])\d{1,2}[:h]\d{2}(?::\d{2})?(?![\d.,]\d)",
        # periods
        r"(?<!\d)\d{4}-(?:W\d{2}|Q[1-4]|H[12]|9M|\d{2})(?!\d)",
        r"(?i:\b(?:tuần|tháng|quý|week|quarter)\s+)\d{1,2}(?:(?:/|,\s|\s+năm\s+)\d{4})?(?![\d.,]\d|/?\d)",
        r"(?i:\b(?:quý|quarter)\s+)[IV]+(?:/|,\s|\s+năm\s+)\d{4}(?![\d.,]\d)",
        r"(?i:(?<![\d.,])[69] tháng(?: đầu| cuối)?(?: năm)?(?: \d{4})?)",
        # papers
        r"(?<![\d.,])\d{1,5}(?:/\d{4})?[/-](?=[^\W\d_])(?-i:[A-ZĐ])[\w/&.-]*\w",
        # numbering of parts, tables, articles
        rf"(?i:\b(?:{_LABELS})\s+(?:số\s+)?)\d{{1,3}}(?:\.\d{{1,2}})*(?![\d.,]\d|\d)",
        r"^\s*\d{1,2}(?:\.\d{1,2})*[.)](?=\s|$)",
        # names of things: COVID-19, H5N1, km2; copies kept
        r"(?<![^\W_])[A-ZĐ][A-Za-zĐđ]*[A-ZĐ]?-?\d+[A-Za-z]*\d*(?![\d.,]\d)(?<=[A-ZĐ]\d)"
        r"|\b[A-ZĐ]{2,}-?\d{1,3}\b(?![.,]\d)",
        r"\b(?:km|cm|m)[23]\b",
        r"(?:Lưu|Kept)\b.*\(\d+\)|^\s*[A-ZĐ]{1,6}\.\(\d+\)",
        # years
        r"(?<![\d.,/])(?:19|20)\d{2}(?:\s?[-–/]\s?(?:19|20)\d{2})?(?![\d/]|[.,]\d)",
    )
]
_DIGITS = re.compile(r"\d(?:[\d.,/:]*\d)?\s?%?")


def loose_digits(text: str) -> Iterator[tuple[str, str]]:
    """Each run of unexplained digits in a line with up to 30 characters around it."""
    if not any(map(str.isdecimal, text)):
        return
    left = text
    for pattern in _EXPLAINED:
        left = pattern.sub(lambda found: "·" * len(found.group()), left)
    for found in _DIGITS.finditer(left):
        around = text[max(found.start() - 30, 0) : found.end() + 30]
        yield found.group().strip(), around.replace("\ufffc", "…").strip()
