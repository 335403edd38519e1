"""Questions about proposals from outside."""

from typing import Any, Self

from django.db.models import F, QuerySet

VOIR = "redaction.view_proposition"
TRAITER = "redaction.change_proposition"


class PropositionQuerySet(QuerySet[Any]):
    """Every list of proposals starts with `visible_to`."""

    def visible_to(self, user: Any) -> Self:
        """Those that the team may see: received ones, by whoever the matrix lets read them."""
        if not peut_voir(user):
            return self.none()
        return self.exclude(etat="a_confirmer")

    def ouvertes(self) -> Self:
        return self.filter(close_le=None, recue_le__isnull=False)

    def a_traiter(self) -> Self:
        """Those that wait for the team, and not for who sent them."""
        return self.ouvertes().exclude(etat="a_preciser")

    def ordre_de_travail(self) -> Self:
        """What is open first, the oldest on top; then what is over, the latest on top."""
        return self.order_by(F("close_le").desc(nulls_first=True), "recue_le", "pk")


def peut_voir(user: Any) -> bool:
    """Tell whether a person reads the proposals, without seeing who sent them."""
    return bool(user.is_active and (user.has_perm(VOIR) or user.has_perm(TRAITER)))


def peut_traiter(user: Any) -> bool:
    """Tell whether a person decides on proposals, and so sees who sent them."""
    return bool(user.is_active and user.has_perm(TRAITER))


def en_attente(user: Any) -> PropositionQuerySet:
    """Return the open proposals that a person may see, the oldest first, for the desk."""
    from redaction.models import Proposition

    found: PropositionQuerySet = Proposition.objects.visible_to(user).ouvertes().order_by("recue_le", "pk")
    return found.select_related("traitee_par")
