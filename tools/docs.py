"""Print the pages that can be printed from code into docs/reference.

    python -m tools.docs           write them
    python -m tools.docs --check   fail if a page is not what would be written

A printer is a function without arguments that gives the page's text. Apps do
not know of it: whoever adds one writes it here in PRINTERS. A printer whose
module does not exist yet is left out.
"""

import argparse
import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: page below docs/reference -> "module:function"
PRINTERS = {
    "coverage.md": "tools.coverage:printed",
    "benchmarks.md": "benchmarks.page:printed",
    "commands.md": "tools.commands:printed",
    "states.md": "tools.policies:states",
    "rights.md": "tools.policies:rights",
    "settings.md": "tools.environment:printed",
}


def pages() -> dict[Path, str]:
    """Every printable page with its text."""
    import django
    from django.utils import translation

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "giaoban.config.settings")
    os.environ.setdefault("GIAOBAN_HOME", str(ROOT / ".cache" / "home"))
    django.setup()
    found = {}
    with translation.override("en"):
        for name, place in PRINTERS.items():
            module, _, function = place.partition(":")
            if find_spec(module):
                text = getattr(import_module(module), function)()
                found[ROOT / "docs" / "reference" / name] = text.rstrip() + "\n"
    return found


def stale() -> list[str]:
    """Paths of the pages that `make docs` would write otherwise."""
    return [
        path.relative_to(ROOT).as_posix()
        for path, text in pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description="Print docs/reference from code.")
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        found = stale()
        print("\n".join(f"{page} is stale: run make docs" for page in found) or "Pages fit.")
        return 1 if found else 0
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
