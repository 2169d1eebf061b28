"""Wheel build hook: compile the translations, pack the npm files the workspace serves."""

import runpy
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Not for editable installs: a checkout reads node_modules and compiles its own .mo."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from tools.messages import compile_all

        compile_all()
        vendor = runpy.run_path(str(root / "giaoban" / "config" / "vendor.py"))
        if missing := vendor["missing_vendor_files"]():
            raise SystemExit(f"Not found: {', '.join(missing)}. Run `npm ci` first, or `make wheel`.")
        for name, path in vendor["vendor_files"]().items():
            build_data["force_include"][str(path)] = f"giaoban/{name}"
