"""Readers of the sample portal: two requests for a correction, and numbers of readings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from giaoban.agreements.standing import Standing
from giaoban.portal.actions.correcting import close, request_correction
from giaoban.portal.actions.counting import Counts, add
from giaoban.portal.models import NewsArticle

#: language, words, place, the coordinator's answer; addresses are those of documentation.
ASKED = (
    ("vi", "Trạm y tế trực từ 7 giờ, không phải từ 8 giờ như trong bài.", "Đoạn thứ hai",
     "Đã kiểm tra với trạm: giờ trực trong bài là đúng. Cảm ơn bạn đọc."),
    ("en", "The name of the district is spelled in two ways in this article.", "", ""),
)  # fmt: skip
LAST, DAYS = date(2020, 7, 31), 60


def build_readers(by: Standing) -> None:
    """One request is answered, one waits; sixty days of readings, always the same."""
    articles = list(NewsArticle.objects.filter(live=True).order_by("pk")[:12])
    for n, (language, words, place, answer) in enumerate(ASKED):
        at = datetime(2020, 7, 13 + n, 2, tzinfo=UTC)
        row = request_correction(
            page=articles[n], language=language, words=words, place=place, email="", address=f"192.0.2.{n + 1}", at=at,
        )  # fmt: skip
        if answer:
            close(row=row, name="turn_down", answer=answer, by=by, at=at + timedelta(days=2))
    add(_readings(articles))


def _readings(articles: list[NewsArticle]) -> Counts:
    counts: Counts = {}
    for n, article in enumerate(articles):
        for back in range(DAYS):
            day = LAST - timedelta(days=back)
            reads = (n * 7 + back * 5) % 11 + (0 if day.weekday() > 4 else 6)
            counts[article.pk, "vi", day] = (reads, reads // 8, (n + back) % 9 // 8)
            counts[article.pk, "en", day] = (reads // 4, 0, 0)
    return counts
