"""Forms of proposals and of answers to a consultation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from giaoban.agreements.models import Agreement, Article, Opinion, Stance
from giaoban.agreements.queries.text import articles_in_force
from giaoban.units.models import Unit


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ProposalForm(forms.Form):
    """A unit proposes other words, and says why."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    article = forms.ModelChoiceField(
        label=pgettext_lazy("text", "Article"), queryset=Article.objects.none(), required=False,
        empty_label=_("something new"),
    )  # fmt: skip
    text = forms.CharField(label=_("Proposed words"), max_length=20000, widget=_area(6))
    reason = forms.CharField(label=_("Reason"), max_length=8000, widget=_area(3))

    def __init__(self, *args: Any, agreement: Agreement, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        self.fields["article"].queryset = articles_in_force(agreement).filter(agreement=agreement)


class AnswerForm(forms.Form):
    """Why a proposal is taken up, or not."""

    reason = forms.CharField(label=_("Reason"), max_length=8000, widget=_area(3))


class OpinionForm(forms.Form):
    """What a party says of the draft."""

    stance = forms.ChoiceField(
        label=pgettext_lazy("party", "Answer"), choices=Stance.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Comments"), max_length=20000, required=False, widget=_area(6),
        help_text=_("Name the article, and say which words should change, and how."),
    )  # fmt: skip

    def __init__(self, *args: Any, opinion: Opinion | None, **kwargs: Any) -> None:
        initial = {"stance": opinion.stance, "text": opinion.text} if opinion else {}
        super().__init__(*args, initial=initial, **kwargs)
