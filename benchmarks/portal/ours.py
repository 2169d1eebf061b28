"""The product's own portal with the articles; run inside a home (`benchmarks.homes.inside`)."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from benchmarks.portal import words

AT = datetime(2020, 2, 3, 9, tzinfo=UTC)


def fill() -> list[str]:
    """Open a portal, publish the articles; their addresses."""
    from django.core.files.images import ImageFile

    from giaoban.portal.actions.opening import open_portal
    from giaoban.portal.actions.writing import put, running_text
    from giaoban.portal.models import NewsArticle, PortalImage, SectionPage
    from giaoban.programmes.homes import bring_up
    from giaoban.reports.tests.world import build

    bring_up()
    world = build()
    by = world.by("kim")
    open_portal(
        agreement=world.agreement, name_vi="Cổng phối hợp", name_en="Joint portal", owner_vi="Văn phòng",
        owner_en="Office", by=by, at=AT,
    )  # fmt: skip
    pictures = []
    for number in range(words.PICTURES):
        file = ImageFile(BytesIO(words.picture(number)), name=f"{number}.jpg")
        image = PortalImage.objects.create(title=f"Tranh {number}", alt_vi="Những dải màu", file=file)
        pictures.append(image)
    section = SectionPage.objects.get(slug="tin-tuc")
    found = []
    for number in range(words.ARTICLES):
        page = NewsArticle(
            title=words.title(number), slug=f"bai-{number}", lead_vi=words.title(number), unit=world.ct,
            body_vi=running_text(words.body(number)), picture=pictures[number % words.PICTURES],
        )  # fmt: skip
        found.append(put(parent=section, page=page, by=by, at=AT, publish=True).address("vi"))
    return found
