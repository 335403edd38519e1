"""What the checker finds in a page, and what it found in those of a list."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from variantes.falc import Constat, Controle, Ligne, Niveau
from variantes.mots_expliques import mots_expliques
from variantes.queries.lignes_falc import lignes_de

NIVEAUX = {"erreurs": Niveau.ERREUR, "attentions": Niveau.ATTENTION, "informations": Niveau.INFO}


def constats_de(page: Any) -> tuple[Sequence[Ligne], list[Constat]]:
    """Return the lines of a page as its reader sees them, and what the checker finds in them."""
    lines = lignes_de(page)
    return lines, Controle(mots_expliques(page.locale)).verifier(lines)


def compter(constats: Sequence[Constat]) -> dict[str, int]:
    """Return how many findings there are of each level."""
    found = Counter(each.niveau for each in constats)
    return {name: found[niveau] for name, niveau in NIVEAUX.items()}


def avec_controle(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Add to a list of pages, in one query, what the checker last found in those in FALC."""
    return pages.prefetch_related("controle_falc")
