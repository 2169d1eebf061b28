"""Addresses under /accounts/: our own pages (namespace "accounts"), then allauth's (names without one)."""

from django.urls import include, path

from giaoban.accounts import views

own = [
    path("reading/", views.reading, name="reading"),
    path("profile/", views.profile, name="profile"),
]

urlpatterns = [
    path("", include((own, "accounts"))),
    path("", include("allauth.urls")),
]
