"""Tasks and duties point to the article they carry out, and the article's page names them."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from giaoban.agreements.models import Article
from giaoban.agreements.tests import texts
from giaoban.core.refused import Refused
from giaoban.plans import actions
from giaoban.plans.models import Duty, Task
from giaoban.plans.tests import story
from giaoban.plans.tests.story import AT

matching = import_module("giaoban.plans.migrations.0003_article")


@pytest.fixture
def principles(world) -> Article:
    """Article 2 of the text in force."""
    return texts.words(texts.signed(world), "Điều 2").article


def page(article, client, person):
    client.force_login(person)
    return client.get(reverse("agreements:article", args=["phoi-hop", article.pk]))


@pytest.mark.requirement(11)
def test_the_page_of_an_article_names_the_tasks_that_carry_it_out(world, client, principles):
    plan = story.plan(world)
    mine = actions.add_task(
        plan=plan, content=story.content(world, article=principles), by=world.by("alice"), at=AT
    )
    other = story.content(
        world, article=principles, lead=world.units["P2"], titles={"vi": "Việc của Đồng Tháp"}
    )
    actions.add_task(plan=plan, content=other, by=world.by("alice"), at=AT)
    told = page(principles, client, world.people["alice"]).content.decode()
    assert mine.get_absolute_url() in told and "Việc của Đồng Tháp" in told
    told = page(principles, client, world.people["bob"]).content.decode()
    assert mine.get_absolute_url() in told and "Việc của Đồng Tháp" not in told
    assert page(principles, client, world.people["charlie"]).status_code == 404


def test_a_task_leads_to_its_article_and_the_list_filters_by_it(world, client, principles):
    plan = story.plan(world)
    by = world.by("alice")
    task = actions.add_task(plan=plan, content=story.content(world, article=principles), by=by, at=AT)
    actions.add_task(plan=plan, content=story.content(world, titles={"vi": "Việc khác"}), by=by, at=AT)
    client.force_login(world.people["alice"])
    shown = client.get(task.get_absolute_url()).content.decode()
    assert reverse("agreements:article", args=["phoi-hop", principles.pk]) in shown
    listed = client.get(
        reverse("plans:tasks", args=["phoi-hop"]), {"article": principles.pk}
    ).content.decode()
    assert "Tập huấn" in listed and "Việc khác" not in listed


def test_the_form_offers_the_articles_in_force(world, client, principles):
    plan = story.plan(world)
    client.force_login(world.people["alice"])
    address = reverse("plans:task-new", args=["phoi-hop"])
    form = client.get(address).context["form"]
    offered = [str(label) for _key, label in form.fields["article"].choices][1:5]
    assert [label.split(".")[0] for label in offered] == ["Chương I", "Điều 1", "Điều 2", "Khoản 1 Điều 2"]
    assert "article_words" not in form.fields
    answer = client.post(address, {
        "plan": plan.pk, "name_vi": "Họp giao ban", "lead": "P1", "due_on": "30/06/2026", "article": principles.pk,
    })  # fmt: skip
    assert answer.status_code == 302
    assert Task.objects.get(titles__vi="Họp giao ban").article == principles


def test_without_a_text_the_article_is_said_in_words(world, client):
    story.plan(world)
    client.force_login(world.people["alice"])
    form = client.get(reverse("plans:task-new", args=["phoi-hop"])).context["form"]
    assert "article" not in form.fields and "article_words" in form.fields


def test_an_article_of_another_agreement_is_refused(world, principles):
    principles.agreement = world.elsewhere
    principles.save()
    plan = story.plan(world)
    with pytest.raises(Refused) as told:
        actions.add_task(
            plan=plan, content=story.content(world, article=principles), by=world.by("alice"), at=AT
        )
    assert told.value.field == "article"
    fields = {"titles": {"vi": "Họp"}, "lead": world.units["R"], "month": 2, "day": 1, "article": principles}
    with pytest.raises(Refused):
        actions.keep_part(agreement=world.agreement, kind=Duty, fields=fields, by=world.by("alice"), at=AT)
    assert not Duty.objects.exists() and not Task.objects.exists()


def test_a_duty_lays_its_article_into_the_plan(world, principles):
    fields = {"titles": {"vi": "Họp"}, "lead": world.units["R"], "month": 2, "day": 1, "article": principles}
    actions.keep_part(agreement=world.agreement, kind=Duty, fields=fields, by=world.by("alice"), at=AT)
    assert story.plan(world).tasks.get().article == principles


def test_words_that_name_an_article_in_force_become_a_link(world, principles):
    clause = Article.objects.get(agreement=world.agreement, labels__vi="Khoản 1 Điều 2")
    plan = story.plan(world)
    for words in ("Điều 2", "Điều 2, khoản 1", "Khoản 1 Điều 2", "Điều 2 Nghị định 09/2019", "Điều 40"):
        actions.add_task(
            plan=plan, content=story.content(world, article_words=words), by=world.by("alice"), at=AT
        )
    matching.match(apps)
    found = [(t.article, t.article_words) for t in plan.tasks.order_by("number")]
    assert found == [
        (principles, ""), (clause, ""), (clause, ""), (None, "Điều 2 Nghị định 09/2019"), (None, "Điều 40"),
    ]  # fmt: skip
