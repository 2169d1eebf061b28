"""Translations: collect msgids, compile them, say what is missing.

    python -m tools.messages            add new msgids to each app's .po
    python -m tools.messages reports    only that app's
    python -m tools.messages --prune    forget the translations nobody uses any more
    python -m tools.messages --check    fail if a .po is out of date or a msgid has no Vietnamese
    python -m tools.messages --compile  write the .mo files (done by `make` and before tests)

Every app owns one file, ``giaoban/<app>/locale/vi/LC_MESSAGES/django.po``. A
msgid that ``core`` has is not asked for again in the other apps. Msgids are
English, so only Vietnamese needs files. No gettext programs are needed.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "giaoban"
LANGUAGE = "vi"
Key = tuple[str | None, object]

CONTEXT_FIRST = ((1, "c"), 2)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "ngettext_noop": (1, 2),
    "pgettext": CONTEXT_FIRST,
    "pgettext_lazy": CONTEXT_FIRST,
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
SUFFIXES = {".py", ".html", ".txt"}


def apps() -> list[Path]:
    """The app folders, core first."""
    found = sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))
    return sorted(found, key=lambda app: app.name != "core")


def po_path(app: Path) -> Path:
    return app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def sources(app: Path) -> Iterator[Path]:
    """Python files and templates of an app; tests speak to nobody."""
    for path in sorted(app.rglob("*")):
        inside = path.relative_to(app).parts
        if path.suffix not in SUFFIXES or {"tests", "migrations", "static"} & set(inside):
            continue
        if path.suffix == ".py" or "templates" in inside:
            yield path


def as_python(path: Path) -> bytes:
    """The file as text the Python extractor reads; templates are turned inside out."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    return text.encode()


def collect(app: Path) -> Catalog:
    """Every msgid of an app's files, with the files that use it."""
    catalog = Catalog()
    for path in sources(app):
        place = path.relative_to(ROOT).as_posix()
        found = extract("python", io.BytesIO(as_python(path)), keywords=KEYWORDS)
        for _line, msgid, comments, context in found:
            if msgid and msgid != ("", ""):
                catalog.add(msgid, None, [(place, 0)], (), comments, context=context)
    return catalog


def read(app: Path) -> Catalog:
    path = po_path(app)
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def updated(app: Path, taken: set[Key]) -> Catalog:
    """The app's catalog with the msgids its files use today; the rest becomes obsolete.

    `taken` holds the keys that core already has.
    """
    old, result = read(app), Catalog(locale=LANGUAGE)
    known = {key(m): m.string for m in [*old.obsolete.values(), *old] if m.string}
    for message in collect(app):
        if message.id and key(message) not in taken:
            place = {"locations": message.locations, "flags": message.flags}
            result.add(message.id, known.get(key(message)), context=message.context, **place)
    used = {key(message) for message in result}
    for message in [*old.obsolete.values(), *old]:
        if message.id and message.string and key(message) not in used:
            result.obsolete[message.id] = message
    return result


def key(message: Message) -> Key:
    return (message.context, message.id)


def printed(catalog: Catalog) -> bytes:
    """The .po text: sorted, places without line numbers, no dates, so that diffs stay small."""
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {LANGUAGE}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    )
    body = io.BytesIO()
    write_po(body, catalog, width=100, sort_output=True, omit_header=True, include_lineno=False)
    return header.encode() + body.getvalue()


def catalogs() -> Iterator[tuple[Path, Catalog]]:
    taken: set[Key] = set()
    for app in apps():
        catalog = updated(app, taken)
        if app.name == "core":
            taken = {key(message) for message in catalog if message.id}
        yield app, catalog


def update(names: list[str], prune: bool) -> None:
    """Write the .po of each named app (all, if none is named) again; translations stay."""
    for app, catalog in catalogs():
        if names and app.name not in names:
            continue
        if prune:
            catalog.obsolete.clear()
        path, text = po_path(app), printed(catalog)
        if not len(catalog) and not catalog.obsolete:
            path.unlink(missing_ok=True)
        elif not path.exists() or path.read_bytes() != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
        for message in untranslated(catalog):
            print(f"{path.relative_to(ROOT)}: no Vietnamese yet: {message.id!r}")


def untranslated(catalog: Catalog) -> list[Message]:
    def empty(message: Message) -> bool:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        return message.fuzzy or not all(strings)

    return [message for message in catalog if message.id and empty(message)]


def problems() -> list[str]:
    """One sentence per msgid or file that is not as it should be."""
    found, said = [], {}
    for app, catalog in catalogs():
        name = po_path(app).relative_to(ROOT)
        empty = untranslated(catalog)
        found += [f"{name}: no Vietnamese for {m.id!r}" for m in empty]
        missing = {key(m) for m in catalog} - {key(m) for m in read(app)}
        found += [f"{name}: not collected: {msgid!r}; run make messages" for _, msgid in missing]
        for message in catalog:
            if not message.id or message in empty:
                continue
            found += [f"{name}: {message.id!r}: {error}" for error in message.check(catalog)]
            other, string = said.setdefault(key(message), (name, message.string))
            if string != message.string:
                found.append(f"{name}: {message.id!r} is said otherwise in {other}")
    return found


def compile_all() -> None:
    """Write each .mo that is older than its .po."""
    for app in apps():
        source = po_path(app)
        target = source.with_suffix(".mo")
        if not source.exists():
            target.unlink(missing_ok=True)
        elif not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            with target.open("wb") as file:
                write_mo(file, read(app))


def main() -> int:
    parser = argparse.ArgumentParser(description="Collect, check or compile the translations.")
    parser.add_argument("apps", nargs="*", help="names of apps; none means all")
    parser.add_argument("--prune", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--compile", action="store_true")
    asked = parser.parse_args()
    if asked.compile:
        compile_all()
        return 0
    if asked.check:
        found = problems()
        print("\n".join(found) or "Every message has its Vietnamese.")
        return 1 if found else 0
    update(asked.apps, asked.prune)
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
