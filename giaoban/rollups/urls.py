"""The pages of figures, below /a/<agreement>/."""

from django.urls import path

from giaoban.rollups.views import explore, latest, trace

app_name = "rollups"
urlpatterns = [
    path("explore/", explore.explore, name="explore"),
    path("explore/chart.svg", explore.chart, name="chart"),
    path("explore/units/", explore.units, name="units"),
    path("explore/latest/", latest.latest, name="latest"),
    path("explore/trace/", trace.trace, name="trace"),
]
