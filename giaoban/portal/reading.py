"""How a reader reads: text size, contrast, line spacing. A cookie, set only when asked for; nothing else is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "giaoban_reading"
SIZES = (87.5, 100, 112.5, 131.25, 150, 175, 200)
NORMAL = 1
_KEPT = re.compile(r"([0-6])([01])([01])")


@dataclass(frozen=True)
class Reading:
    """size: a step of SIZES; contrast and spacing: more of it or not."""

    size: int = NORMAL
    contrast: bool = False
    spacing: bool = False

    @property
    def is_plain(self) -> bool:
        return self == Reading()

    @property
    def kept(self) -> str:
        return f"{self.size}{self.contrast:d}{self.spacing:d}"

    @property
    def percent(self) -> str:
        return f"{SIZES[self.size]:g}"

    def after(self, act: str) -> Reading:
        """What it becomes by pressing a button; an unknown one changes nothing."""
        if act in ("smaller", "larger"):
            step = self.size + (1 if act == "larger" else -1)
            return replace(self, size=min(max(step, 0), len(SIZES) - 1))
        if act in ("contrast", "spacing"):
            return replace(self, **{act: not getattr(self, act)})
        return {"normal": replace(self, size=NORMAL), "reset": Reading()}.get(act, self)


def read(request: HttpRequest) -> Reading:
    found = _KEPT.fullmatch(request.COOKIES.get(COOKIE, ""))
    return Reading(int(found[1]), found[2] == "1", found[3] == "1") if found else Reading()


def is_wanted(request: HttpRequest) -> bool:
    """Does a page made for this request lead to the reader's private style sheet? One that is kept does."""
    return bool(getattr(request, "is_kept", False)) or not read(request).is_plain


def remember(response: HttpResponse, reading: Reading) -> None:
    """Set the cookie; what is as everybody has it needs none."""
    if reading.is_plain:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE, reading.kept, max_age=365 * 24 * 3600, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def style(reading: Reading) -> str:
    """The private style sheet."""
    rules = [f"html {{ font-size: {reading.percent}%; }}"]
    if reading.spacing:
        rules.append(
            "body { --line: 2; letter-spacing: 0.05em; word-spacing: 0.12em; } p { margin-bottom: 2em; }"
        )
    if reading.contrast:
        rules.append(
            ":root { --ink: #000; --soft: #000; --paper: #fff; --ground: #fff; --line-colour: #000; --brand: #000;"
            " --brand-deep: #000; --link: #00008b; --accent: #000; --tint: #fff; color-scheme: only light; }"
            " a { text-decoration-thickness: 0.15em; } .card, .box { border: 0.125rem solid #000; }"
        )
    return "\n".join(rules) + "\n"
