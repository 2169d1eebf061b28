"""One-file backups: the database, the media and the secret key; and restoring one with proof."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.refused import Refused
from giaoban.programmes import homes
from giaoban.programmes.health import UNTIED

FORMAT = 1
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "giaoban.sqlite3", "postgresql": "database.dump"}


@dataclass
class Manifest:
    """What a backup holds. files: name -> [size, sha256]; seal: number and digest of the trail's head."""

    format: int
    version: str
    made_at: str
    database: str
    seal: list[Any]
    files: dict[str, list[Any]]


def backup(*, path: Path, at: datetime) -> Manifest:
    """Seal the trail and write everything that cannot be derived into one file. People go on working.

    The facts are left out: they are derived. The file appears whole or not at all.
    """
    if path.exists():
        raise Refused(_("%(path)s is there already. Name another file.") % {"path": path})
    head = audit.seal(at=at) if homes.standing() == "ready" else None
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as scratch:
            database = Path(scratch) / DATABASES[connection.vendor]
            _copy_database(database)
            seal = [head.number, head.digest] if head else []
            manifest = Manifest(FORMAT, _version(), at.isoformat(), connection.vendor, seal, {})
            _pack(partial, manifest, [(database.name, database), *_files()])
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def _version() -> str:
    try:
        return metadata.version("giaoban")
    except metadata.PackageNotFoundError:
        return "0"


def _copy_database(target: Path) -> None:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        copy = sqlite3.connect(target)
        raw: Any = connection.connection
        with copy:
            raw.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.close()
        return
    _tool(
        "pg_dump",
        "--format=custom",
        "--no-owner",
        f"--file={target}",
        f"--dbname={os.environ['DATABASE_URL']}",
    )


def _tool(name: str, *arguments: str) -> None:
    """Run a tool of PostgreSQL; its complaint becomes ours."""
    if shutil.which(name) is None:
        raise Refused(
            _("%(tool)s is not on this machine. Install the client tools of PostgreSQL.") % {"tool": name}
        )
    ran = subprocess.run([name, *arguments], capture_output=True, text=True)
    if ran.returncode:
        raise Refused(_("%(tool)s failed: %(why)s") % {"tool": name, "why": ran.stderr.strip()})


def _files() -> Iterator[tuple[str, Path]]:
    """The files beside the database: the secret key and the media."""
    key = settings.HOME / "secret.key"
    if key.is_file():
        yield key.name, key
    root = Path(settings.MEDIA_ROOT)
    for file in sorted(root.rglob("*")):
        if file.is_file():
            yield f"media/{file.relative_to(root).as_posix()}", file


def _pack(target: Path, manifest: Manifest, files: list[tuple[str, Path]]) -> None:
    """The members, then the manifest with their digests, then everything on the disk."""
    with target.open("wb") as raw:
        os.chmod(target, 0o600)
        with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=3) as pack:
            for name, file in files:
                manifest.files[name] = [file.stat().st_size, _digest(file)]
                pack.add(file, arcname=name, recursive=False)
            text = json.dumps(asdict(manifest), indent=1, ensure_ascii=False).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(text)
            pack.addfile(entry, io.BytesIO(text))
        raw.flush()
        os.fsync(raw.fileno())


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


@dataclass
class Restored:
    """What was proved: files with their digests, rows of the trail, and the seal."""

    manifest: Manifest
    rows: int


def restore(*, path: Path) -> Restored:
    """Unpack a backup into an empty home and prove it; at the first doubt the home is left empty."""
    _refuse_used()
    scratch = Path(tempfile.mkdtemp(dir=settings.HOME, prefix=".restore-"))
    try:
        manifest = _unpack(path, scratch)
        if manifest.database != connection.vendor:
            what = {"kind": manifest.database}
            raise Refused(
                _("This backup is of a %(kind)s database; set or unset DATABASE_URL accordingly.") % what
            )
        if connection.vendor == "sqlite":
            _prove_sqlite(scratch / DATABASES["sqlite"])
        _put_in_place(scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    try:
        return Restored(manifest, _prove_trail(manifest))
    except Refused:
        _empty_again()
        raise


def _refuse_used() -> None:
    settings.HOME.mkdir(parents=True, exist_ok=True)
    used = [f.name for f in settings.HOME.iterdir() if f.name != "secret.key" and f.suffix != ".lock"]
    if used or (connection.vendor == "postgresql" and connection.introspection.table_names()):
        raise Refused(
            _("%(home)s is in use. Restore into an empty home: set GIAOBAN_HOME.") % {"home": settings.HOME}
        )


def _unpack(path: Path, scratch: Path) -> Manifest:
    """The members in the scratch folder, each with the size and digest that the manifest gives."""
    try:
        with tarfile.open(path, "r:gz") as pack:
            _extract(pack, scratch.resolve())
        manifest = Manifest(**json.loads((scratch / MANIFEST).read_text(encoding="utf-8")))
    except (tarfile.TarError, EOFError, ValueError, TypeError, KeyError, FileNotFoundError) as error:
        if isinstance(error, FileNotFoundError) and not path.exists():
            raise
        raise Refused(_("%(path)s is no whole backup of Giao Ban.") % {"path": path}) from None
    except OSError as error:
        if error.errno is None or isinstance(error, tarfile.TarError | EOFError):
            raise Refused(_("%(path)s is no whole backup of Giao Ban.") % {"path": path}) from None
        raise
    if manifest.format != FORMAT:
        raise Refused(_("This backup was made by a newer version of giaoban. Install that version."))
    for name, (size, digest) in manifest.files.items():
        file = scratch / name
        if not file.is_file() or file.stat().st_size != size or _digest(file) != digest:
            raise Refused(_("%(file)s in the backup is damaged. Take another backup.") % {"file": name})
    return manifest


def _extract(pack: tarfile.TarFile, scratch: Path) -> None:
    """Plain files that stay below the scratch folder; Debian 12's Python has no extraction filter yet."""
    for member in pack:
        place = (scratch / member.name).resolve()
        content = pack.extractfile(member) if member.isfile() else None
        if content is None or not place.is_relative_to(scratch):
            raise ValueError(member.name)
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as file:
            place.chmod(member.mode & 0o755)
            shutil.copyfileobj(content, file)


def _prove_sqlite(file: Path) -> None:
    base = sqlite3.connect(file)
    try:
        sound = base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        tied = base.execute(f"{UNTIED} LIMIT 1").fetchone() is None
    finally:
        base.close()
    if not (sound and tied):
        raise Refused(_("The database in the backup is damaged. Take another backup."))


def _put_in_place(scratch: Path) -> None:
    if connection.vendor == "postgresql":
        dump = scratch / DATABASES["postgresql"]
        target = f"--dbname={os.environ['DATABASE_URL']}"
        _tool("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", target, str(dump))
    else:
        (scratch / DATABASES["sqlite"]).rename(settings.HOME / DATABASES["sqlite"])
    for name in ("secret.key", "media"):
        if (scratch / name).exists():
            (scratch / name).rename(settings.HOME / name)


def _prove_trail(manifest: Manifest) -> int:
    """The chain holds and ends in the seal of the manifest. Returns its rows."""
    if homes.standing() != "ready":
        homes.bring_up()
    fault = next(audit.faults(), None)
    if fault:
        raise Refused(_("The audit trail in the backup does not hold. %(fault)s") % {"fault": fault})
    last = audit.Seal.objects.order_by("-number").first()
    if manifest.seal and (last is None or [last.number, last.digest] != manifest.seal):
        raise Refused(_("The audit trail in the backup does not end in the seal of its manifest."))
    return audit.AuditRow.objects.count()


def _empty_again() -> None:
    connection.close()
    if connection.vendor == "sqlite":
        for file in settings.HOME.glob("giaoban.sqlite3*"):
            file.unlink()
    shutil.rmtree(settings.HOME / "media", ignore_errors=True)
