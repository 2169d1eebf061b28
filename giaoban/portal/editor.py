"""Wagtail's editor below /editor/. Files have their one address on the public side: see views/media.py."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as admin_urls

from giaoban.portal.views.words import Catalog

urlpatterns = [
    path("jsi18n/", Catalog.as_view(), name="words"),
    path("account/", RedirectView.as_view(pattern_name="accounts:profile")),  # a person has one account
    path("", include(admin_urls)),
]
