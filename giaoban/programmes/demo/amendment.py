"""The sample agreement: signed in December 2019, amended for the next term, with the parties being asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from giaoban.accounts.models import User
from giaoban.agreements import actions
from giaoban.agreements.models import Agreement, Version, Wording
from giaoban.agreements.queries import parts_on, text_of
from giaoban.agreements.standing import Standing
from giaoban.programmes.demo.charter import (
    EN,
    NEXT_EFFECT,
    NEXT_END,
    NEXT_NOTE,
    NEXT_REPORTS,
    NEXT_REVIEW,
    NEXT_TITLES,
    VI,
)
from giaoban.units.models import Unit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SIGNED, EFFECT = date(2019, 12, 10), date(2019, 12, 15)
REVIEWED_IN = 1
#: Who leads, who stands where, and by which title they sign.
LEAD = "92"
#: What the parties answered in the consultation: unit -> (answer, words).
ANSWERS = {
    "80": ("agrees", ""),
    "82": ("agrees", ""),
    "83": ("comments", "Điều 9: đề nghị giữ thời hạn gửi báo cáo tháng như hiện nay (mẫu)."),
    "87": ("agrees", ""),
    "89": ("comments", "Điều 10: đề nghị luân phiên đơn vị đăng cai hội nghị sơ kết (mẫu)."),
    "94": ("disagrees", "Điều 11: đề nghị làm rõ nguồn kinh phí dự trữ thuốc (mẫu)."),
    "96": ("agrees", ""),
}


def sign(agreement: Agreement, coordinator: User) -> None:
    """The text, in both languages, and its signing."""
    given = _at(coordinator, datetime(2019, 12, 9, 9, tzinfo=ZONE))
    _parties(agreement, given)
    version = actions.begin_version(agreement=agreement, **given)
    actions.paste_text(version=version, text=VI, language="vi", **given)
    actions.paste_text(version=version, text=EN, language="en", **given)
    review = _words(version, "Điều 10")
    actions.change_article(
        wording=review, titles=review.titles, texts=review.texts, edition=review.edition,
        review_month=REVIEWED_IN, **given
    )  # fmt: skip
    actions.sign(
        version=version, signed_number=agreement.number, signed_on=SIGNED, effective_on=EFFECT, place="Cần Thơ",
        ends_on=agreement.ends_on, **_at(coordinator, datetime(2019, 12, 10, 16, tzinfo=ZONE)),
    )  # fmt: skip
    version.refresh_from_db()
    actions.take_effect(version=version, **_at(coordinator, datetime(2019, 12, 15, 0, 5, tzinfo=ZONE)))


def amend(agreement: Agreement, coordinator: User, reporters: dict[str, User]) -> None:
    """Three proposals, a draft for the next term, and the answers of the parties."""
    agreement.refresh_from_db()
    taken, left, _open = _proposals(agreement, reporters)
    given = _at(coordinator, datetime(2020, 12, 1, 9, tzinfo=ZONE))
    draft = actions.begin_version(agreement=agreement, **given)
    actions.describe_version(version=draft, titles=NEXT_TITLES, ends_on=NEXT_END, note=NEXT_NOTE, **given)
    _rewrite(draft, given)
    actions.answer(
        proposal=taken, take_up=True, reason="Hợp lý, đưa vào Điều 10 (mẫu).", version=draft, **given
    )
    actions.answer(
        proposal=left, take_up=False, reason="Đã quy định tại Hướng dẫn số 11/HD-VPV (mẫu).", **given
    )
    actions.consult(version=draft, due_on=date(2020, 12, 20), **given)
    for unit in Unit.objects.filter(code__in=ANSWERS):
        stance, text = ANSWERS[unit.code]
        answered = _at(reporters[unit.code], datetime(2020, 12, 4, 10, tzinfo=ZONE))
        actions.give_opinion(version=draft, unit=unit, stance=stance, text=text, **answered)


def _rewrite(draft: Version, given: dict[str, Any]) -> None:
    review, effect = _words(draft, "Điều 10"), _words(draft, "Khoản 1 Điều 12")
    actions.change_article(
        wording=review, titles=review.titles, edition=review.edition, review_month=REVIEWED_IN,
        texts=NEXT_REVIEW,
        **given,
    )  # fmt: skip
    actions.change_article(
        wording=effect, titles={}, edition=effect.edition,
        texts=NEXT_EFFECT,
        **given,
    )  # fmt: skip
    actions.add_article(
        version=draft, kind="clause", titles={}, parent=_words(draft, "Điều 9"),
        texts=NEXT_REPORTS,
        **given,
    )  # fmt: skip


def _proposals(agreement: Agreement, reporters: dict[str, User]) -> list[Any]:
    made = []
    articles = {a.labels["vi"]: a for a in agreement.articles.filter(is_in_force=True)}
    for code, label, text, reason in (
        (
            "89",
            "Điều 10",
            "Luân phiên đơn vị đăng cai hội nghị sơ kết.",
            "Chia sẻ trách nhiệm giữa các bên (mẫu).",
        ),
        (
            "89",
            "Khoản 2 Điều 9",
            "Thời hạn gửi báo cáo là ngày 20 hằng tháng.",
            "Dễ nhớ, dễ thực hiện (mẫu).",
        ),
        ("89", "", "Bổ sung một điều về phối hợp trong mùa hạn, mặn.", "Hạn, mặn năm 2020 gay gắt (mẫu)."),
    ):
        at = datetime(2020, 11, 16, 10 + len(made), tzinfo=ZONE)
        unit = Unit.objects.get(code=code)
        made.append(actions.propose(
            agreement=agreement, unit=unit, article=articles.get(label), text=text, reason=reason,
            **_at(reporters[code], at),
        ))  # fmt: skip
    return made


def _parties(agreement: Agreement, given: dict[str, Any]) -> None:
    for place, part in enumerate(parts_on(agreement, EFFECT), start=1):
        if part.role == "member":
            role = "lead" if part.unit.code == LEAD else "member"
            actions.set_part(
                agreement=agreement, unit=part.unit, role=role, position=place, signer_title="Chủ tịch",
                signer_authority=f"TM. UBND {part.unit.name}".upper(), **given,
            )  # fmt: skip


def _words(version: Version, label: str) -> Wording:
    return next(node.wording for node in text_of(version) if node.label["vi"] == label)


def _at(person: User, at: datetime) -> dict[str, Any]:
    return {"by": Standing(person, at), "at": at}
