"""The programme's work on the portal: reviews, meetings, documents, units; and the articles they propose."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client

from giaoban.core.refused import Refused
from giaoban.meetings.models import Meeting, Officer
from giaoban.portal.actions.proposing import propose_meeting, propose_review
from giaoban.portal.actions.writing import publish, put
from giaoban.portal.models import (
    HomePage,
    NewsArticle,
    OrganisationPage,
    PageFile,
    PortalFile,
    PortalImage,
    ReviewPage,
    UnitPage,
)
from giaoban.portal.tests.conftest import AT
from giaoban.reports.tests.world import World
from giaoban.reviews.models import Review
from giaoban.reviews.tests.story import begun


@pytest.mark.requirement(79, 84)
def test_an_issued_review_proposes_its_page_and_an_article(client: Client, world: World, issued: Review):
    page, article = ReviewPage.objects.get(), NewsArticle.objects.get()
    assert not page.live and not article.live
    assert article.review_id == page.pk and article.title == issued.title
    assert client.get(page.address("vi")).status_code == 404
    publish(page=page, by=world.by("kim"), at=AT)
    shown = client.get(page.address("vi")).content.decode()
    assert "Đã mở" in shown and '<a class="number-in" href="#f1">7</a>' in shown and "3/3" in shown
    assert "Nội bộ." not in shown
    assert propose_review(review=issued, by=world.by("kim"), at=AT) is None, "once"


def test_only_who_may_publish_publishes(world: World, issued: Review):
    with pytest.raises(Refused):
        publish(page=ReviewPage.objects.get(), by=world.by("lan"), at=AT)


def test_a_draft_review_does_not_go_to_the_portal(world: World, portal: HomePage):
    review, _block = begun(world)
    with pytest.raises(ValidationError):
        ReviewPage(of_review=review, title="x", slug="x").clean()
    assert propose_review(review=review, by=world.by("kim"), at=AT) is None


@pytest.mark.requirement(79)
def test_a_held_meeting_proposes_names_and_titles_from_the_records(
    client: Client, world: World, portal: HomePage
):
    meeting = Meeting.objects.create(
        agreement=world.agreement, titles={"vi": "Hội nghị tổng kết", "en": "Final conference"}, venue="Hội trường",
        purpose="Tổng kết năm.", starts_at=datetime(2020, 1, 14, 1, tzinfo=UTC), made_at=AT, state="open",
        ends_at=datetime(2020, 1, 14, 10, tzinfo=UTC),
    )  # fmt: skip
    Officer.objects.create(
        meeting=meeting, role="chair", unit=world.office, name="Trần Thị Hà", title="Phó Giám đốc", position=1
    )
    article = propose_meeting(meeting=meeting, by=world.by("kim"), at=AT)
    assert article and article.event_on == date(2020, 1, 14)
    assert "Trần Thị Hà, Phó Giám đốc" in str(article.body_vi)
    page = publish(page=article.meeting, by=world.by("kim"), at=AT)
    shown = client.get(page.address("en")).content.decode()
    assert "Final conference" in shown and "Trần Thị Hà, Phó Giám đốc" in shown and "held" in shown


def test_a_portal_takes_no_work_of_another_agreement(world: World, portal: HomePage, issued: Review):
    HomePage.objects.update(agreement=None)
    NewsArticle.objects.all().delete()
    ReviewPage.objects.all().delete()
    assert propose_review(review=issued, by=world.by("kim"), at=AT) is None


def test_a_document_says_whether_it_is_in_force_and_what_replaced_it(client: Client, register):
    new = register("09/HD", effective_on=date(2020, 6, 1))
    old = register("03/HD", ended_on=date(2020, 6, 1), replaced_by=new)
    shown = client.get(old.address("en")).content.decode()
    assert "This document has been replaced by" in shown and "09/HD" in shown
    assert [old.force(day).value for day in (date(2020, 5, 31), date(2020, 6, 1))] == ["in force", "replaced"]
    assert new.force(date(2020, 5, 31)).value == "coming"
    with pytest.raises(Refused):
        register("1", effective_on=date(2020, 6, 1), ended_on=date(2020, 6, 1))


def test_documents_are_found_without_marks(client: Client, register):
    register("09/HD")
    register("21/TB", title="Thông báo kết luận", issued_on=date(2019, 7, 1))
    found = client.get("/vi/van-ban/?q=thong+bao").content.decode()
    assert "21/TB" in found and "09/HD" not in found
    assert "09/HD" in client.get("/vi/van-ban/?year=2020").content.decode()
    assert "No document fits" in client.get("/en/van-ban/?q=nothing").content.decode()
    assert client.get("/vi/van-ban/?year=<script>&q=%00").status_code == 200


def test_a_file_is_served_once_a_public_page_links_to_it(client: Client, register):
    file = PortalFile(title="Toàn văn")
    file.file.save("toan-van.txt", ContentFile(b"noi dung"))
    url = f"/media/files/{file.pk}/toan-van.txt"
    assert client.get(url).status_code == 404
    page = register("09/HD")
    PageFile.objects.create(page=page, file=file)
    answer = client.get(url)
    assert answer.status_code == 200 and answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == b"noi dung"
    for close in answer._resource_closers:
        close()
    page.unpublish()
    assert client.get(url).status_code == 404


def test_units_stand_in_their_tree_with_contacts(client: Client, world: World, portal: HomePage, write):
    chart = OrganisationPage.objects.get()
    page = UnitPage(title="Cần Thơ", unit=world.ct, phone="0292")
    put(parent=chart, page=page, by=world.by("kim"), at=AT, publish=True)
    write()
    assert f'href="{page.address("vi")}"' in client.get(chart.address("vi")).content.decode()
    shown = client.get(page.address("vi")).content.decode()
    assert "0292" in shown and "Hội nghị sơ kết" in shown
    with pytest.raises(Refused):
        put(parent=chart, page=UnitPage(title="Không"), by=world.by("kim"), at=AT, publish=True)


@pytest.mark.requirement(81)
@pytest.mark.parametrize(
    "words", ["IMG_2031.JPG", "hình ảnh", "Responsive image", "ảnh 12", "logo", "lop-hoc"]
)
def test_a_picture_without_words_is_refused(db: None, words: str):
    image = PortalImage(title="x", alt_vi=words)
    image.file.name = "portal-originals/lop-hoc.jpg"
    with pytest.raises(ValidationError):
        image.clean()
    PortalImage(title="x", is_decorative=True).clean()
    PortalImage(title="x", alt_vi="Bốn học sinh trước trường").clean()
