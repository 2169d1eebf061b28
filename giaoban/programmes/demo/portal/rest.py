"""Documents, units, questions, guides, the plan of the year, the half-year review and the conference of January."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from giaoban.agreements.models import Agreement
from giaoban.agreements.standing import Standing
from giaoban.meetings.models import Meeting
from giaoban.portal.actions.proposing import propose_meeting, propose_review
from giaoban.portal.actions.writing import publish, put, running_text
from giaoban.portal.models import (
    Contact,
    DocumentPage,
    GuidePage,
    OrganisationPage,
    PlanPage,
    PortalImage,
    PortalPage,
    QuestionsPage,
    RegisterPage,
    SectionPage,
    UnitPage,
)
from giaoban.reviews.actions import blocks
from giaoban.reviews.models import Block, BlockKind, Review
from giaoban.units.models import Unit

HERE = Path(__file__).parent
AT = datetime(2020, 7, 13, 2, tzinfo=UTC)


def mark_publishable(review: Review, by: Standing, at: datetime) -> None:
    """The clauses of results with their tables and charts may be published; the annexes may not."""
    rows = Block.objects.filter(section__review=review, section__is_annex=False, removed=False)
    for block in rows.exclude(kind=BlockKind.NOTE).order_by("section__position", "position")[:14]:
        blocks.mark(review=review, block=block, publishable=True, by=by, at=at)


def build_rest(agreement: Agreement, pictures: dict[str, PortalImage], by: Standing) -> None:
    """Everything but the articles."""
    given = tomllib.loads((HERE / "pages.toml").read_text("utf-8"))
    _documents(given["document"], by)
    _units(given["unit"], by)
    _questions(given["question"], by)
    for one in given["guide"]:
        page = GuidePage(slug=one["slug"], checked_on=one["checked"], is_sample=True, **_words(one))
        put(parent=SectionPage.objects.get(slug="huong-dan"), page=page, by=by, at=AT, publish=True)
    _plan(agreement, by)
    _work(agreement, pictures, by)


def _words(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": one["title"][0], "title_en": one["title"][1], "lead_vi": one["lead"][0], "lead_en": one["lead"][1],
        "body_vi": running_text(one["body"][0]), "body_en": running_text(one["body"][1]),
    }  # fmt: skip


def _documents(given: list[dict[str, Any]], by: Standing) -> None:
    register = RegisterPage.objects.get(slug="van-ban")
    made: dict[str, DocumentPage] = {}
    for one in sorted(given, key=lambda one: "replaced_by" in one):
        after = made.get(one.get("replaced_by", ""))
        page = DocumentPage(
            number=one["number"], type_vi=one["type"][0], type_en=one["type"][1], issued_on=one["issued"],
            issuer=one["issuer"], signer=one["signer"], effective_on=one["effective"], ended_on=one.get("ended"),
            replaced_by=after, is_sample=True, posted_at=datetime(*one["issued"].timetuple()[:3], 2, tzinfo=UTC),
            **_words(one),
        )  # fmt: skip
        made[one["number"]] = put(parent=register, page=page, by=by, at=AT, publish=True)


def _units(given: list[dict[str, Any]], by: Standing) -> None:
    chart = OrganisationPage.objects.get(slug="don-vi")
    for one in given:
        unit = Unit.objects.get(code=one["code"])
        page = UnitPage(
            slug=one["slug"], unit=unit, phone=one["phone"], email=one["email"], is_sample=True,
            address_vi=one["address"][0], address_en=one["address"][1],
            **_words(one | {"title": [unit.name, one["english"]]}),
        )  # fmt: skip
        page.contacts = [
            Contact(about_vi=vi, about_en=en, name=name, phone=phone, email=email)
            for vi, en, name, phone, email in one["contacts"]
        ]
        put(parent=chart, page=page, by=by, at=AT, publish=True)


def _questions(given: list[dict[str, Any]], by: Standing) -> None:
    page = QuestionsPage.objects.get(slug="hoi-dap")
    for n, code in enumerate(("vi", "en")):
        pieces = [
            {"type": "question", "value": {"question": q["question"][n], "answer": q["answer"][n]}}
            for q in given
        ]
        setattr(page, f"body_{code}", json.dumps(pieces, ensure_ascii=False))
    publish(page=page, by=by, at=AT)


def _plan(agreement: Agreement, by: Standing) -> None:
    page = PlanPage(
        slug="2020", year=2020, title="Chỉ tiêu năm 2020 và kết quả", title_en="Targets of 2020 and their results",
        lead_vi="Mỗi chỉ tiêu với kết quả đến nay và số báo cáo đã được chấp nhận.",
        lead_en="Each target with its result so far and the number of accepted reports.", is_sample=True,
    )  # fmt: skip
    put(parent=SectionPage.objects.get(slug="ke-hoach"), page=page, by=by, at=AT, publish=True)


def _work(agreement: Agreement, pictures: dict[str, PortalImage], by: Standing) -> None:
    review = Review.objects.filter(agreement=agreement, state="issued").first()
    article = propose_review(review=review, by=by, at=AT) if review else None
    if article and article.review:
        english = {
            "title_en": "Interim review of the first half of 2020",
            "lead_en": "Results of six months, from the reports of the units.",
        }
        _publish(article.review, by, posted_at=datetime(2020, 7, 6, 3, tzinfo=UTC), **english)
        _publish(
            article, by, posted_at=datetime(2020, 7, 6, 4, tzinfo=UTC), picture=pictures["map"], **english
        )
    meeting = Meeting.objects.filter(agreement=agreement, kind="review").order_by("starts_at").first()
    article = propose_meeting(meeting=meeting, by=by, at=AT) if meeting else None
    if article and article.meeting:
        english = {
            "title_en": "Review conference of January 2021",
            "lead_en": "To look back on the joint work on health and floods in 2020 and agree on 2021.",
            "place_en": "Hall of the Department of Health, Can Tho",
        }
        _publish(
            article.meeting,
            by,
            posted_at=datetime(2020, 12, 3, 3, tzinfo=UTC),
            picture=pictures["meeting"],
            shows_contributions=True,
            **english,
        )


def _publish(page: PortalPage, by: Standing, **fields: Any) -> None:
    page = page.specific
    for name, value in (fields | {"is_sample": True}).items():
        setattr(page, name, value)
    publish(page=page, by=by, at=AT)
