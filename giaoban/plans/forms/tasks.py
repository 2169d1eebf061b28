"""Forms of tasks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.agreements.forms.choosing import ArticleField
from giaoban.agreements.models import Agreement
from giaoban.core.actors import Actor
from giaoban.core.fields import DayField
from giaoban.core.language import reader_language
from giaoban.lib import numbers
from giaoban.lib.errors import LibError
from giaoban.plans.actions import Content
from giaoban.plans.forms.carrying import choose_article
from giaoban.plans.models import Plan, Task, TaskState
from giaoban.plans.queries import targets_of, writable_plans
from giaoban.units.forms import UnitField, UnitsField, written

DECIMALS = 3


class FigureField(forms.CharField):
    """A number as the reader writes it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            found = numbers.parse_local(text, reader_language(), DECIMALS)
        except LibError as error:
            raise forms.ValidationError(_(error.template) % error.params) from None
        if abs(found) >= Decimal(10) ** 16:
            raise forms.ValidationError(_("This number is too large."))
        return found

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        return numbers.show(value, shown_decimals(value), reader_language())


def shown_decimals(value: Decimal) -> int:
    """How many decimals a figure of a task needs, three at most."""
    exponent = value.normalize().as_tuple().exponent
    return min(max(-exponent, 0), DECIMALS) if isinstance(exponent, int) else 0


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let the field choose among these rows, read once; without any there is no field."""
    field: Any = form.fields[name]
    field.queryset = rows
    choices = [(row.pk, field.label_from_instance(row)) for row in rows]
    if not choices and not field.required:
        del form.fields[name]
        return
    empty = getattr(field, "empty_label", None) is not None
    field.choices = [("", "—"), *choices] if empty else choices


class TargetChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.indicator} · {obj.unit} · {obj.period}"


class TaskForm(forms.Form):
    """A new task, or other words for one."""

    plan = forms.ModelChoiceField(Plan.objects.none(), label=gettext_lazy("Plan"), empty_label=None)
    name_vi = forms.CharField(
        label=gettext_lazy("Task in Vietnamese"), max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )
    name_en = forms.CharField(
        label=gettext_lazy("Task in English"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    group = forms.ModelChoiceField(None, label=gettext_lazy("Content group"), required=False)
    lead = UnitField(label=gettext_lazy("Lead unit"))
    support = UnitsField(label=gettext_lazy("Supporting units"), required=False)
    starts_on = DayField(label=gettext_lazy("From"), required=False)
    due_on = DayField(label=gettext_lazy("Due"))
    output = forms.CharField(label=gettext_lazy("Expected output"), max_length=600, required=False)
    measure = forms.CharField(
        label=gettext_lazy("Unit of measure of the result"), max_length=60, required=False,
        help_text=gettext_lazy("Where the result can be counted: courses, people, stations."),
    )  # fmt: skip
    wanted = FigureField(label=gettext_lazy("Planned figure"))
    article = ArticleField()
    article_words = forms.CharField(
        label=gettext_lazy("Article it carries out, in words"), max_length=120, required=False,
        help_text=gettext_lazy("For example: Article 5, clause 2."),
    )  # fmt: skip
    campaign = forms.ModelChoiceField(None, label=gettext_lazy("Campaign"), required=False)
    scheme = forms.ModelChoiceField(None, label=gettext_lazy("Scheme"), required=False)
    targets = TargetChoice(None, label=gettext_lazy("Targets on indicators"), required=False)

    def __init__(
        self, *args: Any, agreement: Agreement, by: Actor, day: date, task: Task | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if task is not None:
            del self.fields["plan"]
        else:
            offer(self, "plan", writable_plans(agreement, by))
        offer(self, "group", agreement.task_groups.all())
        offer(self, "campaign", agreement.campaigns.all())
        offer(self, "scheme", agreement.schemes.all())
        choose_article(self, agreement, task)
        offer(self, "targets", targets_of(agreement).order_by("-period", "indicator__position"))
        self.fields["lead"].of(by, day)
        self.fields["support"].of(by, day)

    def given(self) -> dict[str, Any]:
        """`content`, and the plan of a new task."""
        data = dict(self.cleaned_data)
        plan = data.pop("plan", None)
        titles = {"vi": data.pop("name_vi"), "en": data.pop("name_en")}
        content = Content(titles=titles, **data)
        return {"content": content, **({"plan": plan} if plan else {})}


def initial(task: Task) -> dict[str, Any]:
    """What TaskForm starts with."""
    said = Content.of(task)
    given = {name: getattr(said, name) for name in Content.__dataclass_fields__}
    given["support"] = "\n".join(written(unit) for unit in said.support)
    return given | {"name_vi": said.titles.get("vi", ""), "name_en": said.titles.get("en", "")}


class ProgressForm(forms.Form):
    """How far a task is."""

    said = forms.ChoiceField(label=gettext_lazy("The task is"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("Result, or how far the work is"), max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    figure = FigureField(label=gettext_lazy("Figure reached"))
    delay = forms.CharField(
        label=gettext_lazy("Reason for the delay"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, task: Task, leads: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said"].choices = [
            (TaskState.PROGRESS.value, _("in progress")), (TaskState.DONE.value, _("done")),
        ]  # fmt: skip
        if task.measure:
            self.fields["figure"].help_text = task.measure
        else:
            del self.fields["figure"]
        if not leads:
            del self.fields["said"], self.fields["delay"]


class CarryForm(forms.Form):
    """To which year a task goes on, until when, and why."""

    year = forms.IntegerField(label=gettext_lazy("Into the plan of"), min_value=1990, max_value=2200)
    due_on = DayField(label=gettext_lazy("New due day"))
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )  # fmt: skip

    def __init__(self, *args: Any, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needed
