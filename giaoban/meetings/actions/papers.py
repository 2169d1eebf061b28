"""Bring papers to a meeting, renew and withdraw them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.documents.actions import store
from giaoban.meetings.actions.preparing import named, preparing, tidy
from giaoban.meetings.models import Audience, Embargo, Meeting, MeetingPaper, PaperVersion

#: What a paper may be told.
FIELDS = ("titles", "item", "audience", "unit", "embargo", "opens_at")


def bring_paper(
    *, meeting: Meeting, file: UploadedFile, by: Actor, at: datetime, note: str = "", **fields: Any
) -> MeetingPaper:
    """A new paper with its first file. fields: see FIELDS."""
    with preparing(meeting, "bring paper", by=by, at=at) as edit:
        paper = MeetingPaper(meeting=edit.meeting)
        _fill(paper, {"titles": {}} | fields)
        paper.save()
        version = _keep(paper, 1, file, note, by, at)
        edit.detail = {"paper": paper.pk, "sha256": version.document.sha256}
    return paper


def renew_paper(
    *, paper: MeetingPaper, file: UploadedFile, by: Actor, at: datetime, note: str = ""
) -> PaperVersion:
    """A newer file; the older ones stay to be read."""
    with preparing(paper.meeting, "renew paper", by=by, at=at) as edit:
        found = _standing(paper)
        newest = found.versions.order_by("-number").values_list("number", flat=True).first() or 0
        version = _keep(found, newest + 1, file, note, by, at)
        edit.detail = {"paper": found.pk, "version": version.number, "sha256": version.document.sha256}
    return version


def change_paper(*, paper: MeetingPaper, by: Actor, at: datetime, **fields: Any) -> MeetingPaper:
    """Another title, place, audience or embargo. fields: see FIELDS."""
    with preparing(paper.meeting, "change meeting paper", by=by, at=at) as edit:
        found = _standing(paper)
        edit.detail = {"paper": found.pk, "fields": _fill(found, fields)}
        found.save()
    return found


def withdraw_paper(*, paper: MeetingPaper, by: Actor, at: datetime) -> None:
    """Nobody but those who prepare the meeting sees it any more."""
    with preparing(paper.meeting, "withdraw paper", by=by, at=at) as edit:
        found = _standing(paper)
        found.withdrawn_at = at
        found.save(update_fields=["withdrawn_at"])
        edit.detail = {"paper": found.pk}


def _standing(paper: MeetingPaper) -> MeetingPaper:
    found = MeetingPaper.objects.select_for_update().select_related("meeting").get(pk=paper.pk)
    if found.withdrawn_at is not None:
        raise Refused(_("This paper is withdrawn."), code="state")
    return found


def _keep(
    paper: MeetingPaper, number: int, file: UploadedFile, note: str, by: Actor, at: datetime
) -> PaperVersion:
    document = store(file=file, by=by, at=at)
    return PaperVersion.objects.create(paper=paper, number=number, document=document, note=tidy(note)[:400])


def _fill(paper: MeetingPaper, fields: dict[str, Any]) -> list[str]:
    unknown = fields.keys() - set(FIELDS)
    if unknown:
        raise TypeError(f"A paper has no {sorted(unknown)}.")
    given = dict(fields)
    if "titles" in given:
        given["titles"] = named(given["titles"])
    before = {name: getattr(paper, name) for name in FIELDS}
    for name, value in given.items():
        setattr(paper, name, value)
    _check(paper)
    return sorted(name for name in FIELDS if getattr(paper, name) != before[name])


def _check(paper: MeetingPaper) -> None:
    if paper.item is not None and (paper.item.meeting_id != paper.meeting_id or paper.item.removed):
        raise Refused(_("This item is no longer on the agenda. Reload the page and look."), field="item")
    if paper.audience != Audience.UNIT:
        paper.unit = None
    elif paper.unit is None:
        raise Refused(_("Say which unit may read it."), field="unit")
    if paper.embargo != Embargo.INSTANT:
        paper.opens_at = None
    elif paper.opens_at is None:
        raise Refused(_("Say from when it may be read."), field="opens_at")
