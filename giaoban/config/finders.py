"""A static files finder for the npm files listed in `vendor.FILES`."""

from collections.abc import Iterable
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Warning
from django.core.files.storage import FileSystemStorage

from giaoban.config.vendor import missing_vendor_files, vendor_files


class VendorStorage(FileSystemStorage):
    """Answers the static names of `vendor.FILES` with the files behind them."""

    prefix = ""

    def path(self, name: str) -> str:
        return str(vendor_files()[name])


class VendorFinder(BaseFinder):
    """Add `giaoban.config.finders.VendorFinder` to STATICFILES_FINDERS."""

    storage = VendorStorage()

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        missing = missing_vendor_files()
        if not missing:
            return []
        hint = "Run `make node_modules` (or `npm ci`) in the project folder."
        return [Warning(f"Not found: {', '.join(missing)}.", hint=hint, id="giaoban.W001")]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = vendor_files().get(path)
        if find_all or kwargs.get("all"):
            return [str(found)] if found else []
        return str(found) if found else None

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        for name in vendor_files():
            yield name, self.storage
