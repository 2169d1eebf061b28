"""Choosing the article that something carries out: for the forms of upper apps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models import Agreement, Article
from giaoban.agreements.queries.text import articles_in_force


class ArticleField(forms.ModelChoiceField):
    """An article in force of an agreement, or of the one it stands under; or the one chosen already."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"label": _("Article it carries out"), "required": False, "empty_label": "—"} | kwargs
        super().__init__(Article.objects.none(), **kwargs)

    def of(self, agreement: Agreement, chosen: int | None = None) -> bool:
        """Say whose articles. Answers whether there are any."""
        self.agreement = agreement
        known = articles_in_force(agreement)
        kept = Q(pk=chosen) if chosen else Q(pk__in=[])
        rows = Article.objects.filter(Q(pk__in=known.order_by().values("pk")) | kept)
        self.queryset = rows.select_related("agreement").order_by(*known.query.order_by)
        return self.queryset.exists()

    def label_from_instance(self, obj: Any) -> str:
        return str(obj) if obj.agreement_id == self.agreement.pk else f"{obj} · {obj.agreement}"
