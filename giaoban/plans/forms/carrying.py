"""Which article a task or a duty carries out: chosen, or in words where the text is not kept here."""

from __future__ import annotations

from django import forms

from giaoban.agreements.models import Agreement
from giaoban.plans.models import Duty, Task


def choose_article(form: forms.Form, agreement: Agreement, row: Task | Duty | None) -> None:
    """Leave the field that can be filled: the choice where there are articles, words where there are none."""
    if not form.fields["article"].of(agreement, row.article_id if row else None):
        del form.fields["article"]
    elif not (row and row.article_words):
        del form.fields["article_words"]
