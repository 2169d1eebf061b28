"""Begin, change, order and publish an agenda."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from giaoban.core.actors import Actor
from giaoban.core.ordering import order
from giaoban.core.refused import Refused
from giaoban.meetings.actions.preparing import Preparation, named, preparing, tidy
from giaoban.meetings.models import AgendaItem, AgendaVersion, ItemKind, Meeting
from giaoban.meetings.queries import agenda as queries
from giaoban.meetings.queries.conclusions import has_last_time, of_last_time

#: What an item may be told.
FIELDS = ("kind", "titles", "speaker", "speaker_unit", "starts_at", "duration", "section", "report")
MOST_ITEMS = 200


def begin_agenda(*, meeting: Meeting, by: Actor, at: datetime) -> list[AgendaItem]:
    """The usual order: opening, conclusions of last time, the review section by section, discussion, conclusions.

    Refuses where the agenda has items already, but for the conclusions that came with a copy.
    """
    with preparing(meeting, "begin agenda", by=by, at=at) as edit:
        there = edit.items()
        if any(item.kind != ItemKind.CONCLUSIONS for item in there):
            raise Refused(_("The agenda is begun already."), code="state")
        wanted = [f for f in _usual(edit.meeting) if not there or f["kind"] != ItemKind.CONCLUSIONS]
        made = [AgendaItem.objects.create(meeting=edit.meeting, position=0, **fields) for fields in wanted]
        order([made[0], *there, *made[1:]])
        edit.detail = {"items": [item.pk for item in made]}
    return made


def _usual(meeting: Meeting) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = [_free("opening", 10)]
    if has_last_time(meeting):
        lines.append({"kind": ItemKind.CONCLUSIONS, "titles": _words("last"), "duration": 20})
    review = queries.latest_review(meeting)
    for section in review.sections.all() if review else ():
        lines.append({
            "kind": ItemKind.REVIEW, "section": section, "titles": {review.language: section.title}, "duration": 20,
        })  # fmt: skip
    return [*lines, _free("discussion", 60), _free("conclusions", 20)]


def carry_over(meeting: Meeting) -> AgendaItem | None:
    """Put the conclusions of last time first on the agenda of a copy, if some of them or before are still open."""
    _before, followed = of_last_time(meeting)
    if not any(each.is_open for each in followed):
        return None
    return AgendaItem.objects.create(
        meeting=meeting, position=1, kind=ItemKind.CONCLUSIONS, titles=_words("last"), duration=20
    )


def _free(name: str, duration: int) -> dict[str, Any]:
    return {"kind": ItemKind.FREE, "titles": _words(name), "duration": duration}


def _words(name: str) -> dict[str, str]:
    """The usual titles, in both languages."""
    found = {}
    for language in ("vi", "en"):
        with translation.override(language):
            found[language] = {
                "opening": _("Opening"), "last": _("Conclusions of last time"), "discussion": _("Discussion"),
                "conclusions": _("Conclusions of the chair"),
            }[name]  # fmt: skip
    return found


def add_item(*, meeting: Meeting, by: Actor, at: datetime, **fields: Any) -> AgendaItem:
    """An item at the end of the agenda. fields: see FIELDS."""
    with preparing(meeting, "add item", by=by, at=at) as edit:
        items = edit.items()
        if len(items) >= MOST_ITEMS:
            raise Refused(_("An agenda holds at most %(most)s items.") % {"most": MOST_ITEMS})
        item = AgendaItem(meeting=edit.meeting, position=len(items) + 1)
        _fill(item, fields)
        item.save()
        edit.detail = {"item": item.pk}
    return item


def change_item(*, item: AgendaItem, by: Actor, at: datetime, **fields: Any) -> AgendaItem:
    """Tell an item anew. fields: see FIELDS."""
    with preparing(item.meeting, "change item", by=by, at=at) as edit:
        found = edit.item(item.pk)
        edit.detail = {"item": found.pk, "fields": _fill(found, fields)}
        found.save()
    return found


def _fill(item: AgendaItem, fields: dict[str, Any]) -> list[str]:
    """Set what was given, checked; the names of what changed."""
    unknown = fields.keys() - set(FIELDS)
    if unknown:
        raise TypeError(f"An item has no {sorted(unknown)}.")
    given = dict(fields)
    if "titles" in given or not item.pk:
        given["titles"] = named(given.get("titles", {}))
    if "speaker" in given:
        given["speaker"] = tidy(given["speaker"])
    before = {name: getattr(item, name) for name in FIELDS}
    for name, value in given.items():
        setattr(item, name, value)
    _check(item)
    return sorted(name for name in FIELDS if getattr(item, name) != before[name])


def _check(item: AgendaItem) -> None:
    meeting = item.meeting
    if item.kind != ItemKind.REVIEW:
        item.section = None
    elif item.section is None or item.section.review.agreement_id != meeting.agreement_id:
        raise Refused(_("Choose the section of a review of this agreement."), field="section")
    if item.kind != ItemKind.REPORT:
        item.report = None
    elif item.report is None or item.report.agreement_id != meeting.agreement_id:
        raise Refused(_("There is no such report in this agreement."), field="report_unit")
    if not 1 <= item.duration <= 720:
        raise Refused(_("An item takes between 1 and 720 minutes."), field="duration")
    first = meeting.starts_at - timedelta(hours=12)
    last = (meeting.ends_at or meeting.starts_at) + timedelta(hours=12)
    if item.starts_at is not None and not first <= item.starts_at <= last:
        raise Refused(_("This lies outside the days of the meeting."), field="starts_at")


def shift_item(*, item: AgendaItem, step: int, by: Actor, at: datetime) -> AgendaItem:
    """Move an item up (step -1) or down (step 1)."""
    with preparing(item.meeting, "order agenda", by=by, at=at) as edit:
        rows = edit.items()
        here = rows.index(edit.item(item.pk))
        if not 0 <= here + step < len(rows):
            raise Refused(_("It already stands at the edge of the agenda."))
        rows[here], rows[here + step] = rows[here + step], rows[here]
        order(rows)
        edit.detail = {"item": item.pk, "step": step}
    return item


def arrange(*, meeting: Meeting, order_of: Sequence[int], by: Actor, at: datetime) -> list[AgendaItem]:
    """Put all items in this order. Refuses where somebody has added or removed one since."""
    with preparing(meeting, "order agenda", by=by, at=at) as edit:
        rows = {item.pk: item for item in edit.items()}
        if sorted(rows) != sorted(order_of):
            raise Refused(
                _("Somebody has added or removed an item since. Reload the page and look."), code="edition"
            )
        arranged = [rows[pk] for pk in order_of]
        order(arranged)
        edit.detail = {"order": list(order_of)}
    return arranged


def remove_item(*, item: AgendaItem, by: Actor, at: datetime) -> None:
    """Take an item off the agenda. Refuses one that papers or conclusions hang on."""
    with preparing(item.meeting, "remove item", by=by, at=at) as edit:
        found = edit.item(item.pk)
        if _hangs(edit, found):
            raise Refused(
                _("Papers, decisions or conclusions hang on this item; move them first."), code="state"
            )
        found.removed = True
        found.save(update_fields=["removed"])
        order(edit.items())
        edit.detail = {"item": found.pk}


def _hangs(edit: Preparation, item: AgendaItem) -> bool:
    minutes = getattr(edit.meeting, "minutes", None)
    written = minutes is not None and (
        minutes.entries.filter(item=item).exclude(text="").exists()
        or minutes.decisions.filter(item=item).exists()
    )
    papers = item.papers.filter(withdrawn_at=None).exists()
    return written or papers or edit.meeting.conclusions.filter(item=item).exists()


def publish_agenda(*, meeting: Meeting, by: Actor, at: datetime, note: str = "") -> AgendaVersion:
    """Keep the agenda as a new version, which everybody in the meeting reads from now on."""
    with preparing(meeting, "publish agenda", by=by, at=at) as edit:
        slots = queries.timed(edit.meeting, queries.items_of(edit.meeting))
        if not slots:
            raise Refused(_("There is no item on the agenda yet."))
        newest = queries.published(edit.meeting)
        lines = queries.lines(slots)
        if newest is not None and newest.lines == lines:
            raise Refused(_("Nothing has changed since version %(number)s.") % {"number": newest.number})
        version = AgendaVersion.objects.create(
            meeting=edit.meeting, number=newest.number + 1 if newest else 1, lines=lines, note=tidy(note)[:400],
            published_by=by.actor_id, published_at=at,
        )  # fmt: skip
        edit.detail = {"version": version.number}
    return version
