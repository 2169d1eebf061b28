"""Questions about agreements, their papers, and the people in them."""

from giaoban.agreements.queries.agreements import agreement_for, agreements_of, parties_on, rules_all
from giaoban.agreements.queries.papers import paper_for, papers_of
from giaoban.agreements.queries.parties import parts_on
from giaoban.agreements.queries.people import (
    RoleState,
    everybody,
    has_role_in_force,
    other_operators,
    person_anywhere,
    person_in,
    role_for,
    roles_in,
    state_on,
    with_open_role,
)
from giaoban.agreements.queries.text import (
    article_for,
    articles_in_force,
    articles_reviewed_yearly,
    text_of,
    version_for,
    version_in_force,
    versions_of,
)

__all__ = [
    "RoleState",
    "agreement_for",
    "agreements_of",
    "article_for",
    "articles_in_force",
    "articles_reviewed_yearly",
    "everybody",
    "has_role_in_force",
    "other_operators",
    "paper_for",
    "papers_of",
    "parties_on",
    "parts_on",
    "person_anywhere",
    "person_in",
    "role_for",
    "roles_in",
    "rules_all",
    "state_on",
    "text_of",
    "version_for",
    "version_in_force",
    "versions_of",
    "with_open_role",
]
