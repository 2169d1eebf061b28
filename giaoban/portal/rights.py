"""Wagtail asks about rights; the table in policy.py answers. Nobody is put into groups by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, Site
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from giaoban.accounts.models import User
from giaoban.agreements.standing import Standing
from giaoban.portal.models import HomePage, PortalPage, RegisterPage, SectionPage
from giaoban.portal.models.workflow import asks
from giaoban.portal.policy import PORTAL

#: Wagtail's word for an act -> the right it needs.
ACTS = {
    "change": "write", "add": "write", "publish": "publish", "lock": "publish", "unlock": "publish",
    "bulk_delete": "publish", "delete": "publish",
}  # fmt: skip
#: Pages under which whoever may write in the agreement may begin one.
OPEN_TO_UNITS = (SectionPage, RegisterPage)
#: What Django is asked by name -> the right, anywhere.
NAMED = {
    "wagtailadmin.access_admin": "write",
    "wagtailredirects.add_redirect": "publish",
    "wagtailredirects.change_redirect": "publish",
    "wagtailredirects.delete_redirect": "publish",
}


def standing(user: Any) -> Standing:
    """The person now; read once per request."""
    kept = getattr(user, "_portal_standing", None)
    if kept is None:
        kept = user._portal_standing = Standing(user, timezone.now())
    return kept  # type: ignore[no-any-return]


def may_at_all(user: Any, right: str) -> bool:
    return bool(user.is_authenticated) and PORTAL.may_at_all(standing(user), right)


def has_part(user: Any, right: str) -> bool:
    """Has the person the right in this portal: to write, where a section takes his agreement's pages; else in the
    agreement of the front page."""
    if not user.is_authenticated or not may_at_all(user, right):
        return False
    kept: dict[str, bool] = user.__dict__.setdefault("_portal_part", {})
    if right not in kept:
        front = home()
        if right == "write":
            kept[right] = bool(_open_sections(user)) or pages_with(user, right).exists()
        else:
            kept[right] = front is not None and may_on(user, right, front)
    return kept[right]


def pages_with(user: Any, right: str) -> QuerySet[PortalPage]:
    """The pages on which the person has the right."""
    return PortalPage.objects.filter(PORTAL.q(standing(user), right))


def may_on(user: Any, right: str, page: Page) -> bool:
    return pages_with(user, right).filter(pk=page.pk).exists()


asks.update(may=may_on, pages=pages_with)


class EditorRights(BaseBackend):
    """Django's question “has he the permission named …”, answered from the table."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        right = NAMED.get(perm)
        return right is not None and has_part(user_obj, right)


@dataclass(frozen=True)
class _Codename:
    codename: str


@dataclass(frozen=True)
class Granted:
    """As Wagtail keeps a right: a page, all below it, and the name of an act."""

    page: Page
    permission: _Codename

    @property
    def page_id(self) -> int:
        return int(self.page.pk)


class TablePolicy(PagePermissionPolicy):
    """Rights on pages from the table."""

    def get_all_permissions_for_user(self, user: Any) -> list[Granted]:
        if not user.is_authenticated or not user.is_active:
            return []
        found = []
        for act in ("change", "add", "publish", "lock", "unlock", "bulk_delete"):
            found += [Granted(page, _Codename(f"{act}_page")) for page in _tops(user, ACTS[act], act)]
        return found

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        found = Q(pk__in=[])
        for act in actions:
            if act in ACTS:
                found |= Q(pk__in=pages_with(user, ACTS[act]).values("pk"))
            if act == "add":
                found |= Q(pk__in=[pk for pk, _path in _open_sections(user)])
        return self.model._default_manager.filter(found)

    def explorable_instances(self, user: Any) -> QuerySet[Any]:
        """Pages on which he may do something, sections he may write in, and the way there. No neighbour's page."""
        if not user.is_authenticated or not user.is_active:
            return self.model._default_manager.none()
        paths = set(
            self.instances_user_has_any_permission_for(user, ("change", "add")).values_list("path", flat=True)
        )
        step = PortalPage.steplen
        paths |= {path[:end] for path in paths for end in range(2 * step, len(path), step)}
        return self.model._default_manager.filter(path__in=paths)

    def users_with_any_permission(
        self, actions: Iterable[str], include_superusers: bool = True
    ) -> QuerySet[User]:
        roles = {g.role for act in actions if act in ACTS for g in PORTAL.rights[ACTS[act]]}
        return User.objects.filter(is_active=True, memberships__role__in=roles).distinct()

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Page, include_superusers: bool = True
    ) -> QuerySet[User]:
        found = [
            user.pk
            for user in self.users_with_any_permission(actions)
            if any(may_on(user, ACTS[act], instance) for act in actions if act in ACTS)
        ]
        return User.objects.filter(pk__in=found)


def _tops(user: Any, right: str, act: str) -> list[Page]:
    """The highest pages from which the right reaches down."""
    rows = pages_with(user, right).order_by("path").values_list("pk", "path")
    kept: list[tuple[int, str]] = []
    for pk, path in rows.iterator():
        if not kept or not path.startswith(kept[-1][1]):
            kept.append((pk, path))
    if act == "add":
        kept += _open_sections(user)
    return list(Page.objects.filter(pk__in=[pk for pk, _path in kept]))


def _open_sections(user: Any) -> list[tuple[int, str]]:
    by = standing(user)
    found: list[tuple[int, str]] = []
    for kind in OPEN_TO_UNITS:
        for pk, path, agreement in kind.objects.values_list("pk", "path", "agreement"):
            if agreement and PORTAL.may_in(by, "write", agreement):
                found.append((pk, path))
    return found


def may_see(user: Any, page: Page) -> bool:
    """May the person know of the page in the editor: he may do something on it, or below it?"""
    policy = TablePolicy(Page)
    if not user.is_authenticated or not user.is_active:
        return False
    mine = policy.instances_user_has_any_permission_for(user, ("change", "add"))
    return bool(mine.filter(path__startswith=page.path).exists())


class MediaPolicy(BasePermissionPolicy):
    """Pictures and files: who writes may bring and choose them; he changes his own, the portal's editor all."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return has_part(user, "publish" if action == "delete" else "write")

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if action in ("choose", "view"):
            return has_part(user, "write")
        own = instance.uploaded_by_user_id == user.pk and action != "delete"
        return has_part(user, "write" if own else "publish")

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        rows = self.model._default_manager.all()
        if has_part(user, "publish") or (set(actions) & {"choose", "view"} and has_part(user, "write")):
            return rows
        return rows.filter(uploaded_by_user=user) if has_part(user, "write") else rows.none()

    def collections_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        from wagtail.models import Collection

        return Collection.objects.all() if has_part(user, "write") else Collection.objects.none()

    def collections_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Any]:
        return self.collections_user_has_any_permission_for(user, [action])

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        roles = {g.role for g in PORTAL.rights["write"]}
        return User.objects.filter(is_active=True, memberships__role__in=roles).distinct()


class FurniturePolicy(BasePermissionPolicy):
    """Menus and footer: who publishes on the portal."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "change" and has_part(user, "publish")

    def sites_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Site]:
        return Site.objects.all() if self.user_has_permission(user, action) else Site.objects.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        roles = {g.role for g in PORTAL.rights["publish"]}
        return User.objects.filter(is_active=True, memberships__role__in=roles).distinct()


class ClosedPolicy(BasePermissionPolicy):
    """Accounts, roles, sites and collections are not kept here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return False

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        return User.objects.none()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        return self.model._default_manager.none()


def home() -> HomePage | None:
    """The front page, if the portal has been opened."""
    return HomePage.objects.first()
