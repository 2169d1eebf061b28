"""Notices, outgoing mail, replies and calendars."""

from django.urls import path

from giaoban.notices.views import coming, inbox, outbox

app_name = "notices"
urlpatterns = [
    path("notices/", inbox.inbox, name="inbox"),
    path("notices/<int:pk>/open/", inbox.open_, name="open"),
    path("notices/read/", inbox.read_all, name="read-all"),
    path("notices/by-mail/", inbox.choices, name="choices"),
    path("notices/calendar/", inbox.calendar, name="calendar"),
    path("notices/calendar/make/", inbox.make_feed, name="make-feed"),
    path("notices/calendar/<int:pk>/renew/", inbox.renew_feed, name="renew-feed"),
    path("mail/", outbox.index, name="outbox"),
    path("mail/<int:pk>/", outbox.mail, name="mail"),
    path("mail/<int:pk>/<slug:name>/", outbox.move, name="move"),
    path("mail/replies/", coming.replies, name="replies"),
    path("mail/gateway/", coming.from_gateway, name="gateway"),
    path("calendar/<int:pk>-<slug:token>.ics", coming.feed, name="feed"),
]
