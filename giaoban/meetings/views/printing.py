"""What is printed of a check-in: at once for some people, by a job for many."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from giaoban.attendance import exports
from giaoban.attendance.models import Register, Stage
from giaoban.attendance.queries.printing import printable, printing_of
from giaoban.core import printed as store
from giaoban.core.language import reader_language
from giaoban.lib.text import slug
from giaoban.meetings.actions import attending as actions
from giaoban.meetings.models import Meeting
from giaoban.meetings.queries.attending import register_for
from giaoban.meetings.views.attending import PRINTS, home, load
from giaoban.meetings.views.frame import about

#: htmx asks no more after this answer.
STOP_POLLING = 286


def _find(request: HttpRequest, agreement: str, pk: int, kind: str) -> tuple[Meeting, Register]:
    """Badges open doors: they are only for who prepares the meeting."""
    if kind not in exports.KINDS:
        raise Http404(kind)
    row = load(request, agreement, pk, actions.PRINT_RIGHTS[kind])
    return row, register_for(row)


@login_required
def printed(request: HttpRequest, agreement: str, pk: int, kind: str) -> HttpResponse:
    """One of the PDF files; of many people the one that a job has made, else the page that asks for it."""
    row, register = _find(request, agreement, pk, kind)
    chosen = {int(n) for n in request.GET.getlist("person") if n.isdecimal()}
    attendees = printable(register, chosen)
    if chosen or len(attendees) <= exports.AT_ONCE:
        content: bytes | None = exports.file_of(kind, register, attendees)
    else:
        content = exports.kept_file(printing_of(register, kind, reader_language()), attendees)
    if content is None:
        return HttpResponseRedirect(home(row, "check-in-printing", kind))
    name = f"{kind}-{slug(str(row))[:60]}.pdf"
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_required
def printing(request: HttpRequest, agreement: str, pk: int, kind: str) -> HttpResponse:
    """A print that a job makes: asked for, how far it is, the file."""
    row, register = _find(request, agreement, pk, kind)
    if request.method == "POST":
        actions.ask_for_print(
            meeting=row, kind=kind, language=reader_language(), by=request.by, at=request.at
        )
        return HttpResponseRedirect(home(row, "check-in-printing", kind))
    found = printing_of(register, kind, reader_language())
    under_way = found is not None and found.is_under_way(request.at)
    context: dict[str, Any] = {
        "kind": kind,
        "label": PRINTS[kind],
        "printing": found,
        "is_under_way": under_way,
    }
    if found is not None and found.stage == Stage.MADE:
        context["is_current"] = exports.key_of(kind, register, printable(register)) == found.key
        context["is_kept"] = context["is_current"] and store.find(found.key) is not None
    done = not under_way and request.headers.get("hx-request")
    return render(
        request, "meetings/checkin/printing.html", about(request, row) | context, status=STOP_POLLING if done else 200
    )  # fmt: skip
