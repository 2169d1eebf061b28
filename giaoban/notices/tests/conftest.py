from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from giaoban.accounts.models import User
from giaoban.core.actors import System

NOW = datetime(2020, 12, 1, 2, tzinfo=UTC)
BY = System("test")


def person(name: str, language: str = "vi") -> User:
    return User.objects.create_user(f"{name}@example.vn", None, name=name.title(), language=language)


@dataclass
class Acting:
    """A person as policies see him, without any role."""

    user: User
    memberships: tuple[()] = ()

    @property
    def actor_id(self) -> str:
        return self.user.actor_id

    @property
    def label(self) -> str:
        return self.user.label


class Server:
    """A real mail server on loopback. refuse: address -> the answer it gets instead of being taken."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.refuse: dict[str, str] = {}

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:  # noqa: N802
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(envelope)
        return "250 taken"


@pytest.fixture
def smtp(settings: Any) -> Iterator[Server]:
    """Mail goes to it over SMTP, as in operation."""
    handler = Server()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield handler
    controller.stop()
