"""A page taken home: as one file, as print; what the records wrote into a proposal."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from giaoban.meetings.models import AgendaVersion, Meeting
from giaoban.meetings.models.conclusions import Conclusion
from giaoban.portal.actions.proposing import propose_meeting, propose_meeting_page
from giaoban.portal.actions.writing import publish
from giaoban.portal.models import HomePage, MeetingPage, PortalImage
from giaoban.portal.tests.conftest import AT
from giaoban.reports.tests.world import World


def picture(alt: str = "Đại biểu trong hội trường") -> PortalImage:
    """A picture brought to the portal, with its renditions."""
    kept = io.BytesIO()
    Image.new("RGB", (1300, 800), "#8a1a21").save(kept, "JPEG")
    image = PortalImage(title="x", alt_vi=alt)
    image.file.save("hoi-truong.jpg", ContentFile(kept.getvalue()), save=False)
    image.full_clean(exclude=["collection"])
    image.save()
    image.file.close()
    return image


@pytest.mark.requirement(79)
def test_an_article_is_kept_as_one_file(client: Client, write):
    article = write(picture=picture())
    assert 'saved.html" download' in client.get(article.address("vi")).content.decode()
    answer = client.get(article.address("vi") + "saved.html")
    kept = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="hoi-nghi-so-ket-vi.html"'
    assert 'src="data:image/jpeg;base64,' in kept and "<style>" in kept and "Đại biểu nhất trí." in kept
    assert "/media/portal/" not in kept and "<script" not in kept
    assert 'src="data:image/svg+xml;base64,' in kept and 'src="/' not in kept, "the emblem too"
    assert '<base href="http://localhost:8000/">' in kept
    assert client.get("/vi/tin-tuc/khong-co/saved.html").status_code == 404


def meeting_of(world: World) -> Meeting:
    meeting = Meeting.objects.create(
        agreement=world.agreement, titles={"vi": "Hội nghị tổng kết", "en": "Final conference"}, made_at=AT,
        starts_at=datetime(2020, 1, 14, 1, tzinfo=UTC), ends_at=datetime(2020, 1, 14, 10, tzinfo=UTC), state="open",
        venue="Hội trường", purpose="Tổng kết năm.",
    )  # fmt: skip
    lines = [
        {
            "item": 1, "titles": {"vi": "Khai mạc", "en": "Opening"}, "kind": "free", "speaker": "", "unit": "",
            "from": "2020-01-14T01:00:00+00:00", "to": "2020-01-14T01:15:00+00:00",
        }
    ]  # fmt: skip
    AgendaVersion.objects.create(
        meeting=meeting, number=1, lines=lines, published_by="user:1", published_at=AT
    )
    for number, state in ((1, "accepted"), (2, "proposed")):
        Conclusion.objects.create(
            meeting=meeting, number=number, texts={"vi": f"Việc số {number}"}, state=state, lead=world.ct,
            changed_by="user:1", changed_at=AT,
        )  # fmt: skip
    return meeting


@pytest.mark.requirement(79)
def test_an_announced_meeting_has_a_page_with_its_programme_and_later_an_article(
    client: Client, world: World, portal: HomePage
):
    meeting = meeting_of(world)
    page = propose_meeting_page(meeting=meeting, by=world.by("kim"), at=AT)
    assert page and not page.live
    publish(page=page, by=world.by("kim"), at=AT)
    for language, first in (("vi", "Khai mạc"), ("en", "Opening")):
        shown = client.get(page.address(language)).content.decode()
        assert first in shown and "08:00</time>–08:15" in shown
    assert propose_meeting_page(meeting=meeting, by=world.by("kim"), at=AT) is None, "once"
    article = propose_meeting(meeting=meeting, by=world.by("kim"), at=AT)
    assert article and article.meeting_id == page.pk and MeetingPage.objects.count() == 1
    assert "Việc số 1 (Cần Thơ" in str(article.body_vi) and "Việc số 2" not in str(article.body_vi)
    assert "Việc" not in str(article.body_en), "what has no English is not mixed in"
    assert propose_meeting(meeting=meeting, by=world.by("kim"), at=AT) is None, "once"
