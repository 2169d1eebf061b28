"""The sentences of Wagtail's scripts, with our Vietnamese."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, ngettext
from django.views.i18n import JavaScriptCatalog

from giaoban.portal.editor_words.scripts import COUNTED, WORDS


class Catalog(JavaScriptCatalog):
    """As Wagtail's catalogue, completed."""

    packages = ["wagtail.admin"]

    def get_catalog(self) -> dict[str, Any]:
        """msgid -> sentence in the editor's language; with a number in it, -> one sentence for each form."""
        said = {words: gettext(words) for words in WORDS}
        own: dict[str, Any] = {words: own for words, own in said.items() if own != words}
        for one, many in COUNTED:
            if (told := ngettext(one, many, 2)) != many:
                own[one] = [told] * self._num_plurals
        return {**super().get_catalog(), **own}
