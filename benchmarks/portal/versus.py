"""The same articles by stock Wagtail, by nginx as files, and by us; in turn, under the same load.

Needs `wrk` and `nginx` (Debian packages); everything else is made in the given place.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import homes
from benchmarks.homes import ROOT
from benchmarks.portal import stock
from benchmarks.results import keep

WORKERS, CONNECTIONS, SECONDS, ROUNDS = 2, 16, 6, 5
TICK = os.sysconf("SC_CLK_TCK")

LUA = """
local paths, n = {}, 0
for line in io.lines("%s") do paths[#paths + 1] = line end
request = function() n = n %% #paths + 1; return wrk.format("GET", paths[n]) end
done = function(s, latency)
  local e = s.errors
  io.stderr:write(string.format('{"requests":%%d,"microseconds":%%d,"p50":%%d,"p99":%%d,"errors":%%d}',
    s.requests, s.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""
NGINX = """
worker_processes %(workers)d; daemon off; pid %(folder)s/pid; error_log %(folder)s/error.log;
events { worker_connections 512; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; default_type text/html;
  client_body_temp_path %(folder)s/t1; proxy_temp_path %(folder)s/t2; fastcgi_temp_path %(folder)s/t3;
  uwsgi_temp_path %(folder)s/t4; scgi_temp_path %(folder)s/t5;
  server { listen 127.0.0.1:%(port)d; root %(folder)s/files; charset utf-8; }
}
"""


def run(place: Path, sizes: list[str], quick: bool) -> None:
    """Build what is not there, then measure in turn."""
    for tool in ("wrk", "nginx"):
        if shutil.which(tool) is None:
            raise homes.Failed(f"{tool} is not installed: apt-get install wrk nginx-light")
    folder = place / "portal"
    folder.mkdir(parents=True, exist_ok=True)
    theirs = stock.build(folder / "stock")
    shutil.rmtree(folder / "home", ignore_errors=True)
    own = homes.inside(folder / "home", "benchmarks.portal.ours:fill")
    with ExitStack() as stack:
        ours = stack.enter_context(_ours(folder))
        wagtail = stack.enter_context(_stock(folder))
        sizes_of = _copy(ours, own, folder / "nginx" / "files")
        nginx = stack.enter_context(_nginx(folder / "nginx"))
        targets = {
            "nginx, the same bytes as files": (nginx, own),
            "ours": (ours, own),
            "ours, made for each reader": (ours, [f"{path}?made=anew" for path in own]),
            "stock Wagtail": (wagtail, theirs),
        }
        rounds, seconds = (1, 2) if quick else (ROUNDS, SECONDS)
        rows = _in_turn(folder, targets, rounds, seconds)
        size = len(_get(wagtail.url + theirs[0]))
    keep("portal", "200 articles", {
        "targets": {name: _summary(each) for name, each in rows.items()}, "asked": _asked(rows),
        "bytes": {"ours": median(sizes_of), "stock Wagtail": size}, "rounds": rounds, "seconds": seconds,
    })  # fmt: skip


class Server:
    """A tree of processes that answers at a port."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.url = process, f"http://127.0.0.1:{port}"

    def cpu(self) -> float:
        """Seconds that its processes have worked."""
        return sum(_worked(pid) for pid in _tree(self.process.pid))


@contextmanager
def _serving(command: list[str], port: int, ready: str, **how: Any) -> Iterator[Server]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **how)
    server = Server(process, port)
    try:
        for _try in range(240):
            try:
                _get(server.url + ready)
                break
            except OSError:
                if process.poll() is not None:
                    raise homes.Failed(f"{command[:4]} did not start") from None
                time.sleep(0.25)
        yield server
    finally:
        process.terminate()
        process.wait(30)


def _ours(folder: Path) -> Any:
    port = _port()
    environment = os.environ | {"GIAOBAN_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)}
    command = [
        sys.executable, "-c", homes.GIAOBAN, "serve", "--port", str(port), "--workers", str(WORKERS), "--jobs", "0",
    ]  # fmt: skip
    return _serving(command, port, "/vi/", env=environment, cwd=ROOT)


def _stock(folder: Path) -> Any:
    port = _port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "stockwsgi:application", "--port", str(port),
        "--workers", str(WORKERS), "--blocking-threads", "1", "--no-access-log", "--log-level", "error",
    ]  # fmt: skip
    environment = stock.environment(folder / "stock")
    return _serving(command, port, "/bai-0/", env=environment, cwd=folder / "stock")


def _nginx(folder: Path) -> Any:
    port = _port()
    conf = folder / "nginx.conf"
    conf.write_text(NGINX % {"workers": WORKERS, "folder": folder, "port": port})
    return _serving(["nginx", "-c", str(conf)], port, "/vi/tin-tuc/bai-0/", stderr=subprocess.DEVNULL)


def _copy(server: Server, paths: list[str], folder: Path) -> list[int]:
    """What we answer, as files; warms our shelf too."""
    sizes = []
    for path in paths:
        body = _get(server.url + path)
        place = folder / path.strip("/") / "index.html"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(body)
        sizes.append(len(body))
    return sizes


def _in_turn(
    folder: Path, targets: dict[str, Any], rounds: int, seconds: int
) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in targets}
    names = list(targets)
    for number in range(-1, rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            server, paths = targets[name]
            found = _load(folder, server, paths, 1 if number < 0 else seconds)
            if number >= 0:
                rows[name].append(found)
                print(f"  {name}: {found}", file=sys.stderr)
    return rows


def _load(folder: Path, server: Server, paths: list[str], seconds: int) -> dict[str, Any]:
    """One run of wrk; with the CPU that the server took for it, in milliseconds a request."""
    (folder / "paths.txt").write_text("\n".join(paths) + "\n")
    (folder / "wrk.lua").write_text(LUA % (folder / "paths.txt"))
    before = server.cpu()
    ran = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(folder / "wrk.lua"), server.url],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = json.loads(ran.stderr[ran.stderr.index("{") :])
    used = server.cpu() - before
    return {
        "requests_per_second": told["requests"] / (told["microseconds"] / 1e6), "p50_ms": told["p50"] / 1000,
        "p99_ms": told["p99"] / 1000, "cpu_ms": used * 1000 / told["requests"], "errors": told["errors"],
    }  # fmt: skip


def _summary(runs: list[dict[str, Any]]) -> dict[str, Any]:
    found = {key: median(run[key] for run in runs) for key in runs[0] if key != "errors"}
    least = {f"{key}_range": [min(r[key] for r in runs), max(r[key] for r in runs)] for key in found}
    return {**found, **least, "errors": sum(run["errors"] for run in runs)}


def _asked(rows: dict[str, list[dict[str, Any]]]) -> dict[str, float]:
    """The three ratios that were asked for, round by round, and their medians."""
    ours, theirs, files = rows["ours"], rows["stock Wagtail"], rows["nginx, the same bytes as files"]

    def each(a: list[Any], b: list[Any], key: str) -> float:
        return median(x[key] / y[key] for x, y in zip(a, b, strict=True))

    return {
        "times stock Wagtail by CPU": each(theirs, ours, "cpu_ms"),
        "nginx to ours by CPU": each(ours, files, "cpu_ms"),
        "nginx to ours by requests": each(files, ours, "requests_per_second"),
        "p99 to nginx's": each(ours, files, "p99_ms"),
        "times stock Wagtail, made for each reader, by CPU": each(
            theirs, rows["ours, made for each reader"], "cpu_ms"
        ),
    }


def _tree(pid: int) -> list[int]:
    asked = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [pid, *(found for child in asked.stdout.split() for found in _tree(int(child)))]


def _worked(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read()  # type: ignore[no-any-return]


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
