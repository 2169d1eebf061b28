"""Contributions, questions, photographs, letters, the next meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from giaoban.core.actors import Actor
from giaoban.core.language import reader_language
from giaoban.lib.text import pick
from giaoban.meetings.forms.meetings import MomentField
from giaoban.meetings.models import Contribution, Meeting, Question, QuestionKind, QuestionPart, Series
from giaoban.units.forms import UnitsField, written
from giaoban.units.models import Unit

LINES = forms.Textarea(attrs={"rows": 4})


class ContributionForm(forms.Form):
    """What a unit wants to say; `units` are those the person may speak for."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label="—")
    title = forms.CharField(label=_("What it is about"), max_length=300)
    speaker = forms.CharField(label=_("Speaker and position"), max_length=200, required=False)
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=1, max_value=120, initial=10)
    file = forms.FileField(label=_("Text of the contribution"), required=False)

    def __init__(
        self, *args: Any, units: Iterable[int], contribution: Contribution | None = None, **kwargs: Any
    ) -> None:
        names = ("title", "speaker", "minutes")
        begin = {name: getattr(contribution, name) for name in names} if contribution else {}
        super().__init__(*args, initial=begin, **kwargs)
        chosen = Unit.objects.filter(pk__in=list(units))
        self.fields["unit"].queryset = chosen  # type: ignore[attr-defined]
        self.fields["unit"].initial = chosen.first()
        if contribution:
            del self.fields["unit"]


class QuestionForm(forms.Form):
    """A question for delegates."""

    part = forms.ChoiceField(label=_("Asked"), choices=QuestionPart.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=_("Kind of answer"), choices=QuestionKind.choices, widget=forms.RadioSelect
    )
    text_vi = forms.CharField(label=_("Question in Vietnamese"), max_length=300)
    text_en = forms.CharField(label=_("Question in English"), max_length=300, required=False)
    choices = forms.CharField(
        label=_("Answers"), required=False, widget=LINES,
        help_text=_("Only for “one of several answers”: one on each line."),
    )  # fmt: skip
    required = forms.BooleanField(label=_("Must be answered"), required=False)
    position = forms.IntegerField(label=_("Order"), min_value=1, max_value=99, initial=1)

    @classmethod
    def of(cls, question: Question, data: Any = None) -> QuestionForm:
        names = ("part", "kind", "choices", "required", "position")
        texts = {f"text_{lang}": question.texts.get(lang, "") for lang in ("vi", "en")}
        return cls(data, initial=texts | {name: getattr(question, name) for name in names})

    def given(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        texts = {"vi": data.pop("text_vi").strip(), "en": data.pop("text_en").strip()}
        return {"details": data | {"texts": {lang: text for lang, text in texts.items() if text}}}


def ask_questions(form: forms.Form, questions: Iterable[Question]) -> None:
    """A field for each question."""
    language = reader_language()
    for question in questions:
        label = pick(question.texts, language)
        if question.options:
            choices = [(option, option) for option in question.options]
            field: forms.Field = forms.ChoiceField(
                label=label, choices=choices, required=question.required, widget=forms.RadioSelect
            )
        else:
            field = forms.CharField(label=label, max_length=400, required=question.required)
        form.fields[f"question_{question.pk}"] = field


def answers_of(form: forms.Form) -> dict[int, str]:
    """What was answered, by question."""
    return {int(name[9:]): text for name, text in form.cleaned_data.items() if name.startswith("question_")}


class SurveyForm(forms.Form):
    """The survey, as a delegate sees it."""

    def __init__(self, data: Any = None, *, questions: Iterable[Question]) -> None:
        super().__init__(data)
        ask_questions(self, questions)

    def given(self) -> dict[str, Any]:
        return {"answers": answers_of(self)}


class PhotoForm(forms.Form):
    """A photograph."""

    file = forms.FileField(label=_("Photograph (.jpg, .png)"))
    caption = forms.CharField(label=_("Caption"), max_length=400)
    alternative = forms.CharField(
        label=_("What one sees in it"), max_length=400,
        help_text=_("Read out to those who do not see the picture. Not the file's name, not the caption again."),
    )  # fmt: skip
    may_publish = forms.BooleanField(label=_("May be shown on the portal"), required=False)


class WriteForm(forms.Form):
    """Mail to the delegates of the filter."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(
        label=_("Words"), widget=forms.Textarea(attrs={"rows": 10}), max_length=10_000,
        help_text=_("{name} and {unit} are filled in for each delegate."),
    )  # fmt: skip


class CopyForm(forms.Form):
    """The next meeting, after this one."""

    title_vi = forms.CharField(label=_("Title in Vietnamese"), max_length=400)
    title_en = forms.CharField(label=_("Title in English"), max_length=400, required=False)
    starts_at = MomentField(label=_("Begins"))

    @classmethod
    def of(cls, meeting: Meeting, data: Any = None) -> CopyForm:
        return cls(data, initial={f"title_{lang}": meeting.titles.get(lang, "") for lang in ("vi", "en")})

    def given(self) -> dict[str, Any]:
        titles = {"vi": self.cleaned_data["title_vi"].strip(), "en": self.cleaned_data["title_en"].strip()}
        kept = {lang: text for lang, text in titles.items() if text}
        return {"titles": kept, "starts_at": self.cleaned_data["starts_at"]}


class SeriesForm(forms.Form):
    """A series and the order in which units host."""

    title_vi = forms.CharField(label=_("Title in Vietnamese"), max_length=400)
    title_en = forms.CharField(label=_("Title in English"), max_length=400, required=False)
    hosts = UnitsField(label=_("Hosts in turn"), required=False)
    is_open = forms.BooleanField(label=_("The series goes on"), required=False, initial=True)

    def __init__(self, *args: Any, by: Actor, day: date, series: Series | None = None, **kwargs: Any) -> None:
        begin: dict[str, Any] = {"is_open": True}
        if series:
            begin = {f"title_{lang}": series.titles.get(lang, "") for lang in ("vi", "en")}
            hosts = "\n".join(written(place.unit) for place in series.hosts.all())
            begin |= {"hosts": hosts, "is_open": series.is_open}
        super().__init__(*args, initial=begin, **kwargs)
        self.series = series
        self.fields["hosts"].of(by, day)  # type: ignore[attr-defined]
        if series is None:
            del self.fields["is_open"]

    def given(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        titles = {"vi": data.pop("title_vi").strip(), "en": data.pop("title_en").strip()}
        return data | {"titles": {lang: text for lang, text in titles.items() if text}}
