"""Lists of term pages."""

from typing import Any, Self
from uuid import UUID

from glossaire.liaison import cle_de
from socle.queries import PageQuerySet


class TermeQuerySet(PageQuerySet):
    """Term pages."""

    def alphabetiques(self) -> Self:
        """In the order of a dictionary, accents ignored."""
        return self.order_by("titre_tri", "pk")

    def du_concept(self, *cles: UUID) -> Self:
        """The terms that name these concepts, in every language."""
        return self.filter(translation_key__in=cles)

    def portant(self, texte: str) -> Self:
        """The terms that have these words in one of their names, neither case nor accents counting."""
        cle = cle_de(texte)
        return self.filter(pk__in=_porteurs(cle)) if cle else self

    def pour_cartes(self) -> Any:
        return self.defer_streamfields()


def _porteurs(cle: str) -> Any:
    from glossaire.models import NomDeTerme

    return NomDeTerme.objects.filter(cle__contains=cle).values("page_id")
