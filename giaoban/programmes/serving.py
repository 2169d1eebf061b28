"""The web server and the job workers as one tree of processes: started, watched, stopped together."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zlib import crc32

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone

from giaoban.core import jobs
from giaoban.portal.stored.shelf import shelf
from giaoban.programmes.homes import clear_up

logger = logging.getLogger("giaoban.serve")

STOPPING = 15.0
BEAT = timedelta(seconds=30)
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process and how to start it again. `name` is its id among job workers, or "web"."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.starts = [t for t in self.starts if time.monotonic() - t < 60] + [time.monotonic()]
        self.process = subprocess.Popen(self.command, preexec_fn=_die_with_parent, start_new_session=True)

    @property
    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None


def _die_with_parent() -> None:
    """The kernel ends the child when the supervisor dies, however it dies (Linux)."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    except (OSError, AttributeError):
        pass


def node() -> str:
    """This machine and home, as the beginning of the ids of its workers."""
    return f"{socket.gethostname()[:24]}-{crc32(str(settings.HOME).encode()):08x}-"


@dataclass(frozen=True)
class Plan:
    """What to serve: where, with how many web and job processes, and with which certificate."""

    host: str
    port: int
    workers: int
    jobs: int
    certificate: Path | None = None
    key: Path | None = None

    @property
    def address(self) -> str:
        host = "localhost" if self.host in ("0.0.0.0", "127.0.0.1", "::") else self.host
        return f"http{'s' if self.certificate else ''}://{host}:{self.port}/"

    def children(self) -> list[Child]:
        web = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "giaoban.config.wsgi:application",
            "--host", self.host, "--port", str(self.port), "--workers", str(self.workers),
            "--blocking-threads", "8", "--workers-kill-timeout", "10", "--respawn-failed-workers",
            "--no-access-log", "--log-level", "error",
        ]  # fmt: skip
        if self.certificate and self.key:
            web += ["--ssl-certificate", str(self.certificate), "--ssl-keyfile", str(self.key)]
        found = [Child("web", web)]
        for number in range(self.jobs):
            name = f"{node()}{os.getpid()}-{number}"
            work = [sys.executable, "-m", "giaoban.programmes.worker", name]
            found.append(Child(name, work))
        return found


class Supervisor:
    """Starts the children, starts again what ends by itself, and stops all on SIGTERM or SIGINT."""

    def __init__(self, plan: Plan) -> None:
        self.children = plan.children()
        self.stopping = False
        self._beat: datetime | None = None

    def run(self) -> int:
        """Until stopped: 0; 1 if a child cannot be kept alive."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        jobs.release([node()], at=timezone.now())
        shelf().begin()
        for child in self.children:
            child.start()
        failed = False
        while not self.stopping and not failed:
            failed = not all(self._keep(child) for child in self.children)
            self._heartbeat()
            time.sleep(0.2)
        self._end()
        return 1 if failed else 0

    def _stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def _keep(self, child: Child) -> bool:
        """Start a child again that ended by itself; False if it ends again and again."""
        if not child.has_ended or self.stopping:
            return True
        code = child.process.returncode if child.process else 0
        if len(child.starts) >= 5 or (
            child.name == "web" and len(child.starts) == 1 and time.monotonic() - child.starts[0] < 5
        ):
            print(f"The process {child.name} cannot be kept running (it ended with {code}).", file=sys.stderr)
            return False
        logger.warning("%s ended with %s and is started again", child.name, code)
        if child.name != "web":
            jobs.release([child.name], at=timezone.now())
        child.start()
        return True

    def _heartbeat(self) -> None:
        now = timezone.now()
        if self._beat is None or now - self._beat >= BEAT:
            self._beat = now
            try:
                jobs.heartbeat(at=now)
                clear_up()
            except Exception:
                logger.exception("the heartbeat failed")
                close_old_connections()

    def _end(self) -> None:
        """SIGTERM to all, then SIGKILL to what is still there after a while."""
        connection.close()
        alive = [c.process for c in self.children if c.process and c.process.poll() is None]
        for process in alive:
            process.terminate()
        until = time.monotonic() + STOPPING
        for process in alive:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
