"""What the scripts of Wagtail's editor say in the browser: handed over by views/words.py."""

from django.utils.translation import gettext_noop as _

from giaoban.portal.editor_words import ngettext_noop

WORDS = (
    _("More actions"), _("Actions"), _("Collapse all"), _("Expand all"), _("Toggle sidebar"), _("Toggle section"),
    _("Toggle side panel"), _("Insert a block"), _("Move up"), _("Move down"), _("Drag"), _("Duplicate"),
    _("Add"), _("Edit"), _("Delete"), _("Search"), _("Horizontal line"), _("Line break"),
    _("Write something or type ‘/’ to insert a block"), _("Pin toolbar"), _("Unpin toolbar"), _("Split block"),
    _("Enter your comments..."), _("Enter your reply..."), _("Reply"), _("Resolve"), _("Save"), _("Cancel"),
    _("View child pages of '%(title)s'"), _("This field is required."), _("Main menu"), _("No results"), _("Yes"),
    _("No"), _("Missing document"), _("Reload the page"), _("Alt text"),
    _("Report this error to your website administrator with the following information:"),
    _("(%(number)s new items in this menu)"), _("(1 new item in this menu)"), _("(New)"),
    _("%(time_zone_option)s: %(localized_time_zone_label)s"), _("A network error occurred."),
    _("A server error occurred."), _("Add a comment"), _("Autosave in progress…"), _("Blocks"), _("Broken link"),
    _("Changes have been autosaved."), _("Character count:"), _("Complex"), _("Decorative image"),
    _("Delete error"), _("Deleting"), _("Edit '%(title)s'"), _("Error while sending preview data."), _("Fair"),
    _("Focus comment"), _("Good"), _("Loading…"), _("Page explorer"), _("Reload saved content"), _("Retry"),
    _("Save error"), _("Saving..."), _("Search options…"), _("See all"), _("Show error"),
    _("Show latest content"), _("The editor just crashed. Content has been reset to the last saved version."),
    _("The maximum number of items is %(max_num)d"), _("The minimum number of items is %(min_num)d"),
    _("Unfocus comment"),
)  # fmt: skip
#: With a number in them.
COUNTED = (
    ngettext_noop("%(num)s error", "%(num)s errors"), ngettext_noop("%(num)s min", "%(num)s mins"),
    ngettext_noop("%(num)s pixel", "%(num)s pixels"),
)  # fmt: skip
