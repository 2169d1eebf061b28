"""The pages of meetings, below /a/<agreement>/."""

from django.urls import path

from giaoban.meetings.views import (
    adopting,
    after,
    afterwards,
    agenda,
    attending,
    checking,
    conclusions,
    delegates,
    extras,
    invitations,
    letters,
    lists,
    meetings,
    minutes,
    papers,
    printing,
    proposing,
    surveys,
)

app_name = "meetings"

#: The meeting itself.
MEETING = [
    path("meetings/", lists.index, name="index"),
    path("meetings/new/", lists.new, name="new"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/history/", meetings.history, name="history"),
    path("meetings/<int:pk>/edit/", meetings.edit, name="edit"),
    path("meetings/<int:pk>/move/<slug:name>/", meetings.move, name="move"),
    path("meetings/<int:pk>/officers/add/", meetings.add_officer, name="add-officer"),
    path("meetings/<int:pk>/officers/<int:officer>/", meetings.edit_officer, name="edit-officer"),
    path("meetings/<int:pk>/officers/<int:officer>/remove/", meetings.remove_officer, name="remove-officer"),
]

#: Who is invited, and who comes.
PEOPLE = [
    path("meetings/<int:pk>/delegations/", invitations.index, name="delegations"),
    path("meetings/<int:pk>/delegations/invite/", invitations.invite, name="invite"),
    path("meetings/<int:pk>/delegations/quotas/", invitations.quotas, name="quotas"),
    path("meetings/<int:pk>/delegations/send/", invitations.send, name="send"),
    path("meetings/<int:pk>/delegations/letter/", letters.letter, name="letter"),
    path("meetings/<int:pk>/delegations/letter.<slug:format>", letters.sample, name="letter-sample"),
    path(
        "meetings/<int:pk>/delegations/<int:invitation>/letter.<slug:format>",
        letters.file,
        name="letter-file",
    ),
    path("meetings/<int:pk>/delegations/<int:invitation>/", invitations.invitation, name="invitation"),
    path("meetings/<int:pk>/delegations/<int:invitation>/edit/", invitations.edit, name="edit-invitation"),
    path(
        "meetings/<int:pk>/delegations/<int:invitation>/name-delegate/", delegates.name, name="name-delegate"
    ),
    path(
        "meetings/<int:pk>/delegations/<int:invitation>/<slug:name>/",
        invitations.move,
        name="move-invitation",
    ),
    path("meetings/<int:pk>/delegates/", delegates.index, name="delegates"),
    path("meetings/<int:pk>/delegates/<int:delegate>/edit/", delegates.edit, name="edit-delegate"),
    path("meetings/<int:pk>/delegates/<int:delegate>/replace/", delegates.replace, name="replace-delegate"),
    path("meetings/<int:pk>/delegates/<int:delegate>/<slug:name>/", delegates.move, name="move-delegate"),
]

#: Check-in at the door.
CHECK_IN = [
    path("meetings/<int:pk>/check-in/", attending.overview, name="check-in"),
    path("meetings/<int:pk>/check-in/hours/", checking.hours, name="check-in-hours"),
    path("meetings/<int:pk>/check-in/update/", checking.update, name="check-in-update"),
    path("meetings/<int:pk>/check-in/erase/", checking.erase, name="check-in-erase"),
    path("meetings/<int:pk>/check-in/key/", checking.key, name="check-in-key"),
    path("meetings/<int:pk>/check-in/seats/", checking.seats, name="check-in-seats"),
    path("meetings/<int:pk>/check-in/sheet/", attending.sheet, name="check-in-sheet"),
    path("meetings/<int:pk>/check-in/print/<slug:kind>/", printing.printed, name="check-in-print"),
    path("meetings/<int:pk>/check-in/print/<slug:kind>/job/", printing.printing, name="check-in-printing"),
    path("meetings/<int:pk>/check-in/doors/new/", checking.new_door, name="check-in-new-door"),
    path("meetings/<int:pk>/check-in/doors/<int:door>/", checking.door, name="check-in-door"),
    path("meetings/<int:pk>/check-in/doors/<int:door>/close/", checking.close_door, name="check-in-close-door"),
    path("meetings/<int:pk>/check-in/people/", attending.people, name="check-in-people"),
    path("meetings/<int:pk>/check-in/people/new/", checking.guest, name="check-in-guest"),
    path("meetings/<int:pk>/check-in/people/<int:attendee>/", attending.person, name="check-in-person"),
    path("meetings/<int:pk>/check-in/people/<int:attendee>/<slug:verb>/", checking.person, name="check-in-verb"),
    path("meetings/<int:pk>/check-in/scans/<int:scan>/set-aside/", checking.set_aside, name="check-in-set-aside"),
]  # fmt: skip

#: Its agenda and papers.
AGENDA = [
    path("meetings/<int:pk>/agenda/", agenda.agenda, name="agenda"),
    path("meetings/<int:pk>/agenda/begin/", agenda.begin, name="begin-agenda"),
    path("meetings/<int:pk>/agenda/add/", agenda.add, name="add-item"),
    path("meetings/<int:pk>/agenda/arrange/", agenda.arrange, name="arrange"),
    path("meetings/<int:pk>/agenda/publish/", agenda.publish, name="publish-agenda"),
    path("meetings/<int:pk>/agenda/versions/<int:number>/", agenda.version, name="agenda-version"),
    path("meetings/<int:pk>/agenda/<int:item>/", agenda.change, name="item"),
    path("meetings/<int:pk>/agenda/<int:item>/remove/", agenda.remove, name="remove-item"),
    path("meetings/<int:pk>/agenda/<int:item>/<slug:way>/", agenda.shift, name="shift-item"),
    path("meetings/<int:pk>/papers/", papers.papers, name="papers"),
    path("meetings/<int:pk>/papers/bring/", papers.bring, name="bring-paper"),
    path("meetings/<int:pk>/papers/<int:paper>/", papers.change, name="paper"),
    path("meetings/<int:pk>/papers/<int:paper>/renew/", papers.renew, name="renew-paper"),
    path("meetings/<int:pk>/papers/<int:paper>/withdraw/", papers.withdraw, name="withdraw-paper"),
    path("meetings/<int:pk>/papers/<int:paper>/<int:number>/", papers.download, name="paper-file"),
]

#: What was said and decided.
MINUTES = [
    path("meetings/<int:pk>/minutes/", minutes.minutes, name="minutes"),
    path("meetings/<int:pk>/minutes/begin/", minutes.begin, name="begin-minutes"),
    path("meetings/<int:pk>/minutes/write/", minutes.write, name="write-minutes"),
    path("meetings/<int:pk>/minutes/write/<int:item>/", minutes.autosave, name="autosave-minutes"),
    path("meetings/<int:pk>/minutes/attendance/", minutes.attendance, name="fill-attendance"),
    path("meetings/<int:pk>/minutes/items/<int:item>/decide/", minutes.add_decision, name="add-decision"),
    path("meetings/<int:pk>/minutes/decisions/<int:decision>/", minutes.change_decision, name="decision"),
    path(
        "meetings/<int:pk>/minutes/decisions/<int:decision>/remove/",
        minutes.remove_decision,
        name="remove-decision",
    ),
    path("meetings/<int:pk>/minutes/move/<slug:name>/", adopting.move, name="move-minutes"),
    path("meetings/<int:pk>/minutes/answer/", adopting.answer, name="answer-minutes"),
    path(
        "meetings/<int:pk>/minutes/answers/<int:answer>/<slug:name>/", adopting.settle, name="settle-answer"
    ),
    path("meetings/<int:pk>/minutes/files/<slug:format>/", adopting.download, name="minutes-file"),
]

#: What was concluded, and what comes of it.
CONCLUSIONS = [
    path("conclusions/", conclusions.index, name="all-conclusions"),
    path("meetings/<int:pk>/conclusions/", conclusions.conclusions, name="conclusions"),
    path("meetings/<int:pk>/conclusions/tasks/", after.give, name="give-tasks"),
    path("meetings/<int:pk>/conclusions/direction/", after.direct, name="direction"),
    path("meetings/<int:pk>/conclusions/notice/", after.issue, name="issue-notice"),
    path("meetings/<int:pk>/conclusions/notice/<slug:format>/", after.download, name="notice-file"),
    path("meetings/<int:pk>/conclusions/<int:conclusion>/", conclusions.conclusion, name="conclusion"),
    path(
        "meetings/<int:pk>/conclusions/<int:conclusion>/amend/", proposing.propose, name="propose-amendment"
    ),
    path("meetings/<int:pk>/conclusions/<int:conclusion>/edit/", conclusions.change, name="edit-conclusion"),
    path(
        "meetings/<int:pk>/conclusions/<int:conclusion>/accept/", conclusions.accept, name="accept-conclusion"
    ),
    path("meetings/<int:pk>/conclusions/<int:conclusion>/rest/", conclusions.add_ground, name="add-ground"),
    path(
        "meetings/<int:pk>/conclusions/<int:conclusion>/rest/<int:ground>/remove/",
        conclusions.remove_ground,
        name="remove-ground",
    ),
    path(
        "meetings/<int:pk>/conclusions/<int:conclusion>/shift/<slug:way>/",
        conclusions.shift,
        name="shift-conclusion",
    ),
    path(
        "meetings/<int:pk>/conclusions/<int:conclusion>/move/<slug:name>/",
        conclusions.move,
        name="move-conclusion",
    ),
]

#: Contributions, photographs, questions, and what comes afterwards.
EXTRAS = [
    path("meetings/series/", afterwards.series, name="series"),
    path("meetings/series/new/", afterwards.new_series, name="new-series"),
    path("meetings/series/<int:series>/", afterwards.edit_series, name="edit-series"),
    path("meetings/survey/<str:token>/", surveys.survey, name="survey"),
    path("meetings/<int:pk>/contributions/", extras.contributions, name="contributions"),
    path("meetings/<int:pk>/contributions/register/", extras.register, name="register-contribution"),
    path("meetings/<int:pk>/contributions/<int:contribution>/", extras.contribution, name="contribution"),
    path("meetings/<int:pk>/contributions/<int:contribution>/edit/", extras.edit, name="edit-contribution"),
    path(
        "meetings/<int:pk>/contributions/<int:contribution>/file/", extras.contribution_file, name="contribution-file"
    ),
    path("meetings/<int:pk>/contributions/<int:contribution>/<slug:name>/", extras.move, name="move-contribution"),
    path("meetings/<int:pk>/photos/", extras.photos, name="photos"),
    path("meetings/<int:pk>/photos/add/", extras.add_photo, name="add-photo"),
    path("meetings/<int:pk>/photos/<int:photo>/", extras.photo, name="photo"),
    path("meetings/<int:pk>/photos/<int:photo>/remove/", extras.remove_photo, name="remove-photo"),
    path("meetings/<int:pk>/questions/", surveys.index, name="questions"),
    path("meetings/<int:pk>/questions/add/", surveys.add, name="add-question"),
    path("meetings/<int:pk>/questions/send/", surveys.send, name="send-survey"),
    path("meetings/<int:pk>/questions/<int:question>/", surveys.edit, name="edit-question"),
    path("meetings/<int:pk>/questions/<int:question>/remove/", surveys.remove, name="remove-question"),
    path("meetings/<int:pk>/figures/", afterwards.figures, name="figures"),
    path("meetings/<int:pk>/figures/file.zip", afterwards.file, name="file"),
    path("meetings/<int:pk>/copy/", afterwards.copy, name="copy"),
    path("meetings/<int:pk>/delegates/write/", afterwards.write, name="write"),
]  # fmt: skip

urlpatterns = [*EXTRAS, *MEETING, *PEOPLE, *CHECK_IN, *AGENDA, *MINUTES, *CONCLUSIONS]
