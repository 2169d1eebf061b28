"""Which npm files the workspace serves, and where they lie.

In a checkout they are read from ``node_modules``; the wheel carries the same
few files under ``giaoban/vendor``. Nothing here needs Django: the wheel's
build reads this table too.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent

#: static name (below STATIC_URL) -> path inside node_modules
FILES = {
    "vendor/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "vendor/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "vendor/qr/decode.js": "qr/decode.js",
    "vendor/qr/index.js": "qr/index.js",
}


def vendor_files(package: Path = PACKAGE) -> dict[str, Path]:
    """Static name -> file on disk, for every file of FILES that is there."""
    packed = {name: package / name for name in FILES}
    if all(path.is_file() for path in packed.values()):
        return packed
    modules = package.parent / "node_modules"
    found = {name: modules / source for name, source in FILES.items()}
    return {name: path for name, path in found.items() if path.is_file()}


def missing_vendor_files(package: Path = PACKAGE) -> list[str]:
    """Names of FILES that are nowhere; `make` installs them with npm."""
    return sorted(FILES.keys() - vendor_files(package).keys())
