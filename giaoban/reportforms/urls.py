"""The pages under /a/<agreement>/ about what is asked, of whom, by when."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from giaoban.reportforms.views import breakdowns, forms, indicators, others, regimes


class WayConverter(StringConverter):
    regex = "up|down"


register_converter(WayConverter, "way")

app_name = "reportforms"
urlpatterns = [
    path("indicators/", indicators.index, name="indicators"),
    path("indicators/new/", indicators.new, name="indicator-new"),
    path("indicators/<int:pk>/", indicators.indicator, name="indicator"),
    path("indicators/<int:pk>/edit/", indicators.edit, name="indicator-edit"),
    path("indicators/<int:pk>/retire/", indicators.retire, name="indicator-retire"),
    path("indicators/<int:pk>/bring-back/", indicators.bring_back, name="indicator-bring-back"),
    path("indicators/<int:pk>/remove/", indicators.remove, name="indicator-remove"),
    path("indicators/<int:pk>/<way:way>/", indicators.move, name="indicator-move"),
    path("breakdowns/", breakdowns.index, name="breakdowns"),
    path("breakdowns/new/", breakdowns.new, name="breakdown-new"),
    path("breakdowns/<int:pk>/", breakdowns.breakdown, name="breakdown"),
    path("breakdowns/<int:pk>/rename/", breakdowns.rename, name="breakdown-rename"),
    path("breakdowns/<int:pk>/remove/", breakdowns.remove, name="breakdown-remove"),
    path("breakdowns/<int:pk>/options/new/", breakdowns.add_option, name="option-new"),
    path("breakdowns/<int:pk>/options/<int:option>/rename/", breakdowns.rename_option, name="option-rename"),
    path("breakdowns/<int:pk>/options/<int:option>/remove/", breakdowns.remove_option, name="option-remove"),
    path("breakdowns/<int:pk>/options/<int:option>/<way:way>/", breakdowns.move_option, name="option-move"),
    path("forms/", forms.index, name="forms"),
    path("forms/new/", forms.new, name="form-new"),
    path("forms/<int:pk>/", forms.form, name="form"),
    path("forms/<int:pk>/versions/<int:number>/", forms.form, name="form-version"),
    path("forms/<int:pk>/edit/", forms.edit, name="form-edit"),
    path("forms/<int:pk>/copy/", forms.copy, name="form-copy"),
    path("forms/<int:pk>/remove/", forms.remove, name="form-remove"),
    path("rules/", others.rules, name="rules"),
    path("rules/new/", others.new_rule, name="rule-new"),
    path("rules/<int:pk>/edit/", others.edit_rule, name="rule-edit"),
    path("rules/<int:pk>/remove/", others.remove_rule, name="rule-remove"),
    path("regimes/", regimes.index, name="regimes"),
    path("regimes/new/", regimes.new, name="regime-new"),
    path("regimes/<int:pk>/", regimes.regime, name="regime"),
    path("regimes/<int:pk>/edit/", regimes.edit, name="regime-edit"),
    path("regimes/<int:pk>/rules/", regimes.version, name="regime-version"),
    path("regimes/<int:pk>/exclude/", regimes.exclude, name="exclude"),
    path("exclusions/", regimes.exclusions, name="exclusions"),
    path("exclusions/<int:pk>/", regimes.exclusion, name="exclusion"),
    path("exclusions/<int:pk>/end/", regimes.end_exclusion, name="exclusion-end"),
    path("calendar/", others.calendar, name="calendar"),
    path("calendar/new/", others.new_day, name="day-new"),
    path("calendar/<int:pk>/remove/", others.remove_day, name="day-remove"),
]
