"""Tables of terms: the other languages, the way there and back, the command, who may ask."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from wagtail_localize.models import StringTranslation

from glossaire.exports import en_csv as export_csv
from glossaire.models import Concept, ImportTermes, TermePage
from glossaire.models.imports import Resultat
from glossaire.operations import import_termes
from glossaire.operations.import_termes import preparer
from redaction import roles
from tests.factories import UtilisateurFactory, accueil, glossaire
from tests.glossaire.echanges import mot, relier, riche, source
from tests.glossaire.imports import (
    appliquer,
    brouillon,
    importer,
    ligne,
    resultats,
    tableau,
    terme,
)
from tests.variantes.equipe import traduire, version

pytestmark = pytest.mark.django_db


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
