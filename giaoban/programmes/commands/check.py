"""giaoban check"""

from __future__ import annotations

import argparse
from itertools import islice

SUMMARY = "prove that the installation is sound: audit trail, reports, revisions, facts, files, jobs"
MOST = 50


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--search-anew", action="store_true", help="first build the search of the portal anew from its pages"
    )


def run(options: argparse.Namespace) -> int:
    """One line for each check, its faults below; exit 1 if there are any."""
    import sys

    from django.utils import timezone
    from django.utils.translation import gettext as _

    from giaoban.programmes.health import CHECKS

    if options.search_anew:
        from giaoban.portal.actions.finding import learn_everything

        print(_("The search knows %(count)s pages.") % {"count": learn_everything()}, flush=True)
    failed = False
    for name, check in CHECKS.items():
        faults = list(islice(check(timezone.now()), MOST + 1))
        print(f"{name}: {_('sound') if not faults else _('faults')}", flush=True)
        for fault in faults[:MOST]:
            print(f"  {fault}", file=sys.stderr)
        if len(faults) > MOST:
            print(f"  {_('… and more.')}", file=sys.stderr)
        failed = failed or bool(faults)
    return int(failed)
