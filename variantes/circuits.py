"""The workflows of the language versions."""

from redaction import roles
from redaction.circuits import Circuit, Etape, register
from redaction.models import Validation
from variantes.models import LectureFalc, RelectureTraduction


def enregistrer() -> None:
    """Called when the app is ready."""
    languages = tuple(code for role in roles.TRADUCTIONS for code in role.langues)
    register(Circuit("Traduction", languages, (Etape("Relecture de la traduction", RelectureTraduction),)))
    lecture = Etape("Lecture par le groupe FALC", LectureFalc)
    validation = Etape("Validation", Validation, (roles.MODERATION,))
    register(Circuit("Publication FALC", roles.FALC, (lecture, validation)))
