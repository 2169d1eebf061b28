"""Items of the agenda and papers, as they are typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from giaoban.core.actors import Actor
from giaoban.core.fields import NamesMixin, initial_names
from giaoban.meetings.forms.meetings import MomentField
from giaoban.meetings.models import AgendaItem, Audience, Embargo, ItemKind, Meeting, MeetingPaper
from giaoban.meetings.queries.agenda import items_of, sections_for
from giaoban.reports.models import Report
from giaoban.reviews.models import Section
from giaoban.units.forms import UnitField


class SectionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Section) -> str:  # type: ignore[override]
        return f"{obj.review} · {obj.title}"


class ItemForm(NamesMixin):
    """An item of the agenda: new, or being changed."""

    kind = forms.ChoiceField(label=_("What it is"), choices=ItemKind.choices, initial=ItemKind.FREE)
    section = SectionField(
        label=_("Section of a review"), queryset=Section.objects.none(), required=False, empty_label="—",
        help_text=_("For an item that is a section of a review."),
    )  # fmt: skip
    report_unit = UnitField(
        label=_("Report of the unit"),
        required=False,
        help_text=_("For an item that is a unit's report: code or name."),
    )
    report_period = forms.CharField(
        label=_("Period of the report"), required=False, max_length=12, help_text=_("For example 2020-12.")
    )
    speaker = forms.CharField(
        label=_("Speaker"),
        required=False,
        max_length=240,
        help_text=_("Name and position, as they are announced."),
    )
    speaker_unit = UnitField(label=_("Unit of the speaker"), required=False)
    duration = forms.IntegerField(label=_("Minutes it takes"), min_value=1, max_value=720, initial=15)
    starts_at = MomentField(
        label=_("Begins at"), required=False, help_text=_("Empty: right after the item before it.")
    )

    field_order = (
        "name_vi", "name_en", "kind", "section", "report_unit", "report_period", "speaker", "speaker_unit",
        "duration", "starts_at",
    )  # fmt: skip

    def __init__(
        self, *args: Any, meeting: Meeting, by: Actor, day: date, item: AgendaItem | None = None, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, initial=_stated(item) if item else None, **kwargs)
        self.meeting, self.item = meeting, item
        self.fields["name_vi"].label = _("Title in Vietnamese")
        self.fields["name_en"].label = _("Title in English")
        self.fields["section"].queryset = sections_for(by, meeting)  # type: ignore[attr-defined]
        for name in ("report_unit", "speaker_unit"):
            self.fields[name].of(by, day)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("kind") == ItemKind.REPORT:
            unit, period = data.get("report_unit"), data.get("report_period", "").strip()
            rows = Report.objects.filter(agreement=self.meeting.agreement_id, unit=unit, period=period)
            data["report"] = rows.order_by("-pk").first() if unit and period else None
            if data["report"] is None:
                self.add_error("report_unit", gettext("There is no report of this unit for this period."))
        return data

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        kept = ("kind", "speaker", "speaker_unit", "duration", "starts_at", "section")
        titles = self.names(self.item.titles if self.item else None)
        return {name: data[name] for name in kept} | {"titles": titles, "report": data.get("report")}


def _stated(item: AgendaItem) -> dict[str, Any]:
    plain = ("kind", "section", "speaker", "speaker_unit", "duration", "starts_at")
    report = {"report_unit": item.report.unit, "report_period": item.report.period} if item.report else {}
    return {name: getattr(item, name) for name in plain} | report | initial_names(item.titles)


class NoteForm(forms.Form):
    note = forms.CharField(label=_("What is new"), max_length=400, required=False)


class ItemField(forms.ModelChoiceField):
    """An item of the agenda of one meeting, or the whole meeting."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", _("the whole meeting"))
        super().__init__(queryset=AgendaItem.objects.none(), required=False, **kwargs)

    def of(self, meeting: Meeting) -> None:
        self.queryset = items_of(meeting)


class PaperForm(NamesMixin):
    """What a paper is called, where it belongs, who reads it and from when."""

    item = ItemField(label=_("Item of the agenda"))
    audience = forms.ChoiceField(
        label=_("Who may read it"),
        choices=Audience.choices,
        initial=Audience.DELEGATIONS,
        widget=forms.RadioSelect,
    )
    unit = UnitField(label=_("The unit"), required=False, help_text=_("For a paper that one unit reads."))
    embargo = forms.ChoiceField(
        label=_("From when"), choices=Embargo.choices, initial=Embargo.NONE, widget=forms.RadioSelect,
        help_text=_("Until then nobody else knows that there is such a paper."),
    )  # fmt: skip
    opens_at = MomentField(label=_("Opens at"), required=False)

    def __init__(
        self, *args: Any, meeting: Meeting, by: Actor, day: date, paper: MeetingPaper | None = None, **kwargs: Any
    ) -> None:  # fmt: skip
        plain = ("item", "audience", "unit", "embargo", "opens_at")
        begin = {n: getattr(paper, n) for n in plain} | initial_names(paper.titles) if paper else None
        super().__init__(*args, initial=begin, **kwargs)
        self.paper = paper
        self.fields["name_vi"].label = _("Title in Vietnamese")
        self.fields["name_en"].label = _("Title in English")
        self.fields["item"].of(meeting)  # type: ignore[attr-defined]
        self.fields["unit"].of(by, day)  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        titles = self.names(self.paper.titles if self.paper else None)
        for name in ("name_vi", "name_en"):
            data.pop(name)
        return data | {"titles": titles}


class BringForm(PaperForm):
    """A new paper with its file."""

    file = forms.FileField(label=_("File"), max_length=240)


class RenewForm(NoteForm):
    """A newer file of a paper."""

    file = forms.FileField(label=_("File"), max_length=240)

    field_order = ("file", "note")
