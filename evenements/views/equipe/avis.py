"""What people thought of a date, as far as it tells of nobody."""

from typing import Any

from django.views.generic import TemplateView

from evenements.masquage import SEUIL
from evenements.queries.enquetes import commentaires, resultats
from evenements.views.equipe.base import InscritsMixin


class AvisView(InscritsMixin, TemplateView):
    """The means of the survey and what was written, once enough people have answered."""

    page_title = "Avis des participants"
    template_name = "evenements/equipe/avis.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "resultats": resultats([self.seance]),
            "commentaires": commentaires(self.seance),
            "seuil": SEUIL,
        }
