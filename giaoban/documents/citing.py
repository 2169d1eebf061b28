"""How a paper is named in a text: the first time in full, later in short (Decree 30/2020, annex I)."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import pgettext

from giaoban.documents.models import Paper, PaperType
from giaoban.lib.paper.lettering import day_text

#: Cited by type and name alone.
BY_NAME = (PaperType.LAW, PaperType.ORDINANCE)


def first(paper: Paper, language: str = "vi") -> str:
    """Type, number, date, issuer, abstract; a law or ordinance: type and name."""
    with translation.override(language):
        if paper.type in BY_NAME:
            return f"{paper.get_type_display()} {paper.abstract}"
        parts = [
            later(paper, language),
            pgettext("citation", "of %(day)s") % {"day": day_text(paper.issued_on, language)},
            pgettext("citation", "by %(issuer)s") % {"issuer": paper.issuer},
            _joined(paper.abstract),
        ]
    return " ".join(parts)


def later(paper: Paper, language: str = "vi") -> str:
    """Type and number; a law, ordinance or a paper without number: type and name."""
    with translation.override(language):
        kind = str(paper.get_type_display())
        if paper.type in BY_NAME:
            return f"{kind} {paper.abstract}"
        if not paper.number:
            return kind
        number = pgettext("citation", "No. %(number)s") % {"number": paper.number}
    return f"{kind} {number}"


def _joined(abstract: str) -> str:
    """An abstract goes on in the sentence: its first letter becomes small unless the word is a symbol."""
    word = abstract.split(" ")[0]
    return abstract if word[1:] != word[1:].lower() or len(word) < 2 else abstract[0].lower() + abstract[1:]
