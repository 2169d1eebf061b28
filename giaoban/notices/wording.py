"""Words for what the trail says of mails, choices and calendar addresses."""

from django.utils.translation import gettext_lazy as _

from giaoban.core.history import add_words

add_words(
    "notices",
    {
        "queue": _("mail written"),
        "begin": _("sending begun"),
        "deliver": _("handed to the mail server"),
        "put off": _("not sent yet, tried again later"),
        "give up": _("given up"),
        "bounce": _("came back"),
        "send again": _("sent again"),
        "withdraw": _("withdrawn"),
        "erase": _("personal data erased"),
        "choose notices": _("choice of notices by mail changed"),
        "make feed": _("calendar address made"),
        "renew feed": _("calendar address renewed"),
        "take reply": _("reply taken in"),
    },
)
