"""Every sentence of the product has its Vietnamese."""

import re

from tools.messages import PACKAGE, problems

ALIAS = re.compile(r"import (?:n?p?gettext\w*) as (?!_$)\w+", re.M)


def test_every_message_is_collected_and_translated():
    assert problems() == []


def test_no_sentence_hides_behind_another_name():
    """A call is collected by its name: gettext and its family, or _."""
    hidden = [path for path in PACKAGE.rglob("*.py") if ALIAS.search(path.read_text())]
    assert hidden == []
