"""Tables of terms: what each line would do, what it does, and what is never touched."""

from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page

from glossaire.models import Concept, ImportTermes, Relation, TermePage
from glossaire.operations import import_termes
from glossaire.operations.import_termes import confirmer, executer, oublier, preparer
from tests.factories import UtilisateurFactory
from tests.factories.vocabulaires import termes as vocabulaire
from tests.glossaire.echanges import mot, relier, riche
from tests.glossaire.imports import (
    COMPLETE,
    appliquer,
    brouillon,
    examiner,
    importer,
    ligne,
    resultats,
    terme,
)
from tests.glossaire.test_import_fichiers import en_csv
from tests.variantes.equipe import mettre_en_relecture

pytestmark = pytest.mark.django_db


class TestCreation:
    def test_a_line_is_a_draft_with_all_that_it_says(self, redacteur: Any, vocabulaires: None) -> None:
        assert importer(redacteur, COMPLETE) == [("creee", "")]
        page = brouillon("education-therapeutique")
        assert not page.live
        assert page.owner == redacteur
        assert page.latest_revision.user == redacteur
        assert page.slug == "education-therapeutique"
        assert (page.sigle, page.developpe) == ("ETP", "éducation thérapeutique")
        assert page.autres_noms == "éducation du patient\nécole du patient"
        assert (page.nature_grammaticale, page.genre_grammatical) == ("locution", "f")
        assert (
            page.explication[0].value.source
            == "<p>Un &lt;b&gt;paragraphe&lt;/b&gt;.</p><p>Un autre &amp; le dernier.</p>"
        )
        assert page.exemple == "<p>Un atelier.</p>"
        assert [dict(block.value) for block in page.sources] == [
            {"titre": "Guide ; suite", "auteur": "HAS", "annee": 2007, "url": "https://exemple.org/"},
            {"titre": "Autre guide", "auteur": "", "annee": None, "url": ""},
        ]
        assert {each.slug for each in page.thematiques.all()} == {"cadre", "ressources"}
        assert page.noms.filter(texte="ETP", public=False).exists()

    def test_twice_changes_nothing(self, redacteur: Any, vocabulaires: None) -> None:
        rows = (COMPLETE, ligne("parcours", plus_large="education-therapeutique", associes="usager"), ligne("usager"))
        importer(redacteur, *rows)
        revisions = terme("usager").revisions.count()
        assert importer(redacteur, *rows) == [("inchangee", "")] * 3
        assert terme("usager").revisions.count() == revisions
        assert Relation.objects.count() == 2

    def test_vocabularies_by_their_names_and_partial_tables(self, redacteur: Any) -> None:
        (theme,) = vocabulaire("thematiques", ["cadre"], "fr")
        theme.nom = "Le cadre d’action"
        theme.save()
        importer(redacteur, ligne("mot", thematiques="le cadre d'ACTION"))
        contenu = en_csv(["identifiant", "langue", "terme", "definition"], ["mot", "français", "Autre", ""])
        importation = preparer(contenu.encode(), "x.csv", redacteur)
        assert appliquer(importation, redacteur) == [("modifiee", "")]
        page = brouillon("mot")
        assert page.title == "Autre"
        assert page.thematiques.count() == 1

    def test_a_concept_whose_terms_are_gone_keeps_its_identity(self, redacteur: Any) -> None:
        key = mot("ancien").translation_key
        TermePage.objects.get(slug="ancien").delete()
        importer(redacteur, ligne("ancien"))
        assert terme("ancien").translation_key == key
        assert Concept.objects.count() == 1


class TestRefusals:
    def test_each_line_says_why(self, redacteur: Any) -> None:
        mot("pris", title="Déjà pris", sigle="DP")
        mot("prive", title="Brouillon caché", brouillon=True)
        rows = {
            "identifiant": [ligne("Mot à moi"), ligne(""), ligne("a" * 81)],
            "Langue": [ligne("a", langue="kl"), ligne("b", langue="")],
            "obligatoire": [ligne("c", terme=""), ligne("d", definition=""), ligne("d2", terme="-")],
            "signes": [ligne("e", definition="x" * 301), ligne("f", terme="x" * 201), ligne("g", sigle="X" * 21)],
            "n’est pas accept": [
                ligne("h", nature="adverbe"),
                ligne("i", genre="neutre"),
                ligne("j", thematiques="inconnue"),
            ],
            "n’est pas une année": [ligne("k", sources="T ; A ; l’an mil")],
            "n’est pas une adresse": [ligne("l", sources="T ; A ; 2000 ; javascript:alert(1)")],
            "quatre parties": [ligne("m", sources="T ; A ; 2000 ; https://e.org/ ; reste")],
            "pas de titre": [ligne("n", sources=" ; A")],
            "demande un sigle": [ligne("o", developpe="Un long nom")],
            "déjà un nom du mot « Déjà pris »": [ligne("p", terme="deja PRIS"), ligne("q", autres_noms="rien | dp")],
            "déjà un nom du mot « Brouillon caché »": [ligne("r", sigle="", autres_noms="brouillon cache")],
            "formule": [ligne("s", definition="=1+1")],
            "en français": [ligne("t", langue="fr-simple")],
            "l’identifiant d’aucun mot": [ligne("u", associes="nulle-part")],
            "lui-même": [ligne("v", associes="v")],
            "dans l’éditeur": [ligne("w", associes="-")],
        }
        flat = [(said, row) for said, each in rows.items() for row in each]
        importation = examiner(redacteur, *(row for _said, row in flat))
        for (said, row), (resultat, raison) in zip(flat, resultats(importation), strict=True):
            assert resultat == "refusee", row
            assert said.lower() in raison.lower(), (row, raison)

    def test_two_lines_of_a_table_against_each_other(self, redacteur: Any) -> None:
        found = examiner(
            redacteur,
            ligne("a"),
            ligne("a", terme="Autre"),
            ligne("b", autres_noms="Commun"),
            ligne("c", terme="commun"),
            ligne("d", plus_large="e"),
            ligne("e", plus_large="f"),
            ligne("f", plus_large="d"),
            ligne("g", associes="d", plus_large="d"),
            ligne("h", associes="c"),
        )
        assert [(resultat, raison) for resultat, raison in resultats(found)] == [
            ("a_creer", ""),
            ("refusee", "Ce mot est déjà à la ligne 2, dans la même langue."),
            ("a_creer", ""),
            ("refusee", "Terme : « commun » est déjà un nom du mot de la ligne 4."),
            ("a_creer", ""),
            ("a_creer", ""),
            ("refusee", "Mots plus larges : « d » serait à la fois plus large et plus étroit que « f »."),
            (
                "refusee",
                "Mots plus larges : « g » et « d » sont des mots voisins : l’un n’est pas au-dessus de l’autre.",
            ),
            ("refusee", "Mots voisins : « c » n’est l’identifiant d’aucun mot, ni du site ni de ce tableau."),
        ]

    def test_good_lines_enter_all_the_same(self, redacteur: Any) -> None:
        found = importer(redacteur, ligne("bon"), ligne("mauvais", nature="?"))
        assert [resultat for resultat, _raison in found] == ["creee", "refusee"]
        assert not Concept.objects.filter(identifiant="mauvais").exists()

    def test_what_the_refused_line_leads_to_is_looked_at_again(self, redacteur: Any) -> None:
        found = examiner(redacteur, ligne("a", associes="b"), ligne("b", associes="nulle-part"))
        assert [resultat for resultat, _raison in resultats(found)] == ["refusee", "refusee"]


class TestUpdates:
    def test_a_public_page_stays_as_it_is(self, redacteur: Any) -> None:
        page = mot("public", title="Public", definition="Avant.", publiee=True)
        assert importer(redacteur, {"identifiant": "public", "definition": "Après."}) == [("modifiee", "")]
        page.refresh_from_db()
        assert page.definition == "Avant."
        assert page.live
        assert page.has_unpublished_changes
        assert brouillon("public").definition == "Après."
        assert page.latest_revision_id != page.live_revision_id
        assert page.live_revision.content["definition"] == "Avant."

    def test_a_draft_over_a_draft_is_a_new_revision(self, redacteur: Any) -> None:
        page = mot("public", definition="Avant.", publiee=True)
        page.definition = "Écrit par quelqu’un."
        page.title = "Titre du brouillon"
        first = page.save_revision()
        importer(redacteur, {"identifiant": "public", "definition": "Après."})
        first.refresh_from_db()
        assert first.content["definition"] == "Écrit par quelqu’un."
        assert brouillon("public").title == "Titre du brouillon"

    def test_a_page_in_review_is_left_alone(self, redacteur: Any) -> None:
        page = mot("relu", publiee=True)
        mettre_en_relecture(page, redacteur)
        (resultat, raison), _same = importer(
            redacteur, {"identifiant": "relu", "definition": "Autre."}, {"identifiant": "relu", "langue": "en"}
        )
        assert (resultat, "en relecture" in raison) == ("refusee", True)
        page.refresh_from_db()
        assert page.current_workflow_state.status == "in_progress"
        assert importer(redacteur, {"identifiant": "relu"}) == [("inchangee", "")]

    def test_a_page_that_somebody_locked(self, redacteur: Any) -> None:
        page = mot("verrouille", publiee=True)
        Page.objects.filter(pk=page.pk).update(locked=True, locked_by=UtilisateurFactory(), locked_at=timezone.now())
        ((resultat, raison),) = importer(redacteur, {"identifiant": "verrouille", "definition": "Autre."})
        assert (resultat, "verrouillé" in raison) == ("refusee", True)

    def test_a_dash_empties_and_an_empty_cell_does_not(self, redacteur: Any) -> None:
        mot("mot", sigle="SIG", exemple="<p>Un.</p>", explication=riche("Un."), publiee=True)
        importer(redacteur, {"identifiant": "mot", "sigle": "-", "explication": "-"})
        page = brouillon("mot")
        assert (page.sigle, len(page.explication), page.exemple) == ("", 0, "<p>Un.</p>")

    def test_what_a_table_cannot_keep_is_not_flattened(self, redacteur: Any) -> None:
        mot("riche", explication=riche("Un <b>mot</b>."), exemple="<p><i>a</i></p>", publiee=True)
        ((resultat, raison),) = importer(redacteur, {"identifiant": "riche", "explication": "Autre.", "exemple": "b"})
        assert resultat == "refusee"
        assert raison.count("mise en forme") == 2
        assert importer(redacteur, {"identifiant": "riche", "explication": "Un mot."}) == [("inchangee", "")]

    def test_relations_are_added_and_none_removed(self, redacteur: Any) -> None:
        for name in "abc":
            mot(name, publiee=True)
        relier("a", "associe", "b")
        assert importer(redacteur, {"identifiant": "c", "associes": "a"}, {"identifiant": "a", "associes": "c"}) == [
            ("modifiee", ""),
            ("inchangee", ""),
        ]
        assert Relation.objects.count() == 2


class TestMeanwhile:
    def test_the_report_is_made_again(self, redacteur: Any) -> None:
        mot("mot", definition="Avant.", publiee=True)
        importation = examiner(redacteur, {"identifiant": "mot", "definition": "Après."}, ligne("autre"))
        page = terme("mot")
        page.definition = "Entre-temps."
        page.save_revision()
        assert not confirmer(importation, redacteur)
        importation.refresh_from_db()
        assert importation.confirme_le is None
        assert not Concept.objects.filter(identifiant="autre").exists()
        changed = importation.lignes.get(identifiant="mot")
        assert changed.changements == [["definition", "Entre-temps.", "Après."]]
        assert [resultat for resultat, _raison in appliquer(importation, redacteur)] == ["modifiee", "creee"]

    def test_a_change_between_two_lines_refuses_its_line(self, redacteur: Any) -> None:
        mot("mot", definition="Avant.", publiee=True)
        importation = examiner(redacteur, {"identifiant": "mot", "definition": "Après."}, ligne("autre"))
        assert confirmer(importation, redacteur)
        page = terme("mot")
        page.definition = "Entre-temps."
        page.save_revision()
        executer(importation.pk)
        assert resultats(importation) == [("refusee", import_termes.CHANGE), ("creee", "")]
        assert brouillon("mot").definition == "Entre-temps."

    def test_a_line_that_fails_stops_no_other(self, redacteur: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        importation = examiner(redacteur, ligne("un"), ligne("deux"))
        assert confirmer(importation, redacteur)
        real = import_termes.creer

        def failing(identifiant: str, *args: Any) -> TermePage:
            page = real(identifiant, *args)
            if identifiant == "un":
                raise RuntimeError
            return page

        monkeypatch.setattr(import_termes, "creer", failing)
        executer(importation.pk)
        assert resultats(importation) == [("echec", import_termes.PANNE), ("creee", "")]
        assert not Concept.objects.filter(identifiant="un").exists()

    def test_twice_confirmed_is_once(self, redacteur: Any) -> None:
        importation = examiner(redacteur, ligne("un"))
        appliquer(importation, redacteur)
        assert confirmer(importation, redacteur)
        executer(importation.pk)
        assert terme("un").revisions.count() == 1

    def test_whoever_lost_the_right_writes_nothing_more(self, redacteur: Any) -> None:
        importation = examiner(redacteur, ligne("un"))
        assert confirmer(importation, redacteur)
        redacteur.groups.clear()
        executer(importation.pk)
        ((resultat, raison),) = resultats(importation)
        assert (resultat, "n’a plus ce droit" in raison) == ("refusee", True)

    def test_old_imports_are_forgotten(self, redacteur: Any) -> None:
        done = examiner(redacteur, ligne("un"))
        appliquer(done, redacteur)
        waiting = examiner(redacteur, ligne("deux"))
        assert oublier() == 0
        assert oublier(timezone.now() + import_termes.OUBLI) == 1
        assert not ImportTermes.objects.filter(pk=waiting.pk).exists()
        assert oublier(timezone.now() + import_termes.CONSERVATION) == 1
        assert not ImportTermes.objects.filter(pk=done.pk).exists()
