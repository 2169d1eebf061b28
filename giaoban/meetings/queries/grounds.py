"""What conclusions rest on: figures and sentences of reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib.text import fold
from giaoban.meetings.models import Conclusion, Ground, Meeting
from giaoban.reviews import wording
from giaoban.reviews.models import Figure, Review, Sentence, State
from giaoban.reviews.queries import visible


def reviews_for(by: Actor, meeting: Meeting) -> QuerySet[Review]:
    """The reviews a conclusion can rest on, newest first."""
    return visible(by, meeting.agreement).exclude(state=State.DISCARDED).order_by("-period", "-pk")


def open_reviews(by: Actor, meeting: Meeting) -> QuerySet[Review]:
    """The drafts that have a section for the direction."""
    return reviews_for(by, meeting).filter(state=State.DRAFT, sections__code="direction").distinct()


def find(review: Review, figure: int | None, words: str) -> dict[str, Any]:
    """The figure of that number, or the one sentence with these words; refuses with a sentence."""
    if figure is not None:
        found = Figure.objects.filter(review=review, number=figure).first()
        if found is None:
            raise Refused(_("The review has no figure %(number)s.") % {"number": figure}, field="figure")
        return {"figure": found}
    wanted = fold(wording.tidy(words))
    if not wanted:
        raise Refused(_("Give the number of a figure, or words of a sentence."), field="figure")
    rows = Sentence.objects.filter(block__section__review=review, removed=False, block__removed=False)
    hits = [row for row in rows.select_related("block__section__review") if wanted in fold(row.text)]
    if not hits:
        raise Refused(_("No sentence of this review has these words."), field="words")
    if len(hits) > 1:
        raise Refused(
            _("%(count)s sentences have these words; write more of them.") % {"count": len(hits)},
            field="words",
        )
    return {"sentence": hits[0]}


@dataclass(frozen=True)
class Shown:
    """A ground in words, with its address where the reader may go there."""

    ground: Ground
    label: str
    text: str
    url: str


def shown(conclusion: Conclusion, by: Actor) -> list[Shown]:
    """What a conclusion rests on, for this reader. Two queries."""
    rows = list(conclusion.grounds.all())
    reviews = {_review(row).pk for row in rows}
    seen = set(visible(by).filter(pk__in=reviews).values_list("pk", flat=True)) if reviews else set()
    numbers = {
        (_review(row).pk, number) for row in rows if row.sentence
        for number in wording.figure_numbers(row.sentence.text)
    }  # fmt: skip
    figures = {
        (f.review_id, f.number): f for f in Figure.objects.filter(review__in={pk for pk, _number in numbers})
    } if numbers else {}  # fmt: skip
    return [_shown(row, seen, figures) for row in rows if _review(row).pk in seen]


def _review(ground: Ground) -> Review:
    return ground.figure.review if ground.figure else ground.sentence.block.section.review  # type: ignore[union-attr]


def _shown(ground: Ground, seen: set[int], figures: dict[tuple[int, int], Figure]) -> Shown:
    review = _review(ground)
    if ground.figure:
        text = f"{ground.figure.label}: {ground.figure.shown(review.language)}"
        url = reverse("reviews:figure", args=[review.agreement.code, review.pk, ground.figure.number])
        return Shown(ground, str(review), text, url)
    parts = [
        piece if isinstance(piece, str) else _value(figures.get((review.pk, piece[0])), review)
        for piece in wording.pieces(ground.sentence.text)  # type: ignore[union-attr]
    ]
    return Shown(ground, str(review), "".join(parts), review.get_absolute_url())


def _value(figure: Figure | None, review: Review) -> str:
    return figure.shown(review.language) if figure else "…"
