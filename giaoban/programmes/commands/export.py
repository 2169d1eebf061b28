"""giaoban export AGREEMENT --out FOLDER"""

from __future__ import annotations

import argparse
from pathlib import Path

SUMMARY = "write an agreement as a programme folder"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("agreement", help="the code of the agreement")
    parser.add_argument("--out", type=Path, required=True, help="a folder that is empty or not there yet")


def run(options: argparse.Namespace) -> None:
    from django.utils.translation import gettext as _

    from giaoban.programmes.exports import export
    from giaoban.programmes.progress import shown
    from giaoban.programmes.queries import agreement_named

    with shown() as progress:
        count = export(agreement=agreement_named(options.agreement), path=options.out, progress=progress)
    print(_("%(count)s reports written to %(path)s.") % {"count": f"{count:,}", "path": options.out})
