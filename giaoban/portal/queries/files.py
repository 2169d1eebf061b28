"""On which pages a file stands."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField
from django.db.models.functions import Cast
from wagtail.models import ReferenceIndex

from giaoban.portal.models import PageFile, PortalFile


def standing(file: PortalFile | None = None) -> set[tuple[int, int]]:
    """(file, page) of every file that stands on a page, below its text or in it; or of this one alone."""
    named = PageFile.objects.all()
    linked = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(PortalFile),
        base_content_type__app_label="wagtailcore", base_content_type__model="page",
    )  # fmt: skip
    if file is not None:
        named, linked = named.filter(file=file), linked.filter(to_object_id=str(file.pk))
    rows = linked.annotate(file=Cast("to_object_id", IntegerField()), page=Cast("object_id", IntegerField()))
    return {*named.values_list("file", "page"), *rows.values_list("file", "page")}
