"""What the tests of reviews share: accepted reports with words, and a review begun from them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from giaoban.core.actors import System
from giaoban.lib import periods
from giaoban.reports.content import digest
from giaoban.reports.models import Report, Revision, State
from giaoban.reports.tests.world import World, instant
from giaoban.reviews.models import Block, Review, Section
from giaoban.units.models import Unit

KIM_AT = instant(10)
COMMAND = System("test")


def accepted(
    world: World, unit: Unit, period: str = "2020-01", *, narratives: dict[str, str] | None = None,
    at: datetime | None = None, **values: Any,
) -> Report:  # fmt: skip
    """An accepted report, written straight to the tables: how it came there is told in reports."""
    span = periods.span(periods.parse(period), periods.Window())
    document = {"values": values, "narratives": narratives or {}}
    document = {part: content for part, content in document.items() if content}
    report = Report.objects.create(
        agreement=world.agreement, regime=world.regime, unit=unit, period=period, starts_on=span.first,
        last_day=span.last, due_at=instant(5), form_version=world.regime.form.current, state=State.ACCEPTED,
        receiver=world.office, submitted_at=at or instant(4), on_time=True,
    )  # fmt: skip
    revision = Revision.objects.create(
        report=report,
        number=1,
        document=document,
        digest=digest(document),
        author="user:1",
        made_at=at or instant(4),
    )
    report.current = report.accepted = revision
    report.save()
    return report


def begun(world: World, period: str = "2020-01", language: str = "vi", **fields: Any) -> tuple[Review, Block]:
    """A draft with one section and one empty paragraph."""
    review = Review.objects.create(
        agreement=world.agreement, period=period, language=language, title="Sơ kết", begun_at=KIM_AT,
        changed_at=KIM_AT, **fields,
    )  # fmt: skip
    section = Section.objects.create(review=review, code="results", title="Kết quả", position=1)
    return review, Block.objects.create(section=section, position=1)


def texts(block: Block) -> list[str]:
    """The sentences of a paragraph as they stand."""
    return list(
        block.sentences.filter(removed=False).order_by("position", "id").values_list("text", flat=True)
    )
