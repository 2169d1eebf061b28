"""Numbers of chapters, articles, clauses and points, made from where they stand in the tree.

Chapters and articles are counted through the whole text, clauses within their article, points within
what they stand under; points bear the letters a b c d đ e g … in every language, so that a reference
means the same place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import pgettext

from giaoban.agreements.models import ArticleKind, Wording
from giaoban.core.language import reader_language
from giaoban.lib.text import lettering, pick, roman

LANGUAGES = ("vi", "en")
#: What may stand under what; "" is the top of the text.
UNDER: dict[str, tuple[str, ...]] = {
    "": (ArticleKind.CHAPTER, ArticleKind.ARTICLE),
    ArticleKind.CHAPTER: (ArticleKind.ARTICLE,),
    ArticleKind.ARTICLE: (ArticleKind.CLAUSE, ArticleKind.POINT),
    ArticleKind.CLAUSE: (ArticleKind.POINT,),
    ArticleKind.POINT: (),
}


@dataclass
class Node:
    """A wording in its place. number: "Chương I", "Điều 3", "2.", "đ)" by language; label: in full."""

    wording: Wording
    depth: int
    number: dict[str, str]
    label: dict[str, str]
    below: list[Node] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.wording.article.kind

    @property
    def shown(self) -> str:
        """The number in the reader's language."""
        return pick(self.number, reader_language())

    @property
    def named(self) -> str:
        return pick(self.label, reader_language())


def nodes(wordings: Iterable[Wording]) -> list[Node]:
    """Every wording of one version in reading order, numbered. wordings: with their article."""
    children: dict[int | None, list[Wording]] = defaultdict(list)
    for wording in sorted(wordings, key=lambda w: (w.position, w.pk)):
        children[wording.parent_id].append(wording)
    found: list[Node] = []
    _walk(children, None, None, {ArticleKind.CHAPTER.value: 0, ArticleKind.ARTICLE.value: 0}, found)
    return found


def _walk(
    children: dict[int | None, list[Wording]], above: Node | None, parent: int | None, counts: dict[str, int],
    found: list[Node],
) -> None:  # fmt: skip
    here: dict[str, int] = defaultdict(int)
    for wording in children[parent]:
        kind = wording.article.kind
        counter = counts if kind in counts else here
        counter[kind] += 1
        number = {lang: _number(kind, counter[kind], lang) for lang in LANGUAGES}
        label = {lang: _label(kind, counter[kind], lang, above) for lang in LANGUAGES}
        node = Node(wording, above.depth + 1 if above else 0, number, label)
        found.append(node)
        if above is not None:
            above.below.append(node)
        _walk(children, node, wording.pk, counts, found)


def _number(kind: str, n: int, lang: str) -> str:
    if kind == ArticleKind.CLAUSE:
        return f"{n}."
    return f"{lettering(n)})" if kind == ArticleKind.POINT else _label(kind, n, lang, None)


def _label(kind: str, n: int, lang: str, above: Node | None) -> str:
    with translation.override(lang):
        if kind == ArticleKind.CHAPTER:
            return pgettext("text", "Chapter %(number)s") % {"number": roman(n)}
        if kind == ArticleKind.ARTICLE:
            return pgettext("text", "Article %(number)s") % {"number": n}
        place = above.label[lang] if above else ""
        if kind == ArticleKind.CLAUSE:
            return pgettext("text", "Clause %(number)s, %(place)s") % {"number": n, "place": place}
        return pgettext("text", "Point %(letter)s, %(place)s") % {"letter": lettering(n), "place": place}
