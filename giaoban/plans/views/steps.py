"""How a plan goes on: its words, to the parties, approved, issued; its document and remarks."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from giaoban.core.language import reader_language
from giaoban.core.pages.asking import ask
from giaoban.lib.text import slug
from giaoban.plans import actions, queries
from giaoban.plans.composing import DOCX, written
from giaoban.plans.forms.plans import IssueForm, RemarkForm, WordsForm
from giaoban.plans.forms.tasks import ReasonForm
from giaoban.plans.models import PlanState
from giaoban.plans.policy import PLANS
from giaoban.plans.views.plans import crumbs


@login_required
def edit(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.plan_for(request.by, agreement, pk, "write")
    first = {"name_vi": row.titles.get("vi", ""), "name_en": row.titles.get("en", ""), "purpose": row.purpose}
    form = WordsForm(request.POST or None, initial=first)
    return ask(
        request, form, lambda **given: _done(actions.edit_plan(plan=row, by=request.by, at=request.at, **given)),
        title=_("Change the plan"), back=row.get_absolute_url(), agreement=row.agreement,
        crumbs=[*crumbs(row.agreement), (row, row.get_absolute_url())], done=_("The plan is changed."),
    )  # fmt: skip


@login_required
def move(request: HttpRequest, agreement: str, pk: int, name: str) -> HttpResponse:
    """Confirm and make one move; issuing asks for number and day."""
    step = PLANS.moves.get(name)
    if step is None:
        raise Http404
    row = queries.plan_for(request.by, agreement, pk, step.right)
    if name == "issue":
        form: Any = IssueForm(request.POST or None, initial={"issued_on": request.by.day})
    else:
        form = ReasonForm(request.POST if request.method == "POST" else None, needed=step.reason)

    def act(**given: Any) -> None:
        if name == "issue":
            actions.issue_plan(plan=row, by=request.by, at=request.at, **given)
        else:
            actions.move_plan(plan=row, name=name, by=request.by, at=request.at, **given)

    lead = f"{row} · {_('What follows:')} {step.effect}." if step.effect else str(row)
    return ask(
        request, form, act, title=step.label, action=step.label, lead=lead, back=row.get_absolute_url(),
        agreement=row.agreement, crumbs=[*crumbs(row.agreement), (row, row.get_absolute_url())],
        done=_("Done: %(move)s.") % {"move": step.label},
    )  # fmt: skip


@login_required
def paper(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """The document: as it was issued, else a draft in the reader's language."""
    row = queries.plan_for(request.by, agreement, pk)
    if row.state == PlanState.ISSUED and row.paper:
        return FileResponse(row.paper.file.open("rb"), as_attachment=True, filename=row.paper.name)
    answer = HttpResponse(written(row, reader_language()), content_type=DOCX)
    name = slug(f"plan {row.year} {row.unit.code if row.unit else row.agreement.code} draft")
    answer["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return answer


@login_required
def remark(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.plan_for(request.by, agreement, pk, "remark")
    held = [m.unit for m in request.by.memberships if m.agreement_id == row.agreement_id]
    unit = held[0] if held else None
    return ask(
        request, RemarkForm(request.POST or None),
        lambda text: _done(actions.remark(plan=row, unit=unit, text=text, by=request.by, at=request.at)),
        title=_("Write a remark"), about=row, back=row.get_absolute_url(), agreement=row.agreement,
        crumbs=[*crumbs(row.agreement), (row, row.get_absolute_url())], done=_("The remark is kept."),
    )  # fmt: skip


def _done(_row: Any) -> None:
    return None
