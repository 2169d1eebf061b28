"""The pages under /door/: check-in without an account, each behind its signed link."""

from django.urls import path

from giaoban.attendance import views

app_name = "attendance"
urlpatterns = [
    path("worker.js", views.worker, name="worker"),
    path("<str:token>/", views.door, name="door"),
    path("<str:token>/list.json", views.people, name="list"),
    path("<str:token>/scans/", views.scans, name="scans"),
]
