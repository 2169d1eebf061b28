"""What Wagtail writes into its own log stands in the product's trail too; pictures get their renditions at once."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry, TaskState
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    task_submitted,
)

from giaoban.core import audit
from giaoban.core.actors import Actor, System
from giaoban.core.lifecycle import moved
from giaoban.core.refused import Refused
from giaoban.meetings.models import Meeting
from giaoban.portal import jobs
from giaoban.portal.actions.finding import learn
from giaoban.portal.actions.moving import remember_address
from giaoban.portal.actions.proposing import propose_meeting, propose_meeting_page, propose_review
from giaoban.portal.actions.telling import tell_of_step
from giaoban.portal.models import Findable, PolicyTask, PortalImage, PortalPage
from giaoban.portal.pictures import make_renditions
from giaoban.portal.queries import words
from giaoban.reviews.models import Review
from giaoban.units.models import Unit


@receiver(post_save, sender=PageLogEntry)
def page_told(sender: Any, instance: PageLogEntry, created: bool, **kwargs: Any) -> None:
    """Each act of Wagtail on a page."""
    if created:
        _record(f"portal.portalpage:{instance.page_id}", instance)


@receiver(post_save, sender=ModelLogEntry)
def thing_told(sender: Any, instance: ModelLogEntry, created: bool, **kwargs: Any) -> None:
    """Each act on a picture or a file."""
    if created and instance.content_type:
        model = instance.content_type.model_class()
        if model is not None:
            _record(f"{model._meta.label_lower}:{instance.object_id}", instance)


def _record(subject: str, entry: Any) -> None:
    by: Actor = entry.user if entry.user is not None else System("portal")
    verb = entry.action.removeprefix("wagtail.").replace("_", " ").replace(".", " ")
    audit.record_many([audit.Entry(subject, verb)], by=by, at=entry.timestamp)


@receiver(post_save, sender=PortalImage)
def picture_saved(sender: Any, instance: PortalImage, raw: bool = False, **kwargs: Any) -> None:
    """A page that shows the picture finds its renditions ready."""
    if not raw:
        make_renditions(instance)
        jobs.pictures_of(instance.pk)


@receiver([page_published, page_unpublished])
def told_to_the_public(sender: Any, instance: Any, **kwargs: Any) -> None:
    """What readers see is made into bytes at once, not when the first of them comes."""
    jobs.soon()


@receiver(post_save)
def page_saved(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """The search knows a page as it stands in the database, drafts apart."""
    if isinstance(instance, PortalPage) and not raw:
        learn([instance.pk])


@receiver(post_delete, sender=Findable)
def forgotten(sender: Any, instance: Findable, **kwargs: Any) -> None:
    """Its words go with it."""
    words.forget([instance.pk])


@receiver(post_save, sender=Unit)
def unit_renamed(sender: Any, instance: Unit, created: bool, **kwargs: Any) -> None:
    """Pages of a unit are found by its present name."""
    if not created:
        learn(PortalPage.objects.filter(unit=instance).values_list("pk", flat=True))


@receiver(task_submitted)
def step_waits(sender: Any, instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    """Who takes the next step of an approval is told."""
    task, thing = instance.task.specific, instance.workflow_state.content_object
    page = PortalPage.objects.filter(pk=thing.pk).first() if isinstance(thing, Page) else None
    if page and isinstance(task, PolicyTask):
        tell_of_step(page=page, right=task.right, by=user, at=timezone.now())


@receiver(page_slug_changed)
def address_changed(sender: Any, instance: Any, instance_before: Any, **kwargs: Any) -> None:
    """Who comes to the old address is led to the new one; so for all pages below."""
    remember_address(page=instance, before=instance_before.url_path)


@receiver(post_page_move)
def place_changed(
    sender: Any, instance: Any, url_path_before: str, url_path_after: str, **kwargs: Any
) -> None:
    """The same, where a page was moved elsewhere."""
    if url_path_before != url_path_after:
        remember_address(page=instance, before=url_path_before)


@receiver(moved)
def work_done(sender: Any, row: Any, move: Any, by: Actor, at: Any, **kwargs: Any) -> None:
    """A meeting proposes its page when announced; a held one and an issued review their articles, if one may write."""
    try:
        if isinstance(row, Review) and move.name == "issue":
            propose_review(review=row, by=by, at=at)
        elif isinstance(row, Meeting) and move.name == "announce":
            propose_meeting_page(meeting=row, by=by, at=at)
        elif isinstance(row, Meeting) and move.name == "end":
            propose_meeting(meeting=row, by=by, at=at)
    except Refused:
        return
