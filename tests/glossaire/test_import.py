"""Tables of terms: what each line would do, what it does, who may ask, and what is never touched."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from glossaire.exports import en_csv as export_csv
from glossaire.models import Concept, ImportTermes, Relation, TermePage
from glossaire.models.imports import Resultat
from glossaire.operations import import_termes
from glossaire.operations.import_termes import confirmer, executer, oublier, preparer
from glossaire.tableau import COLONNES
from redaction import roles
from tests.factories import UtilisateurFactory, accueil, glossaire
from tests.factories.vocabulaires import termes as vocabulaire
from tests.glossaire.echanges import mot, relier, riche, source
from tests.glossaire.test_import_fichiers import en_csv
from tests.variantes.equipe import mettre_en_relecture, traduire, version

pytestmark = pytest.mark.django_db
NOMS = [colonne.nom for colonne in COLONNES]


def tableau(*rows: dict[str, str]) -> bytes:
    """A table with every column; a line without a term or a definition has some."""
    base = {"langue": "fr"}
    return en_csv(NOMS, *([{**base, **row}.get(nom, "") for nom in NOMS] for row in rows)).encode()


def ligne(identifiant: str, **cells: str) -> dict[str, str]:
    return {"identifiant": identifiant, "terme": identifiant.capitalize(), "definition": "Ce que c’est.", **cells}


@pytest.fixture
def redacteur() -> Any:
    glossaire()
    return UtilisateurFactory(redacteur=True)


@pytest.fixture
def moderateur() -> Any:
    glossaire()
    return UtilisateurFactory(moderateur=True)


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


@pytest.fixture
def vocabulaires() -> None:
    vocabulaire("thematiques", ["cadre", "ressources"], "fr")
    vocabulaire("publics", ["usagers"], "fr")


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


class TestLanguages:
    def test_a_translation_is_opened_as_everywhere(self, moderateur: Any) -> None:
        glossaire("en")
        mot("mot", title="Le mot", definition="La définition.", explication=riche("Un.", "Deux."), publiee=True)
        row = ligne(
            "mot", langue="en", terme="The word", definition="What it is.", explication="One.\nTwo & more.",
            sigle="TW", autres_noms="a word", nature="nom", thematiques="cadre",
        )  # fmt: skip
        assert importer(moderateur, row) == [("creee", "")]
        page = brouillon("mot", "en")
        assert not page.live
        assert (page.title, page.sigle, page.autres_noms) == ("The word", "TW", "a word")
        assert str(page.explication[0].value.source).count("<p") == 2
        assert "Two &amp; more." in page.explication[0].value.source
        words = StringTranslation.objects.filter(locale=page.locale)
        assert {each.last_translated_by for each in words} == {moderateur}
        assert importer(moderateur, row) == [("inchangee", "")]

    def test_it_keeps_the_paragraphs_of_the_french(self, moderateur: Any) -> None:
        glossaire("en")
        mot("mot", explication=riche("Un.", "Deux."), publiee=True)
        ((resultat, raison),) = importer(moderateur, ligne("mot", langue="en", explication="One."))
        assert (resultat, "2 paragraphes en français, 1 ici" in raison) == ("refusee", True)

    def test_words_typed_meanwhile_are_not_lost(self, moderateur: Any) -> None:
        glossaire("en")
        page = mot("mot", title="Le mot", definition="La définition.", publiee=True)
        traduire(page, moderateur)
        typed = StringTranslation(data="Typed", translation_type="manual", locale=version(page).locale)
        from wagtail_localize.models import StringSegment

        segment = StringSegment.objects.get(string__data="La définition.")
        typed.translation_of, typed.context = segment.string, segment.context
        typed.save()
        ((resultat, raison),) = importer(moderateur, {"identifiant": "mot", "langue": "en", "definition": "Imported"})
        assert (resultat, "serait perdu" in raison) == ("refusee", True)
        typed.refresh_from_db()
        assert typed.data == "Typed"

    def test_a_draft_is_not_translated_yet(self, moderateur: Any) -> None:
        glossaire("en")
        found = importer(moderateur, ligne("mot"), ligne("mot", langue="en"))
        assert [resultat for resultat, _raison in found] == ["creee", "refusee"]
        assert "n’est pas public" in found[1][1]

    def test_easy_french_is_a_draft_of_its_own(self, moderateur: Any) -> None:
        glossaire("fr-simple")
        row = ligne(
            "mot", langue="fr-simple", terme="Mot facile", explication="Une ligne.\nUne autre.", thematiques="cadre"
        )
        assert [resultat for resultat, _raison in importer(moderateur, ligne("mot"), row)] == ["creee", "creee"]
        page = brouillon("mot", "fr-simple")
        assert not page.live
        assert page.title == "Mot facile"
        assert page.texte_falc[0].value["texte"].source == "<p>Une ligne.</p><p>Une autre.</p>"
        assert importer(moderateur, row) == [("inchangee", "")]

    def test_who_writes_french_writes_no_other_language(self, redacteur: Any) -> None:
        glossaire("en")
        glossaire("fr-simple")
        mot("mot", publiee=True)
        found = importer(redacteur, ligne("mot", langue="en"), ligne("mot", langue="fr-simple"))
        assert [resultat for resultat, _raison in found] == ["refusee", "refusee"]
        assert all("pas le droit" in raison for _resultat, raison in found)


class TestRoundTrip:
    def test_what_is_exported_changes_nothing(self, moderateur: Any) -> None:
        mot(
            "etp",
            title="=Titre | piège",
            sigle="ETP",
            autres_noms="a|b\nc\\d",
            explication=riche("Un <b>mot</b>.", "Deux."),
            exemple="<p>Un.</p><p>Deux.</p>",
            sources=[source("G | ; \\", auteur="A", annee=2000, url="https://e.org/?a=1;2")],
            thematiques=["cadre", "ressources"],
            nature_grammaticale="nom",
        )
        mot("etp", "en", autres_noms="x")
        mot("etp", "fr-simple")
        mot("autre")
        relier("etp", "associe", "autre")
        content = export_csv().encode("utf-8-sig")
        importation = preparer(content, "glossaire.csv", moderateur)
        assert resultats(importation) == [("inchangee", "")] * 4

    def test_what_is_exported_makes_the_glossary_again(self, redacteur: Any) -> None:
        mot("un", explication=riche("Un.", "Deux."), sources=[source("G")], thematiques=["cadre"], formes="uns")
        mot("deux", sigle="DX", developpe="deux fois deux")
        relier("un", "plus_large", "deux")
        content = export_csv()
        for page in TermePage.objects.all():
            page.delete()
        Concept.objects.all().delete()
        importation = preparer(content.encode(), "glossaire.csv", redacteur)
        assert appliquer(importation, redacteur) == [("creee", "")] * 2
        for page in TermePage.objects.all():
            page.get_latest_revision().publish()
        assert export_csv() == content


class TestCommand:
    def test_it_tells_then_writes(self, redacteur: Any, tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "mots.csv"
        path.write_bytes(tableau(ligne("un"), ligne("deux", nature="?")))
        call_command("importer_termes", path, par=redacteur.email)
        said = capsys.readouterr().out
        assert "ligne 2, un (fr) : À créer" in said
        assert "ligne 3, deux (fr) : Refusée – Nature" in said
        assert not TermePage.objects.exists()
        assert not ImportTermes.objects.exists()
        call_command("importer_termes", path, par=redacteur.email, appliquer=True)
        assert not terme("un").live

    def test_it_has_the_rights_of_a_person(self, redacteur: Any, tmp_path: Any) -> None:
        path = tmp_path / "mots.csv"
        path.write_bytes(tableau(ligne("un")))
        with pytest.raises(CommandError, match="Aucun compte"):
            call_command("importer_termes", path, par="personne@exemple.test")
        other = UtilisateurFactory(groupes=[roles.CONTRIBUTION.nom])
        with pytest.raises(CommandError, match="n’a pas le droit"):
            call_command("importer_termes", path, par=other.email)
        with pytest.raises(CommandError):
            call_command("importer_termes", tmp_path / "absent.csv", par=redacteur.email)


@pytest.mark.parametrize("role", [role for role in roles.ROLES if role not in (roles.REDACTION, roles.MODERATION)])
def test_no_other_role_imports(role: Any) -> None:
    accueil()
    with pytest.raises(PermissionDenied):
        preparer(tableau(ligne("un")), "mots.csv", UtilisateurFactory(groupes=[role.nom]))
    assert not ImportTermes.objects.exists()


def test_results_are_known_to_the_database() -> None:
    assert {Resultat.A_CREER, Resultat.A_MODIFIER} == set(import_termes.PREVUS)
