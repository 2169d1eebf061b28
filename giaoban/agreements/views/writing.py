"""Writing the text of a draft."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from giaoban.agreements import actions, queries
from giaoban.agreements.forms.text import HeadingForm, PasteForm, WordsForm
from giaoban.agreements.models import ArticleKind, Version, Wording
from giaoban.agreements.numbering import Node
from giaoban.agreements.views.versions import crumbs, done
from giaoban.core.pages.asking import ask, confirm

#: What is added, by kind.
ADD = {
    ArticleKind.CHAPTER: lambda: _("Add a chapter"),
    ArticleKind.ARTICLE: lambda: _("Add an article"),
    ArticleKind.CLAUSE: lambda: _("Add a clause"),
    ArticleKind.POINT: lambda: _("Add a point"),
}


@login_required
def heading(request: HttpRequest, agreement: str, number: int) -> HttpResponse:
    found, frame = _loaded(request, agreement, number)
    return ask(
        request, HeadingForm(request.POST or None, version=found),
        lambda **given: done(actions.describe_version, version=found, by=request.by, at=request.at, **given),
        title=_("Title, bases and term"), done=_("The draft is saved."), **frame,
    )  # fmt: skip


@login_required
def paste(request: HttpRequest, agreement: str, number: int) -> HttpResponse:
    found, frame = _loaded(request, agreement, number)
    return ask(
        request, PasteForm(request.POST or None),
        lambda **given: done(actions.paste_text, version=found, by=request.by, at=request.at, **given),
        title=_("Paste a whole text"), action=_("Take it apart"),
        lead=_("Told apart by how lines begin. A second language goes beside the first, article by article."),
        done=_("The text is taken apart. Look it over."), **frame,
    )  # fmt: skip


@login_required
def add(request: HttpRequest, agreement: str, number: int) -> HttpResponse:
    """Adds ?kind= under ?under= or behind ?after= (ids of wordings of this draft)."""
    found, frame = _loaded(request, agreement, number)
    kind = request.GET.get("kind", "")
    if kind not in ArticleKind.values:
        raise Http404(kind)
    parent, after = (_asked(request, found, name) for name in ("under", "after"))

    def act(**given: Any) -> str:
        made = actions.add_article(
            version=found, kind=kind, parent=parent, after=after, by=request.by, at=request.at, **given
        )
        return f"{found.get_absolute_url()}#w{made.pk}"

    return ask(
        request, WordsForm(request.POST or None, kind=kind), act, title=ADD[ArticleKind(kind)](),
        done=_("The draft is saved."), **frame,
    )  # fmt: skip


@login_required
def change(request: HttpRequest, agreement: str, number: int, wording: int) -> HttpResponse:
    found, frame = _loaded(request, agreement, number)
    node = _node(found, wording)

    def act(**given: Any) -> str:
        actions.change_article(wording=node.wording, by=request.by, at=request.at, **given)
        return f"{found.get_absolute_url()}#w{wording}"

    form = WordsForm(request.POST or None, kind=node.kind, wording=node.wording)
    return ask(request, form, act, title=_("Change %(article)s") % {"article": node.named},
               done=_("The draft is saved."), **frame)  # fmt: skip


@login_required
@require_POST
def shift(request: HttpRequest, agreement: str, number: int, wording: int) -> HttpResponse:
    found, _frame = _loaded(request, agreement, number)
    row = _node(found, wording).wording
    actions.shift_article(wording=row, down=request.POST.get("to") == "down", by=request.by, at=request.at)
    return HttpResponseRedirect(f"{found.get_absolute_url()}#w{wording}")


@login_required
def remove(request: HttpRequest, agreement: str, number: int, wording: int) -> HttpResponse:
    found, frame = _loaded(request, agreement, number)
    node = _node(found, wording)
    return confirm(
        request, lambda: done(actions.remove_article, wording=node.wording, by=request.by, at=request.at),
        title=_("Remove %(article)s") % {"article": node.named}, action=_("Remove"),
        sentence=_("It goes out of the draft with all that stands under it. Older versions keep it."),
        done=_("The draft is saved."), **frame,
    )  # fmt: skip


def _loaded(request: HttpRequest, agreement: str, number: int) -> tuple[Version, dict[str, Any]]:
    row = queries.agreement_for(request.by, agreement)
    found = queries.version_for(request.by, row, number, "write")
    frame = {"agreement": row, "crumbs": crumbs(row, found), "back": found.get_absolute_url()}
    return found, frame


def _node(version: Version, pk: int) -> Node:
    found = next((node for node in queries.text_of(version) if node.wording.pk == pk), None)
    if found is None:
        raise Http404(pk)
    return found


def _asked(request: HttpRequest, version: Version, name: str) -> Wording | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    if not text.isdigit():
        raise Http404(text)
    return _node(version, int(text)).wording
