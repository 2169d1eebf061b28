"""Wagtail's editor below /editor/, with its documents' own address."""

from django.urls import include, path
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from giaoban.portal.views.words import Catalog

urlpatterns = [
    path("jsi18n/", Catalog.as_view(), name="words"),
    path("files/", include(document_urls)),
    path("", include(admin_urls)),
]
