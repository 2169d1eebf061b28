"""Changes of accounts: invite, deactivate, reactivate, reset. Audited; personal values stay out of the trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from giaoban.accounts.models import User
from giaoban.accounts.policy import (
    DEACTIVATE,
    INVITE,
    REACTIVATE,
    RESET,
    SEE_LINK,
    AccountPolicy,
    demand,
    may,
)
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused


@dataclass(frozen=True)
class Invitation:
    """The person, and the one-time link by which he sets his password.

    link is "" when the one who asked may not see it (it went by mail only), or when the person had
    an account before. is_new tells these apart.
    """

    person: User
    link: str
    is_new: bool


def invite(
    *, email: str, name: str, title: str = "", phone: str = "", language: str = "vi", is_sample: bool = False,
    site: str, by: Actor, at: datetime, policy: AccountPolicy,
) -> Invitation:  # fmt: skip
    """An account without password, and the link to set one; a known address gives the account it has.

    site: where the reader's browser finds us, "https://example.org/".
    """
    demand(policy, by, INVITE)
    with transaction.atomic():
        known = User.objects.filter(email__iexact=email.strip()).first()
        if known is not None:
            return Invitation(known, "", False)
        person = _new(
            email=email.strip(), name=name, title=title, phone=phone, language=language, is_sample=is_sample
        )
        audit.record(
            subject=person, verb="invite", by=by, at=at, detail={"email": audit.personal(person.email)}
        )
        link = _link(person, site)
        _write(person, "invited", link)
    return Invitation(person, link, True)


def _new(*, email: str, **fields: object) -> User:
    try:
        with transaction.atomic():
            person = User.objects.create_user(email, password=None, **fields)
    except IntegrityError:
        raise Refused(
            _("Somebody has just invited this address. Look at the list again."), field="email"
        ) from None
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


def deactivate(*, person: User, by: Actor, at: datetime, policy: AccountPolicy) -> None:
    """Nobody signs in with this account any more, and who is signed in is out at once."""
    demand(policy, by, DEACTIVATE, person)
    if by.actor_id == person.actor_id:
        raise Refused(_("You cannot deactivate your own account. Ask another operator."))
    _switch(person, active=False, verb="deactivate", by=by, at=at)


def reactivate(*, person: User, by: Actor, at: datetime, policy: AccountPolicy) -> None:
    """The account may sign in again, with the password it had."""
    demand(policy, by, REACTIVATE, person)
    _switch(person, active=True, verb="reactivate", by=by, at=at)


def _switch(person: User, *, active: bool, verb: str, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=person.pk)
        if locked.is_active != active:
            locked.is_active = active
            locked.save(update_fields=["is_active"])
            audit.record(subject=locked, verb=verb, by=by, at=at)
    person.is_active = active


def reset_password(*, person: User, site: str, by: Actor, at: datetime, policy: AccountPolicy) -> str:
    """Take the password away and mail a one-time link; the link too, if the asker may see it, else ""."""
    demand(policy, by, RESET, person)
    shown = may(policy, by, SEE_LINK, person)
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=person.pk)
        if not locked.is_active:
            raise Refused(_("The account is deactivated. Reactivate it first."))
        locked.set_unusable_password()
        locked.save(update_fields=["password"])
        audit.record(subject=locked, verb="reset password", by=by, at=at)
        link = _link(locked, site)
        _write(locked, "password_reset", link)
    return link if shown else ""


def reset_second_factor(*, person: User, by: Actor, at: datetime, policy: AccountPolicy) -> int:
    """Forget the authenticator app, passkeys and recovery codes of a person who lost them. Returns how many."""
    demand(policy, by, RESET, person)
    with transaction.atomic():
        gone, _rows = Authenticator.objects.filter(user=person).delete()
        audit.record(subject=person, verb="reset second factor", by=by, at=at, detail={"removed": gone})
        _write(person, "second_factor_reset", "")
    return gone


def change_profile(
    *, user: User, name: str, title: str, phone: str, language: str, text_size: str, by: Actor, at: datetime
) -> None:
    """A person changes what others see of him, and how he reads."""
    wanted = {"name": name, "title": title, "phone": phone, "language": language, "text_size": text_size}
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        changed = [field for field, value in wanted.items() if getattr(locked, field) != value]
        if changed:
            User.objects.filter(pk=user.pk).update(**{field: wanted[field] for field in changed})
            audit.record(
                subject=locked, verb="change profile", by=by, at=at, detail={"fields": sorted(changed)}
            )


def read_with(*, user: User, **chosen: str) -> None:
    """Remember language or text size on the account: a way of reading, not a change that concerns others."""
    User.objects.filter(pk=user.pk).update(**chosen)


def _link(person: User, site: str) -> str:
    """A link that works once, for settings.PASSWORD_RESET_TIMEOUT."""
    key = default_token_generator.make_token(person)
    path = reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key}
    )
    return site.rstrip("/") + path


def _write(person: User, letter: str, link: str) -> None:
    """Mail in the person's language, once the change is certain. A mail that fails undoes nothing."""
    with translation.override(person.language):
        lines = render_to_string(f"accounts/mail/{letter}.txt", {"person": person, "link": link}).strip()
    subject, _gap, body = lines.partition("\n")
    transaction.on_commit(
        partial(send_mail, subject.strip(), body.strip() + "\n", None, [person.email]), robust=True
    )
