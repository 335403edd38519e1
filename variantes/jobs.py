"""What is done on time, and told, about the language versions."""

from redaction.models import Genre
from redaction.queries import notifications
from socle.scheduling import register
from variantes.operations import avancement, envois, rappels, retours


def enregistrer() -> None:
    """Called when the app is ready."""
    register("effacer_envois_en_traduction", envois.oublier)
    register("variantes_1_recompter", avancement.recompter)
    register("variantes_2_rappeler", rappels.rappeler_les_retards)
    register("oublier_commentaires_de_lecture", retours.oublier_commentaires)
    notifications.register(Genre.RETARD, rappels.encore_en_retard)
