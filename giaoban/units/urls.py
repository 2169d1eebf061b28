"""The pages under /units/."""

from django.urls import path

from giaoban.units.views import groups, tree, unit

app_name = "units"
urlpatterns = [
    path("", tree.index, name="index"),
    path("list/", tree.listing, name="list"),
    path("suggest/", tree.suggest, name="suggest"),
    path("open/", unit.open_, name="open"),
    path("groups/", groups.index, name="groups"),
    path("groups/new/", groups.new, name="group-new"),
    path("groups/<int:pk>/", groups.group, name="group"),
    path("groups/<int:pk>/rename/", groups.rename, name="group-rename"),
    path("groups/<int:pk>/add/", groups.add, name="group-add"),
    path("groups/<int:pk>/members/<int:member>/end/", groups.end, name="group-end"),
    path("<int:pk>/", unit.unit, name="unit"),
    path("<int:pk>/branch/", tree.branch, name="branch"),
    path("<int:pk>/change/", unit.change, name="change"),
    path("<int:pk>/move/", unit.move, name="move"),
    path("<int:pk>/close/", unit.close, name="close"),
    path("<int:pk>/reopen/", unit.reopen, name="reopen"),
    path("<int:pk>/remove/", unit.discard, name="discard"),
    path("<int:pk>/versions/<int:version>/correct/", unit.correct, name="correct"),
    path("<int:pk>/versions/<int:version>/withdraw/", unit.withdraw, name="withdraw"),
    path("<int:pk>/places/<int:place>/correct/", unit.correct_place, name="correct-place"),
    path("<int:pk>/places/<int:place>/withdraw/", unit.withdraw_place, name="withdraw-place"),
    path("<int:pk>/succession/", unit.succession, name="succession"),
    path("<int:pk>/succession/<str:on>/withdraw/", unit.withdraw_succession, name="withdraw-succession"),
]
