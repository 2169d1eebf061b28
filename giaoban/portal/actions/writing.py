"""Put a page into the portal, as a draft or for everybody."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib.text import slug as slug_of
from giaoban.portal.models import PortalPage
from giaoban.portal.policy import PORTAL

Kind = TypeVar("Kind", bound=PortalPage)


def put(*, parent: Page, page: Kind, by: Actor, at: datetime, publish: bool = False) -> Kind:
    """Add a page below another, as a draft, or published by who may. Refuses with the first mistake of a field."""
    user = getattr(by, "user", None)
    agreement = page.agreement_id or getattr(parent, "agreement_id", None)
    if agreement is None or not PORTAL.may_in(by, "publish" if publish else "write", agreement):
        raise Refused(_("You may not write here."), code="right")
    page.agreement_id = agreement
    page.slug = _free_slug(parent, page.slug or slug_of(page.title)[:80].strip("-") or "page")
    page.live, page.owner = False, user
    try:
        with transaction.atomic():
            parent.add_child(instance=page)
            if not publish and user is not None and not PORTAL.may(by, "write", page):
                raise Refused(_("You write for your own unit only."), field="unit", code="right")
            revision = page.save_revision(user=user, log_action=True, clean=False)
            if publish:
                page.full_clean()
                PortalPage.objects.filter(pk=page.pk, first_published_at=None).update(first_published_at=at)
                revision.publish(user=user, skip_permission_checks=True)
    except ValidationError as error:
        raise _refused(error) from None
    page.refresh_from_db()
    return page


def publish(*, page: PortalPage, by: Actor, at: datetime) -> PortalPage:
    """Publish a page as it stands in memory. Refuses who may not, and the first mistake of a field."""
    if not PORTAL.may(by, "publish", page):
        raise Refused(_("You may not publish here."), code="right")
    user = getattr(by, "user", None)
    try:
        with transaction.atomic():
            page.full_clean()
            page.save_revision(user=user, clean=False).publish(user=user, skip_permission_checks=True)
    except ValidationError as error:
        raise _refused(error) from None
    page.refresh_from_db()
    return page


def _refused(error: ValidationError) -> Refused:
    """The first mistake of a field, as a sentence."""
    field, sentences = next(iter(error.message_dict.items()))
    return Refused(sentences[0], field=field)


def _free_slug(parent: Page, wanted: str) -> str:
    taken = set(parent.get_children().filter(slug__startswith=wanted).values_list("slug", flat=True))
    slug, n = wanted, 2
    while slug in taken:
        slug, n = f"{wanted}-{n}", n + 1
    return slug


def running_text(html: str) -> str:
    """Running text as a body keeps it: one piece. Empty text is no piece."""
    return json.dumps([{"type": "text", "value": html}] if html else [], ensure_ascii=False)
