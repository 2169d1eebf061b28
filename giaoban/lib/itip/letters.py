"""Read mails that come back: a reply with a calendar part, or word that a mail could not be delivered."""

from __future__ import annotations

from dataclasses import dataclass
from email import errors, message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from giaoban.lib.itip.parts import ItipError
from giaoban.lib.itip.reading import MOST_BYTES


@dataclass(frozen=True)
class Bounce:
    """A delivery that failed for good: whose, of which mail (its Message-ID), and what the server said."""

    address: str
    message_id: str
    reason: str


@dataclass(frozen=True)
class Letter:
    """A mail as far as it concerns us. sender: in small letters."""

    sender: str
    subject: str
    calendars: tuple[bytes, ...]
    bounce: Bounce | None


def read_letter(data: bytes) -> Letter:
    """Parse a mail; whatever is no mail is an ItipError."""
    if len(data) > 5 * MOST_BYTES:
        raise ItipError("size", most=5 * MOST_BYTES // 1000)
    try:
        mail: EmailMessage = message_from_bytes(data, policy=policy.default)
        if not mail.keys() or "from" not in mail:
            raise ItipError("letter")
        sender = parseaddr(str(mail["from"]))[1].lower()
        return Letter(sender, str(mail.get("subject", "")), tuple(_calendars(mail)), _bounce(mail))
    except (ValueError, LookupError, AttributeError, TypeError, errors.MessageError) as error:
        if isinstance(error, ItipError):
            raise
        raise ItipError("letter") from error


def _calendars(mail: EmailMessage) -> list[bytes]:
    """The calendar parts, each content once (mailers often attach the same file again)."""
    found: list[bytes] = []
    for part in mail.walk():
        name = (part.get_filename() or "").lower()
        if part.get_content_type() in ("text/calendar", "application/ics") or name.endswith(".ics"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip() not in [f.strip() for f in found]:
                found.append(content)
    return found


def _bounce(mail: EmailMessage) -> Bounce | None:
    """From a delivery status notification (RFC 3464), if the delivery failed for good."""
    if mail.get_content_type() != "multipart/report":
        return None
    address = reason = message_id = ""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.iter_parts() if part.is_multipart() else []:
                if str(block.get("action", "")).strip().lower() == "failed":
                    address = str(block.get("final-recipient", "")).partition(";")[2].strip().lower()
                    reason = str(block.get("diagnostic-code", block.get("status", ""))).strip()
        elif part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            message_id = message_id or _original(part)
    return Bounce(address, message_id, reason[:400]) if address else None


def _original(part: EmailMessage) -> str:
    """The Message-ID of the mail that is sent back."""
    if part.is_multipart():
        inner = next(iter(part.iter_parts()), None)
        return str(inner.get("message-id", "")).strip() if inner is not None else ""
    text = str(part.get_payload())
    header = next((line for line in text.splitlines() if line.lower().startswith("message-id:")), "")
    return header.partition(":")[2].strip()
