"""A review points to the article that makes the parties review their work."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from giaoban.agreements import actions as agreements
from giaoban.agreements.models import Article
from giaoban.agreements.queries import text_of
from giaoban.core.refused import Refused
from giaoban.reports.tests.world import World
from giaoban.reviews.actions import blocks, issuing
from giaoban.reviews.models import Review
from giaoban.reviews.tests.story import KIM_AT, begun

TEXT = """
Điều 1. Phạm vi
Việc phối hợp giữa các bên.
Điều 2. Sơ kết
Các bên sơ kết mỗi năm một lần.
"""


@pytest.fixture
def yearly(world: World) -> Article:
    """Article 2 in force: the parties review their work every January."""
    given = {"by": world.by("kim"), "at": KIM_AT}
    version = agreements.begin_version(agreement=world.agreement, **given)
    agreements.paste_text(version=version, text=TEXT, language="vi", **given)
    words = next(n.wording for n in text_of(version) if n.label["vi"] == "Điều 2")
    agreements.change_article(
        wording=words, titles=words.titles, texts=words.texts, edition=words.edition, review_month=1, **given
    )
    agreements.sign(
        version=version, signed_number="01/QCPH", signed_on=date(2020, 1, 6), effective_on=date(2020, 1, 6), **given
    )  # fmt: skip
    return Article.objects.get(pk=words.article_id)


def get(client: Client, world: World, person: str, address: str) -> str:
    client.force_login(world.people[person])
    return client.get(address).content.decode()


@pytest.mark.requirement(11)
def test_a_new_review_carries_out_the_yearly_article(world: World, client: Client, yearly: Article) -> None:
    client.force_login(world.people["kim"])
    address = reverse("reviews:new", args=[world.agreement.code])
    form = client.get(address).context["form"]
    assert form["article"].value() == yearly.pk
    given = {"period": "2020", "language": "vi", "article": yearly.pk, "empty": "on"}
    assert client.post(address, given).status_code == 302
    review = Review.objects.get()
    assert review.article == yearly
    at_article = reverse("agreements:article", args=[world.agreement.code, yearly.pk])
    assert at_article in get(client, world, "kim", review.get_absolute_url())
    assert review.get_absolute_url() in get(client, world, "kim", at_article)
    assert review.get_absolute_url() not in get(
        client, world, "lan", at_article
    )  # a draft is not hers to see


def test_the_article_is_changed_with_the_heading(world: World, client: Client, yearly: Article) -> None:
    review, _block = begun(world)
    client.force_login(world.people["kim"])
    address = reverse("reviews:heading", args=[world.agreement.code, review.pk])
    form = client.get(address).context["form"]
    given = {name: form[name].value() or "" for name in form.fields}
    given |= {"article": yearly.pk, "issuers": "Văn phòng", "type_name": "Báo cáo", "title": "Sơ kết"}
    given = {name: "\n".join(v) if isinstance(v, list) else v for name, v in given.items()}
    assert client.post(address, given).status_code == 302
    review.refresh_from_db()
    assert review.article == yearly


def test_a_correction_carries_out_the_same_article(world: World, yearly: Article) -> None:
    given = {"by": world.by("kim"), "at": KIM_AT}
    review = issuing.begin(
        agreement=world.agreement, period="2020-01", language="vi", article=yearly, **given
    )
    issuing.issue(review=review, confirmed=True, **given)
    assert issuing.correct(review=review, reason="Sai số liệu", **given).article == yearly


def test_an_article_of_another_agreement_is_refused(world: World, yearly: Article) -> None:
    other = type(world.agreement).objects.create(
        code="khac-nua", titles={"vi": "Khác"}, lead=world.office, parties="level:1", starts_on=date(2020, 1, 1)
    )  # fmt: skip
    yearly.agreement = other
    yearly.save()
    given = {"by": world.by("kim"), "at": KIM_AT}
    with pytest.raises(Refused):
        issuing.begin(agreement=world.agreement, period="2020", language="vi", article=yearly, **given)
    review, _block = begun(world)
    with pytest.raises(Refused):
        blocks.change_heading(review=review, article=yearly, **given)
    assert Review.objects.get().article is None
