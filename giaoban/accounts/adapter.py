"""What we tell django-allauth: nobody signs himself up, people are invited."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from giaoban.accounts.models import User


def display(user: User) -> str:
    """How allauth's pages and mails call a person."""
    return user.label


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There are no user names: people sign in with their e-mail address."""

    def format_email_subject(self, subject: str) -> str:
        return f"Giao Ban: {subject}"
