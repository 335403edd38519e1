"""Questions about the tables of terms that are imported."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from glossaire.models import ImportTermes, LigneImport
from glossaire.models.imports import FAITS, PREVUS, REFUS, Resultat


def peut_importer(user: Any) -> bool:
    """Tell whether the matrix lets a person import terms. What they may write is checked line by line."""
    return bool(user.has_perm("glossaire.add_importtermes"))


def imports_de(user: Any) -> QuerySet[ImportTermes]:
    """The imports that a person may follow: their own, and all of them for the moderation. Counted."""
    found = ImportTermes.objects.all()
    if not peut_importer(user):
        found = found.none()
    elif not user.has_perm("glossaire.view_importtermes"):
        found = found.filter(user_id=user.pk or 0)
    return found.annotate(
        total=Count("lignes"),
        a_faire=Count("lignes", filter=Q(lignes__resultat__in=PREVUS)),
        faites=Count("lignes", filter=Q(lignes__resultat__in=FAITS)),
        refusees=Count("lignes", filter=Q(lignes__resultat__in=REFUS)),
        # Counting loses the order of the model.
    ).order_by("-cree_le", "-pk")


def lignes_de_l_import(importation: ImportTermes, resultat: str = "") -> QuerySet[LigneImport]:
    """The lines of a table in its own order, all or with one result."""
    lignes = importation.lignes.select_related("page").order_by("numero")
    return lignes.filter(resultat=resultat) if resultat else lignes


def comptes(importation: ImportTermes) -> list[tuple[str, str, int]]:
    """How many lines have each result, in the order of the results."""
    rows = importation.lignes.order_by().values_list("resultat").annotate(nombre=Count("pk"))
    numbers = dict(rows)
    return [(value, str(label), numbers[value]) for value, label in Resultat.choices if value in numbers]
