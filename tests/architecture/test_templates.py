"""The strict content security policy, kept where templates are written."""

import re

from tests.architecture.repository import ROOT, tracked

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style[\s>]"),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*\btype=[\"']application/)[^>]*>"),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "hx-on or hx-vals with js:": re.compile(r"\shx-on[:=]|hx-vals=[\"']js:"),
}

#: templates of documents, which no browser shows under the policy
DOCUMENTS = ("/templates/reviews/document", "/templates/documents/print")


def test_templates_hold_no_inline_style_or_script():
    found = []
    for path in tracked("giaoban/*.html"):
        name = path.relative_to(ROOT).as_posix()
        if any(part in name for part in DOCUMENTS):
            continue
        text = path.read_text(encoding="utf-8")
        found += [f"{name}: {what}" for what, pattern in INLINE.items() if pattern.search(text)]
    assert found == []
