"""The renditions of a picture: made once, when it is brought, in the sizes the pages show."""

from __future__ import annotations

from dataclasses import dataclass

from willow.plugins.pillow import PillowImage

from giaoban.portal.models import PortalImage, PortalRendition

#: Willow writes into a rendition what the camera wrote into the picture, the place it was taken among it. Not here.
PillowImage.get_exif_data = lambda self: None

#: where -> how it is cut (width, height of a full one) and for which widths of the screen
CUTS = {
    "card": "fill-640x360", "small": "fill-400x225", "wide": "width-1200", "half": "width-640",
    "share": "fill-1200x630",
}  # fmt: skip
#: A cut and the smaller one beside it, from which browsers choose.
SIZES = {"card": ("small", "card"), "wide": ("half", "wide")}
#: Made when the picture is brought.
MADE = (
    ("card", "jpeg"),
    ("card", "webp"),
    ("small", "webp"),
    ("half", "webp"),
    ("wide", "jpeg"),
    ("wide", "webp"),
    ("share", "jpeg"),
)


#: Smaller still, and slow to make: a job makes them, pages show them once they are there.
SLOW = (("card", "avif"), ("small", "avif"), ("half", "avif"), ("wide", "avif"))
#: Best first; a browser takes the first it knows.
KINDS = (("avif", "image/avif"), ("webp", "image/webp"))


def spec(cut: str, kind: str) -> str:
    return f"{CUTS[cut]}|format-{kind}"


def make_renditions(image: PortalImage, which: tuple[tuple[str, str], ...] = MADE) -> None:
    """Make those that are not there yet."""
    image.get_renditions(*(spec(*one) for one in which))


@dataclass(frozen=True)
class Source:
    """One line of <picture>: its type, and addresses with their widths."""

    type: str
    srcset: str


@dataclass(frozen=True)
class Drawn:
    """What a page needs to show a picture."""

    src: str
    width: int
    height: int
    sources: tuple[Source, ...]


def drawn(image: PortalImage, cut: str = "wide") -> Drawn | None:
    """The picture from the renditions that are there. No query where they were fetched before."""
    held = {r.filter_spec: r for r in image.renditions.all() if r.focal_point_key == _key(image, r)}
    plain = held.get(spec(cut, "jpeg"))
    if plain is None:
        return None
    sources = []
    for kind, named in KINDS:
        cuts = [spec(c, kind) for c in SIZES.get(cut, (cut,))]
        found: list[PortalRendition] = [held[one] for one in cuts if one in held]
        if cuts[-1] in held:
            widths = ", ".join(f"{r.url} {r.width}w" for r in {r.width: r for r in found}.values())
            sources.append(Source(named, widths))
    return Drawn(plain.url, plain.width, plain.height, tuple(sources))


def _key(image: PortalImage, rendition: PortalRendition) -> str:
    """Renditions that are cut go by the focal point; the others have none."""
    if not rendition.filter_spec.startswith("fill"):
        return rendition.focal_point_key
    from wagtail.images.models import Filter

    return str(Filter(spec=rendition.filter_spec).get_cache_key(image))
