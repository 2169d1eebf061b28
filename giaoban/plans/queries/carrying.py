"""Questions about which work carries an article out."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from giaoban.agreements.models import Agreement, Article
from giaoban.agreements.queries import agreements_of
from giaoban.core.actors import Actor
from giaoban.plans.models import Duty, Task
from giaoban.plans.policy import TASKS


def tasks_under(articles: Sequence[Article], by: Actor) -> QuerySet[Task]:
    """The tasks that point to these articles and that the actor may read, the latest due first."""
    rows = Task.objects.filter(TASKS.q(by, "read"), article__in=articles)
    return rows.select_related("agreement", "lead", "plan__unit").order_by("-due_on", "pk")


def duties_under(articles: Sequence[Article], by: Actor) -> QuerySet[Duty]:
    """The duties of every year that point to these articles, of agreements the actor may read."""
    rows = Duty.objects.filter(article__in=articles, agreement__in=agreements_of(by).values("pk"))
    return rows.select_related("agreement", "lead")


def articles_at_work(agreement: Agreement, by: Actor) -> list[Article]:
    """The articles that tasks of the agreement point to, in reading order. One query."""
    used = Task.objects.filter(TASKS.q(by, "read"), agreement=agreement).exclude(article=None)
    return list(Article.objects.filter(pk__in=used.values("article")).order_by("agreement_id", "position"))
