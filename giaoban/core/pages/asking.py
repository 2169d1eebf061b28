"""A page that asks: a form, or a question before something that is hard to undo.

    def rename(request, pk):
        unit = queries.unit_for(request.by, pk, "change")
        form = RenameForm(request.POST or None, unit=unit)
        return ask(
            request, form, lambda **given: actions.rename(unit=unit, by=request.by, at=request.at, **given),
            title=_("Rename"), back=unit.get_absolute_url(), done=_("The unit was renamed."))

`act` gets form.cleaned_data as keywords, or what form.given() makes of it. A refusal stands next to
its field. Afterwards the reader is at the address that `act` answers, else at `back`. Below the title stands
`lead`, a sentence, or `about`, the name of what is changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from giaoban.core.refused import Refused


def ask(
    request: HttpRequest, form: forms.BaseForm, act: Callable[..., Any], *, title: Any, back: str,
    done: Any = "", template: str = "core/form_page.html", **context: Any,
) -> HttpResponse:  # fmt: skip
    """Show the form; when it is sent and valid, act and go on."""
    if request.method == "POST" and form.is_valid():
        try:
            answer = act(**given_by(form))
        except Refused as refusal:
            refuse(form, refusal)
        else:
            if done:
                messages.success(request, str(done))
            return HttpResponseRedirect(answer if isinstance(answer, str) else back)
    return render(request, template, {"form": form, "title": title, "back": back, **context})


def confirm(
    request: HttpRequest, act: Callable[[], Any], *, title: Any, action: Any, back: str, done: Any = "",
    sentence: Any = "", tone: str = "danger", **context: Any,
) -> HttpResponse:  # fmt: skip
    """Ask once more; when it is sent, act and go on (to the address `act` answers, else `back`)."""
    if request.method != "POST":
        context |= {
            "title": title,
            "action": action,
            "back": back,
            "sentence": sentence,
            "tone": tone,
        }
        return render(request, "core/confirm.html", context)
    try:
        answer = act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(back)
    if done:
        messages.success(request, str(done))
    return HttpResponseRedirect(answer if isinstance(answer, str) else back)


def refuse(form: forms.BaseForm, refusal: Refused) -> None:
    """Put the refusal next to its field, else above the form."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal))


def given_by(form: forms.BaseForm) -> dict[str, Any]:
    given = getattr(form, "given", None)
    return given() if given is not None else dict(form.cleaned_data)
