"""From work to news: an issued review or a meeting becomes a page and a draft article, from the records."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from giaoban.core.actors import Actor
from giaoban.core.audit import subject_of
from giaoban.lib.text import pick
from giaoban.meetings.models import Meeting, OfficerRole
from giaoban.portal.actions.writing import put
from giaoban.portal.models import (
    LANGUAGES,
    HomePage,
    MeetingPage,
    NewsArticle,
    PortalPage,
    ReviewPage,
    SectionPage,
)
from giaoban.portal.queries import recounting
from giaoban.portal.queries.recounting import Piece
from giaoban.reviews.models import Review


def propose_review(*, review: Review, by: Actor, at: datetime) -> NewsArticle | None:
    """A page with the publishable blocks, its first figures on top, and an article that leads to it; both drafts.
    None where the portal is another agreement's or they are there already."""
    if not _open_for(review.agreement_id) or _made(review) or not review.is_frozen:
        return None
    language = review.language
    fields = _both(language, title=review.title[:255], lead=_review_lead(review))
    with transaction.atomic():
        page = ReviewPage(of_review=review, **_common(review, review.agreement.lead_id), **fields)
        for code in LANGUAGES:
            _write_body(page, code, recounting.numbers(review, code))
        put(parent=_section("so-ket-hoi-nghi"), page=page, by=by, at=at)
        article = NewsArticle(
            review=page, source=review.agreement.lead.name[:80], event_on=review.issued_on,
            **_common(review, review.agreement.lead_id), **fields,
        )  # fmt: skip
        for code in LANGUAGES:
            _write_body(article, code, recounting.numbers(review, code, page.address(code)))
        return put(parent=_section("tin-tuc"), page=article, by=by, at=at)


def propose_meeting_page(*, meeting: Meeting, by: Actor, at: datetime) -> MeetingPage | None:
    """A page of the meeting, a draft: when, where, who is in the chair; it shows the agenda. None where the portal is
    another agreement's or it is there already."""
    if not _open_for(meeting.agreement_id) or _made(meeting):
        return None
    chairs = meeting.officers.filter(role=OfficerRole.CHAIR)
    page = MeetingPage(
        starts_at=meeting.starts_at, ends_at=meeting.ends_at, place_vi=meeting.venue[:200],
        chairs="\n".join(", ".join(filter(None, (c.name, c.title))) for c in chairs),
        lead_vi=meeting.purpose[:600], shows_agenda=True, **_common(meeting, _host(meeting)), **_titles(meeting),
    )  # fmt: skip
    return put(parent=_section("so-ket-hoi-nghi"), page=page, by=by, at=at)


def propose_meeting(*, meeting: Meeting, by: Actor, at: datetime) -> NewsArticle | None:
    """An article about a meeting, a draft: who came, in the chair, results in figures, what was concluded; and
    the meeting's page where there is none yet. Once."""
    made = _made(meeting)
    if not _open_for(meeting.agreement_id) or any(isinstance(row, NewsArticle) for row in made):
        return None
    with transaction.atomic():
        page = next((row for row in made if isinstance(row, MeetingPage)), None)
        page = page or propose_meeting_page(meeting=meeting, by=by, at=at)
        review = ReviewPage.objects.filter(agreement=meeting.agreement_id).order_by("-pk").first()
        article = NewsArticle(
            meeting=page, review=review, place_vi=meeting.venue[:200], event_on=_day(meeting, meeting.starts_at),
            lead_vi=meeting.purpose[:600], **_common(meeting, _host(meeting)), **_titles(meeting),
        )  # fmt: skip
        if _day(meeting, meeting.ends_at) != article.event_on:
            article.event_until = _day(meeting, meeting.ends_at)
        for code in LANGUAGES:
            _write_body(article, code, _meeting_body(meeting, review, code))
        return put(parent=_section("tin-tuc"), page=article, by=by, at=at)


def _meeting_body(meeting: Meeting, review: ReviewPage | None, language: str) -> list[Piece]:
    if not meeting.titles.get(language):
        return []
    figures = recounting.numbers(review.of_review, language, review.address(language)) if review else []
    return [*recounting.told(meeting, language), *figures, *recounting.direction(meeting, language)]


def _open_for(agreement: int) -> bool:
    return HomePage.objects.filter(agreement=agreement).exists()


def _made(row: Any) -> list[PortalPage]:
    """What has been proposed from it already."""
    return [page.specific for page in PortalPage.objects.filter(origin=subject_of(row))]


def _section(slug: str) -> PortalPage:
    """The section a portal begins with, else the first there is."""
    return SectionPage.objects.filter(slug=slug).first() or SectionPage.objects.order_by("path")[0]


def _common(row: Any, unit: int | None) -> dict[str, Any]:
    return {"origin": subject_of(row), "agreement": row.agreement, "unit_id": unit}


def _host(meeting: Meeting) -> int | None:
    return meeting.host_id or meeting.agreement.lead_id


def _titles(meeting: Meeting) -> dict[str, str]:
    title = pick(meeting.titles, "vi") or str(meeting)
    return {"title": title[:255], "title_en": meeting.titles.get("en", "")[:255]}


def _both(language: str, **words: str) -> dict[str, str]:
    """The words in the language they are in. A page always has a Vietnamese title."""
    if language == "vi":
        return {"title": words["title"], "lead_vi": words["lead"]}
    return {"title": words["title"], "title_en": words["title"], "lead_en": words["lead"]}


def _write_body(page: PortalPage, language: str, pieces: list[Piece]) -> None:
    setattr(page, f"body_{language}", json.dumps(pieces, ensure_ascii=False))


def _review_lead(review: Review) -> str:
    with translation.override(review.language):
        about = {"number": review.number or "…", "unit": review.agreement.lead.name}
        return (
            _(
                "%(unit)s has issued review %(number)s. Every figure in it opens down to the reports it comes from."
            )
            % about
        )


def _day(meeting: Meeting, instant: datetime) -> date:
    return instant.astimezone(ZoneInfo(meeting.agreement.timezone)).date()
