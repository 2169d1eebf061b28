"""Words for what the trail says of check-in."""

from django.utils.translation import gettext_lazy as _

from giaoban.core.history import add_words

add_words(
    "attendance",
    {
        "open register": _("check-in prepared"),
        "change register": _("hours of check-in changed"),
        "new signing key": _("new key for badges"),
        "list attendee": _("put on the list"),
        "change attendee": _("list changed"),
        "withdraw attendee": _("taken off the list"),
        "list walk-in": _("came without being on the list"),
        "new code": _("new code, the old badge is void"),
        "excuse": _("absent with a reason"),
        "take back the excuse": _("reason for the absence taken back"),
        "erase people": _("names erased"),
        "open door": _("door link made"),
        "close door": _("door link closed"),
        "receive scans": _("entries and exits received from a door"),
        "note scan": _("entry or exit noted"),
        "set scan aside": _("entry or exit set aside"),
        "ask for print": _("print asked for"),
        "print": _("printed"),
        "fail to print": _("not printed"),
        "number seats": _("seats numbered"),
        "give seat": _("seat given"),
    },
)
