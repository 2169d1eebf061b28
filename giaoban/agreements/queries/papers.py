"""Questions about the register of numbered papers."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404

from giaoban.agreements.models import Agreement, Audience
from giaoban.agreements.policy import PAPERS
from giaoban.core.actors import Actor
from giaoban.documents.models import Paper


def papers_of(by: Actor, agreement: Agreement) -> QuerySet[Paper]:
    """The papers of an agreement's register that the actor may read, with file, filing and what replaced them."""
    shared = PAPERS.q(by, "read_shared") & ~Q(filing__audience=Audience.OFFICE)
    rows = Paper.objects.filter(PAPERS.q(by, "read") | shared, filing__agreement=agreement)
    return rows.select_related("document", "replaced_by__filing", "filing__agreement")


def paper_for(by: Actor, agreement: Agreement, pk: int, right: str = "read") -> Paper:
    """One paper, if the actor may read it (or has the right); else "not found"."""
    rows = papers_of(by, agreement)
    found = (rows if right == "read" else rows.filter(PAPERS.q(by, right))).filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found


def with_validity(rows: QuerySet[Paper], day: date) -> QuerySet[Paper]:
    """The rows with `validity` on that day: "now", "later", "replaced" or "ended"."""
    begins = Coalesce(F("valid_from"), F("issued_on"))
    states = Case(
        When(valid_to__lte=day, replaced_by__isnull=False, then=Value("replaced")),
        When(valid_to__lte=day, then=Value("ended")),
        When(begins__gt=day, then=Value("later")),
        default=Value("now"),
    )
    return rows.alias(begins=begins).annotate(validity=states)


def validity_on(paper: Paper, day: date) -> str:
    """The same of one paper."""
    if paper.valid_to is not None and paper.valid_to <= day:
        return "replaced" if paper.replaced_by_id else "ended"
    return "now" if paper.is_valid_on(day) else "later"


def chain(by: Actor, agreement: Agreement, paper: Paper) -> list[Paper]:
    """The paper with those before and after it that the actor may read, oldest first."""
    rows = {row.pk: row for row in papers_of(by, agreement)} if _linked(paper) else {}
    before: list[Paper] = []
    wanted = {paper.pk}
    while found := [r for r in rows.values() if r.replaced_by_id in wanted and r.pk not in wanted]:
        before = found + before
        wanted |= {r.pk for r in found}
    after, link = [], rows.get(paper.replaced_by_id or 0)
    while link is not None:
        after.append(link)
        link = rows.get(link.replaced_by_id or 0)
    return [*before, paper, *after] if before or after else []


def _linked(paper: Paper) -> bool:
    return paper.replaced_by_id is not None or paper.replaces.exists()
