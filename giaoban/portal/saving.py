"""A page as one file to keep: its style and pictures are in it, its links lead back to the site."""

from __future__ import annotations

import base64
import mimetypes
import re
from urllib.parse import unquote

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.utils.html import escape

MEDIA = "/media/portal/"
_SHEET = re.compile(r'<link rel="stylesheet" href="[^"]*/portal/portal[^"]*">')
_NOT_KEPT = re.compile(
    r'\s*<(?:script [^>]*>[^<]*</script|meta property="og:[^>]*|source [^>]*'
    r'|link rel="(?:alternate|icon|stylesheet)"[^>]*)>'
)
_PICTURE = re.compile(r'(<img [^>]*?src=")([^"]+)(")')


def one_file(html: str, origin: str) -> str:
    """The page's HTML with everything it needs inside."""
    html = _SHEET.sub("<!--sheet-->", html)
    html = _NOT_KEPT.sub("", html)
    html = _PICTURE.sub(lambda found: found[1] + _inside(found[2]) + found[3], html)
    html = html.replace("<!--sheet-->", f"<style>\n{_sheet()}</style>", 1)
    return html.replace(
        '<meta charset="utf-8">', f'<meta charset="utf-8">\n  <base href="{escape(origin)}/">', 1
    )


def _inside(address: str) -> str:
    """The picture as data; one that cannot be read stays an address."""
    if not address.startswith(MEDIA):
        return address
    name = unquote(address.removeprefix(MEDIA))
    try:
        with default_storage.open(f"portal/{name}") as file:
            data = base64.b64encode(file.read()).decode()
    except OSError:
        return address
    return f"data:{mimetypes.guess_type(name)[0] or 'image/jpeg'};base64,{data}"


def _sheet() -> str:
    found = finders.find("portal/portal.css")
    if found:
        with open(found, encoding="utf-8") as file:
            return file.read()
    with staticfiles_storage.open("portal/portal.css") as file:
        return str(file.read().decode())
