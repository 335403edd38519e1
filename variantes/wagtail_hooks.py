"""Wiring of the language versions into the admin."""

from variantes.hooks import (  # noqa: F401 -- registers them
    assistant,
    envois,
    falc,
    fraicheur,
    gardes,
    pictogrammes,
    retours,
    traductions,
)
