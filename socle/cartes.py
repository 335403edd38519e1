"""What every map of the platform is made of: our outlines, and tiles where the settings name some."""

from typing import TypedDict

from django.conf import settings
from django.templatetags.static import static

# Île-de-France, south-west then north-east.
EMPRISE = ((48.12, 1.44), (49.25, 3.56))
CREDIT_CONTOURS = "Contours © IGN – ADMIN EXPRESS, Licence Ouverte 2.0"


class Tuiles(TypedDict):
    """Where pictures of the ground come from."""

    url: str
    hote: str
    credit: str


def contours() -> str:
    """Return the address of the outlines of the départements."""
    return static("geo/departements.json")


def tuiles() -> Tuiles | None:
    """Return the tiles of the settings; none unless they come by https, as the policy of the pages asks."""
    if not (settings.TUILES_HOTE and settings.TUILES_URL.startswith("https://")):
        return None
    return {"url": settings.TUILES_URL, "hote": settings.TUILES_HOTE, "credit": settings.TUILES_CREDIT}
