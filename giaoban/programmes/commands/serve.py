"""giaoban serve"""

from __future__ import annotations

import argparse
from pathlib import Path

SUMMARY = "bring the home up to date, then serve web pages and do jobs until stopped"
HOME = "migrate"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port (default %(default)s)")
    parser.add_argument("--workers", type=int, default=1, help="web processes (default %(default)s)")
    parser.add_argument(
        "--jobs", type=int, default=1, help="job processes (default %(default)s; 0 for none here)"
    )
    parser.add_argument("--tls-cert", type=Path, help="certificate chain, PEM")
    parser.add_argument("--tls-key", type=Path, help="its private key, PEM")


def run(options: argparse.Namespace) -> int:
    from giaoban.programmes.serving import Plan

    return serve(
        Plan(options.host, options.port, options.workers, options.jobs, options.tls_cert, options.tls_key)
    )


def serve(plan: Plan) -> int:  # type: ignore[name-defined]  # noqa: F821
    """Refuse what cannot work, say where we are, and run until stopped."""
    import socket

    from django.db import connection
    from django.utils.translation import gettext as _

    from giaoban.core.refused import Refused
    from giaoban.programmes.homes import alone
    from giaoban.programmes.serving import Supervisor

    if bool(plan.certificate) != bool(plan.key):
        raise Refused(_("Give --tls-cert and --tls-key together."))
    for file, kind in ((plan.certificate, b"CERTIFICATE"), (plan.key, b"PRIVATE KEY")):
        if file is not None and b"-----BEGIN " + kind + b"-----" not in file.read_bytes():
            raise Refused(_refusal(file))
    family = socket.AF_INET6 if ":" in plan.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((plan.host, plan.port))
    with alone("serve", wait=False):
        print(_("Giao Ban is at %(address)s (Ctrl+C stops it).") % {"address": plan.address}, flush=True)
        connection.close()
        return Supervisor(plan).run()


def _refusal(file: Path) -> str:
    from django.utils.translation import gettext as _

    return _(
        "%(file)s must be a PEM file: a certificate, or a private key in PKCS#8. "
        "To convert a key: openssl pkcs8 -topk8 -nodes -in OLD -out NEW."
    ) % {"file": file}
