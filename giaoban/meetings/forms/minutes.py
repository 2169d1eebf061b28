"""Minutes, answers and conclusions, as they are typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from giaoban.core.actors import Actor
from giaoban.core.fields import DayField
from giaoban.meetings.forms.agenda import ItemField
from giaoban.meetings.models import Conclusion, Decision, Meeting, Way
from giaoban.reviews.models import Review
from giaoban.units.forms import UnitField, UnitsField, written
from giaoban.units.models import Unit

LINES = forms.Textarea(attrs={"rows": 4})


class DecisionForm(forms.Form):
    """What was decided and how; of a vote only the counts."""

    text = forms.CharField(label=_("What was decided"), widget=LINES, max_length=4000)
    way = forms.ChoiceField(
        label=pgettext_lazy("decision", "How"),
        choices=Way.choices,
        initial=Way.CONSENSUS,
        widget=forms.RadioSelect,
    )
    votes_for = forms.IntegerField(
        label=pgettext_lazy("votes", "For"), min_value=0, max_value=100_000, required=False
    )
    votes_against = forms.IntegerField(
        label=pgettext_lazy("votes", "Against"), min_value=0, max_value=100_000, required=False
    )
    abstentions = forms.IntegerField(label=_("Abstentions"), min_value=0, max_value=100_000, required=False)

    def __init__(self, *args: Any, decision: Decision | None = None, **kwargs: Any) -> None:
        names = ("text", "way", "votes_for", "votes_against", "abstentions")
        begin = {n: getattr(decision, n) for n in names} if decision else None
        super().__init__(*args, initial=begin, **kwargs)


class CirculateForm(forms.Form):
    answer_by = DayField(label=_("The delegations answer until"))


class SignForm(forms.Form):
    number = forms.CharField(
        label=_("Number and symbol"), max_length=80, help_text=_("For example 02/BB-VPV.")
    )
    signed_on = DayField(label=_("Dated"))


class AnswerForm(forms.Form):
    """A delegation agrees, or says what it asks to change."""

    unit = forms.ModelChoiceField(label=_("Delegation"), queryset=Unit.objects.none(), empty_label=None)
    agrees = forms.ChoiceField(
        label=_("Answer"),
        choices=[("yes", _("We agree")), ("no", _("We ask for a change"))],
        widget=forms.RadioSelect,
    )
    item = ItemField(label=_("Item of the agenda"))
    text = forms.CharField(label=_("What should be changed"), widget=LINES, required=False, max_length=4000)

    def __init__(self, *args: Any, meeting: Meeting, units: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=units).order_by("code")  # type: ignore[attr-defined]
        self.fields["item"].of(meeting)  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return data | {"agrees": data["agrees"] == "yes"}


class ConclusionForm(forms.Form):
    """A conclusion. In the hall it is written with the keyboard alone."""

    text_vi = forms.CharField(
        label=_("Conclusion in Vietnamese"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    text_en = forms.CharField(
        label=_("Conclusion in English"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
        required=False,
    )
    lead = UnitField(label=_("Lead unit"), required=False)
    support = UnitsField(label=_("Supporting units"), required=False)
    due_on = DayField(label=_("Due"), required=False)
    output = forms.CharField(label=_("Expected output"), max_length=400, required=False)
    item = ItemField(label=_("Item of the agenda"))
    amends = forms.BooleanField(label=_("Asks for an amendment of the agreement"), required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, meeting: Meeting, by: Actor, day: date, conclusion: Conclusion | None = None,
        initial: dict[str, Any] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, initial=_told(conclusion) if conclusion else initial, **kwargs)
        self.conclusion = conclusion
        self.fields["support"].widget.attrs["rows"] = 2
        for name in ("lead", "support"):
            self.fields[name].of(by, day)  # type: ignore[attr-defined]
        self.fields["item"].of(meeting)  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        edition = data.pop("edition")
        before = self.conclusion.texts if self.conclusion else {}
        texts = before | {"vi": data.pop("text_vi"), "en": data.pop("text_en")}
        given = data | {"texts": {language: text for language, text in texts.items() if text.strip()}}
        return given | {"edition": edition or 0} if self.conclusion else given


def _told(conclusion: Conclusion) -> dict[str, Any]:
    plain = ("lead", "due_on", "output", "item", "amends", "edition")
    return {name: getattr(conclusion, name) for name in plain} | {
        "text_vi": conclusion.texts.get("vi", ""), "text_en": conclusion.texts.get("en", ""),
        "support": "\n".join(written(unit) for unit in conclusion.support.all()),
    }  # fmt: skip


class GroundForm(forms.Form):
    """A figure of a review, by its number there, or a sentence of it, by a few of its words."""

    review = forms.ModelChoiceField(label=_("Review"), queryset=Review.objects.none(), empty_label=None)
    figure = forms.IntegerField(
        label=_("Number of the figure"),
        min_value=1,
        required=False,
        help_text=_("As it stands in the annex of figures."),
    )
    words = forms.CharField(
        label=_("Words of the sentence"), max_length=300, required=False,
        help_text=_("Some words of the sentence, as they stand in the review."),
    )  # fmt: skip

    def __init__(self, *args: Any, reviews: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review"].queryset = reviews  # type: ignore[attr-defined]


class GiveForm(forms.Form):
    year = forms.IntegerField(label=_("Plan of the year"), min_value=1990, max_value=2100)


class DirectionForm(forms.Form):
    review = forms.ModelChoiceField(
        label=_("Draft of a review"), queryset=Review.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, reviews: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review"].queryset = reviews  # type: ignore[attr-defined]


class NoticeForm(forms.Form):
    number = forms.CharField(
        label=_("Number and symbol"), max_length=80, help_text=_("For example 03/TB-VPV.")
    )
    dated = DayField(label=_("Dated"))
