"""What the commands ask of the database by name."""

from __future__ import annotations

from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core.refused import Refused


def agreement_named(code: str) -> Agreement:
    """The agreement with this code; refuses with the codes there are."""
    found = Agreement.objects.filter(code=code).first()
    if found is not None:
        return found
    known = ", ".join(Agreement.objects.values_list("code", flat=True)[:20])
    if not known:
        raise Refused(_("There is no agreement yet. Load one: giaoban load FOLDER."))
    raise Refused(_("There is no agreement %(code)s. There are: %(known)s.") % {"code": code, "known": known})
