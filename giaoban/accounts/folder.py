"""The people of a programme folder: accounts without a password. Nobody's own data are changed."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress

from giaoban.accounts.models import User
from giaoban.core import audit
from giaoban.core.actors import Actor


def account(*, email: str, name: str, title: str, sample: bool, by: Actor, at: datetime) -> User:
    """The account with this address, made if there is none; an existing one stays as it is."""
    known = User.objects.filter(email__iexact=email).first()
    if known is not None:
        return known
    person = User.objects.create_user(email, None, name=name, title=title, is_sample=sample)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    audit.record(subject=person, verb="load", by=by, at=at, detail={"email": audit.personal(person.email)})
    return person
