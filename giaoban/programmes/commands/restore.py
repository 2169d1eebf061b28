"""giaoban restore FILE"""

from __future__ import annotations

import argparse
from pathlib import Path

SUMMARY = "unpack a backup into an empty home and prove that it is whole"
HOME = "none"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a file that giaoban backup wrote")


def run(options: argparse.Namespace) -> None:
    from django.utils.translation import gettext as _

    from giaoban.programmes.backups import restore

    done = restore(path=options.file)
    what = {"count": len(done.manifest.files), "rows": f"{done.rows:,}", "made": done.manifest.made_at}
    print(_("Restored the backup of %(made)s.") % what)
    print(_("%(count)s files, all with their digests; the database is sound.") % what)
    print(_("The audit trail of %(rows)s rows holds.") % what)
    if done.manifest.seal:
        number, digest = done.manifest.seal
        print(_("Seal %(number)s of the audit trail: %(digest)s") % {"number": number, "digest": digest})
    print(_("Figures are computed anew from the reports when they are asked for."))
