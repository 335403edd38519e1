"""Positions as people type them, and as the map keeps them."""

import math
import re

from django import forms
from wagtailgeowidget.helpers import geosgeometry_str_to_struct

NOMBRE = r"[+-]?\d{1,3}(?:[.,]\d+)?"
# "48.93, 2.35", "48,93 ; 2,35" and "48,93 2,35" say the same.
DEUX_NOMBRES = re.compile(rf"\s*({NOMBRE})\s*(?:[;\s]|,\s|,(?=\s*[+-]?\d{{1,3}}\.))\s*({NOMBRE})\s*")
SANS_ESPACE = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d+)?),([+-]?\d{1,3}(?:\.\d+)?)\s*")
Position = tuple[float, float]


def lire(texte: str) -> Position | None:
    """Return the latitude and the longitude that a text says; None when it does not."""
    if struct := geosgeometry_str_to_struct(texte.strip()):
        numbers = (struct["y"], struct["x"])
    elif match := DEUX_NOMBRES.fullmatch(texte) or SANS_ESPACE.fullmatch(texte):
        numbers = (match[1].replace(",", "."), match[2].replace(",", "."))
    else:
        return None
    try:
        latitude, longitude = (float(each) for each in numbers)
    except ValueError:
        return None
    sane = math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180
    return (latitude, longitude) if sane else None


def ecrire(position: Position | None) -> str:
    """Return a position as it is typed."""
    return ", ".join(f"{each:.6f}".rstrip("0").rstrip(".") for each in position) if position else ""


class PositionField(forms.CharField):
    """A latitude and a longitude; the map fills it, and so does whoever types."""

    default_error_messages = {
        "invalid": "Écrivez la latitude puis la longitude en degrés, avec une virgule entre les deux. "
        "Exemple : 48.9356, 2.3539."
    }

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"required": False, "max_length": 100, **kwargs})  # type: ignore[arg-type]  # as they came

    def prepare_value(self, value: object) -> object:
        return ecrire(value) if isinstance(value, tuple) else value

    def to_python(self, value: object) -> Position | None:  # type: ignore[override]  # a pair, not a text
        texte = super().to_python(value)
        if not texte:
            return None
        position = lire(texte)
        if position is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return position

    def has_changed(self, initial: object, data: object) -> bool:
        before = ecrire(initial) if isinstance(initial, tuple) else str(initial or "")
        return before != ecrire(lire(str(data or ""))) if lire(str(data or "")) else before != str(data or "").strip()

    # The checks of a text (its length, its null characters) were made before it became a pair.
    def run_validators(self, value: object) -> None:
        if isinstance(value, str):
            super().run_validators(value)
