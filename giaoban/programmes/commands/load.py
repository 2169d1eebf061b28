"""giaoban load FOLDER"""

from __future__ import annotations

import argparse
from pathlib import Path

SUMMARY = "load a programme folder: all of it, or nothing and every bad row as file:line"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="the folder that holds programme.toml")
    parser.add_argument(
        "--replace", action="store_true", help="overwrite reports that people wrote or changed too"
    )


def run(options: argparse.Namespace) -> None:
    from django.conf import settings
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from giaoban.core.actors import System
    from giaoban.programmes.actions import load
    from giaoban.programmes.homes import alone
    from giaoban.programmes.progress import shown

    with alone("load"), shown() as progress:
        done = load(
            path=options.folder, by=System("load"), at=timezone.now(), replace=options.replace,
            progress=progress, scratch=settings.HOME,
        )  # fmt: skip
    what = {"rows": f"{done.rows:,}", "changed": f"{done.changed:,}", "agreement": done.agreement}
    print(_("%(agreement)s: %(rows)s reports read, %(changed)s written.") % what)
    if not done.audited:
        print(_("Everything was there already; nothing was changed."))
