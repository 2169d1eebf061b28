"""Write the text of a draft version: articles are added, changed, shifted, removed, or pasted whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.agreements import numbering, reading
from giaoban.agreements.models import Agreement, Article, ArticleKind, State, Version, VersionState, Wording
from giaoban.agreements.models.text import FINAL, OPEN
from giaoban.agreements.policy import AGREEMENTS, VERSIONS
from giaoban.agreements.queries.text import text_of, version_in_force
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.lifecycle import move
from giaoban.core.ordering import order
from giaoban.core.refused import Refused
from giaoban.lib.text import nfc

HEADINGS = ("titles", "bases", "note", "place", "ends_on")
MOST_ARTICLES = 1000


def begin_version(*, agreement: Agreement, by: Actor, at: datetime) -> Version:
    """A draft: of the text in force if there is one, which makes it an amendment; else empty."""
    if not AGREEMENTS.may(by, "manage", agreement):
        raise Refused(_("You may not change this agreement."), code="right")
    with transaction.atomic():
        agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
        if agreement.state == State.REPLACED:
            raise Refused(_("The agreement was replaced; it is not amended any more."))
        if agreement.versions.filter(state__in=OPEN).exists():
            raise Refused(_("A new version is being prepared already. Go on with that one."))
        base = version_in_force(agreement)
        last = agreement.versions.order_by("-number").first()
        version = Version.objects.create(
            agreement=agreement, number=last.number + 1 if last else 1, based_on=base, begun_at=at,
            titles=base.titles if base else agreement.titles, bases=base.bases if base else "",
            place=base.place if base else "", ends_on=agreement.ends_on,
        )  # fmt: skip
        if base is not None:
            _copy(base, version)
            if agreement.state == State.IN_FORCE:
                move(agreement, "amend", by=by, at=at, policy=AGREEMENTS)
        audit.record(
            subject=version, verb="begin version", by=by, at=at, detail={"based_on": base.pk if base else None}
        )  # fmt: skip
    return version


def describe_version(*, version: Version, by: Actor, at: datetime, **fields: Any) -> Version:
    """Change title, bases, note, place or end of term (HEADINGS) of a draft."""
    unknown = set(fields) - set(HEADINGS)
    if unknown:
        raise TypeError(f"Not headings of a version: {sorted(unknown)}")
    with transaction.atomic():
        version = _draft(version, by)
        changed = [name for name, value in fields.items() if value != getattr(version, name)]
        for name in changed:
            setattr(version, name, fields[name])
        if version.ends_on is not None and version.ends_on < version.agreement.starts_on:
            raise Refused(_("The term ends before it begins."), field="ends_on")
        if changed:
            version.save(update_fields=changed)
            audit.record(subject=version, verb="change heading", by=by, at=at, detail={"fields": changed})
    return version


def add_article(
    *, version: Version, kind: str, titles: dict[str, str], texts: dict[str, str], by: Actor, at: datetime,
    parent: Wording | None = None, after: Wording | None = None, review_month: int | None = None,
) -> Wording:  # fmt: skip
    """A new chapter, article, clause or point in a draft: behind `after`, else last under `parent`."""
    with transaction.atomic():
        version = _draft(version, by)
        above = after.parent if after is not None else parent
        _check(kind, _clean(titles), _clean(texts), review_month)
        wording = _add(version, kind, above, titles, texts, review_month)
        if after is not None:
            _reorder(version, above, wording, after)
        _relabel(version)
        detail = {"article": wording.article_id, "kind": kind}
        audit.record(subject=version, verb="add article", by=by, at=at, detail=detail)
    return wording


def change_article(
    *, wording: Wording, titles: dict[str, str], texts: dict[str, str], edition: int, by: Actor, at: datetime,
    review_month: int | None = None,
) -> Wording:  # fmt: skip
    """Other words in a draft. edition: the one the writer began with; who comes second is told."""
    with transaction.atomic():
        version = _draft(wording.version, by)
        wording = Wording.objects.select_related("article").get(pk=wording.pk, version=version)
        if wording.edition != edition:
            raise Refused(
                _("Somebody has changed this text meanwhile. Reload the page and look."), code="edition"
            )
        given = {"titles": _clean(titles), "texts": _clean(texts), "review_month": review_month}
        changed = [name for name, value in given.items() if value != getattr(wording, name)]
        if changed:
            for name in changed:
                setattr(wording, name, given[name])
            _check(wording.article.kind, wording.titles, wording.texts, review_month)
            wording.edition += 1
            wording.save()
            _relabel(version)
            detail = {"article": wording.article_id, "fields": changed}
            audit.record(subject=version, verb="change article", by=by, at=at, detail=detail)
    return wording


def shift_article(*, wording: Wording, down: bool, by: Actor, at: datetime) -> None:
    """One place up or down among its neighbours; at the end nothing happens."""
    with transaction.atomic():
        version = _draft(wording.version, by)
        rows = list(version.wordings.filter(parent=wording.parent_id).order_by("position", "id"))
        place = next(n for n, row in enumerate(rows) if row.pk == wording.pk)
        other = place + (1 if down else -1)
        if not 0 <= other < len(rows):
            return
        rows[place], rows[other] = rows[other], rows[place]
        order(rows)
        _relabel(version)
        detail = {"article": wording.article_id, "down": down}
        audit.record(subject=version, verb="shift article", by=by, at=at, detail=detail)


def remove_article(*, wording: Wording, by: Actor, at: datetime) -> None:
    """Take it, with all that stands under it, out of a draft. Older versions keep it."""
    with transaction.atomic():
        version = _draft(wording.version, by)
        wording.delete()
        _relabel(version)
        detail = {"article": wording.article_id}
        audit.record(subject=version, verb="remove article", by=by, at=at, detail=detail)


def paste_text(*, version: Version, text: str, language: str, by: Actor, at: datetime) -> int:
    """A whole text at once: into an empty draft, or as the words of a language beside those that stand there.

    Answers how many pieces it has.
    """
    found, loose = reading.pieces(text)
    if not found:
        raise Refused(
            _("No article was found. Articles begin with “Điều 1.”, chapters with “Chương I”."), field="text"
        )
    if len(found) > MOST_ARTICLES:
        raise Refused(
            _("The text has more than %(most)s parts. Paste it in parts.") % {"most": MOST_ARTICLES},
            field="text",
        )
    with transaction.atomic():
        version = _draft(version, by)
        if version.wordings.exists():
            _translate(version, found, language)
        else:
            _enter(version, found, language)
            _keep_bases(version, loose)
        _relabel(version)
        detail = {"pieces": len(found), "language": language}
        audit.record(subject=version, verb="paste text", by=by, at=at, detail=detail)
    return len(found)


def _enter(version: Version, found: list[reading.Piece], language: str) -> None:
    made: list[Wording] = []
    for piece in found:
        above = made[piece.above] if piece.above is not None else None
        made.append(_add(version, piece.kind, above, {language: piece.title}, {language: piece.text}, None))


def _translate(version: Version, found: list[reading.Piece], language: str) -> None:
    """The same chapters, articles, clauses and points in another language."""
    nodes = text_of(version)
    if [node.kind for node in nodes] != [piece.kind for piece in found]:
        raise Refused(
            _("The draft has a text of other chapters, articles, clauses or points. Change it there."),
            field="text",
        )
    for node, piece in zip(nodes, found, strict=True):
        wording = node.wording
        wording.titles = _clean({**wording.titles, language: piece.title})
        wording.texts = _clean({**wording.texts, language: piece.text})
        wording.edition += 1
    Wording.objects.bulk_update([node.wording for node in nodes], ["titles", "texts", "edition"])


def _keep_bases(version: Version, loose: list[str]) -> None:
    bases = [line for line in loose if line.casefold().startswith(("căn cứ", "pursuant"))]
    if bases and not version.bases:
        version.bases = "\n".join(bases)
        version.save(update_fields=["bases"])


def put_in_force(version: Version) -> None:
    """The articles take the labels, titles and months of this version; the others are in force no longer."""
    version.agreement.articles.filter(is_in_force=True).update(is_in_force=False)
    _store(version, [node.wording.article for node in text_of(version)], in_force=True)


def _draft(version: Version, by: Actor) -> Version:
    """The locked version, if it is a draft that the actor may write."""
    row = Version.objects.select_for_update().select_related("agreement").get(pk=version.pk)
    if not VERSIONS.may(by, "write", row):
        raise Refused(_("You may not write the text of this agreement."), code="right")
    if row.state != VersionState.DRAFT:
        raise Refused(_("The text is locked: only a draft is changed."), code="state")
    return row


def _copy(base: Version, version: Version) -> None:
    made: dict[int, Wording] = {}
    for node in text_of(base):
        old = node.wording
        made[old.pk] = Wording.objects.create(
            version=version, article=old.article, parent=made.get(old.parent_id or 0), position=old.position,
            titles=old.titles, texts=old.texts, review_month=old.review_month,
        )  # fmt: skip


def _add(
    version: Version, kind: str, parent: Wording | None, titles: dict[str, str], texts: dict[str, str],
    review_month: int | None,
) -> Wording:  # fmt: skip
    above = parent.article.kind if parent is not None else ""
    if kind not in numbering.UNDER[above]:
        raise Refused(
            _("This does not belong there: chapters hold articles, articles clauses, clauses points.")
        )
    titles, texts = _clean(titles), _clean(texts)
    last = version.wordings.filter(parent=parent).order_by("-position").first()
    article = Article.objects.create(agreement=version.agreement, kind=kind, titles=titles)
    return Wording.objects.create(
        version=version, article=article, parent=parent, position=last.position + 1 if last else 1, titles=titles,
        texts=texts, review_month=review_month,
    )  # fmt: skip


def _reorder(version: Version, parent: Wording | None, row: Wording, after: Wording) -> None:
    rows = [w for w in version.wordings.filter(parent=parent).order_by("position", "id") if w.pk != row.pk]
    place = next(n for n, other in enumerate(rows) if other.pk == after.pk)
    order([*rows[: place + 1], row, *rows[place + 1 :]])


def _relabel(version: Version) -> None:
    """Articles that stand in no signed version bear the labels of the draft."""
    known = set(
        version.wordings.filter(article__wordings__version__state__in=FINAL).values_list("article", flat=True)
    )
    articles = [node.wording.article for node in text_of(version)]
    _store(version, [article for article in articles if article.pk not in known], in_force=False)


def _store(version: Version, articles: list[Article], *, in_force: bool) -> None:
    wanted = {article.pk: article for article in articles}
    for position, node in enumerate(text_of(version), start=1):
        article = wanted.get(node.wording.article_id)
        if article is not None:
            article.labels, article.titles = node.label, node.wording.titles
            article.review_month, article.position = node.wording.review_month, position
            article.is_in_force = in_force
    fields = ["labels", "titles", "review_month", "position", "is_in_force"]
    Article.objects.bulk_update(wanted.values(), fields, batch_size=200)


def _clean(words: dict[str, str]) -> dict[str, str]:
    return {lang: nfc(text.strip()) for lang, text in words.items() if text.strip()}


def _check(kind: str, titles: dict[str, str], texts: dict[str, str], review_month: int | None) -> None:
    if kind not in ArticleKind.values:
        raise Refused(_("Choose a chapter, an article, a clause or a point."), field="kind")
    if not titles and not texts:
        raise Refused(_("Write a title or a text."), field="text_vi")
    if review_month is not None and not 1 <= review_month <= 12:
        raise Refused(_("A month is a number from 1 to 12."), field="review_month")
