"""Read a filled form as people write it: figures in their language, each mistake at its cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.agreements.models import Agreement
from giaoban.core.refused import Refused
from giaoban.lib import periods
from giaoban.lib.errors import LibError
from giaoban.lib.numbers import parse_local, plain
from giaoban.reportforms.models import Regime
from giaoban.reports.content import Shape
from giaoban.reports.tasks import CELL, DECIMALS
from giaoban.units.models import Unit


@dataclass
class Entry:
    """What was typed. document: what could be read. errors, typed: by cell, what could not."""

    document: dict[str, Any]
    edition: int = 0
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)


def read_entry(post: QueryDict, shape: Shape, lang: str) -> Entry:
    """Fields are `v:CELL` value, `e:CELL` estimated, `c:CELL` comment, `n:CODE` narrative, `edition`, and
    of tasks `t:CODE:said`, `t:CODE:text`, `t:CODE:figure`, `t:CODE:delay`."""
    parts: dict[str, dict[str, str]] = {"v": {}, "e": {}, "c": {}, "n": {}, "t": {}}
    for name in post:
        kind, colon, key = name.partition(":")
        if colon and kind in parts:
            parts[kind][key] = str(post[name])
    edition = str(post.get("edition", "0"))
    entry = Entry({}, int(edition) if edition.isdigit() else 0)
    values = {
        cell: read
        for cell, text in parts["v"].items()
        if (read := _read(cell, text, shape, lang, entry)) is not None
    }
    entry.document = {
        "values": values, "estimated": list(parts["e"]), "comments": parts["c"], "narratives": parts["n"],
        "tasks": _tasks(parts["t"], lang, entry),
    }  # fmt: skip
    return entry


def _read(cell: str, text: str, shape: Shape, lang: str, entry: Entry) -> str | None:
    if not text.strip():
        return None
    try:
        indicator = shape.indicator_of(cell)
        if indicator.is_text:
            return text
        return plain(parse_local(text, lang, indicator.decimals), indicator.decimals)
    except Refused as refusal:
        entry.errors[cell] = str(refusal)
    except LibError as error:
        entry.errors[cell] = _(error.template) % error.params
    entry.typed[cell] = text
    return None


def _tasks(typed: dict[str, str], lang: str, entry: Entry) -> dict[str, dict[str, str]]:
    """What was typed of tasks, by code; a figure as canonical text, or told at its task."""
    found: dict[str, dict[str, str]] = {}
    for key, text in typed.items():
        code, _colon, part = key.rpartition(":")
        if not text.strip():
            continue
        if part == "figure":
            try:
                text = plain(parse_local(text, lang, DECIMALS), DECIMALS)
            except LibError as error:
                entry.errors[f"{CELL}{code}"] = _(error.template) % error.params
                entry.typed[f"{CELL}{code}"] = text
                continue
        found.setdefault(code, {})[part] = text
    return found


class RequestForm(forms.Form):
    """Ask units for a report on request."""

    regime = forms.ModelChoiceField(
        Regime.objects.none(), label=gettext_lazy("Reporting regime"), empty_label=None
    )
    period = forms.CharField(
        label=gettext_lazy("Period"),
        max_length=12,
        help_text=gettext_lazy("For example 2020-10-20 or 2020-10."),
    )
    units = forms.CharField(
        label=gettext_lazy("Units"), max_length=2000,
        help_text=gettext_lazy("Codes with spaces between, or level:2, or group:NAME."),
    )  # fmt: skip

    def __init__(self, agreement: Agreement, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = agreement.regimes.filter(ad_hoc=True).select_related("agreement", "form")
        self.fields["regime"].queryset = asked  # type: ignore[attr-defined]

    def clean_period(self) -> periods.Period:
        try:
            return periods.parse(self.cleaned_data["period"].strip())
        except periods.PeriodError as error:
            raise forms.ValidationError(_(error.template) % error.params) from None


class ConsolidateForm(forms.Form):
    """Whose consolidated report, under which regime, for which period."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"), empty_label=None)
    regime = forms.ModelChoiceField(
        Regime.objects.none(), label=gettext_lazy("Reporting regime"), empty_label=None
    )
    period = forms.CharField(
        label=gettext_lazy("Period"),
        max_length=12,
        help_text=gettext_lazy("For example 2020-10-20 or 2020-10."),
    )

    def __init__(self, agreement: Agreement, units: list[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = agreement.regimes.filter(ad_hoc=False).select_related("agreement", "form")
        self.fields["regime"].queryset = asked  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[u.pk for u in units])  # type: ignore[attr-defined]

    clean_period = RequestForm.clean_period
