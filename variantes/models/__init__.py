"""Models of the language versions, one module per concept."""

from variantes.models.pictogrammes import Pictogramme

__all__ = ["Pictogramme"]
