"""The workflows of the language versions."""

from redaction.circuits import Circuit, Etape, register
from redaction.roles import TRADUCTIONS
from variantes.models import RelectureTraduction


def enregistrer() -> None:
    """Called when the app is ready."""
    languages = tuple(code for role in TRADUCTIONS for code in role.langues)
    register(Circuit("Traduction", languages, (Etape("Relecture de la traduction", RelectureTraduction),)))
