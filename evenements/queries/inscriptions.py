"""Questions about registrations."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Value
from django.db.models.functions import Lower

if TYPE_CHECKING:
    from evenements.models import Inscription  # noqa: F401 -- named in annotations

INSCRIRE = "evenements.change_inscription"


def peut_inscrire(user: Any) -> bool:
    """Whether somebody sees who registers, and acts for them."""
    return bool(user.is_active and user.has_perm(INSCRIRE))


class InscriptionQuerySet(models.QuerySet["Inscription"]):
    """Registrations, for the team alone."""

    def ouvertes(self) -> Self:
        """Those that are not closed: to confirm, registered, waiting, offered a seat."""
        from evenements.models import OUVERTS

        return self.filter(etat__in=OUVERTS)

    def avec_place(self) -> Self:
        """Those that hold a seat."""
        from evenements.models import AVEC_PLACE

        return self.filter(etat__in=AVEC_PLACE)

    def confirmees(self) -> Self:
        return self.filter(etat="confirmee")

    def en_attente(self) -> Self:
        """The waiting list, the first come first."""
        return self.filter(etat="en_attente").order_by("attend_depuis", "pk")

    def adressees(self) -> Self:
        """Those whose address is confirmed, and that something of the date may concern."""
        return self.filter(etat__in=["confirmee", "en_attente", "offre"]).exclude(courriel="")

    def d_adresse(self, courriel: str) -> Self:
        """Those of an address, as the database compares addresses."""
        return self.alias(adresse=Lower("courriel")).filter(adresse=Lower(Value(courriel)))
