"""Questions about the pages sent to translation."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from redaction import roles
from redaction.queries.roles import roles_de
from variantes.models.envois import Envoi, LigneEnvoi, Resultat


def envois_de(user: Any) -> QuerySet[Envoi]:
    """The sendings that a person may follow: their own, and all of them for the moderation. Counted."""
    found = Envoi.objects.all()
    if not (user.is_active and user.is_superuser) and roles.MODERATION not in roles_de(user):
        found = found.filter(user_id=user.pk or 0)
    return compter(found)


def compter(envois: QuerySet[Envoi]) -> QuerySet[Envoi]:
    """Add how many pages there are, how many are done, and how each of them ended."""
    return envois.annotate(
        total=Count("lignes"),
        faites=Count("lignes", filter=~Q(lignes__resultat=Resultat.A_FAIRE)),
        creees=Count("lignes", filter=Q(lignes__resultat=Resultat.CREEE)),
        refusees=Count("lignes", filter=Q(lignes__resultat__in=[Resultat.REFUSEE, Resultat.ECHEC])),
        # Counting loses the order of the model.
    ).order_by("-cree_le", "-pk")


def lignes_de(envoi: Envoi, resultat: str = "") -> QuerySet[LigneEnvoi]:
    """The pages of a sending, in the order of the tree, all or with one result."""
    lignes = envoi.lignes.select_related("locale", "page", "version")
    return lignes.filter(resultat=resultat) if resultat else lignes
