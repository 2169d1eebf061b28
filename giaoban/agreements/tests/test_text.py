"""Alice writes the text, the parties sign it, a new version takes its place; the old one stays readable."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from giaoban.agreements import actions, queries, reading
from giaoban.agreements.jobs import put_versions_in_force
from giaoban.agreements.models import Article, State
from giaoban.agreements.queries.text import compared
from giaoban.agreements.tests.texts import AT, drafted, put_in_force, signed, words
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.documents.models import Paper

LATER = datetime(2021, 3, 1, 2, tzinfo=UTC)


def url(name, *args):
    return reverse(f"agreements:{name}", args=["phoi-hop", *args])


@pytest.mark.requirement(8)
def test_a_pasted_text_becomes_a_numbered_tree(world):
    version = drafted(world)
    assert [(n.kind, n.number["vi"], n.label["en"]) for n in queries.text_of(version)] == [
        ("chapter", "Chương I", "Chapter I"),
        ("article", "Điều 1", "Article 1"),
        ("article", "Điều 2", "Article 2"),
        ("clause", "1.", "Clause 1, Article 2"),
        ("clause", "2.", "Clause 2, Article 2"),
        ("point", "a)", "Point a, Clause 2, Article 2"),
        ("point", "b)", "Point b, Clause 2, Article 2"),
        ("chapter", "Chương II", "Chapter II"),
        ("article", "Điều 3", "Article 3"),
    ]
    assert version.bases == "Căn cứ Luật Tổ chức chính quyền địa phương;"
    scope = words(version, "Điều 1")
    assert (scope.titles, scope.texts) == (
        {"vi": "Phạm vi điều chỉnh"},
        {"vi": "Quy chế này quy định việc phối hợp giữa các bên."},
    )
    assert str(scope.article) == "Điều 1. Phạm vi điều chỉnh"


def test_points_bear_vietnamese_letters_and_long_openings_are_text(world):
    lines = "\n".join(f"{letter}) việc thứ nhất;" for letter in "abcdđeg")
    found, loose = reading.pieces(f"mở đầu\nĐiều 1. Các bên thống nhất những việc sau:\n{lines}\nviết tiếp")
    assert loose == ["mở đầu"]
    assert (found[0].title, found[0].text) == ("", "Các bên thống nhất những việc sau:")
    assert len(found) == 8 and found[-1].text == "việc thứ nhất;\nviết tiếp"
    version = actions.begin_version(agreement=world.agreement, by=world.by("alice"), at=AT)
    actions.paste_text(version=version, text=f"Điều 1.\n{lines}", language="vi", by=world.by("alice"), at=AT)
    numbers = [n.number["en"] for n in queries.text_of(version)[1:]]
    assert numbers == ["a)", "b)", "c)", "d)", "đ)", "e)", "g)"]


def test_a_second_language_goes_beside_the_first(world):
    version, given = drafted(world), {"language": "en", "by": world.by("alice", AT), "at": AT}
    english = """Chapter I
    GENERAL
    Article 1. Scope
    These rules govern the coordination.
    Article 2. Principles
    1. In time.
    2. Within competence:
    a) exchange of information;
    b) joint inspection.
    Chapter II
    REPORTS
    Article 3. Review
    Once a year."""
    actions.paste_text(version=version, text=english, **given)
    assert words(version, "Điểm b Khoản 2 Điều 2").texts == {
        "vi": "kiểm tra chung.",
        "en": "joint inspection.",
    }
    with pytest.raises(Refused) as told:
        actions.paste_text(version=version, text="Article 1. Scope", **given)
    assert told.value.field == "text"


def test_articles_are_added_shifted_changed_and_removed_in_a_draft(world):
    version, by = drafted(world), world.by("alice", AT)
    given = {"version": version, "texts": {"vi": "Lời mới."}, "by": by, "at": AT}
    behind = actions.add_article(
        kind="article", titles={"vi": "Mới"}, after=words(version, "Điều 1"), **given
    )
    assert words(version, "Điều 2") == behind
    actions.add_article(kind="clause", titles={}, parent=behind, **given)
    actions.shift_article(wording=behind, down=True, by=by, at=AT)
    assert words(version, "Điều 3") == behind
    actions.shift_article(wording=behind, down=True, by=by, at=AT)  # already the last of its chapter
    assert words(version, "Khoản 1 Điều 3").texts == {"vi": "Lời mới."}
    told = {"titles": {"vi": "Đã đổi"}, "texts": {}, "by": by, "at": AT}
    actions.change_article(wording=behind, edition=1, review_month=12, **told)
    with pytest.raises(Refused) as stale:
        actions.change_article(wording=behind, edition=1, **told)
    assert stale.value.details == {"code": "edition"}
    actions.remove_article(wording=words(version, "Chương I"), by=by, at=AT)
    assert [n.number["vi"] for n in queries.text_of(version)] == ["Chương I", "Điều 1"]
    verbs = set(
        AuditRow.objects.filter(subject=f"agreements.version:{version.pk}").values_list("verb", flat=True)
    )
    assert verbs >= {
        "begin version",
        "paste text",
        "add article",
        "shift article",
        "change article",
        "remove article",
    }


@pytest.mark.parametrize(
    ("kind", "under", "texts"),
    [
        ("clause", "Chương I", {"vi": "x"}),
        ("article", "Điều 1", {"vi": "x"}),
        ("point", None, {"vi": "x"}),
        ("article", None, {"vi": " "}),
        ("poem", None, {"vi": "x"}),
    ],
)
def test_what_does_not_belong_there_is_refused(world, kind, under, texts):
    version = drafted(world)
    parent = words(version, under) if under else None
    with pytest.raises(Refused):
        actions.add_article(
            version=version, kind=kind, titles={}, texts=texts, parent=parent, by=world.by("alice"), at=AT
        )
    assert version.wordings.count() == 9


@pytest.mark.requirement(9)
def test_a_signed_version_is_in_force_and_its_paper_in_the_register(world):
    version = signed(world, place="Cần Thơ", ends_on=date(2020, 12, 31))
    world.agreement.refresh_from_db()
    assert (version.state, world.agreement.state) == ("in_force", State.IN_FORCE)
    assert (world.agreement.number, world.agreement.ends_on) == ("01/QCPH", date(2020, 12, 31))
    assert (version.paper.number, version.paper.filing.agreement) == ("01/QCPH", world.agreement)
    assert [cell["name"] for cell in version.signatures] == ["Cần Thơ", "Đồng Tháp"]
    assert Article.objects.filter(is_in_force=True).count() == 9
    with pytest.raises(Refused) as locked:
        actions.remove_article(wording=words(version, "Điều 1"), by=world.by("alice"), at=AT)
    assert locked.value.details == {"code": "state"}


@pytest.fixture
def amended(world):
    """The first version in force, and a draft in which an article is changed, one added, a clause removed."""
    first = signed(world)
    given = {"by": world.by("alice", LATER), "at": LATER}
    second = actions.begin_version(agreement=world.agreement, **given)
    review = words(second, "Điều 3")
    texts = {"vi": "Các bên sơ kết mỗi năm hai lần."}
    actions.change_article(
        wording=review, titles=review.titles, texts=texts, edition=1, review_month=1, **given
    )
    actions.remove_article(wording=words(second, "Khoản 1 Điều 2"), **given)
    above = words(second, "Chương II")
    actions.add_article(
        version=second, kind="article", titles={"vi": "Kinh phí"}, texts={}, parent=above, **given
    )
    return first, second


@pytest.mark.requirement(9)
def test_the_differences_follow_each_article_through_its_numbers(amended):
    first, second = amended
    found = compared(first, second)
    pairs = {pair.node.label["vi"]: pair for pair in found if pair.new}
    assert [pair.node.label["vi"] for pair in found if pair.status == "removed"] == ["Khoản 1 Điều 2"]
    statuses = [(label, pair.status) for label, pair in pairs.items() if pair.status != "same"]
    assert statuses == [
        ("Khoản 1 Điều 2", "renumbered"),
        ("Điểm a Khoản 1 Điều 2", "renumbered"),
        ("Điểm b Khoản 1 Điều 2", "renumbered"),
        ("Điều 3", "changed"),
        ("Điều 4", "added"),
    ]
    changes = [(p.kind, p.text) for p in pairs["Điều 3"].texts if p.kind != "same"]
    assert changes == [("removed", "một"), ("added", "hai")]


@pytest.mark.requirement(9, 10)
def test_an_amendment_takes_effect_on_its_day_and_the_old_stays_readable(world, amended):
    first, second = amended
    world.agreement.refresh_from_db()
    assert world.agreement.state == State.AMENDED
    put_in_force(world, second, "05/QCPH", date(2021, 3, 1), date(2021, 4, 1), LATER)
    second.refresh_from_db()
    assert second.state == "signed" and queries.version_in_force(world.agreement) == first
    put_versions_in_force(datetime(2021, 3, 31, 16, tzinfo=UTC))  # still March in Viet Nam
    assert queries.version_in_force(world.agreement) == first
    for minute in (0, 10):  # the first of April there
        put_versions_in_force(datetime(2021, 3, 31, 18, minute, tzinfo=UTC))
    first.refresh_from_db()
    now = world.agreement
    now.refresh_from_db()
    assert (first.state, now.state, now.number) == ("replaced", State.IN_FORCE, "05/QCPH")
    old = Paper.objects.get(number="01/QCPH")
    assert (old.replaced_by.number, old.valid_to) == ("05/QCPH", date(2021, 4, 1))
    assert words(first, "Điều 3").texts == {"vi": "Các bên sơ kết mỗi năm một lần."}
    assert [(a.label, a.review_month) for a in queries.articles_reviewed_yearly(now)] == [("Điều 3", 1)]
    gone = words(first, "Khoản 1 Điều 2").article
    assert (gone.is_in_force, gone.label) == (False, "Khoản 1 Điều 2")


def test_what_cannot_be_signed_is_told(world):
    version = drafted(world)
    for signed_on, effective_on, field in (
        (date(2020, 1, 7), date(2020, 1, 8), "signed_on"),
        (date(2020, 1, 6), date(2020, 1, 5), "effective_on"),
    ):
        with pytest.raises(Refused) as told:
            put_in_force(world, version, "1", signed_on, effective_on, AT)
        assert told.value.field == field
    actions.remove_article(wording=words(version, "Chương I"), by=world.by("alice"), at=AT)
    actions.remove_article(wording=words(version, "Chương I"), by=world.by("alice"), at=AT)
    with pytest.raises(Refused):
        put_in_force(world, version, "1", date(2020, 1, 6), date(2020, 1, 6), AT)
    assert not Paper.objects.exists()
    with pytest.raises(Refused):
        actions.begin_version(agreement=world.agreement, by=world.by("alice"), at=AT)


def test_a_discarded_amendment_leaves_the_agreement_in_force(world):
    signed(world)
    by = world.by("alice", LATER)
    draft = actions.begin_version(agreement=world.agreement, by=by, at=LATER)
    with pytest.raises(Refused) as told:
        actions.discard(version=draft, reason=" ", by=by, at=LATER)
    assert told.value.field == "reason"
    actions.discard(version=draft, reason="Chưa cần.", by=by, at=LATER)
    world.agreement.refresh_from_db()
    assert world.agreement.state == State.IN_FORCE
    again = actions.begin_version(agreement=world.agreement, by=by, at=LATER)
    assert (again.number, again.based_on.number) == (3, 1)
