"""Who sends too much is asked to wait. Addresses are not kept: see docs/decisions/0026."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from giaoban.portal.models import DayKey, Knock


def admit(address: str, purpose: str, *, most: int, at: datetime) -> bool:
    """Count one knock of this address for this purpose, in its day; False if that is more than `most`."""
    with transaction.atomic():
        key = _key_of(localdate(at))
        said = f"{purpose}|{_house(address)}".encode()
        digest = hmac.new(bytes.fromhex(key.key), said, hashlib.sha256).hexdigest()
        knock, _made = Knock.objects.get_or_create(under=key, digest=digest)
        Knock.objects.filter(pk=knock.pk).update(times=F("times") + 1)
        knock.refresh_from_db()
    return knock.times <= most


def _key_of(day: date) -> DayKey:
    """The key of the day; those of other days go, and with them what they made."""
    key, made = DayKey.objects.get_or_create(day=day, defaults={"key": secrets.token_hex(32)})
    if made:
        DayKey.objects.filter(day__lt=day).delete()
    return key


def _house(address: str) -> str:
    """An IPv6 address down to its network: one house has many."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def forget_knocks(*, at: datetime) -> int:
    """Throw away the keys of days that are over, with everything made under them; how many."""
    day = localdate(at)
    _rows, by_model = DayKey.objects.filter(day__lt=day).delete()
    return by_model.get(DayKey._meta.label, 0)
