"""The signed agreement: its parties and text, how it is amended, its papers, and who holds which role in it."""

from giaoban.agreements.models.agreement import Agreement, LegalForm, Membership, Role, State
from giaoban.agreements.models.amending import Opinion, Proposal, ProposalState, Stance
from giaoban.agreements.models.filing import Audience, Filing
from giaoban.agreements.models.parties import Party, PartyRole
from giaoban.agreements.models.text import Article, ArticleKind, Version, VersionState, Wording

__all__ = [
    "Agreement",
    "Article",
    "ArticleKind",
    "Audience",
    "Filing",
    "LegalForm",
    "Membership",
    "Opinion",
    "Party",
    "PartyRole",
    "Proposal",
    "ProposalState",
    "Role",
    "Stance",
    "State",
    "Version",
    "VersionState",
    "Wording",
]
