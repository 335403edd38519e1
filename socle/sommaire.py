"""Table of contents from the heading blocks of a text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

# Anchors of the frame that every page shares.
ANCRES_DU_CADRE = ("contenu", "menu", "pied", "recherche-entete", "sommaire-titre")


@dataclass(frozen=True)
class EntreeSommaire:
    """A heading of the text; `niveau` is 2 or 3."""

    texte: str
    ancre: str
    niveau: int


def construire_sommaire(corps: Iterable[Any], reservees: Iterable[str] = ()) -> list[EntreeSommaire]:
    """Return the headings of a StreamValue, giving each heading block an anchor of its own.

    `reservees` are anchors that the page's template uses for its fixed parts.
    """
    entrees: list[EntreeSommaire] = []
    prises = {*ANCRES_DU_CADRE, *reservees}
    for bloc in corps:
        if bloc.block_type != "titre":
            continue
        base = slugify(bloc.value["texte"], allow_unicode=True) or "partie"
        ancre, rang = base, 1
        while ancre in prises:
            rang += 1
            ancre = f"{base}-{rang}"
        prises.add(ancre)
        bloc.value.ancre = ancre
        entrees.append(EntreeSommaire(bloc.value["texte"], ancre, 3 if bloc.value["niveau"] == "h3" else 2))
    return entrees
