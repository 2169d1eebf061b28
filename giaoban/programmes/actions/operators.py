"""The people who run the installation."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.accounts.actions import Invitation
from giaoban.accounts.models import User
from giaoban.agreements.actions.accounts import reset_password
from giaoban.agreements.actions.roles import give_role, invite_person
from giaoban.agreements.models import Membership, Role
from giaoban.core import audit
from giaoban.core.actors import System
from giaoban.core.refused import Refused

COMMAND = System("operator")


def make_operator(*, email: str, name: str, site: str, at: datetime) -> Invitation:
    """An operator from today on, and a one-time link to set the password; a known person gets a new link."""
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(_("“%(text)s” is no e-mail address.") % {"text": email}) from None
    known = User.objects.filter(email__iexact=email).first()
    role = {"agreement": None, "role": Role.OPERATOR, "valid_from": at.date(), "by": COMMAND, "at": at}
    if known is None:
        return invite_person(email=email, name=name, site=site, **role)
    with transaction.atomic():
        if not Membership.objects.filter(user=known, role=Role.OPERATOR).exists():
            give_role(person=known, **role)
        link = reset_password(person=known, site=site, by=COMMAND, at=at)
    return Invitation(known, link, False)


def set_password(*, person: User, password: str, at: datetime) -> None:
    """The password typed at the command; refuses a weak one."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        audit.record(subject=person, verb="set password", by=COMMAND, at=at)
