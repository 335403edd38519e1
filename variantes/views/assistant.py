"""What the checker says of the text that is being written."""

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.admin.views.pages.preview import PreviewOnEdit

from variantes.falc import REGLES, Constat, Ligne, Niveau, proposer_coupes
from variantes.gestes_falc import Geste, gestes_pour
from variantes.models.controle import bilan
from variantes.queries.controle import compter, constats_de

NOMS = {
    Niveau.ERREUR: ("À corriger", "warning"),
    Niveau.ATTENTION: ("À regarder", "help"),
    Niveau.INFO: ("Bon à savoir", "info-circle"),
}
# Findings that a cut of the line may answer.
REGLES_DE_LONGUEUR = frozenset({"phrase-longue", "plusieurs-phrases", "plusieurs-idees"})
# Findings about a word that somebody could explain.
REGLES_DE_MOTS = frozenset({"mot-rare", "sigle"})
ILLISIBLE = "Un champ est à corriger. Le contrôle reprendra ensuite."


class ConstatAffiche:
    """A finding with its line, the words that it is about, and how the line could be cut."""

    def __init__(self, constat: Constat, ligne: Ligne | None, geste: Geste | None = None) -> None:
        self.geste = geste
        self.niveau = constat.niveau.value
        self.nom_du_niveau, self.icone = NOMS[constat.niveau]
        self.numero, self.source = REGLES[constat.regle].numero, REGLES[constat.regle].source
        self.titre, self.raison, self.exemple, self.cle = constat.titre, constat.raison, constat.exemple, constat.cle
        self.texte = ligne.texte if ligne else ""
        self.avant = self.texte[: constat.debut]
        self.extrait = self.texte[constat.debut : constat.fin]
        self.apres = self.texte[constat.fin :]
        self.coupes = self._coupes(constat)

    def _coupes(self, constat: Constat) -> list[str]:
        pieces = proposer_coupes(self.texte) if constat.regle in REGLES_DE_LONGUEUR else []
        return pieces if len(pieces) > 1 else []

    @property
    def coupes_json(self) -> str:
        return json.dumps(self.coupes, ensure_ascii=False)


class AssistantView(PreviewOnEdit):
    """Reads the form of the editor as it is, saves nothing, and answers with a part of the panel."""

    http_method_names = ("post",)

    def get_object(self) -> Any:
        page = super().get_object()
        if page.locale.language_code != settings.FALC_LANGUAGE_CODE:
            raise BadRequest
        return page

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self._read(request)
        if form is None:
            return self._render(request, [], ILLISIBLE)
        form.save(commit=False)
        lines, found = constats_de(form.instance)
        gestes = gestes_pour(request.user, {each.extrait for each in found if each.regle in REGLES_DE_MOTS})
        shown = [
            ConstatAffiche(
                each,
                lines[each.ligne - 1] if each.ligne else None,
                gestes.get(each.extrait) if each.regle in REGLES_DE_MOTS else None,
            )
            for each in found
        ]
        return self._render(request, shown, bilan(**compter(found)))

    def _read(self, request: HttpRequest) -> Any:
        """Return the form as it was typed, or nothing where it cannot be understood."""
        try:
            form = self.get_form(request.POST)
            return form if self.validate_form(form) else None
        # What Wagtail's blocks make of a form with parts missing or of the wrong kind.
        except (KeyError, ValueError):
            return None

    @staticmethod
    def _render(request: HttpRequest, shown: list[ConstatAffiche], text: str) -> HttpResponse:
        return render(request, "variantes/assistant/constats.html", {"constats": shown, "bilan": text})
