"""What a first draft will hold, before anything is written: tables, charts, the units' words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.lib import periods
from giaoban.lib.text import pick, roman
from giaoban.reportforms.models import Indicator, Regime
from giaoban.reviews import deeds, outline, picking, wording
from giaoban.reviews.labels import inline_period
from giaoban.reviews.models import Figure
from giaoban.reviews.picking import Picked, Rule
from giaoban.reviews.queries import narratives
from giaoban.reviews.queries.asking import Completeness, completeness
from giaoban.reviews.questions import Question
from giaoban.reviews.tables import Layout, of_indicators, of_periods, of_units, pages
from giaoban.units.models import Unit
from giaoban.units.queries import specified

MONTHS_SHOWN = 4
CHARTS = 2


@dataclass
class Planned:
    """A block to be: a table with its charts (column, form, caption), a note, or a paragraph."""

    layout: Layout | None = None
    charts: list[tuple[int, str, str]] = field(default_factory=list)
    note: str = ""
    lead: str = ""
    picked: list[Picked] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    words: Callable[[Mapping[Question, Figure]], list[Picked]] | None = None

    def sentences(self, figures: Mapping[Question, Figure]) -> list[Picked]:
        """The sentences of a paragraph, once its figures have numbers."""
        return self.words(figures) if self.words else self.picked


@dataclass
class Draft:
    """Per section code, the blocks in order."""

    sections: dict[str, list[Planned]] = field(default_factory=dict)
    narratives: int = 0

    @property
    def questions(self) -> list[Question]:
        """Every question of the draft, each once, in reading order."""
        parts = [part for parts in self.sections.values() for part in parts]
        asked = [q for p in parts for q in ([*p.questions, *(p.layout.questions if p.layout else ())])]
        return list(dict.fromkeys(asked))


@dataclass
class _Ground:
    """What the plan stands on, read once."""

    agreement: Agreement
    period: str
    language: str
    groups: list[tuple[str, list[Indicator]]]
    units: list[Unit]
    said: dict[str, list[narratives.Narrative]]
    rule: Rule
    rule_stated: bool = False

    @property
    def indicators(self) -> list[Indicator]:
        return [indicator for _title, group in self.groups for indicator in group]

    @property
    def total(self) -> Unit:
        return self.agreement.lead


def plan_draft(agreement: Agreement, period: str, language: str) -> Draft:
    """Plan every section as the outline says. Reads; asks no roll-up but the completeness."""
    picked = picking.newest(narratives.found(agreement, period, narratives.questions(agreement, language)))
    ground = _Ground(
        agreement, period, language, content_groups(agreement, language), parties(agreement, period),
        picking.by_section(agreement, picked), Rule.of(agreement),
    )  # fmt: skip
    draft = Draft(narratives=len(picked))
    with translation.override(language):
        for section in outline.sections(agreement):
            parts = [part for fill in section["fill"] for part in _FILLS[fill](ground, section["code"])]
            draft.sections[section["code"]] = parts
    return draft


def content_groups(agreement: Agreement, language: str) -> list[tuple[str, list[Indicator]]]:
    """The sections of the report forms with their indicators, each indicator where it stands first."""
    rest = {i.code: i for i in Indicator.objects.filter(agreement=agreement) if not i.is_text}
    groups = []
    regimes = (
        Regime.objects.filter(agreement=agreement).select_related("form").order_by("reconciles_id", "id")
    )
    for regime in sorted(regimes, key=lambda r: (r.reconciles_id is not None, r.pk)):
        for section in regime.form.current.sections:
            found = [rest.pop(code) for code in section.get("indicators", []) if code in rest]
            title = pick(section.get("title") or {}, language) or pick(regime.form.names, language)
            if found:
                groups.append((title, found))
    if rest:
        with translation.override(language):
            groups.append((_("Other indicators"), sorted(rest.values(), key=lambda i: (i.position, i.pk))))
    return groups


def parties(agreement: Agreement, period: str) -> list[Unit]:
    """The parties of the agreement that existed in the period, the coordinating unit left out; by code."""
    first, last = narratives.days_of(agreement, period)
    ids = {v.unit_id for v in specified(agreement.parties, agreement.lead_id) if v.overlaps(first, last)}
    return list(Unit.objects.filter(pk__in=ids - {agreement.lead_id}).order_by("level", "code"))


def parts_of(period: str, frequency: str) -> list[str]:
    """The months of a longer period, or its quarters where reports are quarterly; none within a month."""
    asked = periods.parse(period)
    if asked.kind not in ("quarter", "half", "nine-month", "year"):
        return []
    kind = "quarter" if frequency in ("quarter",) and asked.kind != "quarter" else "month"
    if frequency in ("half", "nine-month", "year") or (frequency == "quarter" and asked.kind == "quarter"):
        return []
    first, last = asked.months
    length = 3 if kind == "quarter" else 1
    return [
        periods.Period(kind, asked.year, (month - 1) // length + 1).text
        for month in range(first, last + 1, length)
    ]


# ---------------------------------------------------------------------- fills


def _completeness(ground: _Ground, section: str) -> list[Planned]:
    found = completeness(ground.agreement, ground.period)
    regimes = {c.regime.pk: c.regime for c in found}
    return [
        part
        for regime in regimes.values()
        if (part := _complete_part(ground, regime, [c for c in found if c.regime == regime]))
    ]


def _complete_part(ground: _Ground, regime: Regime, found: list[Completeness]) -> Planned | None:
    code = next((i.code for i in _asked(regime, ground.indicators) if not i.is_computed), None)
    if code is None or regime.reconciles_id is not None:
        return None
    whole = Question(indicator=code, unit=ground.total.pk, period=ground.period)
    late = [c.unit for c in found if c.accepted < c.due]
    each = {unit: Question(indicator=code, unit=unit.pk, period=ground.period) for unit in late}

    def words(figures: Mapping[Question, Figure]) -> list[Picked]:
        stands = wording.placeholder(figures[whole].number, "complete")
        told = {
            "regime": pick(regime.names, ground.language),
            "period": inline_period(ground.period, ground.language),
        }
        with translation.override(ground.language):
            said = [
                _("%(regime)s, %(period)s: reports accepted of those due: %(figure)s.")
                % {**told, "figure": stands}
            ]
            if late:
                names = [
                    f"{u.name} ({wording.placeholder(figures[q].number, 'complete')})"
                    for u, q in each.items()
                ]
                said.append(_("Not complete: %(units)s.") % {"units": "; ".join(names)})
        return [Picked(text) for text in said]

    return Planned(questions=[whole, *each.values()], words=words)


def _asked(regime: Regime, indicators: Sequence[Indicator]) -> list[Indicator]:
    codes = set(regime.form.current.indicator_codes)
    return [i for i in indicators if i.code in codes]


def _totals(ground: _Ground, section: str) -> list[Planned]:
    return [
        Planned(of_indicators(
            group, ground.total, ground.period, ground.language,
            caption=f"{title} – {ground.total.name}, {inline_period(ground.period, ground.language)}",
        ))
        for title, group in ground.groups
    ]  # fmt: skip


def _months(ground: _Ground, section: str) -> list[Planned]:
    shown = ground.indicators[:MONTHS_SHOWN]
    regimes = Regime.objects.filter(agreement=ground.agreement, reconciles=None).order_by("id")
    frequency = next((r.frequency for r in regimes), "month")
    parts = [part for part in parts_of(ground.period, frequency) if _in_term(ground.agreement, part)]
    if not shown or len(parts) < 2:
        return []
    caption = _("Course of the period – %(unit)s") % {"unit": ground.total.name}
    layout = of_periods(shown, ground.total, parts, ground.language, caption=caption)
    charts = [(n, "line", pick(i.names, ground.language) or i.code) for n, i in enumerate(shown[:CHARTS])]
    return [Planned(layout, charts)]


def _in_term(agreement: Agreement, period: str) -> bool:
    """Does the period share a day with the agreement?"""
    first, last = narratives.days_of(agreement, period)
    return agreement.starts_on <= last and (agreement.ends_on is None or first <= agreement.ends_on)


def _unit_tables(ground: _Ground, section: str) -> list[Planned]:
    planned = []
    for n, group in enumerate(pages(ground.indicators), start=1):
        caption = _("Figures by unit (%(n)s), %(period)s") % {
            "n": roman(n), "period": inline_period(ground.period, ground.language),
        }  # fmt: skip
        layout = of_units(group, ground.units, ground.total, ground.period, ground.language, caption=caption)
        charts = [(0, "bar", pick(group[0].names, ground.language) or group[0].code)] if n == 1 else []
        planned.append(Planned(layout, charts))
    return planned


def _by_unit(ground: _Ground, section: str) -> list[Planned]:
    """A paragraph per unit."""
    found = picking.by_unit(ground.said.get(section, []), ground.rule, ground.language)
    return _with_rule(ground, [Planned(lead=unit.name, picked=picked) for unit, picked in found.items()])


def _by_answer(ground: _Ground, section: str) -> list[Planned]:
    """A paragraph per answer; units that said the same share it."""
    found = picking.by_answer(ground.said.get(section, []), ground.rule, ground.language)
    return _with_rule(ground, [Planned(picked=picked) for picked in found])


def _with_rule(ground: _Ground, planned: list[Planned]) -> list[Planned]:
    """The rule stands in front, in full the first time."""
    if not planned:
        return []
    note = _("Chosen by the rule stated above.") if ground.rule_stated else str(ground.rule)
    ground.rule_stated = True
    return [Planned(note=note), *planned]


def _tasks(ground: _Ground, section: str) -> list[Planned]:
    """Plan against result: a sentence that counts, then a paragraph per content group."""
    first, last = narratives.days_of(ground.agreement, ground.period)
    tasks = deeds.tasks_in(ground.agreement, first, last)
    if not tasks:
        return []
    groups: dict[str, list[Picked]] = {}
    for task in tasks[: deeds.MOST]:
        title = pick(task.group.titles, ground.language) if task.group else _("Other tasks")
        groups.setdefault(title, []).append(deeds.of_task(task, ground.language, last))
    counted = Planned(note=deeds.counted(tasks, last))
    return [counted, *(Planned(lead=title, picked=picked) for title, picked in groups.items())]


def _conclusions(ground: _Ground, section: str) -> list[Planned]:
    """What was concluded last time, and what came of it: a paragraph each."""
    first, last = narratives.days_of(ground.agreement, ground.period)
    tasks = deeds.conclusions_in(ground.agreement, first, last)
    return [Planned(picked=[deeds.of_task(task, ground.language, last)]) for task in tasks]


def _coming(ground: _Ground, section: str) -> list[Planned]:
    """What the plan says of the period that follows: a paragraph per task."""
    following = periods.following(periods.parse(ground.period))
    first, last = narratives.days_of(ground.agreement, following.text)
    tasks = deeds.coming_in(ground.agreement, first, last)
    return [Planned(picked=[deeds.of_plan(task, ground.language)]) for task in tasks]


def _typical(ground: _Ground, section: str) -> list[Planned]:
    """A paragraph per typical activity."""
    first, last = narratives.days_of(ground.agreement, ground.period)
    found = deeds.typical_in(ground.agreement, first, last)
    return [Planned(lead=a.title, picked=deeds.of_activity(a, ground.language)) for a in found]


_FILLS: dict[str, Callable[[_Ground, str], list[Planned]]] = {
    "completeness": _completeness,
    "totals": _totals,
    "months": _months,
    "unit_tables": _unit_tables,
    "narratives": _by_answer,
    "by_unit": _by_unit,
    "tasks": _tasks,
    "conclusions": _conclusions,
    "coming": _coming,
    "typical": _typical,
}
