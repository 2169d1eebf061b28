"""On which pages a file or a picture stands."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField
from django.db.models.functions import Cast
from wagtail.models import ReferenceIndex

from giaoban.portal.models import PageFile, PortalFile, PortalImage, PortalPage

#: Where it is named apart from a text: whose rows, its column, the column of the page.
NAMED: dict[Any, tuple[Any, str, str]] = {
    PortalFile: (PageFile, "file", "page"),
    PortalImage: (PortalPage, "picture", "pk"),
}


def standing(kind: Any, pk: int | None = None) -> set[tuple[int, int]]:
    """(file, page) of every file (picture) that stands on a page, beside its text or in it; or of this one alone.
    A published page as it is published, whatever its draft says."""
    model, thing, page = NAMED[kind]
    named = model.objects.filter(**{f"{thing}__isnull": False})
    linked = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(kind),
        base_content_type__app_label="wagtailcore", base_content_type__model="page",
    )  # fmt: skip
    if pk is not None:
        named, linked = named.filter(**{thing: pk}), linked.filter(to_object_id=str(pk))
    rows = linked.annotate(thing=Cast("to_object_id", IntegerField()), page=Cast("object_id", IntegerField()))
    return {*named.values_list(thing, page), *rows.values_list("thing", "page")}
