"""What stands in a review, and who may read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement
from giaoban.core.actors import Actor
from giaoban.core.audit import subject_of
from giaoban.core.models import AuditRow
from giaoban.reviews import wording
from giaoban.reviews.models import (
    FROZEN,
    Block,
    BlockKind,
    Figure,
    Review,
    Section,
    Sentence,
    SentenceSource,
)
from giaoban.reviews.policy import REVIEWS


def visible(by: Actor, agreement: Agreement | None = None) -> QuerySet[Review]:
    """The reviews the actor may read: drafts too, or only what was issued."""
    may = REVIEWS.q(by, "read") | (REVIEWS.q(by, "read_issued") & Q(state__in=FROZEN))
    rows = Review.objects.filter(may)
    return rows if agreement is None else rows.filter(agreement=agreement)


def review_for(by: Actor, agreement: str, pk: int, right: str = "") -> Review:
    """One review, or 404 for everybody who may not read it, or has not the right."""
    rows = visible(by).filter(agreement__code=agreement, pk=pk)
    if right:
        rows = rows.filter(REVIEWS.q(by, right))
    found = rows.select_related("agreement__lead", "corrects", "article__agreement").first()
    if found is None:
        raise Http404
    return found


@dataclass
class Body:
    """A block with its sentences, those removed left out."""

    block: Block
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return self.block.kind == BlockKind.PARAGRAPH and not self.sentences


@dataclass
class Contents:
    """Everything that stands in a review, in reading order."""

    review: Review
    sections: list[tuple[Section, list[Body]]]
    figures: dict[int, Figure]

    @property
    def bodies(self) -> list[Body]:
        return [body for _section, bodies in self.sections for body in bodies]

    @cached_property
    def used(self) -> list[Figure]:
        """The figures that stand somewhere, in the order of their numbers."""
        numbers = {n for body in self.bodies for n in standing(body)}
        return [self.figures[n] for n in sorted(numbers & self.figures.keys())]

    @property
    def unsupported(self) -> list[Sentence]:
        """The sentences without any source."""
        return [s for body in self.bodies for s in body.sentences if not is_supported(s)]


def contents(
    review: Review, *, section: Section | None = None, sources: bool = True, published: bool = False
) -> Contents:
    """Read a review (or one section of it). Five queries, however long it is; four without sources.

    sources: with the reports behind each sentence, else only whether it has any; figures always come with
    their source set's size. published: as the public page shows it, with the units behind each figure and
    without sections that have no block; three queries then.
    """
    shown = Sentence.objects.filter(removed=False)
    if sources:
        full = SentenceSource.objects.select_related("revision__report__unit")
        shown = shown.prefetch_related(Prefetch("sources", full))
    else:
        shown = shown.annotate(has_sources=Exists(SentenceSource.objects.filter(sentence=OuterRef("pk"))))
    blocks = Block.objects.filter(removed=False).prefetch_related(Prefetch("sentences", shown))
    if published:
        blocks = blocks.filter(section__review=review).select_related("section")
        blocks = blocks.order_by("section__position", "section_id", "position", "id")
        sections = list({block.section_id: block.section for block in blocks}.values())
    else:
        sections = [section] if section else list(review.sections.order_by("position", "id"))
        blocks = blocks.filter(section__in=sections)
    under: dict[int, list[Body]] = {}
    for block in blocks:
        under.setdefault(block.section_id, []).append(Body(block, list(block.sentences.all())))
    heavy = ("sources__packed",) if published else ("sources__packed", "sources__units")
    figures = Figure.objects.filter(review=review).select_related("sources").defer(*heavy)
    return Contents(review, [(s, under.get(s.pk, [])) for s in sections], {f.number: f for f in figures})


def is_supported(sentence: Sentence) -> bool:
    """Has it a report behind it, or a figure in it (whose sources are its own)?"""
    if wording.figure_numbers(sentence.text):
        return True
    known: bool | None = getattr(sentence, "has_sources", None)
    return bool(sentence.sources.all()) if known is None else known


def standing(body: Body) -> set[int]:
    """The numbers of the figures in a block."""
    numbers = {n for s in body.sentences for n in wording.figure_numbers(s.text)}
    for row in body.block.data.get("cells", ()):
        numbers |= {cell if isinstance(cell, int) else cell[0] for cell in row if cell}
    return numbers


@dataclass(frozen=True)
class Told:
    """One line of a review's history, for people."""

    at: datetime
    who: str
    what: str
    text: str


def history(review: Review) -> list[Told]:
    """The trail of a review, newest first, with names in place of ids. Two queries."""
    rows = list(
        AuditRow.objects.filter(subject=subject_of(review)).select_related("free_text").order_by("-number")
    )
    ids = {int(row.actor[5:]) for row in rows if row.actor.startswith("user:")}
    names = {user.actor_id: user.label for user in User.objects.filter(pk__in=ids)}
    return [
        Told(
            row.at, names.get(row.actor, row.actor.partition(":")[2]), _said(row.verb),
            row.free_text.text if hasattr(row, "free_text") else "",
        )
        for row in rows
    ]  # fmt: skip


def _said(verb: str) -> str:
    """What a verb of the trail is called."""
    if verb in REVIEWS.moves:
        return str(REVIEWS.moves[verb].label)
    return str(VERBS.get(verb, verb))


#: Verbs of the trail that are no moves.
VERBS = {
    "begin": _("Begun"), "build": _("First draft built"), "take": _("Words taken from reports"),
    "write": _("Sentences written"), "rewrite": _("Sentence edited"), "shorten": _("Sentence shortened"),
    "split": _("Sentence split"), "merge": _("Sentences merged"), "remove sentence": _("Sentence removed"),
    "restore sentence": _("Sentence brought back"), "add paragraph": _("Paragraph added"), "move": _("Block moved"),
    "join paragraphs": _("Paragraphs merged"), "part paragraph": _("Paragraph divided"),
    "mark publishable": _("Publishing mark changed"), "remove block": _("Block removed"),
    "restore block": _("Block brought back"), "change heading": _("Heading changed"),
    "rename section": _("Section renamed"), "insert table": _("Table inserted"), "insert chart": _("Chart inserted"),
    "insert figure": _("Figure inserted"), "refresh figures": _("Figures brought up to date"),
    "correct": _("Correction begun"), "keep files": _("Files kept"),
}  # fmt: skip
