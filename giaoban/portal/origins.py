"""Public forms need no session: a browser says where a form stands, and only ours are heard."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest


def from_here(request: HttpRequest) -> bool:
    """Was the form sent from a page of this site? By Sec-Fetch-Site, else by Origin, else by Referer."""
    site = request.headers.get("sec-fetch-site", "")
    if site:
        return site == "same-origin"
    sent = request.headers.get("origin") or request.headers.get("referer") or ""
    parts = urlsplit(sent)
    return bool(parts.netloc) and parts.netloc == request.get_host()
