"""Questions about the text of an agreement: versions, articles, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from giaoban.agreements import numbering
from giaoban.agreements.models import Agreement, Article, Version, VersionState, Wording
from giaoban.agreements.numbering import Node
from giaoban.agreements.policy import VERSIONS
from giaoban.core.actors import Actor
from giaoban.core.language import reader_language
from giaoban.lib.differences import Piece, words
from giaoban.lib.text import pick

#: What only the coordinating unit sees.
PRIVATE = (VersionState.DRAFT, VersionState.DISCARDED)


def versions_of(by: Actor, agreement: Agreement) -> QuerySet[Version]:
    """The versions the actor may read, newest first."""
    shared = VERSIONS.q(by, "read_shared") & ~Q(state__in=PRIVATE)
    rows = Version.objects.filter(VERSIONS.q(by, "read") | shared, agreement=agreement)
    return rows.select_related("agreement__lead", "paper__filing")


def version_for(by: Actor, agreement: Agreement, number: int, right: str = "read") -> Version:
    """One version, if the actor may read it (or has the right); else "not found"."""
    rows = versions_of(by, agreement)
    rows = rows if right == "read" else rows.filter(VERSIONS.q(by, right))
    found = rows.select_related("based_on").filter(number=number).first()
    if found is None:
        raise Http404(number)
    return found


def version_in_force(agreement: Agreement) -> Version | None:
    rows = agreement.versions.filter(state=VersionState.IN_FORCE)
    return rows.select_related("agreement__lead", "paper__filing").first()


def due_versions(day: date) -> QuerySet[Version]:
    """Signed versions whose day has come."""
    return Version.objects.filter(state=VersionState.SIGNED, effective_on__lte=day)


def text_of(version: Version) -> list[Node]:
    """The whole text in reading order, numbered. One query."""
    return numbering.nodes(version.wordings.select_related("article__agreement"))


def inherited(agreement: Agreement) -> list[Node]:
    """The text in force of the agreement that this one stands under."""
    above = version_in_force(agreement.parent) if agreement.parent is not None else None
    return text_of(above) if above is not None else []


def articles_in_force(agreement: Agreement) -> QuerySet[Article]:
    """What regimes, plans and reviews may point to, in reading order: its own, then those it inherits."""
    rows = Article.objects.filter(is_in_force=True, agreement__in=[agreement.pk, agreement.parent_id])
    return rows.select_related("agreement").order_by("agreement_id", "position")


def may_carry_out(agreement_id: int, parent_id: int | None, article: Article | None) -> bool:
    """May something of the agreement point to this article?"""
    return article is None or article.agreement_id in (agreement_id, parent_id)


def articles_reviewed_yearly(agreement: Agreement) -> QuerySet[Article]:
    """The articles in force that make the parties review them every year, in the month `review_month`."""
    return articles_in_force(agreement).filter(review_month__isnull=False)


def article_for(by: Actor, agreement: Agreement, pk: int) -> Article:
    """An article that stands in a version the actor may read; else "not found"."""
    seen = Wording.objects.filter(version__in=versions_of(by, agreement)).values("article")
    found = (
        Article.objects.filter(agreement=agreement, pk=pk, pk__in=seen).select_related("agreement").first()
    )
    if found is None:
        raise Http404(pk)
    return found


def history_of(by: Actor, article: Article) -> list[Wording]:
    """What the article says in each version the actor may read, newest first."""
    rows = article.wordings.filter(version__in=versions_of(by, article.agreement))
    return list(rows.select_related("version__agreement").order_by("-version__number"))


@dataclass(frozen=True)
class Pair:
    """One article in two versions. status: "same", "changed", "renumbered", "added" or "removed"."""

    old: Node | None
    new: Node | None
    status: str
    titles: list[Piece]
    texts: list[Piece]

    @property
    def node(self) -> Node:
        found = self.new or self.old
        assert found is not None
        return found


def compared(old: Version, new: Version) -> list[Pair]:
    """Every article of either version in the order of the new one; removed ones stand where they stood."""
    before = {node.wording.article_id: node for node in text_of(old)}
    after = {node.wording.article_id: node for node in text_of(new)}
    order = list(after)
    last: int | None = None
    for article in before:
        if article not in after:
            order.insert(order.index(last) + 1 if last is not None else 0, article)
        last = article
    return [_pair(before.get(article), after.get(article)) for article in order]


def _pair(old: Node | None, new: Node | None) -> Pair:
    lang = reader_language()
    titles = words(_said(old, "titles", lang), _said(new, "titles", lang))
    texts = words(_said(old, "texts", lang), _said(new, "texts", lang))
    if old is None or new is None:
        status = "removed" if new is None else "added"
    elif any(piece.kind != "same" for piece in [*titles, *texts]):
        status = "changed"
    else:
        status = "same" if old.label == new.label else "renumbered"
    return Pair(old, new, status, titles, texts)


def _said(node: Node | None, name: str, lang: str) -> str:
    return pick(getattr(node.wording, name), lang) if node else ""
