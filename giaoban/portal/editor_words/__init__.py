"""What Wagtail's editor says and has no Vietnamese for: our translations of it stand beside our own.

A module for each part of the editor. A word used in two parts stands in the first that has it.
"""


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """Noted for the catalogue, as Django's gettext_noop does with a sentence that has no number in it."""
    return one, many
