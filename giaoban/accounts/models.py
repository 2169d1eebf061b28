"""A person who signs in. What he may do is a membership (agreements), not a property of the account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_backends
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class TextSize(models.TextChoices):
    SMALL = "small", _("Smaller text")
    NORMAL = "normal", _("Normal text")
    LARGE = "large", _("Larger text")


class User(AbstractBaseUser):
    """Signs in with his e-mail address. `name` is what other people see."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("position"), max_length=160, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(
        _("language"), max_length=5, default="vi", choices=[("vi", "Tiếng Việt"), ("en", "English")]
    )
    text_size = models.CharField(
        _("text size"), max_length=10, choices=TextSize.choices, default=TextSize.NORMAL
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    unread = models.PositiveIntegerField(default=0, editable=False)  # notices; kept by giaoban.notices
    is_sample = models.BooleanField(_("sample account"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    #: Always empty: rights are memberships. The portal's editor cannot do without the field.
    groups = models.ManyToManyField("auth.Group", blank=True)
    #: Nobody stands above the tables of rights.
    is_superuser = False

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def actor_id(self) -> str:
        return f"user:{self.pk}"

    @property
    def label(self) -> str:
        return str(self)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own question, which packages ask; apps answer it from their tables of rights."""
        from django.contrib.auth.backends import ModelBackend  # late: it asks for this very model

        asked = (b for b in get_backends() if not isinstance(b, ModelBackend))
        return self.is_active and any(b.has_perm(self, perm, obj=obj) for b in asked)

    def has_perms(self, perms: Iterable[str], obj: Any = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
