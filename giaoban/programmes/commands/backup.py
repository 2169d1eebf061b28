"""giaoban backup FILE"""

from __future__ import annotations

import argparse
from pathlib import Path

SUMMARY = "write everything that cannot be derived into one file, while people go on working"
HOME = "any"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the file to write, for example giaoban-2026-11-23.tar.gz")


def run(options: argparse.Namespace) -> None:
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from giaoban.programmes.backups import backup

    manifest = backup(path=options.file, at=timezone.now())
    size = f"{options.file.stat().st_size / 1e6:,.1f}"
    print(_("%(count)s files, %(size)s MB: %(file)s") % {
        "count": len(manifest.files), "size": size, "file": options.file,
    })  # fmt: skip
    if manifest.seal:
        number, digest = manifest.seal
        print(_("Seal %(number)s of the audit trail: %(digest)s") % {"number": number, "digest": digest})
    print(_("The file holds the secret key and personal data: keep it where only operators can read it."))
