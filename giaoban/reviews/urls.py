"""The pages of reviews, below /a/<agreement>/."""

from django.urls import path

from giaoban.reviews.views import editor, figures, files, lists, moves, pages, picker

app_name = "reviews"
urlpatterns = [
    path("reviews/", lists.index, name="index"),
    path("reviews/new/", lists.new, name="new"),
    path("reviews/paper.css", pages.paper_css, name="paper-css"),
    path("reviews/<int:pk>/", pages.review, name="review"),
    path("reviews/<int:pk>/history/", pages.history, name="history"),
    path("reviews/<int:pk>/figures/", figures.index, name="figures"),
    path("reviews/<int:pk>/figures/<int:number>/", figures.figure, name="figure"),
    path("reviews/<int:pk>/files/<slug:format>/", files.download, name="file"),
    path("reviews/<int:pk>/edit/", editor.edit, name="edit"),
    path("reviews/<int:pk>/edit/heading/", editor.heading, name="heading"),
    path("reviews/<int:pk>/edit/refresh/", editor.refresh, name="refresh"),
    path("reviews/<int:pk>/edit/sections/<int:section>/", editor.rename, name="rename"),
    path(
        "reviews/<int:pk>/edit/sections/<int:section>/paragraph/", editor.add_paragraph, name="add-paragraph"
    ),
    path("reviews/<int:pk>/edit/sections/<int:section>/table/", figures.add_table, name="add-table"),
    path("reviews/<int:pk>/edit/blocks/<int:block>/write/", editor.write, name="write"),
    path("reviews/<int:pk>/edit/blocks/<int:block>/take/", picker.take, name="take"),
    path("reviews/<int:pk>/edit/blocks/<int:block>/figure/", figures.add_figure, name="add-figure"),
    path("reviews/<int:pk>/edit/blocks/<int:block>/chart/", figures.add_chart, name="add-chart"),
    path("reviews/<int:pk>/edit/blocks/<int:block>/<slug:verb>/", editor.block, name="block"),
    path("reviews/<int:pk>/edit/sentences/<int:sentence>/words/<slug:verb>/", editor.words, name="words"),
    path("reviews/<int:pk>/edit/sentences/<int:sentence>/<slug:verb>/", editor.sentence, name="sentence"),
    path("reviews/<int:pk>/issue/", moves.issue, name="issue"),
    path("reviews/<int:pk>/correct/", moves.correct, name="correct"),
    path("reviews/<int:pk>/move/<slug:name>/", moves.move, name="move"),
]
