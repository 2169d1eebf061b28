"""A page as one file to keep: its style and pictures are in it, its links lead back to the site."""

from __future__ import annotations

import base64
import mimetypes
import re
from pathlib import Path
from urllib.parse import unquote

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.utils.html import escape

MEDIA, EMBLEM, SHEET = "/media/portal/", "core/emblem.svg", "portal/portal.css"
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
    html = html.replace("<!--sheet-->", f"<style>\n{_ours(SHEET).decode()}</style>", 1)
    return html.replace(
        '<meta charset="utf-8">', f'<meta charset="utf-8">\n  <base href="{escape(origin)}/">', 1
    )


def _inside(address: str) -> str:
    """The picture as data; one that cannot be read stays an address."""
    try:
        if address == staticfiles_storage.url(EMBLEM):
            name, data = EMBLEM, _ours(EMBLEM)
        elif address.startswith(MEDIA):
            name = unquote(address.removeprefix(MEDIA))
            with default_storage.open(f"portal/{name}") as file:
                data = file.read()
        else:
            return address
    except OSError:
        return address
    return f"data:{mimetypes.guess_type(name)[0] or 'image/jpeg'};base64,{base64.b64encode(data).decode()}"


def _ours(name: str) -> bytes:
    """A file that comes with the product."""
    found = finders.find(name)
    if found:
        return Path(found).read_bytes()
    with staticfiles_storage.open(name) as file:
        return bytes(file.read())
