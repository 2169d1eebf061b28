"""The editor speaks Vietnamese: nothing of Wagtail's that somebody can come upon there stays English."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from gettext import NullTranslations
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.apps import apps
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext, ngettext, trans_real

from giaoban.portal import editor_words
from giaoban.portal.models import HomePage, PortalFile
from giaoban.portal.tests.test_keeping import picture
from giaoban.portal.views.words import Catalog
from giaoban.reports.tests.world import World

#: Parts of Wagtail that this product does not have, or keeps elsewhere: where their sentences stand.
ABSENT = re.compile(
    r"""
    wagtailsites/ | wagtailsnippets/ | wagtailusers/(?!utils) | \w+/apps\.py | \w+/api/ | wagtailcore/contrib/
    | wagtailadmin/(forms|views)/(account|collections|workflows) | wagtailadmin/widgets/workflows
    | wagtailadmin/templates/wagtailadmin/(workflows|collections|collection_privacy|permissions|account|notifications)/
    | wagtailadmin/templates/wagtailadmin/(login\.html|userbar|home/(upgrade|whats_new))
    | wagtail\w+/templates/\w+/(permissions/|login|password_required)
    | wagtailadmin/templates/wagtailadmin/shared/side_panels/includes/status/locale
    | wagtailcore/models/(api|i18n|media|sites)
    """,
    re.X,
)
#: How long ago, as Django says it: Wagtail shows it everywhere.
PERIODS = {
    (f"%(num)d {unit}", f"%(num)d {unit}s") for unit in ("year", "month", "week", "day", "hour", "minute")
}
#: A page of each kind a coordinator comes to.
ADDRESSES = (
    "", "pages/{parent}/", "pages/{parent}/add_subpage/", "pages/{article}/edit/", "pages/{article}/history/",
    "pages/{article}/workflow_history/", "pages/{article}/revisions/compare/earliest...latest/",
    "pages/{draft}/delete/", "pages/{draft}/move/", "pages/{draft}/copy/", "pages/{draft}/privacy/",
    "bulk/wagtailcore/page/delete/?id={draft}", "choose-page/", "images/", "images/{image}/", "documents/edit/{file}/",
    "redirects/import/", "reports/locked/", "reports/site-history/",
)  # fmt: skip
#: Nothing to translate in them, or shown to nobody (how a filter compares).
WORDLESS = {"%(truncated_text)s…", "…", "exact", "%(time_zone_option)s: %(localized_time_zone_label)s"}


class Unheard(NullTranslations):
    """Asked where the Vietnamese ends; keeps what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return super().gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.asked.add(msgid1)
        return super().ngettext(msgid1, msgid2, n)


@pytest.fixture
def unheard() -> Iterator[set[str]]:
    """The sentences asked for in Vietnamese that have none."""
    vietnamese, listener = trans_real.translation("vi"), Unheard()
    before, vietnamese._fallback = vietnamese._fallback, listener
    with translation.override("vi"):
        yield listener.asked
    vietnamese._fallback = before


def sentences(domain: str) -> Iterator[tuple[str, Message]]:
    """Every sentence of Wagtail's apps, with the app's name."""
    for app in apps.get_app_configs():
        path = Path(app.path) / f"locale/en/LC_MESSAGES/{domain}.po"
        if app.name.startswith("wagtail") and path.exists():
            with path.open("rb") as file:
                for message in read_po(file):
                    if message.id:
                        yield app.label, message


def test_every_sentence_of_the_editor_has_its_vietnamese(unheard: set[str]):
    for app, message in sentences("django"):
        if not all(ABSENT.match(f"{app}/{path}") for path, _line in message.locations):
            if isinstance(message.id, str):
                gettext(message.id)
            else:
                ngettext(*message.id, 2)
    assert sorted(unheard) == []


def test_the_scripts_of_the_editor_have_theirs(rf: RequestFactory):
    def told(language: str) -> dict[str, Any]:
        with translation.override(language):
            answer = Catalog.as_view()(rf.get("/editor/jsi18n/")).content.decode()
        return json.loads(re.search(r"newcatalog = (\{.*?\n  \});", answer, re.S)[1])

    vietnamese = told("vi")
    ids = {
        message.id if isinstance(message.id, str) else message.id[0]
        for _app, message in sentences("djangojs")
    }
    assert len(ids) > 50 and ids - set(vietnamese) <= WORDLESS
    assert vietnamese["%(num)s min"] == ["%(num)s phút"] and vietnamese["Retry"] == "Thử lại"


def test_an_editor_who_reads_english_keeps_wagtails_words(rf: RequestFactory):
    with translation.override("en"):
        assert "phút" not in Catalog.as_view()(rf.get("/editor/jsi18n/")).content.decode()


def test_no_word_is_kept_that_wagtail_no_longer_says():
    kinds = [import_module(f"{editor_words.__name__}.{m.name}") for m in iter_modules(editor_words.__path__)]
    own = {words for kind in kinds for words in [*kind.WORDS, *getattr(kind, "COUNTED", ())]}
    said = {message.id for domain in ("django", "djangojs") for _app, message in sentences(domain)}
    assert own - said - PERIODS == set()


def test_a_walk_in_the_editor_hears_nothing_else(
    sign_in: Any, world: World, portal: HomePage, write: Any, unheard: set[str]
):
    article, draft, image = write(), write("Bản nháp", publish=False), picture()
    file = PortalFile.objects.create(title="Phụ lục", file="portal-files/x.pdf")
    client = sign_in("kim")
    for address in ADDRESSES:
        path = address.format(
            article=article.pk, draft=draft.pk, parent=portal.pk, image=image.pk, file=file.pk
        )
        assert client.get(f"/editor/{path}").status_code == 200, path
    assert sorted(unheard - WORDLESS) == []
