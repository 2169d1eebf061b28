"""Fill the portal through its own actions, as its editor would."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import translation

from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement
from giaoban.agreements.standing import Standing
from giaoban.portal.actions.opening import open_portal
from giaoban.portal.actions.writing import put, running_text
from giaoban.portal.models import NewsArticle, PortalImage, PortalPage, SectionPage
from giaoban.programmes.demo.drawings import drawing
from giaoban.programmes.demo.portal.readers import build_readers
from giaoban.programmes.demo.portal.rest import build_rest
from giaoban.units.models import Unit

HERE = Path(__file__).parent
OPENED = datetime(2019, 12, 9, 2, tzinfo=UTC)
#: scene -> what it shows, in both languages
ALTERNATIVES: dict[str, list[str]] = tomllib.loads((HERE / "scenes.toml").read_text("utf-8"))


def build_portal(agreement: Agreement, coordinator: User) -> None:
    """Open the portal and publish its sample pages."""
    by = Standing(coordinator, OPENED)
    with translation.override("vi"):
        front = open_portal(
            agreement=agreement, by=by, at=OPENED,
            name_vi="Cổng thông tin phối hợp vùng", name_en="Regional coordination portal",
            owner_vi="Văn phòng điều phối vùng đồng bằng sông Cửu Long (dữ liệu mẫu)",
            owner_en="Coordination office of the Mekong delta (sample data)",
            lead_vi="Y tế và phòng, chống lũ ở đồng bằng sông Cửu Long: việc đã làm, con số có nguồn, việc sắp tới.",
            lead_en="Health and floods in the Mekong delta: what was done, what is next, figures with sources.",
            contact_vi="Đường Ba Mươi Tháng Tư, quận Ninh Kiều, Cần Thơ\nĐiện thoại: 0292 0000 000",
            contact_en="Ba Muoi Thang Tu street, Ninh Kieu district, Can Tho\nTelephone: 0292 0000 000",
        )  # fmt: skip
        pictures = {name: _picture(name, coordinator) for name in ALTERNATIVES}
        build_rest(agreement, pictures, by)
        _articles(front, pictures, {u.code: u for u in Unit.objects.filter(level__lte=2)}, by)
        build_readers(by)


def _picture(name: str, owner: User) -> PortalImage:
    alternative, english = ALTERNATIVES[name]
    image = PortalImage(
        title=alternative[:60], alt_vi=alternative, alt_en=english, credit="Tranh vẽ bằng phần mềm (mẫu)",
        uploaded_by_user=owner,
    )  # fmt: skip
    image.file.save(f"{name}.jpg", ContentFile(drawing(name)), save=False)
    image.full_clean(exclude=["collection"])
    image.save()
    return image


def _articles(
    front: PortalPage, pictures: dict[str, PortalImage], units: dict[str, Unit], by: Standing
) -> None:
    section = SectionPage.objects.get(slug="tin-tuc")
    given = tomllib.loads((HERE / "articles.toml").read_text("utf-8"))["article"]
    made: list[NewsArticle] = []
    for one in given:
        article = _article(one, pictures, units)
        if "canonical" in one:
            article.canonical = made[one["canonical"]].portalpage_ptr
        made.append(put(parent=section, page=article, by=by, at=_instant(one["day"]), publish=True))
        if one.get("stale"):
            article.body_vi = running_text(one["body"][0] + "<p>Nhóm trực bắt đầu từ ngày 02/01/2020.</p>")
            article.save_revision(user=by.user).publish(user=by.user, skip_permission_checks=True)


def _article(one: dict[str, Any], pictures: dict[str, PortalImage], units: dict[str, Unit]) -> NewsArticle:
    note = one.get("correction") or one.get("withdrawn") or ("", "")
    place = one.get("place", ("", ""))
    unit = units[one["unit"]]
    return NewsArticle(
        title=one["title"][0], title_en=one["title"][1], lead_vi=one["lead"][0], lead_en=one["lead"][1],
        body_vi=running_text(one["body"][0]), body_en=running_text(one["body"][1]),
        picture=pictures[one["picture"]], unit=unit, posted_at=_instant(one["day"]), event_on=one.get("event"),
        event_until=one.get("event_until"), place_vi=place[0], place_en=place[1], source=unit.name,
        byline="Ban biên tập (mẫu)",
        note_kind="correction" if "correction" in one else "withdrawal" if "withdrawn" in one else "",
        note_vi=note[0], note_en=note[1], noted_on=one.get("noted"), is_sample=True,
    )  # fmt: skip


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(2), tzinfo=UTC)
