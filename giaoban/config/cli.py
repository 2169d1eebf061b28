"""`giaoban`: one line per command; errors are sentences on stderr, exit 1."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module, metadata

#: Name of the command -> module in giaoban.programmes.commands.
COMMANDS = (
    "demo", "serve", "load", "export", "rollup", "trace", "review", "verify", "backup", "restore", "check", "operator",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "giaoban.config.settings")
    from giaoban.programmes.faults import sentence_of

    options = parser().parse_args(arguments)
    if "port" in options:  # it serves: links in mails and pages lead to where it is reached
        scheme = "https" if getattr(options, "tls_cert", None) else "http"
        os.environ.setdefault("GIAOBAN_URL", f"{scheme}://localhost:{options.port}")
    try:
        return _run(options)
    except KeyboardInterrupt:
        print("", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        sentence = sentence_of(error)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """The commands and what each takes."""
    top = argparse.ArgumentParser(
        prog="giaoban",
        description="From unit reports to a review whose every figure can be proved.",
        epilog="State lives under GIAOBAN_HOME (default ./var); DATABASE_URL moves it to PostgreSQL.",
    )
    top.add_argument("--version", action="version", version=f"giaoban {version()}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in COMMANDS:
        module = import_module(f"giaoban.programmes.commands.{name}")
        one = commands.add_parser(name, help=module.SUMMARY, description=module.SUMMARY)
        module.arguments(one)
        one.set_defaults(run=module.run, home=getattr(module, "HOME", "ready"))
    return top


def version() -> str:
    try:
        return metadata.version("giaoban")
    except metadata.PackageNotFoundError:
        return "0 (not installed)"


def language() -> str:
    """vi where the machine speaks Vietnamese, else en. GIAOBAN_LANG decides where it is set."""
    spoken = (os.environ.get(name) for name in ("GIAOBAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    return "vi" if next(filter(None, spoken), "").lower().startswith("vi") else "en"


def _run(options: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.utils import translation

    from giaoban.programmes.homes import prepare

    with translation.override(language()):
        if options.home in ("ready", "migrate"):
            prepare(migrate=options.home == "migrate")
        return options.run(options) or 0


if __name__ == "__main__":
    sys.exit(main())
