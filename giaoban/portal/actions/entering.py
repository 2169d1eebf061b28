"""Enter a private page with its password."""

from __future__ import annotations

from datetime import datetime

from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from wagtail.models import PageViewRestriction

from giaoban.core.refused import Refused
from giaoban.portal.actions.knocking import admit

#: Passwords tried on one page from one address in one day.
MOST_A_DAY = 30


def try_password(*, door: PageViewRestriction, password: str, address: str, at: datetime) -> None:
    """Refuses another password than the page's, and who has tried too many."""
    if not admit(address, f"password {door.pk}", most=MOST_A_DAY, at=at):
        raise Refused(
            _("Many passwords have been tried from your network today. Try again tomorrow."), code="often"
        )
    if not constant_time_compare(password, door.password):
        raise Refused(_("This is not the password of this page. Mind capitals and marks."), field="password")
