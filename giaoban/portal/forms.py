"""What is asked when the portal is opened, and the editor's form of a page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from giaoban.agreements.models import Agreement
from giaoban.core.refused import Refused
from giaoban.portal.actions.moving import shorten
from giaoban.portal.models import LANGUAGES
from giaoban.portal.policy import PORTAL
from giaoban.portal.queries.editing import units_for
from giaoban.portal.queries.leading import end_of, old_path
from giaoban.portal.rights import standing


class OpenForm(forms.Form):
    """Whose portal it is, and what it is called."""

    agreement = forms.ModelChoiceField(Agreement.objects.none(), label=_("agreement"), empty_label="—")
    name_vi = forms.CharField(label=_("name of the portal in Vietnamese"), max_length=120)
    name_en = forms.CharField(label=_("name of the portal in English"), max_length=120, required=False)
    owner_vi = forms.CharField(label=_("publishing body in Vietnamese"), max_length=200, required=False)
    owner_en = forms.CharField(label=_("publishing body in English"), max_length=200, required=False)

    def __init__(self, *args: Any, agreements: list[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreement"].queryset = Agreement.objects.filter(pk__in=[a.pk for a in agreements])  # type: ignore[attr-defined]
        self.fields["agreement"].initial = agreements[0] if len(agreements) == 1 else None


class CorrectionForm(forms.Form):
    """What a reader finds wrong. `website` is a trap: people do not see it, programs fill it in."""

    words = forms.CharField(
        label=_("What is wrong, and what would be right?"), min_length=10, max_length=2000, widget=forms.Textarea,
        error_messages={
            "required": _("Say what is wrong."),
            "min_length": _("Say it in a sentence, so that we find it."),
            "max_length": _("Say it in at most 2,000 letters."),
        },
    )  # fmt: skip
    place = forms.CharField(
        label=_("Where on the page? (not necessary)"), max_length=300, required=False,
        help_text=_("A heading, or the sentence as it stands."),
        error_messages={"max_length": _("Name the place in at most 300 letters.")},
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Your e-mail address, for the answer (not necessary)"), max_length=254, required=False,
        help_text=_("It is used for this answer alone and erased 30 days after it."),
        error_messages={"invalid": _("This is no e-mail address. Write it like ten@example.vn, or leave it empty.")},
    )  # fmt: skip
    website = forms.CharField(required=False, max_length=300)

    @property
    def is_trapped(self) -> bool:
        """Did a program fill it in?"""
        return bool(self.data.get("website", "").strip())


class PasswordForm(forms.Form):
    """The password of a private page."""

    password = forms.CharField(
        label=_("Password of the page"), max_length=255, widget=forms.PasswordInput,
        error_messages={"required": _("Write the password you were given.")},
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What is said to the reader."""

    answer = forms.CharField(label=_("answer"), max_length=4000, widget=forms.Textarea)


class PageForm(WagtailAdminPageForm):
    """A page's form: who writes for a unit chooses among his own; whose agreement it is, its place says.

    A page that others write below belongs to no unit: rights reach down, and each unit writes its own pages alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by = standing(self.for_user) if self.for_user else None
        if by is None:
            return
        if self.holds_others:
            self.fields.pop("unit", None)
        if "unit" in self.fields:
            self.fields["unit"].queryset = units_for(by)
            own = list(self.fields["unit"].queryset[:2])
            if len(own) == 1 and not self.instance.pk:
                self.initial["unit"] = own[0].pk
        if not PORTAL.may_at_all(by, "publish"):
            self.fields.pop("agreement", None)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.for_user and not PORTAL.may_at_all(standing(self.for_user), "publish"):
            if self.holds_others:
                self.add_error(
                    None, gettext("Only the editors of the portal begin a page that others write below.")
                )
            elif "unit" in self.fields and not cleaned.get("unit"):
                self.add_error("unit", gettext("Choose the unit you write for."))
        return cleaned

    @property
    def holds_others(self) -> bool:
        return bool(type(self.instance).allowed_subpage_models())


class OldAddressForm(RedirectForm):
    """An old address and where it leads in the end."""

    redirect_link = forms.CharField(
        label=_("or to an address"), max_length=255, required=False,
        help_text=_("Of this site it begins with /, of another one with https://."),
    )  # fmt: skip

    def clean_old_path(self) -> str:
        return old_path(self.cleaned_data["old_path"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        given = (cleaned["old_path"], cleaned.get("redirect_page"), cleaned.get("redirect_link", ""))
        try:
            cleaned["redirect_page"], cleaned["redirect_link"] = end_of(*given, at=timezone.now())
        except Refused as refusal:
            self.add_error(refusal.field, str(refusal))
            # one sentence is enough: what was not followed is no whole address yet
            cleaned["redirect_link"] = ""
        return cleaned

    def save(self, commit: bool = True) -> Redirect:
        row: Redirect = super().save(commit)
        shorten(redirect=row)
        return row


class WholePicture(WagtailImageField):
    """A picture that is read to its end before anything is kept of it."""

    def to_python(self, data: Any) -> Any:
        allowed = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint allows it for the whole process
        try:
            return super().to_python(data)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            sentence = gettext(
                "This picture is broken. Open it on your device, save it again and bring that."
            )
            raise forms.ValidationError(sentence) from None
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = allowed


class PictureForm(BaseImageForm):
    """A picture's form: its alternative texts are checked and read each in its language."""

    file = WholePicture(label=_("file"), widget=forms.FileInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            self.fields[f"alt_{language}"].widget.attrs["lang"] = language
        # Wagtail puts these sentences together when a field is made: each reader has his language
        file, fresh = self.fields["file"], WholePicture()
        file.help_text, file.error_messages = fresh.help_text, fresh.error_messages

    def save(self, commit: bool = True) -> Any:
        """As Wagtail's, which throws away the renditions of a replaced file at the end; so they are made anew."""
        image = super().save(commit)
        if commit and self.original_file and "file" in self.changed_data:
            image.save()
        return image
