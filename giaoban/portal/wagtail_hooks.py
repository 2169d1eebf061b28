"""Wagtail's editor as this product shows it: rights from the table, no places that are kept elsewhere."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import mail, messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages import edit
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.widgets import BaseChooser
from wagtail.contrib.redirects import views as redirects
from wagtail.contrib.settings.models import register_setting
from wagtail.models import Collection, Locale, Page, Site, Task, Workflow
from wagtail.permissions import policy_registry

from giaoban.core.actors import System
from giaoban.portal.actions.telling import tell_of_comment, tell_of_decision
from giaoban.portal.forms import OldAddressForm
from giaoban.portal.models import Furniture, PortalFile, PortalImage
from giaoban.portal.queries.browsing import open_pages
from giaoban.portal.queries.links import nowhere_on
from giaoban.portal.rights import ClosedPolicy, FurniturePolicy, MediaPolicy, TablePolicy, may_on
from giaoban.portal.views.links import LinkReport

register_setting(Furniture, icon="list-ul", order=700)
policy_registry.register(Furniture, value=FurniturePolicy(Furniture), exact_class=True)
policy_registry.register(Page, value=TablePolicy(Page))
for _kind in (PortalImage, PortalFile):
    policy_registry.register(_kind, value=MediaPolicy(_kind), exact_class=True)
for _kind in (Site, Collection, Task, Workflow, Locale, get_user_model(), Group):
    policy_registry.register(_kind, value=ClosedPolicy(_kind), exact_class=True)


def _chooser(
    self: BaseChooser, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
) -> str:
    """As Wagtail draws it, but named in data for editor.js: our policy refuses its inline script."""
    id_ = (attrs or {})["id"]
    data = self.get_value_data(value)
    return format_html(
        '{}<span hidden data-starts="{}" data-for="{}" data-with="{}"></span>', self.render_html(name, data, attrs),
        self.js_constructor, id_, json.dumps(self.get_js_init_options(id_, name, data)),
    )  # fmt: skip


BaseChooser.render = _chooser
redirects.RedirectForm = redirects.CreateView.form_class = redirects.EditView.form_class = OldAddressForm
_from, _to = _("Old address"), _("Leads to")
redirects.IndexView.columns[0].label, redirects.IndexView.columns[2].label = _from, _to
redirects.IndexView.export_headings = redirects.IndexView.export_headings | {"old_path": _from, "link": _to}


def _named_if_seen(self: PageBulkAction) -> tuple[list[Page], dict[str, list[Page]]]:
    """As Wagtail's; but what a person may not see is not named among what he may not change either."""
    mine, others = BulkAction.get_actionable_objects(self)
    seen = policy_registry.get_by_type(Page).explorable_instances(self.request.user)
    kept = set(
        seen.filter(pk__in=[page.pk for page in others["items_with_no_access"]]).values_list("pk", flat=True)
    )
    return mine, {"items_with_no_access": [p for p in others["items_with_no_access"] if p.pk in kept]}


PageBulkAction.get_actionable_objects = _named_if_seen


def _comments_are_told(people: Any, notification: str, said: dict[str, Any]) -> None:
    """In place of Wagtail's mail in the sender's language: a notice to those who may still write the page."""
    told = {
        "people": [person for person in people if may_on(person, "write", said["page"])],
        "page": said["page"],
    }
    done = [(what, row) for what in ("new", "resolved", "deleted") for row in said[f"{what}_comments"]]
    done += [("reply", reply) for thread in said["replied_comments"] for reply in thread["replies"]]
    for what, row in done:
        tell_of_comment(what=what, words=row.text, by=said["editor"], at=timezone.now(), **told)


def _decisions_are_told(
    self: mail.EmailNotificationMixin, templates: Any, said: dict[str, Any], people: Any, **given: Any
) -> None:
    tell_of_decision(
        page=said["page"], what=self.notification, words=said.get("comment") or "", people=people,
        by=given.get("user") or System("portal"), at=timezone.now(),
    )  # fmt: skip


edit.send_notification = _comments_are_told
mail.EmailNotificationMixin.send_notifications = _decisions_are_told

#: Places of Wagtail's menu that this product does not have.
ABSENT = {
    "users", "groups", "sites", "collections", "workflows", "workflow-tasks", "locales", "help", "page-types-usage",
}  # fmt: skip
PageTypesUsageReportView.any_permission_required = []  # it names the last page edited, whoever's it is


@hooks.register("insert_global_admin_js")
def without_inline_scripts() -> str:
    return format_html('<script src="{}" defer></script>', static("portal/editor.js"))


@hooks.register("insert_global_admin_css")
def own_colours() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("portal/editor.css"))


@hooks.register("construct_page_chooser_queryset")
def to_choose_from(pages: Any, request: Any) -> Any:
    """A link leads to a public page, or to one the person works on."""
    seen = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return pages.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=open_pages(at=request.at).values("pk")))


@hooks.register("construct_settings_menu")
@hooks.register("construct_reports_menu")
def no_second_accounts(request: Any, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in ABSENT]


@hooks.register("construct_main_menu")
def back_to_work(request: Any, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in ABSENT]
    items.append(
        MenuItem(_("To the workspace"), "/portal/", name="workspace", icon_name="arrow-left", order=10)
    )


@hooks.register("register_admin_urls")
def own_addresses() -> list[Any]:
    return [
        path("links/", LinkReport.as_view(), name="broken-links"),
        path("links/results/", LinkReport.as_view(results_only=True), name="broken-links-results"),
    ]


@hooks.register("register_reports_menu_item")
def broken_links() -> MenuItem:
    return MenuItem(_("Broken links"), reverse("broken-links"), name="links", icon_name="link", order=650)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def links_that_lead_nowhere(request: Any, page: Any) -> None:
    """Said when a page is saved or published, and nothing is held up by it."""
    if request.method != "POST" or not request.accepts("text/html"):
        return
    found = nowhere_on(page, at=timezone.now())
    if found:
        sentence = gettext("Readers would not get far with these links: %(links)s.")
        told = "; ".join(f"“{link.words}” ({link.reason})" for link in found)
        messages.warning(request, sentence % {"links": told})
