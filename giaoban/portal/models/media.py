"""Pictures and files of the portal. What is uploaded stays inside; only renditions and linked files are served."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition

from giaoban.lib.text import fold
from giaoban.portal.models.noting import NotedRow

#: Words that say that there is a picture, not what it shows.
EMPTY_WORDS = {
    "anh", "hinh", "hinh anh", "anh minh hoa", "hinh minh hoa", "minh hoa", "buc anh", "picture", "image", "photo",
    "photograph", "figure", "illustration", "untitled", "responsive image", "alt", "alt text", "img", "logo", "n/a",
}  # fmt: skip
FILE_NAME = re.compile(
    r"\.(jpe?g|png|gif|webp|avif|heic|tiff?|svg|bmp)$|^(img|dsc|dcim|image|anh|screenshot)[-_ ]?\d+", re.I
)


def says_nothing(text: str, filename: str = "") -> bool:
    """Is the alternative text a file name or a placeholder?"""
    bare = " ".join(text.split())
    stem = fold(re.sub(r"[-_\s]+", " ", PurePath(filename).stem)) if filename else ""
    words = fold(re.sub(r"[-_\s]+", " ", bare)).strip(" .:#0123456789")
    return bool(FILE_NAME.search(bare)) or words in EMPTY_WORDS or not words or bool(stem and words == stem)


class PortalImage(NotedRow, AbstractImage):
    """A picture with its alternative text in both languages, or marked as decoration."""

    alt_vi = models.CharField(
        _("alternative text in Vietnamese"), max_length=240, blank=True,
        help_text=_("What the picture shows, for those who do not see it. Not its file name."),
    )  # fmt: skip
    alt_en = models.CharField(_("alternative text in English"), max_length=240, blank=True)
    is_decorative = models.BooleanField(
        _("decoration only"),
        default=False,
        help_text=_("The picture says nothing that the text does not say."),
    )
    credit = models.CharField(_("picture by"), max_length=160, blank=True)

    admin_form_fields = (
        "title", "file", "alt_vi", "alt_en", "is_decorative", "credit", "collection",
        "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def get_upload_to(self, filename: str) -> str:
        return super().get_upload_to(filename).replace("original_images/", "portal-originals/", 1)

    def generate_rendition_file(self, filter: Any, **given: Any) -> ContentFile[bytes]:
        """As Wagtail's, with its temporary file closed, in the colours of screens."""
        with super().generate_rendition_file(filter, **given) as made:
            made.seek(0)
            return ContentFile(_on_screen(made.read()), name=made.name)

    def clean(self) -> None:
        super().clean()
        if self.is_decorative:
            return
        if not self.alt_vi.strip():
            sentence = gettext("Say what the picture shows, or mark it as decoration only.")
            raise ValidationError({"alt_vi": sentence})
        for field in ("alt_vi", "alt_en"):
            text = getattr(self, field)
            if text and says_nothing(text, PurePath(self.file.name or "").name):
                sentence = gettext("This is a file name or a placeholder. Say what the picture shows.")
                raise ValidationError({field: sentence})

    def alternative(self, language: str) -> tuple[str, str]:
        """The alternative text, and the language it is in."""
        if self.is_decorative:
            return "", language
        own = self.alt_en if language == "en" else self.alt_vi
        return (own, language) if own else (self.alt_vi or self.alt_en, "vi" if self.alt_vi else "en")


def _on_screen(picture: bytes) -> bytes:
    """A JPEG in the four colours of print in the three of screens; any other file as it is."""
    with Image.open(BytesIO(picture)) as read:
        if read.mode != "CMYK":
            return picture
        made = BytesIO()
        read.convert("RGB").save(made, "JPEG", quality=85, progressive=True, optimize=True)
    return made.getvalue()


class PortalRendition(NotedRow, AbstractRendition):
    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="one_rendition_per_filter"
            )
        ]

    def get_upload_to(self, filename: str) -> str:
        return super().get_upload_to(filename).replace("images/", "portal/", 1)


def _where(file: models.Model, filename: str) -> str:
    return f"portal-files/{PurePath(filename).name}"


class PortalFile(NotedRow, AbstractDocument):
    """A file beside a page. It is served once a page that anybody may read links to it."""

    file = models.FileField(_("file"), upload_to=_where)
    admin_form_fields = ("title", "file", "collection", "tags")

    @property
    def url(self) -> str:
        """Its one address, in texts and in the editor alike."""
        return reverse("portal:file", args=[self.pk, self.filename])

    class Meta(Document.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
