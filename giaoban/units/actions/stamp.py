"""Tell readers who keep a copy of the tree that it changed."""

from django.db.models import F

from giaoban.units.models import TreeStamp


def stamp_tree() -> None:
    """Count the tree's stamp up, inside the caller's transaction."""
    TreeStamp.objects.get_or_create(pk=1)
    TreeStamp.objects.filter(pk=1).update(stamp=F("stamp") + 1)
