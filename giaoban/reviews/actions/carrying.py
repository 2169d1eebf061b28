"""The article that makes the parties review their work."""

from __future__ import annotations

from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement, Article
from giaoban.agreements.queries.text import may_carry_out
from giaoban.core.refused import Refused


def refuse_article(agreement: Agreement, article: Article | None) -> None:
    """Refuses what stands in another agreement's text."""
    if not may_carry_out(agreement.pk, agreement.parent_id, article):
        raise Refused(_("Choose an article of this agreement."), field="article")
