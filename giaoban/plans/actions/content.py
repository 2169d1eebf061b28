"""What a task says, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement, Article
from giaoban.agreements.queries.text import may_carry_out
from giaoban.core.refused import Refused
from giaoban.lib.text import fold, nfc
from giaoban.plans.models import Campaign, Group, Plan, Scheme, Target, Task
from giaoban.units.models import Unit

LINKS = ("support", "targets")


@dataclass(frozen=True, kw_only=True)
class Content:
    """The words and links of a task, as its fields."""

    titles: Mapping[str, str]
    lead: Unit
    due_on: date
    support: Sequence[Unit] = ()
    starts_on: date | None = None
    output: str = ""
    measure: str = ""
    wanted: Decimal | None = None
    article: Article | None = None
    article_words: str = ""
    group: Group | None = None
    campaign: Campaign | None = None
    scheme: Scheme | None = None
    targets: Sequence[Target] = ()

    @classmethod
    def of(cls, task: Task) -> Content:
        """What a task says now."""
        names = [name for name in cls.__dataclass_fields__ if name not in LINKS]
        links = {name: list(getattr(task, name).all()) for name in LINKS}
        return cls(**{name: getattr(task, name) for name in names}, **links)

    def fields(self) -> dict[str, Any]:
        """As fields of the row, texts trimmed."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__ if name not in LINKS}
        plain["titles"] = {lang: nfc(text).strip() for lang, text in self.titles.items() if text.strip()}
        for name in ("output", "measure", "article_words"):
            plain[name] = nfc(plain[name]).strip()
        plain["folded"] = fold(" ".join((*plain["titles"].values(), plain["output"])))
        return plain

    def check(self, plan: Plan) -> None:
        """Refuses, at its field, what cannot stand in the plan."""
        if not any(text.strip() for text in self.titles.values()):
            raise Refused(_("Say what is to be done."), field="name_vi")
        if self.due_on.year < plan.year:
            raise Refused(_("The due day lies before the year of the plan."), field="due_on")
        if self.starts_on and self.starts_on > self.due_on:
            raise Refused(_("The task begins after its due day."), field="starts_on")
        if self.lead in self.support:
            raise Refused(_("The lead unit does not support itself."), field="support")
        _refuse_ended([self.lead], "lead", self.starts_on or date(plan.year, 1, 1))
        _refuse_ended(self.support, "support", self.starts_on or date(plan.year, 1, 1))
        for row in (self.group, self.campaign, self.scheme, *self.targets):
            if row is not None and row.agreement_id != plan.agreement_id:
                raise Refused(_("Choose something of this agreement."))
        refuse_article(plan.agreement, self.article)


def refuse_article(agreement: Agreement, article: Article | None) -> None:
    """Refuses what stands in another agreement's text."""
    if not may_carry_out(agreement.pk, agreement.parent_id, article):
        raise Refused(_("Choose an article of this agreement."), field="article")


def _refuse_ended(units: Sequence[Unit], field: str, day: date) -> None:
    for unit in units:
        if unit.valid_to and unit.valid_to <= day:
            raise Refused(_("%(unit)s does not exist any more then.") % {"unit": unit}, field=field)
