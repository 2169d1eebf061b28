"""The address of every app. Each app names its own pages in its urls.py."""

from django.urls import include, path

handler400 = "giaoban.portal.views.errors.not_understood"
handler403 = "giaoban.portal.views.errors.denied"
handler404 = "giaoban.portal.views.errors.not_found"
handler500 = "giaoban.portal.views.errors.broken"

urlpatterns = [
    path("", include("giaoban.desk.urls")),
    path("", include("giaoban.portal.urls")),
    path("editor/", include("giaoban.portal.editor")),
    path("accounts/", include("giaoban.accounts.urls")),
    path("", include("giaoban.notices.urls")),
    path("units/", include("giaoban.units.urls")),
    path("door/", include("giaoban.attendance.urls")),
    path("a/", include("giaoban.agreements.urls")),
    path("a/<slug:agreement>/", include("giaoban.reportforms.urls")),
    path("a/<slug:agreement>/", include("giaoban.plans.urls")),
    path("a/<slug:agreement>/", include("giaoban.reports.urls")),
    path("a/<slug:agreement>/", include("giaoban.rollups.urls")),
    path("a/<slug:agreement>/", include("giaoban.reviews.urls")),
    path("a/<slug:agreement>/", include("giaoban.meetings.urls")),
]
