"""The rules, by family; importing them declares them."""

from variantes.falc.regles import liens, longueur, nombres, page, passif, signes, subordonnees, tournures, vocabulaire

__all__ = ["liens", "longueur", "nombres", "page", "passif", "signes", "subordonnees", "tournures", "vocabulaire"]
