"""Form of a house template."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TemplateForm(forms.Form):
    """The file that takes the place of a template."""

    file = forms.FileField(
        label=_("Template (.docx)"), widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        help_text=_("Download the template in use, change fonts, logo or footer in Word, and give it back here."),
    )  # fmt: skip
