"""Links of public pages, menu and footer that lead nowhere, for those who mend them: Wagtail's kind of report."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from giaoban.lib.text import fold
from giaoban.portal.models import Furniture, PortalPage
from giaoban.portal.queries.links import Link, links_of
from giaoban.portal.rights import FurniturePolicy, pages_with


class LinkFilter(WagtailFilterSet):
    """What leads nowhere, unless one asks for the links to other sites."""

    where = django_filters.ChoiceFilter(
        label=_("Where it leads"), choices=[("elsewhere", _("to another site"))], empty_label=_("nowhere"),
        widget=forms.RadioSelect,
    )  # fmt: skip

    class Meta:
        model = PortalPage
        fields: list[str] = []

    def filter_queryset(self, links: list[Link]) -> list[Link]:
        wanted = self.form.cleaned_data["where"] == "elsewhere"
        return [link for link in links if link.is_external is wanted]


def _editor(link: Link) -> str:
    """The form in which it is mended."""
    if link.site:
        return reverse("wagtailsettings:edit", args=["portal", "furniture", link.site])
    return reverse("wagtailadmin_pages:edit", args=[link.page])


class LinkReport(ReportView):
    """One line for each link: page (or menu and footer), field, words, where it was to lead, why it does not."""

    model = PortalPage
    any_permission_required = ["change"]
    page_title = _("Broken links")
    header_icon = "link"
    filterset_class = LinkFilter
    is_searchable = True
    index_url_name = "broken-links"
    index_results_url_name = "broken-links-results"
    columns = [
        TitleColumn("title", label=_("Page"), get_url=_editor),
        Column("field", label=_("Field")),
        Column("words", label=_("Link")),
        Column("address", label=_("Address")),
        Column("reason", label=_("Reason")),
    ]  # fmt: skip
    list_export = ["title", "field", "words", "address", "reason", "edit"]
    export_headings = {
        "title": _("Page"), "field": _("Field"), "words": _("Link"), "address": _("Address"),
        "reason": _("Reason"), "edit": _("Editor"),
    }  # fmt: skip
    export_filename = "links"

    @property
    def no_results_message(self) -> Any:
        is_narrowed = self.is_searching or self.is_filtering
        return _("No such link was found.") if is_narrowed else _("No link leads nowhere.")

    def get_queryset(self) -> list[Link]:
        user = self.request.user
        sites = FurniturePolicy(Furniture).sites_user_has_permission_for(user, "change")
        around = Furniture.objects.filter(site__in=sites)
        return self.search_queryset(links_of(pages_with(user, "write"), around, at=timezone.now()))

    def search_queryset(self, links: list[Link]) -> list[Link]:
        asked = fold(self.search_query)
        return [link for link in links if asked in fold(f"{link.title} {link.words} {link.address}")]

    def to_row_dict(self, link: Link) -> dict[str, Any]:
        edit = self.request.build_absolute_uri(_editor(link))
        return {name: edit if name == "edit" else str(getattr(link, name)) for name in self.list_export}
