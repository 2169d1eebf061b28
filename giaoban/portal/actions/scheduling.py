"""Pages that come and go at the instant their editor set."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from wagtail.models import Revision

from giaoban.core.actors import Actor
from giaoban.portal.models import PortalPage


def publish_due(*, by: Actor, at: datetime) -> int:
    """Publish the revisions whose instant has come, take down the pages whose time is over; how many.

    Once, whoever comes first: the rows are locked. Wagtail's log says that it was planned, and the trail with it.
    """
    user = getattr(by, "user", None)
    done = 0
    with transaction.atomic():
        due = Revision.page_revisions.select_for_update().filter(approved_go_live_at__lte=at)
        for revision in due.order_by("approved_go_live_at"):
            revision.publish(user=user, log_action="wagtail.publish.scheduled", skip_permission_checks=True)
            done += 1
        over = PortalPage.objects.select_for_update(of=("self",)).filter(live=True, expire_at__lte=at)
        for page in over.order_by("expire_at"):
            page.specific.unpublish(set_expired=True, user=user, log_action="wagtail.unpublish.scheduled")
            done += 1
    return done
