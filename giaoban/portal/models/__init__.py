"""What the portal shows: pages in two languages, their pictures and files."""

from giaoban.portal.models.base import (
    LANGUAGES,
    TELLABLE,
    NoteKind,
    PortalPage,
    Words,
    public,
    rendering,
    shown,
)
from giaoban.portal.models.documents import DocumentPage, PageFile, RegisterPage
from giaoban.portal.models.feedback import Correction, CorrectionState, DayKey, Knock, PageDay
from giaoban.portal.models.finding import Findable
from giaoban.portal.models.furniture import Furniture
from giaoban.portal.models.media import PortalFile, PortalImage, PortalRendition
from giaoban.portal.models.news import NewsArticle, RelatedDocument
from giaoban.portal.models.structure import GuidePage, HomePage, QuestionsPage, SectionPage
from giaoban.portal.models.units import Contact, OrganisationPage, UnitPage
from giaoban.portal.models.work import MeetingPage, PlanPage, ReviewPage
from giaoban.portal.models.workflow import PolicyTask

__all__ = [
    "LANGUAGES",
    "TELLABLE",
    "Contact",
    "Correction",
    "CorrectionState",
    "DayKey",
    "DocumentPage",
    "Findable",
    "Furniture",
    "GuidePage",
    "HomePage",
    "Knock",
    "MeetingPage",
    "NewsArticle",
    "NoteKind",
    "OrganisationPage",
    "PageDay",
    "PageFile",
    "PlanPage",
    "PolicyTask",
    "PortalFile",
    "PortalImage",
    "PortalPage",
    "PortalRendition",
    "QuestionsPage",
    "RegisterPage",
    "RelatedDocument",
    "ReviewPage",
    "SectionPage",
    "UnitPage",
    "Words",
    "public",
    "rendering",
    "shown",
]
