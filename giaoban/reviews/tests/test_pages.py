"""Every page: who sees it, and who must not even know that it is there."""

import hashlib

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from django_tasks_db.models import DBTaskResult

from giaoban.reports.tests.world import World
from giaoban.reviews import urls
from giaoban.reviews.actions import figures, issuing, sentences
from giaoban.reviews.actions.sentences import Excerpt
from giaoban.reviews.jobs import keep_issued
from giaoban.reviews.models import Block, Recall, Review, Sentence
from giaoban.reviews.questions import Question
from giaoban.reviews.tables import of_units
from giaoban.reviews.tests.story import KIM_AT, accepted, begun, texts

WRITERS = {"kim"}
READERS = {"kim", "chi", "oanh"}
EVERYBODY = READERS | {"lan", "minh", "hoa"}


@pytest.fixture
def draft(world: World) -> tuple[Review, Block]:
    """A paragraph with a taken sentence, a figure in a sentence, and a table."""
    report = accepted(world, world.ct, narratives={"note": "Nước rút chậm ở 3 xã."}, visits=5)
    review, block = begun(world)
    given = {"review": review, "by": world.by("kim"), "at": KIM_AT}
    sentences.take(block=block, excerpts=[Excerpt(report.accepted_id, "note")], **given)
    asked = Question(indicator="visits", unit=world.office.pk, period="2020-01")
    figures.insert_sentence(block=block, question=asked, **given)
    visits = [world.agreement.indicators.get(code="visits")]
    layout = of_units(visits, [world.ct, world.ag], world.office, "2020-01", "vi", caption="Số lượt")
    figures.insert_table(section=block.section, layout=layout, **given)
    return review, block


def addresses(world: World, review: Review, block: Block) -> dict[str, str]:
    """Every address of the app, filled in with things that exist."""
    values = {
        "agreement": world.agreement.code, "pk": review.pk, "section": block.section_id, "block": block.pk,
        "sentence": Sentence.objects.filter(block=block).order_by("pk").first().pk, "number": 1, "format": "docx",
    }  # fmt: skip
    verbs = {"block": "publish", "sentence": "part", "words": "rewrite", "move": "discard"}
    found = {}
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        names = {"agreement", *pattern.pattern.converters}
        given = {name: values[name] for name in names if name in values}
        if "verb" in names:
            given["verb"] = verbs[pattern.name]
        if "name" in names:
            given["name"] = verbs[pattern.name]
        if pattern.name == "add-chart":
            given["block"] = block.section.blocks.get(kind="table").pk
        found[pattern.name] = reverse(f"reviews:{pattern.name}", kwargs=given)
    return found


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name])
    return client


ISSUED_ONLY = {"review", "history", "figures", "figure", "file"}
FOR_ALL = {"index", "paper-css"}
POST_ONLY = {"add-paragraph", "refresh", "block", "sentence"}
ALL_NAMES = [pattern.name for pattern in urls.urlpatterns]


@pytest.mark.parametrize("name", ALL_NAMES)
def test_the_neighbour_finds_nothing(world: World, draft: tuple, name: str) -> None:
    if name == "paper-css":
        return
    address = addresses(world, *draft)[name]
    client = signed_in(world, "nga")
    assert client.get(address).status_code in (404, 405)
    assert client.post(address).status_code in (404, 405)
    Review.objects.update(state="issued")
    assert client.get(address).status_code in (404, 405)


@pytest.mark.parametrize("name", ALL_NAMES)
def test_nobody_sees_anything_without_signing_in(world: World, draft: tuple, name: str) -> None:
    if name == "paper-css":
        return
    answer = Client().get(addresses(world, *draft)[name])
    assert answer.status_code == 302 and "/accounts/login/" in answer.url


@pytest.mark.parametrize("name", sorted(set(ALL_NAMES) - FOR_ALL))
def test_a_draft_is_read_by_coordinator_chair_and_operator_and_written_by_the_coordinator(
    world: World, draft: tuple, name: str
) -> None:
    address = addresses(world, *draft)[name]
    readers = READERS if name in ISSUED_ONLY else WRITERS
    for person in EVERYBODY:
        client = signed_in(world, person)
        answer = client.post(address) if name in POST_ONLY else client.get(address)
        assert answer.status_code == (404 if person not in readers else 302 if name in POST_ONLY else 200), (
            person
        )


@pytest.mark.parametrize("name", sorted(ISSUED_ONLY))
def test_an_issued_review_is_read_by_everybody_of_the_agreement(
    world: World, draft: tuple, name: str
) -> None:
    Review.objects.update(state="issued", issued_at=KIM_AT)
    for person in EVERYBODY:
        assert signed_in(world, person).get(addresses(world, *draft)[name]).status_code == 200, person


def test_the_list_shows_a_reporter_only_what_was_issued(world: World, draft: tuple) -> None:
    address = reverse("reviews:index", args=[world.agreement.code])
    assert draft[0].get_absolute_url() not in signed_in(world, "lan").get(address).content.decode()
    assert draft[0].get_absolute_url() in signed_in(world, "chi").get(address).content.decode()


def test_an_issued_review_has_no_editor(world: World, draft: tuple) -> None:
    Review.objects.update(state="issued")
    edit = addresses(world, *draft)["edit"]
    answer = signed_in(world, "kim").get(edit)
    assert answer.status_code == 409
    assert "không thay đổi nữa" in answer.content.decode() or "do not change" in answer.content.decode()


def test_the_editor_marks_what_has_no_source_and_links_what_has(world: World, draft: tuple) -> None:
    review, block = draft
    sentences.write(review=review, block=block, text="Không ai nói điều này.", by=world.by("kim"), at=KIM_AT)
    page = signed_in(world, "kim").get(addresses(world, *draft)["edit"] + "?section=results").content.decode()
    assert page.count("sentence-unsupported") == 1
    report = block.sentences.first().sources.get().revision.report
    assert report.get_absolute_url() in page
    assert reverse("reviews:figure", args=[world.agreement.code, review.pk, 1]) in page


def test_words_are_edited_on_a_page_and_the_second_writer_is_told(world: World, draft: tuple) -> None:
    address = addresses(world, *draft)["words"]
    client = signed_in(world, "kim")
    assert client.post(address, {"text": "Nước rút chậm.", "edition": 1}).status_code == 302
    second = client.post(address, {"text": "Nước rút nhanh.", "edition": 1})
    assert second.status_code == 409
    assert "Nước rút nhanh." in second.content.decode()
    assert texts(draft[1])[0] == "Nước rút chậm."


def test_words_are_found_without_their_marks_and_those_taken_are_marked(world: World, draft: tuple) -> None:
    accepted(world, world.ag, narratives={"note": "Đã mở lớp tập huấn. Đề nghị cấp áo phao."})
    address = addresses(world, *draft)["take"]
    client = signed_in(world, "kim")
    found = client.get(address, {"q": "da mo lop"}).content.decode()
    assert "Đã mở lớp tập huấn." in found and "Nước rút" not in found
    assert found.count('type="checkbox"') == 2
    value = found.split('name="take" value="')[2].split('"')[0]
    assert client.post(address, {"take": [value]}).status_code == 302
    assert texts(draft[1])[-1] == "Đề nghị cấp áo phao."
    assert "đã lấy" in client.get(address).content.decode()


def test_removing_offers_the_way_back(world: World, draft: tuple) -> None:
    client = signed_in(world, "kim")
    sentence = draft[1].sentences.first()
    address = reverse("reviews:sentence", args=[world.agreement.code, draft[0].pk, sentence.pk, "remove"])
    page = client.post(address, {"edition": 1}, follow=True).content.decode()
    back = reverse("reviews:sentence", args=[world.agreement.code, draft[0].pk, sentence.pk, "restore"])
    assert f'action="{back}"' in page
    client.post(back)
    assert texts(draft[1])[0] == "Nước rút chậm ở 3 xã."


def test_a_figure_is_looked_at_before_it_is_inserted(world: World, draft: tuple) -> None:
    address = addresses(world, *draft)["add-figure"]
    client = signed_in(world, "kim")
    asked = {
        "indicator": "visits",
        "unit": world.ct.pk,
        "period": "2020-01",
        "compare": "year",
        "target": "on",
    }
    looked = client.get(address, asked).content.decode()
    assert "1/1" in looked
    before = len(texts(draft[1]))
    assert client.post(address, asked).status_code == 302
    assert len(texts(draft[1])) == before + 1
    assert "năm 2019" not in texts(draft[1])[-1] and "tháng 1/2019" in texts(draft[1])[-1]


def test_the_trace_page_leads_to_the_reports(world: World, draft: tuple) -> None:
    page = signed_in(world, "chi").get(addresses(world, *draft)["figure"]).content.decode()
    report = world.agreement.reports.get(unit=world.ct)
    assert report.get_absolute_url() in page
    assert "Cần Thơ" in page


def test_the_trace_page_does_not_lead_where_the_reader_may_not_go(world: World, draft: tuple) -> None:
    Review.objects.update(state="issued")
    report = world.agreement.reports.get(unit=world.ct)
    for name in ("lan", "minh"):
        client = signed_in(world, name)
        page = client.get(addresses(world, *draft)["figure"]).content.decode()
        assert "Cần Thơ" in page
        assert (report.get_absolute_url() in page) is (
            client.get(report.get_absolute_url()).status_code == 200
        )


def test_a_reporter_is_led_only_to_the_reports_he_may_read(world: World, draft: tuple) -> None:
    Review.objects.update(state="issued", issued_at=KIM_AT)
    address, report = addresses(world, *draft)["figure"], world.agreement.reports.get(unit=world.ct)
    assert report.get_absolute_url() in signed_in(world, "lan").get(address).content.decode()
    page = signed_in(world, "minh").get(address).content.decode()
    assert "Cần Thơ" in page and report.get_absolute_url() not in page


def test_a_recalled_review_says_so(world: World, draft: tuple) -> None:
    Review.objects.update(state="recalled", issued_at=KIM_AT)
    Recall.objects.create(review=draft[0], reason="Sai số liệu", author="user:1", at=KIM_AT)
    page = signed_in(world, "lan").get(draft[0].get_absolute_url()).content.decode()
    assert "Sai số liệu" in page and "ĐÃ THU HỒI" in page


@pytest.mark.parametrize("extra", [1, 3])
def test_pages_ask_the_database_a_fixed_number_of_times(
    world: World, draft: tuple, extra: int, django_assert_max_num_queries
) -> None:
    review, block = draft
    for n in range(extra):
        sentences.write(review=review, block=block, text=f"Câu {n}.", by=world.by("kim"), at=KIM_AT)
    client = signed_in(world, "kim")
    found = addresses(world, *draft)
    for name, most in {
        "review": 12,
        "edit": 12,
        "figures": 12,
        "figure": 12,
        "history": 12,
        "index": 8,
        "issue": 13,  # 12 where a page has a snapshot of its own: the stamps are asked once
    }.items():
        client.get(found[name])
        with django_assert_max_num_queries(most, info=name):
            assert client.get(found[name]).status_code == 200


@pytest.mark.requirement(38)
def test_issuing_lists_what_is_lacking_asks_and_keeps_the_files(world: World, draft: tuple) -> None:
    address = addresses(world, *draft)["issue"]
    client = signed_in(world, "kim")
    page = client.get(address).content.decode()
    assert "Văn bản chưa có số." in page and "An Giang · Báo cáo tháng: 0/1" in page
    asked = client.post(address)
    assert asked.status_code == 409 and "Còn thiếu" in asked.content.decode()
    assert client.post(address, {"confirmed": "on"}).status_code == 302
    review = Review.objects.get()
    assert review.state == "issued"
    assert DBTaskResult.objects.get().args_kwargs["args"] == [review.pk]
    keep_issued.func(review.pk)
    answer = client.get(addresses(world, *draft)["file"])
    kept = review.files.get(format="docx").document
    assert hashlib.sha256(b"".join(answer.streaming_content)).hexdigest() == kept.sha256


def test_a_new_review_is_built_from_the_form(world: World, draft: tuple) -> None:
    address = addresses(world, *draft)["new"]
    client = signed_in(world, "kim")
    wrong = client.post(address, {"period": "2020-13", "language": "vi"}).content.decode()
    assert "2020-13" in wrong and Review.objects.count() == 1
    assert client.post(address, {"period": "2020-Q1", "language": "vi"}).status_code == 302
    assert Review.objects.get(period="2020-Q1").figures.exists()


def test_an_issued_review_is_corrected_and_recalled_with_a_reason(world: World, draft: tuple) -> None:
    review = draft[0]
    issuing.issue(review=review, by=world.by("kim"), at=KIM_AT, confirmed=True)
    client = signed_in(world, "kim")
    correct = reverse("reviews:correct", args=[world.agreement.code, review.pk])
    assert client.post(correct, {"reason": ""}).status_code == 200
    assert client.post(correct, {"reason": "Sai tên"}).status_code == 302
    new = Review.objects.get(corrects=review)
    assert "Đang chuẩn bị bản thay thế." in client.get(review.get_absolute_url()).content.decode()
    assert new.is_draft
    recall = reverse("reviews:move", args=[world.agreement.code, review.pk, "recall"])
    assert client.post(recall, {"reason": "Sai số liệu"}).status_code == 302
    assert "Sai số liệu" in signed_in(world, "lan").get(review.get_absolute_url()).content.decode()
