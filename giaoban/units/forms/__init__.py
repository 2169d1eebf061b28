"""Forms about units, and the fields with which every app asks for them."""

from giaoban.units.forms.fields import SpecMixin, UnitField, UnitsField, find, written

__all__ = ["SpecMixin", "UnitField", "UnitsField", "find", "written"]
