"""Tables of terms that tests import, and what becomes of their lines."""

from typing import Any

from glossaire.models import Concept, ImportTermes, TermePage
from glossaire.operations.import_termes import confirmer, executer, preparer
from glossaire.tableau import COLONNES
from tests.glossaire.test_import_fichiers import en_csv

NOMS = [colonne.nom for colonne in COLONNES]


def tableau(*rows: dict[str, str]) -> bytes:
    """A table with every column; a line without a term or a definition has some."""
    base = {"langue": "fr"}
    return en_csv(NOMS, *([{**base, **row}.get(nom, "") for nom in NOMS] for row in rows)).encode()


def ligne(identifiant: str, **cells: str) -> dict[str, str]:
    return {"identifiant": identifiant, "terme": identifiant.capitalize(), "definition": "Ce que c’est.", **cells}


def examiner(user: Any, *rows: dict[str, str]) -> ImportTermes:
    return preparer(tableau(*rows), "mots.csv", user)


def importer(user: Any, *rows: dict[str, str]) -> list[tuple[str, str]]:
    """Import a table; return what became of each line, and why."""
    return appliquer(examiner(user, *rows), user)


def appliquer(importation: ImportTermes, user: Any) -> list[tuple[str, str]]:
    if importation.lignes.filter(resultat__startswith="a_").exists():
        assert confirmer(importation, user)
        executer(importation.pk)
    return resultats(importation)


def resultats(importation: ImportTermes) -> list[tuple[str, str]]:
    return list(importation.lignes.order_by("numero").values_list("resultat", "raison"))


def terme(identifiant: str, langue: str = "fr") -> TermePage:
    concept = Concept.objects.get(identifiant=identifiant)
    return TermePage.objects.get(translation_key=concept.cle, locale__language_code=langue)


def brouillon(identifiant: str, langue: str = "fr") -> TermePage:
    page: TermePage = terme(identifiant, langue).get_latest_revision_as_object()
    return page


COMPLETE = ligne(
    "education-therapeutique",
    terme="Éducation thérapeutique du patient",
    sigle="ETP",
    developpe="éducation thérapeutique",
    autres_noms="éducation du patient | école du patient",
    formes="éducations thérapeutiques",
    nature="Locution",
    genre="f",
    explication="Un <b>paragraphe</b>.\nUn autre & le dernier.",
    exemple="Un atelier.",
    sources="Guide \\; suite ; HAS ; 2007 ; https://exemple.org/ | Autre guide",
    thematiques="cadre | ressources",
    publics="usagers",
)
