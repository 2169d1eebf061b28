"""Words for what the trail says of requests of readers."""

from django.utils.translation import gettext_lazy as _

from giaoban.core.history import add_words

add_words(
    "portal",
    {
        "actor:reader": _("a reader"),
        "ask correction": _("a reader asked for a correction"),
        "answer_reader": _("answered"),
        "turn_down": _("turned down"),
        "look_again": _("taken up again"),
        "erase reader": _("address of the reader erased"),
    },
)
