"""Words for what the trail says of units and groups."""

from django.utils.translation import gettext_lazy as _

from giaoban.core.history import add_words

add_words(
    "units",
    {
        "open unit": _("opened"),
        "change unit": _("changed from a day on"),
        "move unit": _("put under another unit"),
        "close unit": _("closed"),
        "reopen unit": _("closing undone"),
        "correct unit": _("mistake corrected"),
        "withdraw version": _("change taken back"),
        "correct parent": _("place corrected"),
        "withdraw move": _("move taken back"),
        "discard unit": _("removed"),
        "record succession": _("succession recorded"),
        "withdraw succession": _("succession taken back"),
        "make group": _("group made"),
        "rename group": _("group renamed"),
        "add members": _("members added"),
        "end member": _("membership ended"),
        "field:names": _("name"),
        "field:kind": _("kind"),
        "field:lat": _("latitude"),
        "field:lon": _("longitude"),
        "field:attributes": _("other facts"),
        "field:unit.name": _("name of the unit"),
    },
)
