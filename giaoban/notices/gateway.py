"""The signature of a mail gateway: HMAC-SHA256 over the time and the body.

    Giaoban-Signature: t=1605000000,v1=<hex of HMAC(key, b"1605000000." + body)>

A request older or newer than five minutes is refused. The same mail again changes nothing (it is known by
its content), so a gateway may repeat a request whose answer it did not get.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import datetime, timedelta

HEADER = "Giaoban-Signature"
TOLERANCE = timedelta(minutes=5)
_SHAPE = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})")


def sign(body: bytes, *, key: str, at: datetime) -> str:
    """The header's value: what a gateway computes."""
    stamp = str(int(at.timestamp()))
    return f"t={stamp},v1={_mac(key, stamp, body)}"


def fault(body: bytes, header: str, *, key: str, at: datetime) -> str:
    """ "" for a good signature; else "shape", "time" or "signature"."""
    found = _SHAPE.fullmatch(header.strip())
    if found is None:
        return "shape"
    stamp, mac = found.groups()
    if not hmac.compare_digest(mac, _mac(key, stamp, body)):
        return "signature"
    apart = abs(at.timestamp() - int(stamp))
    return "time" if apart > TOLERANCE.total_seconds() else ""


def _mac(key: str, stamp: str, body: bytes) -> str:
    return hmac.new(key.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
