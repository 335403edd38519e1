"""The glossary and the checker of texts in FALC: what is explained, what can be done about a hard word."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from glossaire.models import TermePage
from glossaire.mots_expliques import mots_du_glossaire
from glossaire.queries.gestes_falc import gestes_pour_les_mots
from redaction import roles
from tests.factories import TermePageFactory, UtilisateurFactory, accueil, anonyme, blocs, glossaire, groupes_des_roles
from tests.harness.html import StrictClient
from tests.harness.queries import queries_of
from tests.redaction.test_publication import personne
from tests.socle.reading import soup
from tests.variantes.test_assistant import demander, ecrit_par, formulaire, page_falc
from variantes.falc import Controle, Genre, Ligne
from variantes.mots_expliques import mots_expliques
from variantes.queries.lignes_falc import lignes_de

pytestmark = pytest.mark.django_db
FALC = "fr-simple"


@pytest.fixture(autouse=True)
def team() -> None:
    glossaire("fr")
    glossaire(FALC)
    groupes_des_roles()


def regles(*lignes: str) -> set[str]:
    locale = accueil(FALC).locale
    return {each.regle for each in Controle(mots_expliques(locale)).verifier([Ligne(ligne) for ligne in lignes])}


class TestWords:
    def test_public_terms_in_falc_are_explained_by_all_their_names(self) -> None:
        TermePageFactory(langue=FALC, title="Pair-aidance", sigle="PA", autres_noms="Entraide entre pairs")
        TermePageFactory(langue=FALC, title="Défraiement", brouillon=True)
        TermePageFactory(title="Littératie")
        known = mots_du_glossaire(accueil(FALC).locale)
        for name in ("pair-aidance", "PAIR-AIDANCE", "PA", "entraide entre pairs"):
            assert known.explique(name)
        assert not known.explique("Défraiement")
        assert not known.explique("Littératie")

    def test_the_checker_knows_them(self) -> None:
        assert "mot-rare" in regles("Vous parlez de pair-aidance.")
        assert "sigle" in regles("Vous appelez la MDPH.")
        TermePageFactory(langue=FALC, title="Pair-aidance")
        TermePageFactory(langue=FALC, title="Maison du handicap", sigle="MDPH")
        assert "mot-rare" not in regles("Vous parlez de pair-aidance.")
        assert "sigle" not in regles("Vous appelez la MDPH.")

    def test_synonyms_are_the_other_names_not_the_acronym(self) -> None:
        TermePageFactory(
            langue=FALC,
            title="Maison de santé",
            sigle="MSP",
            developpe="Maison de santé pluriprofessionnelle",
            autres_noms="Maison médicale",
            formes="maisons santé",
        )
        assert mots_du_glossaire(accueil(FALC).locale).synonymes() == (("maison de santé", "maison médicale"),)

    def test_two_names_of_one_concept_are_told(self) -> None:
        TermePageFactory(langue=FALC, title="Réunion d’équipe", autres_noms="Temps d’échange")
        assert "synonymes" in regles("Venez à la réunion d’équipe.", "Le temps d'échange dure 1 heure.")
        assert "synonymes" not in regles("Venez à la réunion d’équipe.", "Les réunions d’équipe sont utiles.")

    def test_a_name_inside_another_is_no_second_word(self) -> None:
        TermePageFactory(
            langue=FALC, title="Maison de santé pluriprofessionnelle", autres_noms="Maison de santé\nMaison médicale"
        )
        long = "La maison de santé pluriprofessionnelle est ouverte."
        assert "synonymes" not in regles(long, long)
        assert "synonymes" in regles(long, "La maison de santé est ouverte.")
        TermePageFactory(langue=FALC, title="Centre", autres_noms="Centre de soins\nDispensaire")
        TermePageFactory(langue=FALC, title="Centre de soins dentaires")
        assert "synonymes" not in regles("Le dispensaire est là.", "Le dispensaire est ici.")


class TestLines:
    def test_a_definition_is_read_line_by_line_and_names_are_not(self) -> None:
        terme = TermePageFactory(
            langue=FALC,
            title="Pair-aidant",
            sigle="PA",
            autres_noms="Aidant pair",
            definition="Une personne malade.\nElle aide une autre personne.",
            texte_falc=[blocs.lignes("Elle écoute.")],
        )
        lines = [(line.texte, line.genre, line.cle.split("/")[0]) for line in lignes_de(terme)]
        assert lines == [
            ("Pair-aidant", Genre.TITRE, "title"),
            ("Une personne malade.", Genre.TEXTE, "definition"),
            ("Elle aide une autre personne.", Genre.TEXTE, "definition#1"),
            ("Elle écoute.", Genre.TEXTE, "texte_falc"),
        ]


class TestActions:
    @staticmethod
    def geste(user: Any, mot: str) -> tuple[str, str]:
        found = gestes_pour_les_mots(user, frozenset({mot})).get(mot)
        return (found.libelle, found.adresse) if found else ("", "")

    def test_a_word_that_is_missing_is_created_in_french(self) -> None:
        label, address = self.geste(personne(roles.REDACTION), "autodétermination")
        assert label == "Créer ce mot dans le glossaire"
        assert urlsplit(address).path == reverse("glossaire_ajouter", args=[glossaire().pk])
        assert parse_qs(urlsplit(address).query) == {"mot": ["autodétermination"]}

    def test_an_acronym_as_one(self) -> None:
        for written in ("CPTS", "C.P.T.S.", "CPTSs"):
            assert self.geste(personne(roles.REDACTION), written)[1].endswith("?sigle=CPTS")

    @pytest.mark.parametrize("query", ["?mot=binôme", "?sigle=CPTS", "?mot=" + "x" * 300, "?sigle=" + "X" * 30, ""])
    def test_the_form_holds_the_word(self, query: str) -> None:
        client = StrictClient()
        client.force_login(personne(roles.REDACTION))
        response = client.get(f"{reverse('glossaire_ajouter', args=[glossaire().pk])}{query}")
        assert response.status_code == 200
        form = response.context["form"]
        assert form["title"].value() == ("Binôme" if "bin" in query else "")
        assert form["sigle"].value() == ("CPTS" if "CPTS" in query else "")
        sent_to = reverse("wagtailadmin_pages:add", args=["glossaire", "termepage", glossaire().pk])
        assert f'action="{sent_to}' in response.content.decode()

    def test_a_french_term_gets_its_version_in_falc(self) -> None:
        terme = TermePageFactory(title="Autodétermination")
        label, address = self.geste(personne(roles.REDACTION_FALC), "autodétermination")
        assert (label, address) == (
            "Créer la version FALC de ce mot",
            reverse("variantes_creer_falc", args=[terme.pk]),
        )
        assert self.geste(personne(roles.CONTRIBUTION), "autodétermination") == ("", "")

    def test_a_french_draft_is_opened(self) -> None:
        terme = TermePageFactory(title="Autodétermination", brouillon=True)
        label, address = self.geste(personne(roles.REDACTION), "autodétermination")
        assert (label, address) == (
            "Ouvrir le brouillon de ce mot",
            reverse("wagtailadmin_pages:edit", args=[terme.pk]),
        )
        assert self.geste(personne(roles.REDACTION_FALC), "autodétermination") == ("", "")

    def test_a_draft_in_falc_is_opened_whatever_its_name(self) -> None:
        french = TermePageFactory(title="Autodétermination")
        falc = TermePageFactory(langue=FALC, title="Choisir pour soi", version_de=french, brouillon=True)
        label, address = self.geste(personne(roles.REDACTION_FALC), "autodétermination")
        assert (label, address) == ("Ouvrir ce mot en FALC", reverse("wagtailadmin_pages:edit", args=[falc.pk]))

    @pytest.mark.parametrize("role", [roles.REDACTION_FALC, roles.RELECTURE_FALC, roles.REGARD_USAGER])
    def test_without_the_right_there_is_none(self, role: roles.Role) -> None:
        assert self.geste(personne(role), "autodétermination") == ("", "")

    def test_nor_for_who_is_nobody(self) -> None:
        assert self.geste(anonyme(), "autodétermination") == ("", "")

    def test_ten_words_cost_what_one_costs(self) -> None:
        user = UtilisateurFactory(superutilisateur=True)
        words = [f"mot{rank}" for rank in range(10)]
        for word in words[::2]:
            TermePageFactory(title=word, brouillon=True)
        one = queries_of(lambda: gestes_pour_les_mots(user, frozenset(words[:1])))
        ten = queries_of(lambda: gestes_pour_les_mots(user, frozenset(words)))
        assert len(ten) <= len(one)

    def test_the_panel_shows_it(self) -> None:
        page = page_falc("Vous venez.")
        french = TermePageFactory(title="Autodétermination")
        html = soup(
            demander(ecrit_par(roles.REDACTION_FALC), page, formulaire(page, "Vous venez pour l’autodétermination."))
        )
        links = [link["href"] for link in html.select(".assistant__gestes a")]
        assert links == [reverse("variantes_creer_falc", args=[french.pk])]


class TestEditor:
    def test_a_definition_in_falc_has_lines(self) -> None:
        terme = TermePageFactory(langue=FALC, definition="Une.\nDeux.")
        form = TermePage.get_edit_handler().get_form_class()(instance=terme)
        assert "<textarea" in str(form["definition"])
        data = form["definition"].field.widget.value_from_datadict(
            {"definition": " Une.\r\n\r\n  Deux  mots. "}, {}, "definition"
        )
        assert data == "Une.\nDeux mots."

    def test_elsewhere_one_line(self) -> None:
        form = TermePage.get_edit_handler().get_form_class()(instance=TermePageFactory())
        assert 'type="text"' in str(form["definition"])
        widget = form["definition"].field.widget
        assert widget.value_from_datadict({"definition": "Une\r\nseule"}, {}, "definition") == "Une seule"

    def test_three_hundred_characters_whatever_the_lines(self) -> None:
        terme = TermePageFactory(langue=FALC)
        field = TermePage.get_edit_handler().get_form_class()(instance=terme)["definition"].field
        text = "a" * 149 + "\r\n" + "b" * 150
        assert len(field.clean(field.widget.value_from_datadict({"definition": text}, {}, "definition"))) == 300

    def test_the_version_in_falc_of_a_term_is_made(self) -> None:
        terme = TermePageFactory(title="Pair-aidance", sigle="PA", autres_noms="Entraide", definition="Une aide.")
        client = StrictClient()
        client.force_login(personne(roles.REDACTION_FALC))
        response = client.post(reverse("variantes_creer_falc", args=[terme.pk]), {"depart": "francais"}, follow=True)
        made = TermePage.objects.get(translation_key=terme.translation_key, locale__language_code=FALC)
        assert response.status_code == 200
        assert (made.title, made.sigle, made.autres_noms, made.definition, made.live) == (
            "Pair-aidance",
            "PA",
            "Entraide",
            "Une aide.",
            False,
        )
