"""Addresses of the public side, /vi/… and /en/…, and of the portal's desk in the workspace."""

from django.urls import path, re_path

from giaoban.portal.views import (
    corrections,
    desk,
    feedback,
    machines,
    media,
    private,
    public,
    readers,
    search,
)

app_name = "portal"
LANGUAGE = r"^(?P<language>vi|en)/"

urlpatterns = [
    path("portal/", desk.desk, name="desk"),
    path("portal/open/", desk.begin, name="begin"),
    path("portal/corrections/", corrections.index, name="corrections"),
    path("portal/corrections/<int:pk>/", corrections.correction, name="correction"),
    path("portal/corrections/<int:pk>/<str:name>/", corrections.close, name="close-correction"),
    path("portal/readers/", readers.index, name="readers"),
    path("portal-reading.css", public.style, name="style"),
    path("media/portal/<path:name>", media.rendition, name="rendition"),
    path("media/files/<int:pk>/<str:name>", media.file, name="file"),
    path("media/papers/<int:pk>/<str:name>", media.paper, name="paper"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    re_path(LANGUAGE + r"(?P<path>(?:[\w\-]+/)*)(?P<format>rss|atom)\.xml$", machines.feed, name="feed"),
    re_path(LANGUAGE + r"(?P<path>(?:[\w\-]+/)*)index\.json$", machines.described, name="described"),
    re_path(LANGUAGE + r"(?P<path>(?:[\w\-]+/)+)saved\.html$", public.saved, name="saved"),
    re_path(r"^(?P<language>vi)/tim-kiem/$", search.search, name="search"),
    re_path(r"^(?P<language>en)/search/$", search.search, name="search"),
    re_path(LANGUAGE + r"feedback/(?P<pk>\d{1,9})/$", feedback.correction, name="feedback"),
    re_path(LANGUAGE + r"feedback/(?P<pk>\d{1,9})/useful/$", feedback.useful, name="useful"),
    re_path(LANGUAGE + r"feedback/(?P<pk>\d{1,9})/(?P<what>thanks|sent)/$", feedback.done, name="thanks"),
    re_path(LANGUAGE + r"reading/$", public.settings, name="reading"),
    re_path(r"^private/(?P<language>vi|en)/(?P<path>(?:[\w\-]+/)*)$", private.page, name="private"),
    re_path(LANGUAGE + r"(?P<path>[\w\-/]*)$", public.page, name="page"),
]
