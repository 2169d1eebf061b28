"""What is told about reports, to whom, and in which words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models import Agreement, Role
from giaoban.core.language import reader_language
from giaoban.lib import periods
from giaoban.lib.periods import Period
from giaoban.notices import kinds
from giaoban.reportforms.models import Regime
from giaoban.units.models import Unit

DUE = kinds.register("reports.due", _("A report is due soon"), by_mail=True)
OVERDUE = kinds.register("reports.overdue", _("A report is overdue"), by_mail=True)
ASKED = kinds.register("reports.asked", _("You are asked for a report"), by_mail=True)
SUBMITTED = kinds.register("reports.submitted", _("A report waits to be verified"))
RETURNED = kinds.register("reports.returned", _("Your report was returned"), by_mail=True)
ACCEPTED = kinds.register("reports.accepted", _("Your report was accepted or corrected"))


@dataclass(frozen=True)
class News:
    """Who is told of a move: the reporters of the unit, or the verifiers of the unit above."""

    kind: str
    role: str
    sentence: Any


#: move -> its news
NEWS = {
    "submit": News(SUBMITTED, Role.VERIFIER, _("%(unit)s has sent %(what)s.")),
    "return": News(RETURNED, Role.REPORTER, _("Returned to %(unit)s: %(what)s. Read why and send it again.")),
    "accept": News(ACCEPTED, Role.REPORTER, _("Accepted from %(unit)s: %(what)s.")),
    "reopen": News(RETURNED, Role.REPORTER, _("Opened again for %(unit)s: %(what)s. Read why and send it again.")),
    "correct": News(ACCEPTED, Role.REPORTER, _("Corrected for %(unit)s: %(what)s.")),
}  # fmt: skip

DUE_SOON = _("%(unit)s: %(what)s is due at %(due)s.")
IS_LATE = _("%(unit)s: %(what)s was due at %(due)s and is not sent.")
IS_ASKED = _("%(unit)s is asked for %(what)s, due at %(due)s.")


def saying(template: Any, unit: Unit, regime: Regime, period: Period, **more: Any) -> Callable[[], str]:
    """The sentence, said when the language of the reader is active. Values of `more` may be functions."""

    def said() -> str:
        given = {name: value() if callable(value) else value for name, value in more.items()}
        return str(template) % {"unit": unit.name, "what": name_of(regime, period), **given}

    return said


def name_of(regime: Regime, period: Period) -> str:
    """A report in words: "Monthly report (January 2020)"."""
    return gettext("%(regime)s (%(period)s)") % {
        "regime": regime, "period": periods.label(period, reader_language()),
    }  # fmt: skip


def written(moment: datetime, agreement: Agreement) -> str:
    """Date and hour in the zone of the agreement, as the language writes them."""
    return date_format(moment.astimezone(ZoneInfo(agreement.timezone)), "SHORT_DATETIME_FORMAT")
