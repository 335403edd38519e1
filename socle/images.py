"""Responsive pictures: WebP renditions at fixed widths."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

from socle.models.medias import Illustration

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


@dataclass(frozen=True)
class Rendu:
    """A picture resized for one use."""

    url: str
    width: int
    height: int

    @property
    def full_url(self) -> str:
        """With scheme and host, for those who read the page elsewhere."""
        return f"{settings.WAGTAILADMIN_BASE_URL}{self.url}" if self.url.startswith("/") else self.url


# A filter parses its words once; pages ask for the same few again and again.
_filter = lru_cache(maxsize=200)(lambda spec: Filter(spec=spec))


def avec_rendus(images: Any) -> Any:
    """Bring with each picture of a queryset what `rendus` reads, as one value: a page shows dozens of them."""
    known = Illustration.get_rendition_model().objects.filter(image_id=OuterRef("pk")).order_by()
    fields = JSONObject(spec="filter_spec", cle="focal_point_key", file="file", width="width", height="height")
    return images.annotate(rendus_connus=ArraySubquery(known.values(json=fields)))


def rendus(image: AbstractImage, wanted: list[str]) -> list[Rendu]:
    """Return `image` resized as each of these specs says, made where it never was before."""
    known = {(one["spec"], one["cle"]): one for one in getattr(image, "rendus_connus", ())}
    found = [known.get((spec, _filter(spec).get_cache_key(image))) for spec in wanted]
    if None in found:
        made = list(image.get_renditions(*(_filter(spec) for spec in wanted)).values())
        if hasattr(image, "rendus_connus"):
            image.rendus_connus += [_connu(one) for one in made]
        return [Rendu(one.url, one.width, one.height) for one in made]
    storage = Illustration.get_rendition_model()._meta.get_field("file").storage
    return [Rendu(storage.url(one["file"]), one["width"], one["height"]) for one in found if one]


def _connu(made: AbstractRendition) -> dict[str, Any]:
    size = {"width": made.width, "height": made.height}
    return {"spec": made.filter_spec, "cle": made.focal_point_key, "file": made.file.name, **size}


def source(image: AbstractImage, *, carte: bool = False) -> Source:
    """Return what an `img` element needs to show `image` at the width that suits the reader's screen."""
    found = rendus(image, specs(image, carte=carte))
    default = found[min(1, len(found) - 1)]
    srcset = ", ".join(f"{rendu.url} {rendu.width}w" for rendu in found)
    return Source(default.url, srcset, default.width, default.height)
