"""What stands in the QR code of a badge: which register, which code, until when, signed.

    GB1:<base32 of version, register, key number, code, expiry, signature>

15 bytes and an ECDSA P-256 signature over them (64 bytes, r and s, as WebCrypto wants it), written with the
letters that a QR code packs best: 131 characters, a code of 41 × 41 dots. Plain functions, no database.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from django.conf import settings

PREFIX, VERSION = "GB1:", 1
#: Letters of a code: no I, L, O, U, which people mistake.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BODY = struct.Struct(">BIB5sI")
_SIGNATURE = 64
_ALGORITHM = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
_READ = ec.ECDSA(hashes.SHA256())
_MISREAD = str.maketrans("OIL", "011")


@dataclass(frozen=True)
class Badge:
    """expires: seconds since 1970."""

    register: int
    key: int
    code: str
    expires: int


@dataclass(frozen=True)
class Scanned:
    """A badge as read, with what was signed and the signature; not yet checked."""

    badge: Badge
    body: bytes
    signature: bytes


def new_code() -> str:
    """Eight letters that nobody guesses: one of 2^40."""
    return "".join(secrets.choice(LETTERS) for _n in range(8))


def clean_code(text: str) -> str:
    """A code as people type it: small letters, hyphens, O for 0. Empty if it cannot be one."""
    code = re.sub(r"[\s-]", "", text).upper().translate(_MISREAD)
    return code if re.fullmatch(f"[{LETTERS}]{{8}}", code) else ""


def shown_code(code: str) -> str:
    """K7M2-9QXD"""
    return f"{code[:4]}-{code[4:]}"


def new_pair() -> tuple[str, str]:
    """(public, sealed private) half of a new key."""
    private = ec.generate_private_key(ec.SECP256R1())
    raw = private.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    plain = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return base64.b64encode(raw).decode(), _seal().encrypt(plain).decode()


def opened(sealed: str) -> ec.EllipticCurvePrivateKey:
    """The private half. Raises cryptography.fernet.InvalidToken where the installation's secret is another."""
    key = serialization.load_der_private_key(_seal().decrypt(sealed.encode()), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def payload(badge: Badge, private: ec.EllipticCurvePrivateKey) -> str:
    """The text of the QR code. The same badge and key give the same text."""
    body = _BODY.pack(VERSION, badge.register, badge.key, _packed(badge.code), badge.expires)
    r, s = decode_dss_signature(private.sign(body, _ALGORITHM))
    signed = body + r.to_bytes(32) + s.to_bytes(32)
    return PREFIX + base64.b32encode(signed).decode().rstrip("=")


def read(text: str) -> Scanned | None:
    """Take a scanned text apart; None if it is no badge of ours."""
    if not text.startswith(PREFIX) or len(text) > 200:
        return None
    packed = text[len(PREFIX) :]
    try:
        signed = base64.b32decode(packed + "=" * (-len(packed) % 8))
    except ValueError:
        return None
    if len(signed) != _BODY.size + _SIGNATURE:
        return None
    version, register, key, code, expires = _BODY.unpack(signed[: _BODY.size])
    if version != VERSION:
        return None
    badge = Badge(register, key, _unpacked(code), expires)
    return Scanned(badge, signed[: _BODY.size], signed[_BODY.size :])


def is_genuine(scanned: Scanned, public: str) -> bool:
    """Was it signed by the private half of this key?"""
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.b64decode(public))
    r, s = int.from_bytes(scanned.signature[:32]), int.from_bytes(scanned.signature[32:])
    try:
        key.verify(encode_dss_signature(r, s), scanned.body, _READ)
    except InvalidSignature:
        return False
    return True


def _packed(code: str) -> bytes:
    number = 0
    for letter in code:
        number = number * 32 + LETTERS.index(letter)
    return number.to_bytes(5)


def _unpacked(packed: bytes) -> str:
    number = int.from_bytes(packed)
    return "".join(LETTERS[number >> shift & 31] for shift in range(35, -1, -5))


def _seal() -> Fernet:
    key = hashlib.sha256(b"giaoban.attendance" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
