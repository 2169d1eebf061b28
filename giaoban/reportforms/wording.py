"""Words for what the trail says of indicators, forms, regimes and what belongs to them."""

from django.utils.translation import gettext_lazy as _

from giaoban.core.history import add_words

add_words(
    "reportforms",
    {
        "add indicator": _("added"),
        "edit indicator": _("edited"),
        "retire indicator": _("retired"),
        "bring back indicator": _("brought back"),
        "remove indicator": _("removed"),
        "move indicator": _("moved in the list"),
        "add breakdown": _("added"),
        "edit breakdown": _("renamed"),
        "remove breakdown": _("removed"),
        "add option": _("option added"),
        "edit option": _("option renamed"),
        "remove option": _("option removed"),
        "move option": _("option moved"),
        "create form": _("made"),
        "edit form": _("new version"),
        "new version": _("new version"),
        "remove form": _("removed"),
        "create regime": _("made"),
        "edit regime": _("edited"),
        "change regime": _("rules changed from a day on"),
        "set calendar day": _("calendar day recorded"),
        "remove calendar day": _("calendar day taken off"),
        "load calendar": _("calendar loaded"),
        "add rule": _("added"),
        "edit rule": _("edited"),
        "remove rule": _("removed"),
        "exclude": _("excluded"),
        "end": _("due again"),
        "field:position": _("place in the list"),
        "field:sections": _("sections"),
        "field:breakdowns": _("breakdowns"),
        "field:spans": _("periods with days of their own"),
        "field:indicator.names": _("name in Vietnamese or English"),
        "field:breakdown.names": _("name in Vietnamese or English"),
        "field:reportform.names": _("name in Vietnamese or English"),
        "field:regime.names": _("name in Vietnamese or English"),
        "field:rule.names": _("name in Vietnamese or English"),
    },
)
