"""How `{{ form }}` and `{{ form.field.as_field_group }}` look everywhere."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """settings.FORM_RENDERER: our form and field templates, with their labels, help and errors."""

    form_template_name = "core/form.html"
    field_template_name = "core/field.html"
    formset_template_name = "core/formset.html"
