from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "giaoban.portal"
    label = "portal"

    def ready(self) -> None:
        from wagtail import signal_handlers

        from giaoban.notices import kinds
        from giaoban.portal import listeners, showing, wording  # noqa: F401
        from giaoban.portal.actions.correcting import KIND, LATE
        from giaoban.portal.actions.telling import APPROVAL, COMMENT, STEP
        from giaoban.portal.forms import PageForm
        from giaoban.portal.models import PortalPage
        from giaoban.portal.stored import watching  # noqa: F401

        kinds.register(KIND, _("A reader asks for a correction"), by_mail=True)
        kinds.register(LATE, _("A reader's request has waited too long"))
        kinds.register(COMMENT, _("A comment on a page of the portal that you follow"), by_mail=True)
        kinds.register(APPROVAL, _("Your page of the portal was approved or returned"), by_mail=True)
        kinds.register(STEP, _("A page of the portal waits for your approval"), by_mail=True)
        PortalPage.base_form_class = PageForm
        # who may see a picture or a file hangs on what shows it: known when the page is saved, not a job later
        signal_handlers.update_reference_index_task = signal_handlers.update_reference_index_task.using(
            backend="at_once"
        )
