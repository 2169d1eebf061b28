"""A person's own pages: profile, language and text size."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from giaoban.accounts import actions
from giaoban.accounts import reading as how
from giaoban.accounts.forms import ProfileForm


@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """The buttons A− A A+ and VI EN of every page."""
    chosen = how.known(request.POST.get("language", ""), request.POST.get("text_size", ""))
    if request.user.is_authenticated and chosen:
        actions.read_with(user=request.user, **chosen)
    answer = HttpResponseRedirect(_back(request))
    how.remember(answer, chosen)
    return answer


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        actions.change_profile(user=request.user, by=request.by, at=request.at, **form.cleaned_data)
        answer = redirect("accounts:profile")
        how.remember(answer, how.known(form.cleaned_data["language"], form.cleaned_data["text_size"]))
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, _("Your account was saved."))
        return answer
    return render(request, "accounts/profile.html", {"form": form})


def _back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else "/"
