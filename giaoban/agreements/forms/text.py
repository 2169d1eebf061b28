"""Forms of the text: heading, words, a pasted text, consultation, signing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models import ArticleKind, Version, Wording
from giaoban.core.fields import DayField
from giaoban.documents.actions import KINDS


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _names(given: dict[str, Any], name: str) -> dict[str, str]:
    return {
        lang: given.get(f"{name}_{lang}", "").strip() for lang in ("vi", "en") if given.get(f"{name}_{lang}")
    }


class WordsForm(forms.Form):
    """What a chapter, article, clause or point says."""

    title_vi = forms.CharField(label=_("Title in Vietnamese"), max_length=400, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=400, required=False)
    text_vi = forms.CharField(
        label=_("Text in Vietnamese"), max_length=20000, required=False, widget=_area(6)
    )
    text_en = forms.CharField(label=_("Text in English"), max_length=20000, required=False, widget=_area(6))
    review_month = forms.TypedChoiceField(
        label=_("The parties review it every year in"), coerce=int, empty_value=None, required=False,
        choices=[("", _("no yearly review")), *MONTHS.items()],
        help_text=_("The yearly plan then has a review in this month."),
    )  # fmt: skip
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kind: str, wording: Wording | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_stated(wording), **kwargs)
        self.wording = wording
        if kind in (ArticleKind.CLAUSE, ArticleKind.POINT):
            del self.fields["title_vi"], self.fields["title_en"]
        if kind == ArticleKind.CHAPTER:
            del self.fields["text_vi"], self.fields["text_en"], self.fields["review_month"]

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        words = {"titles": _names(data, "title"), "texts": _names(data, "text")}
        month = {"review_month": data.get("review_month")}
        seen = {"edition": data.get("edition") or 0} if self.wording is not None else {}
        return words | month | seen


def _stated(wording: Wording | None) -> dict[str, Any]:
    if wording is None:
        return {}
    titles = {f"title_{lang}": text for lang, text in wording.titles.items()}
    texts = {f"text_{lang}": text for lang, text in wording.texts.items()}
    return titles | texts | {"review_month": wording.review_month, "edition": wording.edition}


class HeadingForm(forms.Form):
    """What stands above and around the articles."""

    title_vi = forms.CharField(label=_("Title in Vietnamese"), max_length=400)
    title_en = forms.CharField(label=_("Title in English"), max_length=400, required=False)
    bases = forms.CharField(
        label=_("Bases"), required=False, max_length=8000, widget=_area(4), help_text=_("One on each line.")
    )
    note = forms.CharField(label=_("What changes and why"), required=False, max_length=8000, widget=_area(3))
    place = forms.CharField(label=_("Place of signing"), max_length=120, required=False)
    ends_on = DayField(
        label=_("The term ends on"), required=False, help_text=_("The last day. Empty: without end.")
    )

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        initial: dict[str, Any] = {
            name: getattr(version, name) for name in ("bases", "note", "place", "ends_on")
        }
        initial |= {f"title_{lang}": text for lang, text in version.titles.items()}
        super().__init__(*args, initial=initial, **kwargs)
        self.version = version

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        titles = {k: v for k, v in self.version.titles.items() if k not in ("vi", "en")} | _names(
            data, "title"
        )
        plain = {name: data[name] for name in ("bases", "note", "place", "ends_on")}
        plain["bases"] = "\n".join(line.strip() for line in data["bases"].splitlines() if line.strip())
        return plain | {"titles": titles}


class PasteForm(forms.Form):
    """A whole text, copied from the signed document."""

    language = forms.ChoiceField(label=_("Language"), choices=[("vi", "Tiếng Việt"), ("en", "English")])
    text = forms.CharField(label=_("Full text"), max_length=400_000, widget=_area(18))


class ConsultForm(forms.Form):
    """Until when the parties answer."""

    due_on = DayField(label=_("Answers until"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].widget.attrs["min"] = day.isoformat()


class DiscardForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=_area(3))


class SignForm(forms.Form):
    """The signing, as it stands on the paper."""

    signed_number = forms.CharField(label=_("Number and symbol"), max_length=80)
    signed_on = DayField(label=_("Signed on"))
    place = forms.CharField(label=_("Place of signing"), max_length=120, required=False)
    effective_on = DayField(label=_("Takes effect on"))
    ends_on = DayField(
        label=_("The term ends on"), required=False, help_text=_("The last day. Empty: without end.")
    )
    file = forms.FileField(label=_("The signed paper"), required=False, help_text=" ".join(KINDS))

    def __init__(self, *args: Any, version: Version, day: date, **kwargs: Any) -> None:
        initial = {"signed_on": day, "effective_on": day, "ends_on": version.ends_on, "place": version.place}
        super().__init__(*args, initial=initial, **kwargs)
