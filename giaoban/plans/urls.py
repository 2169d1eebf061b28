"""The pages of plans, tasks, activities and targets, below /a/<agreement>/."""

from django.urls import path

from giaoban.plans.views import activities, board, evidence, frame, moves, plans, steps, targets, tasks

app_name = "plans"
urlpatterns = [
    path("plans/", plans.index, name="index"),
    path("plans/new/", plans.new, name="new"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/edit/", steps.edit, name="plan-edit"),
    path("plans/<int:pk>/move/<slug:name>/", steps.move, name="plan-move"),
    path("plans/<int:pk>/paper/", steps.paper, name="plan-paper"),
    path("plans/<int:pk>/remark/", steps.remark, name="plan-remark"),
    path("plans/frame/", frame.frame, name="frame"),
    path("plans/frame/<slug:kind>/new/", frame.new, name="part-new"),
    path("plans/frame/<slug:kind>/<int:pk>/", frame.edit, name="part-edit"),
    path("plans/frame/<slug:kind>/<int:pk>/remove/", frame.remove, name="part-remove"),
    path("tasks/board/", board.board, name="board"),
    path("tasks/timeline/", board.timeline, name="timeline"),
    path("tasks/", tasks.index, name="tasks"),
    path("tasks/new/", tasks.new, name="task-new"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/edit/", tasks.edit, name="task-edit"),
    path("tasks/<int:pk>/progress/", moves.progress, name="progress"),
    path("tasks/<int:pk>/move/<slug:name>/", moves.move, name="task-move"),
    path("tasks/<int:pk>/evidence/add/", evidence.add, name="evidence-add"),
    path("tasks/<int:pk>/evidence/<int:evidence>/", evidence.download, name="evidence"),
    path("tasks/<int:pk>/evidence/<int:evidence>/remove/", evidence.remove, name="evidence-remove"),
    path("activities/", activities.index, name="activities"),
    path("activities/new/", activities.new, name="activity-new"),
    path("activities/<int:pk>/", activities.activity, name="activity"),
    path("activities/<int:pk>/edit/", activities.edit, name="activity-edit"),
    path("activities/<int:pk>/typical/", activities.mark, name="activity-mark"),
    path("activities/<int:pk>/not-typical/", activities.unmark, name="activity-unmark"),
    path("activities/<int:pk>/withdraw/", activities.withdraw, name="activity-withdraw"),
    path("activities/<int:pk>/source/", activities.source, name="activity-source"),
    path("activities/<int:pk>/pictures/new/", activities.picture_new, name="picture-new"),
    path("activities/<int:pk>/pictures/<int:picture>/", activities.picture, name="picture"),
    path(
        "activities/<int:pk>/pictures/<int:picture>/remove/", activities.picture_remove, name="picture-remove"
    ),
    path("targets/", targets.index, name="targets"),
    path("targets/new/", targets.new, name="target-new"),
    path("targets/import/", targets.bring, name="targets-import"),
    path("targets/export.csv", targets.export, {"kind": "csv"}, name="targets-csv"),
    path("targets/export.xlsx", targets.export, {"kind": "xlsx"}, name="targets-xlsx"),
    path("targets/<int:pk>/", targets.edit, name="target-edit"),
    path("targets/<int:pk>/remove/", targets.remove, name="target-remove"),
]
