"""What the checker says of the text that is being written."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.admin.views.pages.preview import PreviewOnEdit

from variantes.actions_falc import Action, actions_pour
from variantes.falc import Constat, Controle, Ligne, Niveau, proposer_coupes
from variantes.models.controle import bilan
from variantes.mots_expliques import mots_expliques
from variantes.queries.lignes_falc import lignes_de

NOMS = {
    Niveau.ERREUR: ("erreur", "À corriger", "warning"),
    Niveau.ATTENTION: ("attention", "À regarder", "help"),
    Niveau.INFO: ("info", "Bon à savoir", "info-circle"),
}


class ConstatAffiche:
    """A finding with its line, the part that it is about, and what can be done."""

    def __init__(self, constat: Constat, ligne: Ligne | None) -> None:
        self.niveau, self.nom_du_niveau, self.icone = NOMS[constat.niveau]
        self.numero = REGLES[constat.regle].numero
        self.titre, self.raison, self.exemple, self.cle = constat.titre, constat.raison, constat.exemple, constat.cle
        self.texte = ligne.texte if ligne else ""
        self.avant = self.texte[: constat.debut]
        self.extrait = self.texte[constat.debut : constat.fin]
        self.apres = self.texte[constat.fin :]
        self.coupes = coupes(constat, self.texte)
        self.actions: list[Action] = actions_pour(constat)

    @property
    def coupes_json(self) -> str:
        return json.dumps(self.coupes, ensure_ascii=False)
