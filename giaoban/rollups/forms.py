"""What a view of figures asks for, read from the address. Every mistake stands at its field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.core.refused import Refused
from giaoban.lib.periods import Period, PeriodError
from giaoban.lib.text import fold
from giaoban.reportforms.models import Indicator, OverPeriods, OverUnits, Regime
from giaoban.rollups.explorer import places, spans
from giaoban.rollups.explorer.address import Query, listed
from giaoban.rollups.explorer.asked import CHARTS, COLUMNS, COMPARISONS, Asked
from giaoban.rollups.explorer.places import Places, When
from giaoban.rollups.explorer.reach import Reach
from giaoban.rollups.explorer.scene import Scene
from giaoban.rollups.queries import Basis, basis_of


class ExploreForm(forms.Form):
    """Bound to a canonical query (giaoban.rollups.explorer.address) with its defaults filled in."""

    indicator = forms.CharField(label=gettext_lazy("Indicators"), required=True)
    unit = forms.CharField(label=gettext_lazy("Units"), required=False)
    level = forms.CharField(label=gettext_lazy("Rows"), required=False)
    period = forms.CharField(
        label=gettext_lazy("Periods"), required=True,
        help_text=gettext_lazy("A list or a range: 2020-01..2020-12, or 2020-Q1,2020-Q2, or 2020."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    basis = forms.CharField(label=gettext_lazy("Basis"), required=False)
    by = forms.CharField(label=gettext_lazy("Broken down by"), required=False)
    regime = forms.CharField(label=gettext_lazy("Reporting regime"), required=False)
    compare = forms.CharField(label=gettext_lazy("Compare with"), required=False)
    columns = forms.CharField(required=False)
    chart = forms.CharField(required=False)
    draw = forms.CharField(required=False)
    sort = forms.CharField(required=False)
    page = forms.CharField(required=False)

    def __init__(self, query: Query, *, scene: Scene, reach: Reach) -> None:
        super().__init__(query)
        self.query, self.scene, self.reach = query, scene, reach
        self.fields["over-units"] = forms.CharField(label=gettext_lazy("Over units"), required=False)
        self.fields["over-periods"] = forms.CharField(label=gettext_lazy("Over periods"), required=False)

    def clean_indicator(self) -> list[Indicator]:
        known = self.scene.indicators
        codes = listed([self.cleaned_data["indicator"]])
        unknown = [code for code in codes if code not in known]
        if unknown:
            near = [c for c in known if any(fold(u)[:4] in fold(c) for u in unknown)][:5]
            sentence = _("The agreement has no indicator %(code)s.") % {"code": ", ".join(unknown)}
            hint = _("Did you mean %(codes)s?") % {"codes": ", ".join(near)} if near else ""
            raise forms.ValidationError(f"{sentence} {hint}".strip())
        return [known[code] for code in codes]

    def clean_period(self) -> list[Period]:
        try:
            return spans.read(self.cleaned_data["period"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean_basis(self) -> Basis:
        try:
            return basis_of(self.cleaned_data["basis"] or "reported")
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean_by(self) -> str:
        code: str = self.cleaned_data["by"]
        if code and code not in self.scene.options:
            raise forms.ValidationError(_("No indicator is broken down by %(code)s.") % {"code": code})
        return code

    def clean_regime(self) -> Regime | None:
        code = self.cleaned_data["regime"]
        if code and code not in self.scene.regimes:
            raise forms.ValidationError(_("The agreement has no reporting regime %(code)s.") % {"code": code})
        return self.scene.regimes.get(code)

    def clean_level(self) -> str:
        level: str = self.cleaned_data["level"]
        if level and level != places.BELOW and not (level.isdecimal() and len(level) < 4):
            raise forms.ValidationError(_("A level is a number, such as 2."))
        return level

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name, known in (("over-units", OverUnits.values), ("over-periods", OverPeriods.values)):
            if given.get(name) and given[name] not in known:
                sentence = _("%(word)s is none of %(words)s.") % {
                    "word": given[name],
                    "words": ", ".join(known),
                }
                self.add_error(name, sentence)
        given["compare"] = tuple(c for c in listed([given.get("compare", "")]) if c in COMPARISONS)
        self._clean_breakdown(given)
        if not self.errors:
            self._clean_places(given)
        return given

    def _clean_breakdown(self, given: dict[str, Any]) -> None:
        by, asked = given.get("by"), given.get("indicator") or []
        if by and not self.scene.with_breakdown(by, asked):
            self.add_error("by", _("None of the chosen indicators is broken down by this."))

    def _clean_places(self, given: dict[str, Any]) -> None:
        """The units of the rows; what is wrong with a unit stands at the units."""
        try:
            whens = self._whens(given["period"], given["basis"])
            given["places"] = self._places(given, whens)
        except PeriodError as error:
            self.add_error("period", _(error.template) % error.params)
        except Refused as refusal:
            self.add_error("unit", str(refusal))

    def _whens(self, asked: Sequence[Period], basis: Basis) -> dict[str, When]:
        found = {}
        for period in asked:
            days = self.scene.span(period)
            fixed: date | None = date.fromordinal(basis.day) if basis.kind != "reported" else None
            found[period.text] = When(fixed or days.first, fixed or days.last, days.last)
        return found

    def _places(self, given: dict[str, Any], whens: dict[str, When]) -> Places:
        codes, level = listed([given["unit"]]), given["level"]
        if codes:
            return places.find(codes, level, whens, self.reach)
        if level and level != places.BELOW:
            return places.everywhere(int(level), whens, self.reach, self.scene.agreement.lead_id)
        raise Refused(_("Choose at least one unit, or a level."), field="unit")

    @property
    def asked(self) -> Asked:
        """The view, once is_valid() has said yes."""
        given = self.cleaned_data
        page = given["page"]
        return Asked(
            given["indicator"], given["places"], given["period"], given["basis"], given["by"], given["regime"],
            given["over-units"], given["over-periods"], given["compare"],
            given["columns"] if given["columns"] in COLUMNS else "period",
            given["chart"] if given["chart"] in CHARTS else "", given["draw"], given["sort"],
            int(page) if page.isdecimal() and 0 < len(page) < 6 and int(page) else 1,
        )  # fmt: skip
