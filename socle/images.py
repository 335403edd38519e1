"""Responsive pictures: WebP renditions at fixed widths."""

from dataclasses import dataclass

from wagtail.images.models import AbstractImage, Filter

LARGEURS = (320, 640, 960, 1440)
# Cards crop to one shape, so that a grid of them keeps its rhythm.
CARTE = ((320, 200), (640, 400), (960, 600))
FORMAT = "format-webp|webpquality-78"
# What social networks show of a shared page.
PARTAGE = "fill-1200x630|format-jpeg"


@dataclass(frozen=True)
class Source:
    """What an `img` element needs."""

    src: str
    srcset: str
    width: int
    height: int


def specs(image: AbstractImage, *, carte: bool = False) -> list[str]:
    """Renditions of `image`, narrowest first: in its own shape, or in the shape of a card.

    A picture is never enlarged: widths above its own collapse into one rendition.
    """
    if carte:
        fitting = [size for size in CARTE if size[0] <= image.width] or [CARTE[0]]
        return [f"fill-{width}x{height}|{FORMAT}" for width, height in fitting]
    widths = sorted({min(width, image.width) for width in LARGEURS})
    return [f"width-{width}|{FORMAT}" for width in widths]


def source(image: AbstractImage, *, carte: bool = False) -> Source:
    """Return what an `img` element needs to show `image` at the width that suits the reader's screen."""
    renditions = list(image.get_renditions(*(Filter(spec=spec) for spec in specs(image, carte=carte))).values())
    default = renditions[min(1, len(renditions) - 1)]
    srcset = ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)
    return Source(default.url, srcset, default.width, default.height)
