"""What units did: recorded once, put right, called typical, shown in pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.documents.actions import store
from giaoban.lib.text import fold, nfc
from giaoban.plans.models import Activity, Picture
from giaoban.plans.policy import ACTIVITIES
from giaoban.units.models import Unit

PICTURES = (".png", ".jpg", ".jpeg")
MOST_PICTURES = 12
TEXTS = ("title", "place", "partners", "output")
#: Words that say nothing about a picture.
EMPTY_WORDS = {"anh", "hinh", "hinh anh", "picture", "image", "photo", "img", "alt", "x", "test"}


def record_activity(
    *, agreement: Agreement, unit: Unit, fields: Mapping[str, Any], source: UploadedFile | None = None, by: Actor,
    at: datetime,
) -> Activity:  # fmt: skip
    """Note something a unit did; fields as of the model. source: the document that tells of it."""
    given = _checked(agreement, fields, at)
    with transaction.atomic():
        row = Activity.objects.create(agreement=agreement, unit=unit, **given)
        if not ACTIVITIES.may(by, "write", row):
            raise Refused(_("You may not record activities of this unit."), field="unit")
        if source is not None:
            row.source = store(file=source, by=by, at=at)
            row.save(update_fields=["source"])
        audit.record(subject=row, verb="record activity", by=by, at=at, detail={"unit": unit.pk})
    return row


def edit_activity(
    *,
    activity: Activity,
    fields: Mapping[str, Any],
    source: UploadedFile | None = None,
    by: Actor,
    at: datetime,
) -> Activity:
    """Put a recorded activity right."""
    given = _checked(activity.agreement, fields, at)
    with transaction.atomic():
        row = _locked(activity, by)
        changed = [name for name, value in given.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, given[name])
        if source is not None:
            row.source = store(file=source, by=by, at=at)
            changed.append("source")
        if changed:
            row.save()
            audit.record(subject=row, verb="edit activity", by=by, at=at, detail={"fields": changed})
    return row


def withdraw_activity(*, activity: Activity, reason: str, by: Actor, at: datetime) -> None:
    """Take an activity off the lists: it was recorded by mistake. The trail keeps it."""
    if not reason.strip():
        raise Refused(_("Give a reason."), field="reason")
    with transaction.atomic():
        row = _locked(activity, by)
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        audit.record(subject=row, verb="withdraw activity", by=by, at=at, text=reason.strip())


def mark_typical(*, activity: Activity, reason: str, by: Actor, at: datetime) -> Activity:
    """Call an activity typical, and say why; it then stands in the review."""
    reason = nfc(reason).strip()
    if not reason:
        raise Refused(_("Give a reason."), field="reason")
    return _marked(activity, True, reason, by=by, at=at)


def unmark_typical(*, activity: Activity, by: Actor, at: datetime) -> Activity:
    """Not typical any more."""
    return _marked(activity, False, "", by=by, at=at)


def add_picture(
    *, activity: Activity, file: UploadedFile, alternative: str, caption: str = "", by: Actor, at: datetime
) -> Picture:
    """A picture with words that say what it shows to those who do not see it."""
    name = str(file.name)
    if PurePath(name).suffix.lower() not in PICTURES:
        raise Refused(_("A picture is a .png or .jpg file."), field="file")
    _refuse_empty_words(alternative, name)
    with transaction.atomic():
        row = _locked(activity, by)
        if row.pictures.filter(removed_at=None).count() >= MOST_PICTURES:
            raise Refused(
                _("An activity has %(most)s pictures at most.") % {"most": MOST_PICTURES}, field="file"
            )
        document = store(file=file, by=by, at=at, caption=caption, alternative=alternative)
        picture = Picture.objects.create(activity=row, document=document)
        audit.record(subject=row, verb="add picture", by=by, at=at, detail={"picture": picture.pk})
    return picture


def remove_picture(*, picture: Picture, by: Actor, at: datetime) -> None:
    """Show a picture no more."""
    with transaction.atomic():
        row = _locked(picture.activity, by)
        Picture.objects.filter(pk=picture.pk).update(removed_at=at)
        audit.record(subject=row, verb="remove picture", by=by, at=at, detail={"picture": picture.pk})


def _marked(activity: Activity, typical: bool, reason: str, *, by: Actor, at: datetime) -> Activity:
    with transaction.atomic():
        row = _locked(activity, by, "mark")
        row.is_typical, row.why_typical = typical, reason
        row.save(update_fields=["is_typical", "why_typical"])
        verb = "mark typical" if typical else "unmark typical"
        audit.record(subject=row, verb=verb, by=by, at=at, text=reason)
    return row


def _locked(activity: Activity, by: Actor, right: str = "write") -> Activity:
    row = Activity.objects.select_for_update().get(pk=activity.pk)
    if row.withdrawn_at is not None or not ACTIVITIES.may(by, right, row):
        raise Refused(_("You may not change this activity."), code="right")
    return row


def _checked(agreement: Agreement, fields: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    given = dict(fields)
    for name in TEXTS:
        given[name] = nfc(given.get(name) or "").strip()
    if not given["title"]:
        raise Refused(_("Say what was done."), field="title")
    if given["held_on"] > agreement.day_of(at):
        raise Refused(_("An activity is recorded once it has begun."), field="held_on")
    if given.get("until") and given["until"] < given["held_on"]:
        raise Refused(_("It ends before it begins."), field="until")
    task = given.get("task")
    if task is not None and task.agreement_id != agreement.pk:
        raise Refused(_("Choose something of this agreement."), field="task")
    return given


def _refuse_empty_words(alternative: str, name: str) -> None:
    words = fold(alternative).strip(" .")
    is_name = words in (fold(name), fold(PurePath(name).stem)) or bool(
        re.fullmatch(r"\S+\.(png|jpe?g)", words)
    )
    if " " not in words or words in EMPTY_WORDS or is_name:
        raise Refused(
            _("Say in a few words what the picture shows; a file name does not."), field="alternative"
        )
