"""What people type into a review, read and checked before any action sees it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.forms.choosing import ArticleField
from giaoban.agreements.models import Agreement
from giaoban.agreements.queries import articles_reviewed_yearly, parties_on
from giaoban.core.language import reader_language
from giaoban.lib import periods
from giaoban.lib.errors import LibError
from giaoban.lib.text import pick
from giaoban.reportforms.models import Indicator
from giaoban.reviews.models import Block, Review, ReviewKind
from giaoban.reviews.questions import PREVIOUS, YEAR, Question, before
from giaoban.units.models import Unit
from giaoban.units.queries import children

LINES = forms.Textarea(attrs={"rows": 3})


def _period(text: str) -> str:
    try:
        return periods.parse(text.strip()).text
    except LibError as error:
        raise forms.ValidationError(translation.gettext(error.template) % error.params) from None


class BeginForm(forms.Form):
    """Period and language of a new review."""

    period = forms.CharField(
        label=_("Period"), max_length=12, help_text=_("For example 2020, 2020-H1, 2020-Q1, 2020-03.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("vi", "Tiếng Việt"), ("en", "English")])
    article = ArticleField()
    empty = forms.BooleanField(
        label=_("Begin empty, without figures and words from the reports"), required=False
    )

    def __init__(self, *args: Any, agreement: Agreement, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.fields["article"].of(agreement):
            del self.fields["article"]
            return
        yearly = articles_reviewed_yearly(agreement).first()
        self.fields["article"].initial = yearly.pk if yearly else None

    def clean_period(self) -> str:
        return _period(self.cleaned_data["period"])


class ListField(forms.CharField):
    """One entry per line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **options)

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class HeadingForm(forms.Form):
    """Title, number, date and the words around the text."""

    title = forms.CharField(
        label=_("What it is about"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=ReviewKind.choices)
    number = forms.CharField(
        label=_("Number and symbol"), max_length=80, required=False, help_text=_("For example 05/BC-VPĐP.")
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    issued_on = forms.DateField(
        label=_("Date of the document"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    article = ArticleField()
    superior = forms.CharField(label=_("Superior body"), max_length=200, required=False)
    issuers = ListField(label=_("Issuing bodies"), help_text=_("One per line."))
    type_name = forms.CharField(label=_("Type of document"), max_length=80)
    addressees = ListField(label=_("Addressed to"), required=False, help_text=_("One per line."))
    bases = ListField(label=_("Bases"), required=False, help_text=_("One per line."))
    recipients = ListField(
        label=_("Recipients"),
        required=False,
        help_text=_("One per line; the last line says where it is kept."),
    )
    authority = ListField(
        label=_("Authority and position of the signer"), required=False, help_text=_("One per line.")
    )
    signer = forms.CharField(label=_("Name of the signer"), max_length=120, required=False)

    LAYOUT = ("superior", "issuers", "type_name", "addressees", "bases", "recipients")

    @classmethod
    def of(cls, review: Review, data: Any = None) -> HeadingForm:
        """The form with what the review says."""
        layout = review.layout
        signature = (layout.get("signatures") or [{}])[0]
        given = {name: layout.get(name, "") for name in cls.LAYOUT}
        given |= {name: getattr(review, name) for name in ("title", "kind", "number", "place", "issued_on")}
        given |= {"authority": signature.get("lines", []), "signer": signature.get("name", "")}
        form = cls(data, initial=given | {"article": review.article_id})
        if not form.fields["article"].of(review.agreement, review.article_id):
            del form.fields["article"]
        return form

    def fields_of(self, review: Review) -> dict[str, Any]:
        """What `change_heading` takes."""
        given = self.cleaned_data
        layout = {**review.layout, **{name: given[name] for name in self.LAYOUT}}
        others = (review.layout.get("signatures") or [])[1:]
        first = {"lines": given["authority"], "name": given["signer"]}
        layout["signatures"] = [*([first] if any(first.values()) else []), *others]
        plain = {name: given[name] for name in ("title", "kind", "number", "place", "issued_on")}
        if "article" in given:
            plain["article"] = given["article"]
        return {**plain, "title": " ".join(given["title"].split()), "layout": layout}


class WordsForm(forms.Form):
    """Sentences, one per line. edition: of the sentence when it was opened."""

    text = forms.CharField(label=_("Sentence"), widget=forms.Textarea(attrs={"rows": 5}))
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)


class TitleForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=300)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=LINES)


class IssueForm(forms.Form):
    confirmed = forms.BooleanField(label=_("Issue it all the same"), required=False)


COMPARISONS = [
    ("", _("no comparison")),
    (YEAR, _("same period a year before")),
    (PREVIOUS, _("period just before")),
]


class _Asking(forms.Form):
    """What every question about figures needs: indicators, units, a period, a comparison."""

    def __init__(self, review: Review, data: Any = None) -> None:
        super().__init__(data)
        self.review = review
        language = reader_language()
        rows = Indicator.objects.filter(agreement=review.agreement_id)
        self.indicators = {i.code: i for i in rows if not i.is_text}
        chosen = [(i.code, pick(i.names, language) or i.code) for i in self.indicators.values()]
        for name in ("indicator", "indicators"):
            if name in self.fields:
                self.fields[name].choices = chosen  # type: ignore[attr-defined]
        self.units = {str(u.pk): u for u in units_of(review.agreement, review.period)}
        self.fields["unit"].choices = [(key, u.name) for key, u in self.units.items()]  # type: ignore[attr-defined]
        self.fields["period"].initial = review.period

    def clean_period(self) -> str:
        return _period(self.cleaned_data["period"])

    @property
    def unit_chosen(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]

    @property
    def earlier(self) -> str | None:
        """The period to compare with, or None."""
        compare = self.cleaned_data.get("compare")
        return before(self.cleaned_data["period"], compare) if compare else None


class FigureForm(_Asking):
    """One figure for a sentence."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    unit = forms.ChoiceField(label=_("Unit"))
    period = forms.CharField(label=_("Period"), max_length=12)
    compare = forms.ChoiceField(label=_("Compare with"), choices=COMPARISONS, required=False)
    target = forms.BooleanField(label=_("With the plan's target"), required=False)

    @property
    def question(self) -> Question:
        given = self.cleaned_data
        return Question(indicator=given["indicator"], unit=self.unit_chosen.pk, period=given["period"])


class TableForm(_Asking):
    """A table: its rows are indicators, units or the parts of the period."""

    ROWS = [
        ("indicators", _("indicators")),
        ("units", _("units below, and in total")),
        ("periods", _("parts of the period")),
    ]

    rows = forms.ChoiceField(
        label=_("A row for each of"), choices=ROWS, widget=forms.RadioSelect, initial="indicators"
    )
    indicators = forms.MultipleChoiceField(label=_("Indicators"), widget=forms.CheckboxSelectMultiple)
    unit = forms.ChoiceField(label=_("Unit"))
    period = forms.CharField(label=_("Period"), max_length=12)
    compare = forms.ChoiceField(label=_("Compare with"), choices=COMPARISONS, required=False)
    caption = forms.CharField(label=_("Caption"), max_length=300, required=False)

    @property
    def indicators_chosen(self) -> list[Indicator]:
        return [self.indicators[code] for code in self.cleaned_data["indicators"]]


class ChartForm(forms.Form):
    """Columns of a table to draw."""

    columns = forms.MultipleChoiceField(label=_("Columns"), widget=forms.CheckboxSelectMultiple)
    form = forms.ChoiceField(
        label=_("Made of"), choices=[("line", _("lines")), ("bar", _("bars"))], widget=forms.RadioSelect
    )
    caption = forms.CharField(label=_("Caption"), max_length=300)

    def __init__(self, table: Block, data: Any = None) -> None:
        super().__init__(data, initial={"form": "bar", "caption": table.data["caption"]})
        columns, cells = table.data["columns"], table.data["cells"]
        drawn = [n for n in range(len(columns)) if any(isinstance(row[n], int) for row in cells)]
        titles = [(str(n), columns[n]["title"]) for n in drawn]
        self.fields["columns"].choices = titles  # type: ignore[attr-defined]


def units_of(agreement: Agreement, period: str) -> list[Unit]:
    """The units a figure may be asked of: the coordinating one, those right below it, the parties."""
    last = periods.span(periods.parse(period), periods.Window()).last
    day = min(last, agreement.ends_on or last)
    rows = [agreement.lead, *children(agreement.lead, day, agreement.hierarchy), *parties_on(agreement, day)]
    return list({unit.pk: unit for unit in rows}.values())
