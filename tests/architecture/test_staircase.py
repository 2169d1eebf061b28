"""Foreign keys go down the staircase; every app stands on it."""

from django.apps import apps as installed
from django.conf import settings

from tests.architecture.staircase import apps, contract, ranks


def test_every_foreign_key_points_down_or_stays_in_its_app():
    steps = ranks()
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in installed.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        for own, other in [(model._meta.app_label, field.related_model._meta.app_label)]
        if own != other and own in steps and other in steps and steps[other] >= steps[own]
    ]
    assert wrong == []


def test_settings_list_the_apps_from_the_bottom_up():
    steps = [ranks()[name] for name in settings.GIAOBAN_APPS]
    assert steps == sorted(steps)


def test_every_app_is_under_the_inner_order():
    plain = {"config", "lib"}
    named = {name.removeprefix("giaoban.") for name in contract("inner-order")["containers"]}
    assert named == apps() - plain


def test_every_app_with_models_is_installed():
    with_models = {name for name in apps() if installed.is_installed(f"giaoban.{name}")}
    assert with_models == apps() - {"config", "lib"}
