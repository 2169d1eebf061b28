"""Write a draft: sections at the left, blocks and sentences with their buttons in the middle.

Every button is a form that works without scripts; htmx only swaps the draft in place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from giaoban.core.refused import Refused
from giaoban.lib.text import sentences as cut
from giaoban.reviews import queries
from giaoban.reviews.actions import blocks as on_blocks
from giaoban.reviews.actions import figures as on_figures
from giaoban.reviews.actions import sentences as on_sentences
from giaoban.reviews.forms import HeadingForm, TitleForm, WordsForm
from giaoban.reviews.models import Block, Review, Section, Sentence
from giaoban.reviews.screen import shown_bodies
from giaoban.reviews.views.pages import about

BLOCK_VERBS: dict[str, Callable[..., Any]] = {
    "up": lambda **k: on_blocks.shift(step=-1, **k),
    "down": lambda **k: on_blocks.shift(step=1, **k),
    "join": on_blocks.join_next,
    "publish": lambda **k: on_blocks.mark(publishable=True, **k),
    "withhold": lambda **k: on_blocks.mark(publishable=False, **k),
    "remove": on_blocks.remove_block,
    "restore": on_blocks.restore_block,
}
SENTENCE_VERBS: dict[str, Callable[..., Any]] = {
    "merge": on_sentences.merge,
    "remove": on_sentences.remove,
    "restore": on_sentences.restore,
    "part": on_blocks.part,
}
WITHOUT_EDITION = ("restore", "part")
WORDS_VERBS: dict[str, tuple[Callable[..., Any], Any]] = {
    "rewrite": (on_sentences.rewrite, gettext_lazy("Edit the sentence")),
    "shorten": (on_sentences.shorten, gettext_lazy("Shorten the sentence")),
    "split": (on_sentences.split, gettext_lazy("Split the sentence")),
}


def draft_for(request: HttpRequest, agreement: str, pk: int) -> Review:
    """The draft to write in; 404 for who may not write it, a sentence where it is closed."""
    row = queries.review_for(request.by, agreement, pk, "write")
    if not row.is_draft:
        raise Refused(
            _("This review is %(state)s; its words and figures do not change any more.")
            % {"state": row.get_state_display()},
            code="state",
        )
    return row


def back_to(row: Review, section: Section, anchor: str = "") -> HttpResponseRedirect:
    """The editor at a section, a block, a sentence."""
    address = reverse("reviews:edit", args=[row.agreement.code, row.pk])
    return HttpResponseRedirect(f"{address}?section={section.code}{f'#{anchor}' if anchor else ''}")


@login_required
def edit(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """One section of the draft to work on (?section=code; else the first)."""
    row = draft_for(request, agreement, pk)
    sections = list(row.sections.all())
    wanted = request.GET.get("section", "")
    section = next((s for s in sections if s.code == wanted), sections[0] if sections else None)
    if section is None:
        raise Http404
    found = queries.contents(row, section=section)
    context = about(request, row) | {
        "sections": sections, "section": section, "bodies": shown_bodies(found, row.language),
    }  # fmt: skip
    return render(request, "reviews/edit.html", context)


@login_required
@require_POST
def add_paragraph(request: HttpRequest, agreement: str, pk: int, section: int) -> HttpResponse:
    """An empty paragraph, behind ?after or at the end."""
    row = draft_for(request, agreement, pk)
    within = get_object_or_404(Section, review=row, pk=section)
    after = within.blocks.filter(pk=request.POST.get("after") or 0).first()
    new = on_blocks.add_paragraph(review=row, section=within, after=after, by=request.by, at=request.at)
    return back_to(row, within, f"block-{new.pk}")


@login_required
@require_POST
def block(request: HttpRequest, agreement: str, pk: int, block: int, verb: str) -> HttpResponse:
    """One button of a block."""
    row = draft_for(request, agreement, pk)
    found = get_object_or_404(Block.objects.select_related("section"), section__review=row, pk=block)
    if verb not in BLOCK_VERBS:
        raise Http404
    BLOCK_VERBS[verb](review=row, block=found, by=request.by, at=request.at)
    if verb == "remove":
        _offer_undo(
            request,
            _("The block was removed."),
            reverse("reviews:block", args=[agreement, pk, block, "restore"]),
        )
        return back_to(row, found.section)
    return back_to(row, found.section, f"block-{found.pk}")


@login_required
@require_POST
def sentence(request: HttpRequest, agreement: str, pk: int, sentence: int, verb: str) -> HttpResponse:
    """One button of a sentence."""
    row = draft_for(request, agreement, pk)
    found = _sentence(row, sentence)
    if verb not in SENTENCE_VERBS:
        raise Http404
    given: dict[str, Any] = {"review": row, "sentence": found, "by": request.by, "at": request.at}
    if verb not in WITHOUT_EDITION:
        given["edition"] = _number(request.POST.get("edition"))
    SENTENCE_VERBS[verb](**given)
    if verb == "remove":
        back = reverse("reviews:sentence", args=[agreement, pk, sentence, "restore"])
        _offer_undo(request, _("The sentence was removed."), back)
    return back_to(row, found.block.section, f"block-{found.block_id}")


@login_required
def words(request: HttpRequest, agreement: str, pk: int, sentence: int, verb: str) -> HttpResponse:
    """Edit, shorten or split a sentence."""
    row = draft_for(request, agreement, pk)
    found = _sentence(row, sentence)
    if verb not in WORDS_VERBS:
        raise Http404
    action, title = WORDS_VERBS[verb]
    start = "\n".join(cut(found.text)) if verb == "split" else found.text
    form = WordsForm(request.POST or None, initial={"text": start, "edition": found.edition})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            action(
                review=row, sentence=found, text=given["text"], edition=given["edition"] or 0, by=request.by,
                at=request.at,
            )  # fmt: skip
        except Refused as refused:
            form.add_error("text", str(refused))
        else:
            return back_to(row, found.block.section, f"block-{found.block_id}")
    context = about(request, row) | {
        "form": form, "title": title, "sentence": found, "verb": verb, "section": found.block.section,
        "sources": found.sources.select_related("revision__report__unit"),
    }  # fmt: skip
    return render(request, "reviews/words.html", context, status=409 if form.errors else 200)


@login_required
def write(request: HttpRequest, agreement: str, pk: int, block: int) -> HttpResponse:
    """Write new sentences into a paragraph."""
    row = draft_for(request, agreement, pk)
    found = get_object_or_404(Block.objects.select_related("section"), section__review=row, pk=block)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            on_sentences.write(
                review=row, block=found, text=form.cleaned_data["text"], by=request.by, at=request.at
            )
        except Refused as refused:
            form.add_error("text", str(refused))
        else:
            return back_to(row, found.section, f"block-{found.pk}")
    context = about(request, row) | {
        "form": form, "title": _("Write sentences"), "section": found.section, "verb": "write",
    }  # fmt: skip
    return render(request, "reviews/words.html", context, status=409 if form.errors else 200)


@login_required
def heading(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Title, number, date, and the words around the text."""
    row = draft_for(request, agreement, pk)
    form = HeadingForm.of(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        on_blocks.change_heading(review=row, by=request.by, at=request.at, **form.fields_of(row))
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("reviews:edit", args=[agreement, pk]))
    context = about(request, row) | {
        "form": form, "title": _("Heading and signature"), "back": reverse("reviews:edit", args=[agreement, pk]),
    }  # fmt: skip
    return render(request, "reviews/form.html", context)


@login_required
def rename(request: HttpRequest, agreement: str, pk: int, section: int) -> HttpResponse:
    """Change the heading of a section."""
    row = draft_for(request, agreement, pk)
    found = get_object_or_404(Section, review=row, pk=section)
    form = TitleForm(request.POST or None, initial={"title": found.title})
    if request.method == "POST" and form.is_valid():
        on_blocks.rename_section(
            review=row, section=found, title=form.cleaned_data["title"], by=request.by, at=request.at
        )
        return back_to(row, found)
    address = f"{reverse('reviews:edit', args=[agreement, pk])}?section={found.code}"
    context = about(request, row) | {"form": form, "title": _("Rename the section"), "back": address}
    return render(request, "reviews/form.html", context)


@login_required
@require_POST
def refresh(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Ask every figure again."""
    row = draft_for(request, agreement, pk)
    changed = on_figures.refresh(review=row, by=request.by, at=request.at)
    if changed:
        messages.success(request, _("%(count)s figures were brought up to date.") % {"count": len(changed)})
    else:
        messages.success(request, _("Every figure is what the reports say today."))
    return HttpResponseRedirect(reverse("reviews:edit", args=[agreement, pk]))


def _sentence(row: Review, pk: int) -> Sentence:
    rows = Sentence.objects.select_related("block__section")
    return get_object_or_404(rows, block__section__review=row, pk=pk)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _offer_undo(request: HttpRequest, said: str, address: str) -> None:
    """A message with a button that brings back what was removed."""
    from django.middleware.csrf import get_token

    messages.success(
        request,
        format_html(
            '{} <form method="post" action="{}" class="undo" hx-post="{}" hx-target="#draft" hx-select="#draft"'
            ' hx-swap="outerHTML" hx-select-oob="#messages"><input type="hidden" name="csrfmiddlewaretoken"'
            ' value="{}"><button class="btn btn-sm">{}</button></form>',
            said, address, address, get_token(request), _("Undo"),
        ),
    )  # fmt: skip
