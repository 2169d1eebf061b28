"""Take, write, shorten, merge and split sentences. Sources travel with the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib.text import sentences as cut
from giaoban.plans.models import Activity, Task
from giaoban.reports.models import Revision
from giaoban.reviews import wording
from giaoban.reviews.actions.editing import Edit, editing, insert_after, sentences_of
from giaoban.reviews.deeds import of_activity
from giaoban.reviews.labels import source_label
from giaoban.reviews.models import Block, BlockKind, Origin, Review, Sentence, SentenceSource
from giaoban.reviews.picking import Picked

MOST_CHARACTERS = 20_000


@dataclass(frozen=True)
class Excerpt:
    """Words to take: from which answer of which accepted revision.

    nth: only this sentence of it, from 0. text: only these words. Neither: the whole answer.
    """

    revision: int
    narrative: str
    text: str | None = None
    nth: int | None = None


def take(
    *, review: Review, block: Block, excerpts: Sequence[Excerpt], by: Actor, at: datetime
) -> list[Sentence]:
    """Take sentences out of unit reports into a paragraph, each with its source."""
    with editing(review, "take", by=by, at=at) as edit:
        paragraph = _paragraph(edit, block.pk)
        revisions = _revisions(review, {e.revision for e in excerpts})
        taken: list[Sentence] = []
        for excerpt in excerpts:
            revision = revisions[excerpt.revision]
            for text in _words(revision, excerpt):
                sentence = _new(edit, paragraph, text, Origin.TAKEN)
                SentenceSource.objects.create(
                    sentence=sentence, revision=revision, narrative=excerpt.narrative, excerpt=text,
                    label=source_label(revision.report, review.language),
                )  # fmt: skip
                taken.append(sentence)
        _place(paragraph, None, taken)
        edit.detail = {"block": paragraph.pk, "sentences": [s.pk for s in taken]}
    return taken


def take_activities(
    *, review: Review, block: Block, activities: Sequence[Activity], by: Actor, at: datetime
) -> list[Sentence]:
    """Take activities into a paragraph, a sentence each, with the activity as its source."""
    with editing(review, "take", by=by, at=at) as edit:
        paragraph = _paragraph(edit, block.pk)
        if any(activity.agreement_id != review.agreement_id for activity in activities):
            raise Refused(_("Choose something of this agreement."))
        taken: list[Sentence] = []
        for activity in activities:
            for picked in of_activity(activity, review.language, with_title=True):
                sentence = _new(edit, paragraph, picked.text, Origin.TAKEN)
                SentenceSource.objects.create(
                    sentence=sentence, activity=activity, excerpt=picked.text, label=picked.sources[0].label
                )
                taken.append(sentence)
        _place(paragraph, None, taken)
        edit.detail = {"block": paragraph.pk, "sentences": [s.pk for s in taken]}
    return taken


def put(*, review: Review, block: Block, picked: Sequence[Picked], by: Actor, at: datetime) -> list[Sentence]:
    """Put composed sentences into a paragraph, each with its sources."""
    with editing(review, "take", by=by, at=at) as edit:
        paragraph = _paragraph(edit, block.pk)
        tasks = {source.task for each in picked for source in each.sources if source.task}
        if Task.objects.filter(pk__in=tasks).exclude(agreement=review.agreement_id).exists():
            raise Refused(_("Choose something of this agreement."))
        new: list[Sentence] = []
        for each in picked:
            sentence = _new(edit, paragraph, each.text, Origin.TAKEN if each.sources else Origin.WRITTEN)
            SentenceSource.objects.bulk_create(
                SentenceSource(
                    sentence=sentence, revision_id=o.revision, task_id=o.task, activity_id=o.activity,
                    address=o.address, narrative=o.question, excerpt=each.text, label=o.label,
                )
                for o in each.sources
            )  # fmt: skip
            new.append(sentence)
        _place(paragraph, None, new)
        edit.detail = {"block": paragraph.pk, "sentences": [s.pk for s in new]}
    return new


def write(
    *, review: Review, block: Block, text: str, by: Actor, at: datetime, after: Sentence | None = None
) -> list[Sentence]:
    """Write new sentences, one per line. They have no source until one is united with them."""
    with editing(review, "write", by=by, at=at) as edit:
        paragraph = _paragraph(edit, block.pk)
        new = [_new(edit, paragraph, line, Origin.WRITTEN) for line in _checked(edit, text)]
        _place(paragraph, after, new)
        edit.detail = {"block": paragraph.pk, "sentences": [s.pk for s in new]}
    return new


def rewrite(
    *, review: Review, sentence: Sentence, text: str, edition: int, by: Actor, at: datetime
) -> list[Sentence]:
    """Put other words in the place of a sentence; it keeps its sources and is marked "edited from".

    Several lines make several sentences, each with the sources of the first.
    """
    with editing(review, "rewrite", by=by, at=at) as edit:
        found = edit.sentence(sentence.pk, edition)
        lines = _checked(edit, text)
        if lines == [found.text]:
            return [found]
        origin = found.origin if _same_words(found.text, lines) else Origin.WRITTEN
        return _put(edit, found, lines, origin)


def shorten(
    *, review: Review, sentence: Sentence, text: str, edition: int, by: Actor, at: datetime
) -> Sentence:
    """Leave words out of a sentence; refuses words that were not there."""
    with editing(review, "shorten", by=by, at=at) as edit:
        found = edit.sentence(sentence.pk, edition)
        shorter = " ".join(_checked(edit, text))
        if not wording.only_shortens(found.text, shorter):
            raise Refused(
                _("Shortening only leaves words out. To put it in other words, edit the sentence."),
                field="text",
            )
        return _put(edit, found, [shorter], Origin.SHORTENED)[0]


def split(
    *, review: Review, sentence: Sentence, edition: int, by: Actor, at: datetime, text: str = ""
) -> list[Sentence]:
    """Make several sentences of one; each gets a copy of its sources.

    text: the same words, one sentence per line; without it they are cut where sentences end.
    """
    with editing(review, "split", by=by, at=at) as edit:
        found = edit.sentence(sentence.pk, edition)
        lines = _checked(edit, text) if text else [wording.tidy(each) for each in cut(found.text)]
        if not _same_words(found.text, lines):
            raise Refused(_("Splitting keeps every word. To change words, edit the sentence."), field="text")
        if len(lines) < 2:
            raise Refused(
                _("This is one sentence. Put each part on a line of its own to split it."), field="text"
            )
        return _put(edit, found, lines, found.origin)


def merge(*, review: Review, sentence: Sentence, edition: int, by: Actor, at: datetime) -> Sentence:
    """Unite a sentence with the one after it in the paragraph; their sources are united."""
    with editing(review, "merge", by=by, at=at) as edit:
        first = edit.sentence(sentence.pk, edition)
        second = next(
            (s for s in sentences_of(first.block) if not s.removed and s.position > first.position), None
        )
        if second is None:
            raise Refused(_("There is no sentence after this one to merge it with."))
        parts = [s.edited_from or s.text for s in (first, second)]
        if first.edited_from or second.edited_from:
            first.edited_from = " ".join(parts)
        first.text = wording.joined([first.text, second.text])
        first.origin = Origin.MERGED
        _touch(edit, first)
        _copy_sources(second, first)
        gone = second.pk
        second.delete()
        edit.detail = {"sentence": first.pk, "gone": gone}
    return first


def remove(*, review: Review, sentence: Sentence, edition: int, by: Actor, at: datetime) -> Sentence:
    """Take a sentence away; `restore` brings it back until the review is issued."""
    with editing(review, "remove sentence", by=by, at=at) as edit:
        found = edit.sentence(sentence.pk, edition)
        found.removed = True
        _touch(edit, found)
        edit.detail = {"sentence": found.pk}
    return found


def restore(*, review: Review, sentence: Sentence, by: Actor, at: datetime) -> Sentence:
    """Bring a removed sentence back to its place."""
    with editing(review, "restore sentence", by=by, at=at) as edit:
        found = Sentence.objects.get(block__section__review=edit.review, pk=sentence.pk)
        found.removed = False
        _touch(edit, found)
        edit.detail = {"sentence": found.pk}
    return found


def _paragraph(edit: Edit, pk: int) -> Block:
    block = edit.block(pk)
    if block.kind != BlockKind.PARAGRAPH:
        raise Refused(_("Sentences stand in paragraphs; choose a paragraph."))
    return block


def _new(edit: Edit, block: Block, text: str, origin: str, edited_from: str = "") -> Sentence:
    return Sentence.objects.create(
        block=block, position=1_000_000, text=text, origin=origin, edited_from=edited_from,
        changed_by=edit.by.actor_id, changed_at=edit.at,
    )  # fmt: skip


def _place(block: Block, after: Sentence | None, new: list[Sentence]) -> None:
    rest = [s for s in sentences_of(block) if s not in new]
    insert_after(rest, after, new)


def _touch(edit: Edit, sentence: Sentence) -> None:
    sentence.edition += 1
    sentence.changed_by, sentence.changed_at = edit.by.actor_id, edit.at
    sentence.save()


def _put(edit: Edit, found: Sentence, lines: list[str], origin: str) -> list[Sentence]:
    """New words in the place of a sentence, and further sentences behind it with the same sources."""
    before = found.edited_from
    if not _same_words(found.text, lines):
        before = before or found.text
    found.text, found.origin, found.edited_from = lines[0], origin, before
    _touch(edit, found)
    more = [_new(edit, found.block, line, origin, before) for line in lines[1:]]
    for sentence in more:
        _copy_sources(found, sentence)
    _place(found.block, found, more)
    edit.detail = {"sentence": found.pk, "new": [s.pk for s in more]}
    return [found, *more]


def _same_words(text: str, lines: list[str]) -> bool:
    return text.split() == " ".join(lines).split()


def _copy_sources(old: Sentence, new: Sentence) -> None:
    """Give `new` the sources of `old` that it has not yet."""
    has = {source.where for source in new.sources.all()}
    wanted = [source for source in old.sources.all() if source.where not in has]
    SentenceSource.objects.bulk_create(source.copied_to(new) for source in wanted)


def _checked(edit: Edit, text: str) -> list[str]:
    lines = wording.lines(text)
    if not lines:
        raise Refused(_("Write at least one word, or remove the sentence."), field="text")
    if len(text) > MOST_CHARACTERS:
        raise Refused(_("This is too long for a paragraph; divide it."), field="text")
    if any(map(wording.stray_braces, lines)):
        raise Refused(_("Two braces {{ … }} are kept for figures."), field="text")
    wanted = {n for line in lines for n in wording.figure_numbers(line)}
    known = set(edit.review.figures.filter(number__in=wanted).values_list("number", flat=True))
    if wanted - known:
        raise Refused(
            _("The review has no figure %(number)s.") % {"number": min(wanted - known)},
            field="text",
        )
    return lines


def _revisions(review: Review, ids: set[int]) -> dict[int, Revision]:
    """The revisions, if each is what an accepted report of this agreement says now."""
    rows = Revision.objects.filter(pk__in=ids, report__agreement=review.agreement_id).select_related(
        "report__unit"
    )
    found = {r.pk: r for r in rows if r.report.accepted_id == r.pk}
    if set(ids) - found.keys():
        raise Refused(
            _("A report you chose has been corrected or reopened since. Reload the list and choose again."),
            code="edition",
        )
    return found


def _words(revision: Revision, excerpt: Excerpt) -> list[str]:
    answer = revision.document.get("narratives", {}).get(excerpt.narrative, "")
    chosen = [wording.tidy(each) for each in cut(answer)]
    if excerpt.nth is not None:
        return chosen[excerpt.nth : excerpt.nth + 1]
    if excerpt.text is None:
        return chosen
    wanted = [wording.tidy(each) for each in cut(excerpt.text)]
    if not wanted or wording.tidy(excerpt.text) not in wording.tidy(answer):
        raise Refused(_("These words do not stand in the report."), field="text")
    return wanted
