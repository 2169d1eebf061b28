"""The pages of reports, below /a/<agreement>/."""

from django.urls import path

from giaoban.reports.views import consolidated, current, evidence, lists, moves, pages, workbook

app_name = "reports"
urlpatterns = [
    path("reports/", lists.index, name="index"),
    path("reports/due/", lists.due, name="due"),
    path("reports/current/", current.current, name="current"),
    path("reports/ask/", lists.ask, name="ask"),
    path("reports/consolidate/", consolidated.begin, name="consolidate"),
    path("reports/<int:pk>/refresh/", consolidated.refresh, name="refresh"),
    path("reports/open/", pages.open_, name="open"),
    path("reports/<int:pk>/", pages.report, name="report"),
    path("reports/<int:pk>/fill/", pages.fill, name="fill"),
    path("reports/<int:pk>/excel/", workbook.upload, name="excel"),
    path("reports/<int:pk>/excel/form.xlsx", workbook.download, name="excel-form"),
    path("reports/<int:pk>/excel/take/", workbook.take, name="excel-take"),
    path("reports/<int:pk>/autosave/", pages.autosave, name="autosave"),
    path("reports/<int:pk>/move/<slug:name>/", moves.move, name="move"),
    path("reports/<int:pk>/correct/", moves.correct, name="correct"),
    path("reports/<int:pk>/revisions/<int:number>/", pages.revision, name="revision"),
    path("reports/<int:pk>/evidence/add/", evidence.add, name="evidence-add"),
    path("reports/<int:pk>/evidence/<int:evidence>/", evidence.download, name="evidence"),
    path("reports/<int:pk>/evidence/<int:evidence>/remove/", evidence.remove, name="evidence-remove"),
]
