from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "giaoban.meetings"
    label = "meetings"

    def ready(self) -> None:
        from giaoban.meetings import archived, listeners, wording  # noqa: F401  (they register themselves)
        from giaoban.meetings.actions.mailing import CHANGED, INVITED
        from giaoban.meetings.actions.replies import take_reply
        from giaoban.meetings.calendars import PREFIX
        from giaoban.meetings.feeds import in_calendars
        from giaoban.notices import feeds, kinds, replies

        kinds.register(INVITED, _("Invitations to meetings"))
        kinds.register(CHANGED, _("News of meetings"), by_mail=True)
        replies.register(PREFIX, take_reply)
        feeds.register(in_calendars)
