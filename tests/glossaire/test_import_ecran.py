"""The screens that import tables of terms: who sees them, and what they show."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from glossaire.fichiers import lire
from glossaire.models import ImportTermes, LigneImport, TermePage
from glossaire.models.imports import SILENCE
from glossaire.operations import import_termes
from glossaire.operations.import_termes import preparer
from redaction import roles
from tests.factories import UtilisateurFactory, accueil, glossaire
from tests.glossaire.echanges import mot
from tests.glossaire.imports import ligne, tableau
from tests.harness.html import StrictClient
from tests.harness.queries import queries_of
from tests.variantes.equipe import introuvable, personne

pytestmark = pytest.mark.django_db
ECRAN = "/admin/glossaire/import/"


@pytest.fixture
def redaction() -> Any:
    glossaire()
    return personne(roles.REDACTION)


def envoyer(client: Client, contenu: bytes, name: str = "mots.csv", *, follow: bool = True) -> HttpResponse:
    return client.post(ECRAN, {"fichier": SimpleUploadedFile(name, contenu)}, follow=follow)


def texte(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


class TestAccess:
    @pytest.mark.parametrize("role", roles.ROLES)
    def test_by_role(self, role: Any) -> None:
        accueil()
        found = personne(role)
        importation = ImportTermes.objects.create(fichier="x.csv", nom="Quelqu’un", user=found.user)
        allowed = role in (roles.REDACTION, roles.MODERATION)
        for path in (ECRAN, f"{ECRAN}{importation.pk}/", f"{ECRAN}modele.csv", f"{ECRAN}modele.xlsx"):
            response = found.client.get(path)
            # The admin leads those who may not back to its first screen, with a message.
            assert (response.status_code == 200) == allowed, path
        menu = found.client.get("/admin/").content.decode()
        assert ("glossaire/import/" in menu) == allowed
        assert envoyer(found.client, tableau(ligne("un")), follow=False).status_code == 302
        assert ImportTermes.objects.count() == 1 + allowed

    def test_anonymous_readers_sign_in_first(self, client: Client) -> None:
        accueil()
        for path in (ECRAN, f"{ECRAN}1/", f"{ECRAN}modele.csv"):
            response = client.get(path)
            assert response.status_code == 302
            assert "login" in response["Location"]
        assert "login" in client.post(ECRAN)["Location"]

    def test_the_import_of_another(self, redaction: Any) -> None:
        importation = ImportTermes.objects.create(fichier="x.csv", nom="Autre", user=UtilisateurFactory())
        assert introuvable(redaction.client.get(f"{ECRAN}{importation.pk}/"))
        assert introuvable(redaction.client.post(f"{ECRAN}{importation.pk}/"))
        assert personne(roles.MODERATION).client.get(f"{ECRAN}{importation.pk}/").status_code == 200


class TestScreens:
    def test_from_the_file_to_the_drafts(self, redaction: Any, django_capture_on_commit_callbacks: Any) -> None:
        mot("connu", definition="Avant.", publiee=True)
        rows = (ligne("nouveau"), {"identifiant": "connu", "definition": "<b>Après</b>."}, ligne("mauvais", nature="?"))
        report = texte(envoyer(redaction.client, tableau(*rows)))
        assert "Ce que ce tableau changerait" in report
        for said in ("À créer : 1", "À modifier : 1", "Refusée : 1", "Importer 2 lignes comme brouillons"):
            assert said in report
        assert "Avant." in report
        assert "&lt;b&gt;Après&lt;/b&gt;." in report
        assert "« ? » n’est pas accepté" in report
        assert not TermePage.objects.filter(slug="nouveau").exists()
        importation = ImportTermes.objects.get()
        only = texte(redaction.client.get(f"{importation.url_admin}?resultat=refusee"))
        assert "mauvais" in only
        assert "nouveau" not in only
        with django_capture_on_commit_callbacks(execute=True):
            redaction.client.post(importation.url_admin)
        done = texte(redaction.client.get(importation.url_admin))
        assert "Ce qui a été importé" in done
        assert "Brouillon créé : 1" in done
        assert not TermePage.objects.get(slug="nouveau").live
        assert "Fini : 2 brouillons" in texte(redaction.client.get(ECRAN))
        history = redaction.client.get(f"/admin/pages/{TermePage.objects.get(slug='connu').pk}/history/")
        assert "import d’un tableau" in texte(history)

    def test_the_report_made_again_says_so(self, redaction: Any) -> None:
        page = mot("connu", definition="Avant.", publiee=True)
        envoyer(redaction.client, tableau({"identifiant": "connu", "definition": "Après."}))
        page.definition = "Entre-temps."
        page.save_revision()
        importation = ImportTermes.objects.get()
        answer = texte(redaction.client.post(importation.url_admin, follow=True))
        assert "Le glossaire a changé depuis ce rapport" in answer
        assert "Entre-temps." in answer

    @pytest.mark.parametrize(
        ("contenu", "said"),
        [(b"", "vide"), (b"a;b\n", "titres de colonnes"), (b"PK\x03\x04abc", "abîmé"), (b"x" * 5_242_881, "5 Mo")],
    )
    def test_a_bad_file_is_told_why(self, redaction: Any, contenu: bytes, said: str) -> None:
        response = envoyer(redaction.client, contenu)
        assert response.status_code == 200
        assert said in texte(response)
        assert not ImportTermes.objects.exists()

    def test_no_file_at_all(self, redaction: Any) -> None:
        assert "Choisissez un fichier." in texte(redaction.client.post(ECRAN, {}))
        assert "Choisissez un fichier." in texte(redaction.client.post(ECRAN, {"fichier": "texte"}))

    def test_given_up(self, redaction: Any) -> None:
        envoyer(redaction.client, tableau(ligne("un")))
        importation = ImportTermes.objects.get()
        redaction.client.post(importation.url_admin, {"abandonner": ""})
        assert not ImportTermes.objects.exists()
        assert introuvable(redaction.client.post(importation.url_admin))

    def test_nothing_to_import(self, redaction: Any) -> None:
        mot("connu", publiee=True)
        report = texte(envoyer(redaction.client, tableau({"identifiant": "connu"})))
        assert "Il n’y a rien à importer." in report
        importation = ImportTermes.objects.get()
        assert "rien à importer" in texte(redaction.client.post(importation.url_admin, follow=True))

    def test_a_long_table_is_followed(self, redaction: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(import_termes, "SUR_LE_CHAMP", 0)
        monkeypatch.setattr(type(import_termes.poursuivre_import), "enqueue", lambda *_args: None)
        envoyer(redaction.client, tableau(ligne("un")))
        importation = ImportTermes.objects.get()
        assert "l’import continue" in texte(redaction.client.post(importation.url_admin, follow=True))
        state = redaction.client.get(f"{importation.url_admin}?etat").json()
        assert state == {"faites": 0, "total": 1, "fini": False, "interrompu": False}
        ImportTermes.objects.update(avance_le=timezone.now() - SILENCE * 2)
        assert "Plus rien n’avance" in texte(redaction.client.get(importation.url_admin))
        assert "reprend là où" in texte(redaction.client.post(importation.url_admin, {"reprendre": ""}, follow=True))
        import_termes.executer(importation.pk)
        assert "Ce qui a été importé" in texte(redaction.client.get(importation.url_admin))

    def test_models_are_read_back(self, redaction: Any) -> None:
        for extension in ("csv", "xlsx"):
            response = redaction.client.get(f"{ECRAN}modele.{extension}")
            assert f"modele-glossaire.{extension}" in response["Content-Disposition"]
            assert len(lire(response.content)) == 1

    def test_the_example_of_the_model_is_a_good_line(self, redaction: Any) -> None:
        importation = preparer(redaction.client.get(f"{ECRAN}modele.xlsx").content, "x.xlsx", redaction.user)
        assert list(importation.lignes.values_list("resultat", "raison")) == [("a_creer", "")]


def test_a_report_and_an_examination_cost_the_same_for_1_and_for_20() -> None:
    glossaire()
    found = personne(roles.REDACTION)
    client: StrictClient = found.client
    costs = []
    for number in (1, 20):
        for rank in range(number):
            if not TermePage.objects.filter(slug=f"mot-{rank}").exists():
                mot(f"mot-{rank}", publiee=True)
        rows = [{"identifiant": f"mot-{rank}", "definition": "Autre."} for rank in range(number)]
        rows += [ligne(f"neuf-{number}-{rank}") for rank in range(number)]
        read = queries_of(lambda rows=rows: preparer(tableau(*rows), "x.csv", found.user))
        importation = ImportTermes.objects.first()
        assert importation is not None
        shown = queries_of(lambda importation=importation: client.get(importation.url_admin))
        costs.append((len(read), len(shown)))
    assert costs[0] == costs[1]
    assert LigneImport.objects.exists()
