"""In front of Django: an anonymous page is looked up and answered, and nothing else happens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from giaoban.portal.counting import seen
from giaoban.portal.stored.shelf import Answer, Shelf, Stored, encoding, is_known, variant

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


def front(application: Application, shelf: Shelf) -> Application:
    """The WSGI application with the stored pages before it."""
    find = shelf.find

    def answer(environ: Environ, start: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith(("/vi/", "/en/", "/sitemap.xml", "/robots.txt")) or environ.get(
            "QUERY_STRING"
        ):
            return application(environ, start)
        method = environ["REQUEST_METHOD"]
        stored = find(path) if method in ("GET", "HEAD") else None
        if stored is None:
            return application(environ, start)
        if method == "GET" and "HTTP_SEC_PURPOSE" not in environ:
            seen(path, environ.get("HTTP_USER_AGENT", ""))
        form = chosen(stored, environ)
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and is_known(form.etag, asked):
            start("304 Not Modified", [h for h in form.headers if h[0] not in ABOUT_THE_BODY])
            return []
        start("200 OK", form.headers)
        return [form.body] if method == "GET" else []

    return answer


#: What is left out where no body follows.
ABOUT_THE_BODY = ("Content-Length", "Content-Type", "Content-Encoding")


def chosen(stored: Stored, environ: Environ) -> Answer:
    """The form this reader gets."""
    forms = stored.forms
    which = variant(environ.get("HTTP_COOKIE", ""))
    return forms[which, encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))]
