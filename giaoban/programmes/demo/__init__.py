"""`giaoban demo`: a Mekong-delta programme of 2020 with sample figures, made through the product's own moves."""

from giaoban.programmes.demo.build import PASSWORD, SignIn, build

__all__ = ["PASSWORD", "SignIn", "build"]
