"""What the records say, as pieces of text for a page or an article: figures, attendance, conclusions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Count, Q
from django.utils import formats, translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from giaoban.lib.text import pick
from giaoban.meetings.models import DelegateState, Meeting, OfficerRole
from giaoban.meetings.models.conclusions import STANDING
from giaoban.reportforms.models import Indicator
from giaoban.reviews.models import Figure, FigureKind, Review
from giaoban.reviews.queries.reading import Contents, contents

#: How many figures of a review an article begins with.
MOST = 6
Piece = dict[str, Any]


def publishable(review: Review) -> Contents:
    """The review with only the blocks that may be published, nothing reworded."""
    found = contents(review, sources=False, published=True)
    kept = [
        (s, [b for b in bodies if b.block.publishable and not b.is_empty]) for s, bodies in found.sections
    ]
    return replace(found, sections=kept)


def numbers(review: Review, language: str, link: str = "") -> list[Piece]:
    """The first totals of the publishable blocks, each linked to its line among the sources. In another language
    than the review's only where every indicator has a name in it."""
    lead = review.agreement.lead_id
    found = [f for f in publishable(review).used if _is_total(f, lead)][:MOST]
    codes = {f.query["indicator"] for f in found}
    names = {i.code: i for i in Indicator.objects.filter(agreement=review.agreement_id, code__in=codes)}
    if not found or any(not names[code].names.get(language) for code in codes if code in names):
        return []
    values = [
        {
            "value": f.shown(language), "link": f"{link}#{f.tag}",
            "label": _label(names.get(f.query["indicator"]), f, language),
        }
        for f in found
    ]  # fmt: skip
    return [{"type": "numbers", "value": {"numbers": values}}]


def _is_total(figure: Figure, lead: int) -> bool:
    whole = figure.query.get("unit") == lead and not figure.query.get("by")
    return figure.kind == FigureKind.ROLLUP and bool(figure.value) and whole


def _label(indicator: Indicator | None, figure: Figure, language: str) -> str:
    return (pick(indicator.names, language) if indicator else figure.label)[:240]


def told(meeting: Meeting, language: str) -> list[Piece]:
    """Who chaired, and how many came from how many delegations."""
    here = Q(delegates__state__in=(DelegateState.SEATED, DelegateState.CONFIRMED))
    rows = meeting.invitations.filter(state="accepted").annotate(n=Count("delegates", filter=here))
    counts = [row.n for row in rows]
    chairs = [
        ", ".join(filter(None, (c.name, c.title))) for c in meeting.officers.filter(role=OfficerRole.CHAIR)
    ]
    with translation.override(language):
        came = _("%(delegations)s delegations with %(delegates)s delegates took part.") % {
            "delegations": len(counts), "delegates": sum(counts),
        }  # fmt: skip
        return [_text(f"<p>{escape(came)}</p>" + _listed(_("In the chair"), chairs))]


def direction(meeting: Meeting, language: str) -> list[Piece]:
    """What the chair concluded: words, who leads, until when. Only in a language every conclusion has."""
    rows = list(meeting.conclusions.filter(state__in=STANDING).select_related("lead").order_by("number"))
    if not rows or any(not row.texts.get(language) for row in rows):
        return []
    with translation.override(language):
        listed = [
            f"{row.texts[language]} ("
            + ", ".join(filter(None, (row.lead.name if row.lead else "", _until(row.due_on)))) + ")"
            if row.lead or row.due_on else row.texts[language]
            for row in rows
        ]  # fmt: skip
        return [_text(_listed(_("What comes next"), listed))]


def _until(day: Any) -> str:
    return _("by %(day)s") % {"day": formats.date_format(day, "SHORT_DATE_FORMAT")} if day else ""


def _listed(heading: str, items: list[str]) -> str:
    lines = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<h2>{escape(heading)}</h2><ul>{lines}</ul>" if lines else ""


def _text(html: str) -> Piece:
    return {"type": "text", "value": html}
