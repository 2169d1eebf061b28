"""The sentences of Wagtail's scripts, with our Vietnamese."""

from __future__ import annotations

from django.utils.translation import gettext
from django.views.i18n import JavaScriptCatalog

from giaoban.portal.editor_words import WORDS


class Catalog(JavaScriptCatalog):
    """As Wagtail's catalogue, completed."""

    packages = ["wagtail.admin"]

    def get_catalog(self) -> dict[str, str]:
        """msgid -> sentence in the editor's language."""
        own = {words: gettext(words) for words in WORDS}
        return {**super().get_catalog(), **{w: said for w, said in own.items() if said != w}}
