"""What the search knows: the words of each published page, in each language of its address."""

from __future__ import annotations

from django.db import models

from giaoban.portal.models.base import PortalPage


class Findable(models.Model):
    """A published page as it reads under /vi/ or /en/: `spoken` is the language its title stands in there.

    Rows are kept small: a question walks over all that fit. The text, and its words without marks, stand in the
    table portal_words, which belongs to the database's own full text search (see queries/words.py).
    """

    page = models.ForeignKey(PortalPage, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=2)
    spoken = models.CharField(max_length=2)
    kind = models.CharField(max_length=20, db_index=True)
    title = models.CharField(max_length=255)
    posted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("page", "language"), name="findable_once_a_language")]

    def __str__(self) -> str:
        return self.title
