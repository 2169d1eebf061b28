"""A meeting and the people in its chair, as they are typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models import Agreement
from giaoban.core.actors import Actor
from giaoban.meetings.models import Kind, Meeting, Mode, Officer, OfficerRole, Series, VideoRule
from giaoban.units.forms import UnitField, UnitsField, written


class MomentField(forms.DateTimeField):
    """A day and an hour, asked with the browser's own input, in the zone of the page."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **kwargs)


LINES = forms.Textarea(attrs={"rows": 3})


class MeetingForm(forms.Form):
    """A meeting: new, or being edited."""

    title_vi = forms.CharField(label=_("Title in Vietnamese"), max_length=400)
    title_en = forms.CharField(label=_("Title in English"), max_length=400, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    starts_at = MomentField(label=_("Begins"))
    ends_at = MomentField(label=_("Ends"))
    mode = forms.ChoiceField(label=_("Held"), choices=Mode.choices)
    venue = forms.CharField(label=_("Venue"), max_length=300, required=False)
    organisers = UnitsField(label=_("Organisers"))
    host = UnitField(label=_("Host unit"), required=False)
    series = forms.ModelChoiceField(
        label=_("Series"), queryset=Series.objects.none(), required=False, empty_label="—"
    )
    purpose = forms.CharField(label=_("Purpose and content"), widget=LINES, required=False)
    answer_by = MomentField(label=_("Delegates are named by"), required=False)
    capacity = forms.IntegerField(
        label=_("Seats in the hall"), required=False, min_value=1, max_value=100_000,
        help_text=_("Empty: without limit."),
    )  # fmt: skip
    moderated = forms.BooleanField(label=_("The secretariat agrees to each delegate"), required=False)
    video_url = forms.URLField(label=_("Video link"), max_length=400, required=False, assume_scheme="https")
    video_rule = forms.ChoiceField(label=_("Who sees the video link"), choices=VideoRule.choices)
    transport = forms.CharField(label=_("Transport"), widget=LINES, required=False)
    lodging = forms.CharField(label=_("Lodging"), widget=LINES, required=False)
    contact = forms.CharField(label=_("Contact of the secretariat"), max_length=300, required=False)
    keep_days = forms.IntegerField(
        label=_("Days that phones and e-mail addresses of delegates are kept after the meeting"),
        min_value=0, max_value=3650, initial=90,
    )  # fmt: skip

    def __init__(
        self, *args: Any, agreement: Agreement, by: Actor, day: date, meeting: Meeting | None = None,
        initial: dict[str, Any] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        begin = _stated(meeting) if meeting else {"video_rule": VideoRule.DELEGATES, **(initial or {})}
        super().__init__(*args, initial=begin, **kwargs)
        self.meeting = meeting
        for name in ("organisers", "host"):
            self.fields[name].of(by, day)  # type: ignore[attr-defined]
        self.fields["series"].queryset = Series.objects.filter(agreement=agreement)  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What the actions take: organisers, details."""
        data = dict(self.cleaned_data)
        before = self.meeting.titles if self.meeting else {}
        titles = before | {"vi": data.pop("title_vi").strip(), "en": data.pop("title_en").strip()}
        data["titles"] = {lang: text for lang, text in titles.items() if text}
        return {"organisers": data.pop("organisers"), "details": data}


PLAIN = (
    "kind", "starts_at", "ends_at", "mode", "venue", "host", "series", "purpose", "answer_by", "capacity",
    "moderated", "video_url", "video_rule", "transport", "lodging", "contact", "keep_days",
)  # fmt: skip


def _stated(meeting: Meeting) -> dict[str, Any]:
    units = [written(o.unit) for o in meeting.organisers.select_related("unit")]
    titles = {f"title_{lang}": meeting.titles.get(lang, "") for lang in ("vi", "en")}
    return titles | {name: getattr(meeting, name) for name in PLAIN} | {"organisers": "\n".join(units)}


class OfficerForm(forms.Form):
    """Somebody in the chair, or the secretary."""

    role = forms.ChoiceField(
        label=_("Part in the meeting"), choices=OfficerRole.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    title = forms.CharField(label=_("Position"), max_length=200, required=False)
    unit = UnitField(label=_("Unit"))
    position = forms.IntegerField(
        label=_("Protocol order"), min_value=1, max_value=99, required=False,
        help_text=_("1 comes first. Empty: after the others."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, by: Actor, day: date, officer: Officer | None = None, **kwargs: Any
    ) -> None:
        names = ("role", "name", "title", "unit", "position")
        begin = {n: getattr(officer, n) for n in names} if officer else {"role": OfficerRole.CHAIR}
        super().__init__(*args, initial=begin, **kwargs)
        self.officer = officer
        self.fields["unit"].of(by, day)  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        if self.officer and data["position"] is None:
            data["position"] = self.officer.position
        return data


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=LINES)
