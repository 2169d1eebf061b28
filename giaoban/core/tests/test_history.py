"""Words for the trail: each app has its own for the same verb."""

import pytest
from django.utils import translation

from giaoban.core.history import add_words, words_for


def test_the_same_verb_says_another_thing_in_each_app():
    with translation.override("en"):
        assert str(words_for("plans", "give")) == "given out"
        assert str(words_for("meetings", "give")) == "given in the hall"


def test_an_app_that_has_no_words_takes_those_of_who_wrote():
    with translation.override("en"):
        assert str(words_for("rollups", "load")) == "loaded from a folder"
    assert words_for("plans", "nobody writes this") is None


def test_one_app_says_a_verb_once():
    with pytest.raises(ValueError, match="twice"):
        add_words("core", {"load": "x"})
