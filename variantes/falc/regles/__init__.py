"""The rules, by family; importing them declares them."""

from variantes.falc.regles import liens, longueur, nombres, page, signes, tournures

__all__ = ["liens", "longueur", "nombres", "page", "signes", "tournures"]
