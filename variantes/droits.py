"""Who may do what with the models of the language versions."""

from redaction import roles
from redaction.permissions import matrice
from variantes.models import RetourLecture


def enregistrer() -> None:
    """Called when the app is ready."""
    matrice.add_modeles(
        (RetourLecture,),
        {
            **dict.fromkeys((roles.REDACTION_FALC, roles.RELECTURE_FALC), "view"),
            **dict.fromkeys((roles.MODERATION, roles.ADMINISTRATION), "view change"),
        },
    )
