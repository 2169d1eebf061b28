"""What changes a programme as a whole."""

from giaoban.programmes.actions.loading import Loaded, load

__all__ = ["Loaded", "load"]
