"""Homes into which the product loaded a folder, with its own command; kept between runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import programme, world

ROOT = Path(__file__).resolve().parent.parent
GIAOBAN = "import sys; from giaoban.config.cli import main; sys.exit(main(sys.argv[1:]))"


class Failed(Exception):
    """A command of the product did not end well."""


@dataclass(frozen=True)
class Ran:
    """A command: seconds in all and until its first line of progress, seconds of the CPU, peak memory."""

    seconds: float
    start_up: float
    cpu: float
    peak_mb: int
    lines: list[tuple[float, str]]

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def giaoban(home: Path, *arguments: str) -> Ran:
    """Run a command of the product on a home, as a person would."""
    environment = os.environ | {"GIAOBAN_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-c", GIAOBAN, *arguments], env=environment, cwd=ROOT, text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    lines = [(round(time.perf_counter() - began, 3), line.rstrip()) for line in child.stderr or ()]
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    if child.returncode:
        raise Failed(f"giaoban {' '.join(arguments)}: " + "\n".join(line for _at, line in lines[-20:]))
    first = lines[0][0] if lines else seconds
    return Ran(seconds, first, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, lines)


def folder(place: Path, size: str) -> Path:
    """The generated programme folder of a size, written when it is not there."""
    path = place / size / "folder"
    programme.write_folder(path, world.SIZES[size])
    return path


def integers(place: Path, size: str) -> Path:
    """The same figures as plain integers."""
    path = place / size / "integers"
    programme.write_integers(path, world.SIZES[size])
    return path


def loaded(place: Path, size: str) -> Path:
    """A home that holds the programme of a size, loaded when it is not there."""
    home = place / size / "home"
    done = home / "loaded"
    if not done.exists():
        giaoban(home, "load", str(folder(place, size)))
        done.touch()
    return home


def size_on_disk(path: Path) -> int:
    """Bytes of a file, or of all files below a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())


CALL = """
import json, os, sys
from importlib import import_module
os.environ["DJANGO_SETTINGS_MODULE"] = "giaoban.config.settings"
import django
django.setup()
module, _, function = sys.argv[1].partition(":")
answer = getattr(import_module(module), function)(**json.loads(sys.argv[2]))
with open(sys.argv[3], "w", encoding="utf-8") as file:
    json.dump(answer, file)
"""


def inside(home: Path, function: str, **arguments: Any) -> Any:
    """What `module:function` answers in a process of its own that works on this home."""
    home.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"GIAOBAN_HOME": str(home)}
    with tempfile.NamedTemporaryFile(suffix=".json") as answer:
        command = [sys.executable, "-c", CALL, function, json.dumps(arguments), answer.name]
        if subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode:
            raise Failed(f"{function} did not end well.")
        return json.loads(Path(answer.name).read_text("utf-8"))
