"""Begin a review, sign it off, issue it, correct it, recall it, discard it."""

from __future__ import annotations

from copy import copy
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement, Article
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.lifecycle import move
from giaoban.core.refused import Refused
from giaoban.lib import periods
from giaoban.lib.errors import LibError
from giaoban.lib.text import pick
from giaoban.reviews import outline
from giaoban.reviews.actions.carrying import refuse_article
from giaoban.reviews.actions.copying import copy_contents
from giaoban.reviews.labels import inline_period
from giaoban.reviews.models import (
    OPEN,
    Block,
    Correction,
    Figure,
    Recall,
    Review,
    ReviewKind,
    Section,
    Sentence,
    State,
)
from giaoban.reviews.policy import REVIEWS
from giaoban.reviews.queries import composing
from giaoban.reviews.queries.missing import Lacking, lacking
from giaoban.reviews.queries.narratives import days_of
from giaoban.reviews.queries.reading import contents


def begin(
    *, agreement: Agreement, period: str, language: str, by: Actor, at: datetime, kind: str = "",
    article: Article | None = None,
) -> Review:  # fmt: skip
    """An empty draft with the sections of the agreement's outline. Refuses where one is open or issued.

    kind: interim or final; by default final if the period holds the end of the agreement. article: the
    one it carries out.
    """
    if not REVIEWS.may_in(by, "write", agreement.pk):
        raise Refused(_("You may not write reviews of this agreement."), code="right")
    refuse_article(agreement, article)
    period = named_period(period)
    with transaction.atomic():
        Agreement.objects.select_for_update().get(pk=agreement.pk)
        refuse_second(agreement, period, language)
        review = Review.objects.create(
            agreement=agreement, period=period, language=language, kind=kind or _kind(agreement, period),
            place=outline.settings_of(agreement).get("place", ""), begun_at=at, changed_at=at,
            layout=outline.layout(agreement, language), article=article,
        )  # fmt: skip
        review.title = default_title(review)
        review.save()
        Section.objects.bulk_create(
            Section(
                review=review, code=s["code"], title=pick(s["titles"], language), level=s["level"],
                is_annex=s["annex"], position=n,
            )
            for n, s in enumerate(outline.sections(agreement), start=1)
        )  # fmt: skip
        audit.record(
            subject=review, verb="begin", by=by, at=at, detail={"period": period, "language": language}
        )
    return review


def refuse_second(agreement: Agreement, period: str, language: str) -> None:
    """One review of a period and language at a time; the caller holds the agreement's lock."""
    rows = Review.objects.filter(agreement=agreement, period=period, language=language)
    if rows.filter(state__in=OPEN).exists():
        raise Refused(_("There is a draft of this period already; go on writing that one."), code="open")
    if rows.filter(state=State.ISSUED).exists():
        raise Refused(
            _("The review of this period is issued already; correct or recall that one."), code="issued"
        )


def default_title(review: Review) -> str:
    """What the document is about: “sơ kết thực hiện Quy chế phối hợp, năm 2020”."""
    about = {
        "agreement": pick(review.agreement.titles, review.language) or review.agreement.code,
        "period": inline_period(review.period, review.language),
    }
    with translation.override(review.language):
        if review.kind == ReviewKind.FINAL:
            return _("Final review of %(agreement)s, %(period)s") % about
        return _("Interim review of %(agreement)s, %(period)s") % about


def sign(*, review: Review, by: Actor, at: datetime) -> Review:
    """The chair signs the draft off; its words and figures are locked."""
    return move(review, "sign", by=by, at=at, policy=REVIEWS)


def reopen(*, review: Review, reason: str, by: Actor, at: datetime) -> Review:
    """Lay a signed draft open again."""
    return move(review, "reopen", by=by, at=at, policy=REVIEWS, reason=reason)


def discard(*, review: Review, by: Actor, at: datetime) -> Review:
    """Give a draft up. It stays in the trail, and another may be begun."""
    return move(review, "discard", by=by, at=at, policy=REVIEWS)


def issue(*, review: Review, by: Actor, at: datetime, confirmed: bool = False) -> Review:
    """Freeze the review with its figures, source sets and manifest.

    A review without a date is dated that day. Refuses with what is lacking (details: the record of
    `Lacking`) unless confirmed, and an unsigned draft where the agreement asks for the signature.
    """

    fresh = Review.objects.select_related("agreement").get(pk=review.pk)
    lack = lacking(fresh)
    made = _manifest(fresh, at)

    def change(row: Review) -> dict[str, Any]:
        if row.state == State.DRAFT and outline.settings_of(row.agreement).get("sign"):
            raise Refused(_("The chair signs this review off before it is issued."), code="sign")
        if row.changed_at != fresh.changed_at:
            raise Refused(
                _("Somebody has changed this review meanwhile. Look at it again, then issue it."),
                code="edition",
            )
        if not lack.is_nothing and not confirmed:
            raise Refused(_sentence(lack), code="lacking", lacking=lack.record)
        row.missing, row.issued_at, row.manifest = lack.record, at, made
        row.issued_on = row.issued_on or at.astimezone(ZoneInfo(row.agreement.timezone)).date()
        _replace_old(row, by=by, at=at)
        _sweep(row)
        return {"missing": len(row.missing), "figures": len(made["figures"])}

    return move(review, "issue", by=by, at=at, policy=REVIEWS, change=change)


def correct(*, review: Review, reason: str, by: Actor, at: datetime) -> Review:
    """Begin the document that replaces an issued one: a copy to correct. The old one stays in force
    until the new one is issued; both and the reason stay on record."""
    if not REVIEWS.may(by, "issue", review):
        raise Refused(_("You may not correct this review."), code="right")
    if not reason.strip():
        raise Refused(_("Give a reason."), field="reason", code="reason")
    with transaction.atomic():
        old = Review.objects.select_for_update().get(pk=review.pk)
        if old.state != State.ISSUED:
            raise Refused(_("Only a review in force can be corrected."), code="state")
        rows = Review.objects.filter(agreement=old.agreement_id, period=old.period, language=old.language)
        if rows.filter(state__in=OPEN).exists():
            raise Refused(_("There is a draft of this period already; go on writing that one."), code="open")
        new = copy_contents(old, at=at)
        Correction.objects.create(old=old, new=new, reason=reason.strip(), author=by.actor_id, at=at)
        audit.record(subject=new, verb="begin", by=by, at=at, detail={"corrects": old.pk})
        audit.record(subject=old, verb="correct", by=by, at=at, detail={"by": new.pk}, text=reason.strip())
    return new


def recall(*, review: Review, reason: str, by: Actor, at: datetime) -> Review:
    """Recall an issued review; its page and documents say so from now on."""

    def change(row: Review) -> None:
        Recall.objects.create(review=row, reason=reason.strip(), author=by.actor_id, at=at)

    return move(review, "recall", by=by, at=at, policy=REVIEWS, reason=reason, change=change)


def _manifest(review: Review, at: datetime) -> dict[str, Any]:
    """What the issued document will carry; made before the lock is taken."""
    issued = copy(review)
    issued.state, issued.issued_at = State.ISSUED, at
    return composing.sealed(issued, composing.paper(issued, draw=False))[1]


def _replace_old(row: Review, *, by: Actor, at: datetime) -> None:
    """Issuing a correction takes the corrected one out of force."""
    if row.corrects_id is None:
        return
    reason = Correction.objects.get(new=row).reason
    move(row.corrects, "replace", by=by, at=at, policy=REVIEWS, reason=reason)


def _sweep(review: Review) -> None:
    """What was removed is gone for good, and so are the figures that stand nowhere."""
    Sentence.objects.filter(block__section__review=review, removed=True).delete()
    Block.objects.filter(section__review=review, removed=True).delete()
    used = {f.number for f in contents(review, sources=False).used}
    figures = list(Figure.objects.filter(review=review))
    used |= {n for f in figures if f.number in used for n in (f.query.get("of"), f.query.get("against")) if n}
    Figure.objects.filter(review=review).exclude(number__in=used).delete()


def _sentence(lack: Lacking) -> str:
    return _(
        "Something is lacking: %(silent)s units with reports missing, %(unsupported)s sentences without a source, "
        "%(changed)s figures changed since. Look at the list, then confirm."
    ) % {"silent": len(lack.silent), "unsupported": len(lack.unsupported), "changed": len(lack.changed)}  # fmt: skip


def named_period(text: str) -> str:
    """The canonical name of a period; refuses what is none."""
    try:
        return periods.parse(text.strip()).text
    except LibError as error:
        raise Refused(_(error.template) % error.params, field="period") from None


def _kind(agreement: Agreement, period: str) -> str:
    last = days_of(agreement, period)[1]
    return ReviewKind.FINAL if last >= (agreement.ends_on or date.max) else ReviewKind.INTERIM
