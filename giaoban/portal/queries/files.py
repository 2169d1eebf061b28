"""On which pages a file stands."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField
from django.db.models.functions import Cast
from wagtail.models import ReferenceIndex

from giaoban.portal.models import PageFile, PortalFile


def standing() -> set[tuple[int, int]]:
    """(file, page) of every file that stands on a page, below its text or in it."""
    linked = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(PortalFile),
        base_content_type__app_label="wagtailcore", base_content_type__model="page",
    )  # fmt: skip
    rows = linked.annotate(file=Cast("to_object_id", IntegerField()), page=Cast("object_id", IntegerField()))
    return {*PageFile.objects.values_list("file", "page"), *rows.values_list("file", "page")}


def pages_of(file: PortalFile) -> set[int]:
    """The pages that name it below their text, or link to it in their text."""
    linked = ReferenceIndex.get_references_to(file).annotate(page=Cast("object_id", IntegerField()))
    return {
        *PageFile.objects.filter(file=file).values_list("page", flat=True),
        *linked.filter(
            base_content_type__app_label="wagtailcore", base_content_type__model="page"
        ).values_list("page", flat=True),
    }
