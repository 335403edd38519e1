"""Lists of term pages."""

from typing import Any, Self
from uuid import UUID

from socle.queries import PageQuerySet


class TermeQuerySet(PageQuerySet):
    """Term pages."""

    def alphabetiques(self) -> Self:
        """In the order of a dictionary, accents ignored."""
        return self.order_by("titre_tri", "pk")

    def du_concept(self, *cles: UUID) -> Self:
        """The terms that name these concepts, in every language."""
        return self.filter(translation_key__in=cles)

    def pour_cartes(self) -> Any:
        return self.defer_streamfields()
