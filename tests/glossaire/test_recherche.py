"""The search knows the glossary: names that mean the same, the definition of what is asked, other names."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import Tag
from django.http import HttpResponse

from glossaire import recherche
from socle.models import RechercheSansResultat
from socle.search import chercher, desindexer, register_synonyms, suggerer
from socle.search import synonymes as registre
from socle.search.requete import question
from socle.search.synonymes import EN_TOUT, Synonymes, synonymes, unregister_synonyms
from tests.factories import (
    FichePageFactory,
    IllustrationFactory,
    InformationPageFactory,
    TermePageFactory,
    UtilisateurFactory,
    accueil,
    anonyme,
    index_fiches,
    proteger,
    publier,
)
from tests.harness.html import StrictClient
from tests.harness.queries import queries_of
from tests.socle.reading import links, soup, texts, titles

pytestmark = pytest.mark.django_db
URL = "/fr/recherche/"


def found(q: str, langue: str = "fr") -> list[str]:
    return [one.titre for one in chercher(q, langue, anonyme())[0:30]]


def etp(**values: Any) -> Any:
    names = {"title": "Éducation thérapeutique du patient", "sigle": "ETP"}
    return TermePageFactory(**{**names, "slug": "etp", "publiee": True, **values})


class TestSynonyms:
    def test_every_name_finds_what_uses_another(self) -> None:
        etp(autres_noms="éducation du patient")
        FichePageFactory(title="Un atelier d’éducation thérapeutique du patient", publiee=True)
        FichePageFactory(title="Les ETP en ville", publiee=True)
        for q in (
            *("ETP", "etp", "l’ETP", "ETPs", "éducation thérapeutique du patient", "éducation du patient"),
            *("EDUCATION THERAPEUTIQUE DU PATIENT", "l'éducation thérapeutique du patient", "education-du-patient"),
        ):
            assert {"Un atelier d’éducation thérapeutique du patient", "Les ETP en ville"} <= {*found(q)}, q
        assert "Les ETP en ville" in found("ville éducation thérapeutique du patient")
        # A phrase in quotation marks is what it says.
        assert "Les ETP en ville" not in found('"éducation thérapeutique du patient"')

    def test_plural_and_feminine_forms(self) -> None:
        TermePageFactory(
            title="Usager partenaire", autres_noms="patient partenaire", formes="usagère partenaire", publiee=True
        )
        FichePageFactory(title="Payer un usager partenaire", publiee=True)
        FichePageFactory(title="Une usagère partenaire témoigne", publiee=True)
        for q in ("patient partenaire", "patients partenaires", "usagère partenaire", "usagères partenaires"):
            assert {"Payer un usager partenaire", "Une usagère partenaire témoigne"} <= {*found(q)}, q

    def test_hyphens_make_no_other_word(self) -> None:
        TermePageFactory(title="Pair-aidance", autres_noms="entraide", publiee=True)
        FichePageFactory(title="La pair aidance en groupe", publiee=True)
        for q in ("pair-aidance", "pair aidance", "entraide"):
            assert {"Pair-aidance", "La pair aidance en groupe"} <= {*found(q)}, q

    def test_an_acronym_that_is_an_ordinary_word_is_met_in_capitals(self) -> None:
        TermePageFactory(title="Éducation nationale", sigle="EN", publiee=True)
        TermePageFactory(title="Maison d’accueil spécialisée", sigle="MAS", publiee=True)
        FichePageFactory(title="Aller en classe", publiee=True)
        FichePageFactory(title="Ma classe", publiee=True)
        assert found("EN") == ["Éducation nationale"]
        assert "Éducation nationale" not in found("en classe")
        assert "Maison d’accueil spécialisée" not in found("ma classe")
        assert "Maison d’accueil spécialisée" in found("mas")

    def test_each_language_has_its_own(self) -> None:
        terme = etp()
        etp(langue="en", title="Therapeutic patient education", sigle="TPE", version_de=terme)
        InformationPageFactory(title="Therapeutic patient education at home", parent=accueil("en"), publiee=True)
        FichePageFactory(title="Éducation thérapeutique du patient à domicile", publiee=True)
        assert "Therapeutic patient education at home" in found("tpe", "en")
        assert found("etp", "en") == []
        assert found("tpe") == []

    def test_arabic_names_with_their_article(self) -> None:
        TermePageFactory(langue="ar", slug="marid", title="مريض شريك", autres_noms="مستخدم شريك", publiee=True)
        InformationPageFactory(slug="ajr", title="أجر مستخدم شريك", parent=accueil("ar"), publiee=True)
        for q in ("مريض شريك", "المريض الشريك"):
            assert "أجر مستخدم شريك" in found(q, "ar"), q

    def test_falc_knows_the_french_names(self) -> None:
        etp()
        InformationPageFactory(title="L’éducation thérapeutique du patient", parent=accueil("fr-simple"), publiee=True)
        assert found("etp", "fr-simple") == ["L’éducation thérapeutique du patient"]

    def test_they_follow_each_change_without_indexing_again(self) -> None:
        FichePageFactory(title="Un atelier d’éducation thérapeutique", publiee=True)
        assert found("etp") == []
        terme = etp(title="Éducation thérapeutique")
        assert {*found("etp")} == {"Éducation thérapeutique", "Un atelier d’éducation thérapeutique"}
        terme.sigle = "ÉTHER"
        publier(terme)
        assert found("etp") == []
        assert "Un atelier d’éducation thérapeutique" in found("ether")
        terme.unpublish()
        assert found("ether") == []

    def test_private_terms_and_drafts_give_none(self) -> None:
        FichePageFactory(title="Un atelier d’éducation thérapeutique du patient", publiee=True)
        terme = etp()
        proteger(terme)
        assert found("etp") == []
        TermePageFactory(title="Atelier", sigle="ATL", brouillon=True)
        assert found("atl") == []

    def test_they_cost_no_query_once_known(self) -> None:
        for number in range(10):
            TermePageFactory(title=f"Mot {number}", sigle=f"SG{number}", autres_noms=f"nom {number}", publiee=True)

        def search() -> list[str]:
            return found("nom 3 SG4")

        with_terms = queries_of(search)
        assert synonymes("fr") is synonymes("fr")
        assert len(with_terms) <= 4


@pytest.fixture
def fournisseur() -> Iterator[Any]:
    added = []

    def add(provider: Any) -> None:
        added.append(register_synonyms(provider))

    yield add
    for provider in added:
        unregister_synonyms(provider)


class TestRobustness:
    def test_a_source_that_fails_gives_none(self, fournisseur: Any, caplog: pytest.LogCaptureFixture) -> None:
        def broken(langue: str) -> dict[str, list[str]]:
            raise RuntimeError

        fournisseur(broken)
        FichePageFactory(title="Atelier", publiee=True)
        etp()
        assert found("atelier") == ["Atelier"]
        assert found("etp") == ["Éducation thérapeutique du patient"]
        assert "in vain" in caplog.text

    def test_a_card_that_fails_is_left_out(self, client: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
        def failing(*args: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr("socle.search.cartes._providers", [failing, recherche.carte])
        etp()
        assert card(client.get(URL, {"q": "etp"}))

    def test_a_question_holds_so_many_synonyms(self) -> None:
        table = Synonymes([{"nom": [f"autre {rank}" for rank in range(1000)]}], "fr")
        pieces = list(table.decouper(["nom"] * 40))
        assert len(pieces) == 40
        assert sum(len(one.synonymes) for one in pieces) == EN_TOUT

    @pytest.mark.parametrize("name", ["…", "&", "'", "a" * 5000, "!!! ???", "(", "mot " * 40, ":*", "\\", "%", "''"])
    def test_odd_names_break_nothing(self, fournisseur: Any, name: str) -> None:
        table = {name: ["atelier", ""], "atelier": [name, "", "   "]}
        fournisseur(lambda _langue: table)
        FichePageFactory(title="Atelier", publiee=True)
        for q in (name[:200], "atelier"):
            found(q)
        assert found("atelier") == ["Atelier"]

    def test_the_longest_expression_is_met(self) -> None:
        names = {"a b": ["deux"], "a b c": ["trois"], "a": ["un"]}
        table = Synonymes([names], "fr")
        assert [(one.nombre, one.synonymes) for one in table.decouper(["a", "b", "c", "a", "b", "a", "x"])] == [
            (3, ("trois",)),
            (2, ("deux",)),
            (1, ("un",)),
            (1, ()),
        ]
        assert table.longueur == 3

    def test_no_synonym_no_change(self) -> None:
        assert question("un mot", "fr").sql.count("phraseto") == 0
        assert registre.est_un_sigle("ETP")
        assert not registre.est_un_sigle("E")


def card(response: HttpResponse) -> Tag | None:
    return soup(response).select_one(".definition-trouvee")


class TestCard:
    def test_the_definition_tops_the_results(self, client: StrictClient) -> None:
        terme = etp(definition="Des ateliers pour apprendre à vivre avec sa maladie.")
        FichePageFactory(title="Les ETP", publiee=True)
        response = client.get(URL, {"q": "etp"})
        found = card(response)
        assert found
        assert found.select_one("h2 dfn").text == "Éducation thérapeutique du patient"  # type: ignore[union-attr]
        assert found.select_one("h2 abbr").text == "ETP"  # type: ignore[union-attr]
        assert "Des ateliers pour apprendre à vivre avec sa maladie." in found.text
        assert links(response, ".definition-trouvee a") == {
            "Voir le mot : Éducation thérapeutique du patient": terme.url
        }
        # It is not one of the answers.
        assert texts(response, "h2.compte") == ["2 résultats pour « etp »"]
        assert len(titles(response)) == 2

    @pytest.mark.parametrize(
        "q",
        [
            *("ETP", "etp", "Etp ?", "l’ETP", "« ETP »", "education therapeutique du patient", '"ETP"'),
            *("ÉDUCATION THÉRAPEUTIQUE DU PATIENT", "éducation-du-patient", "les éducations du patient"),
        ],
    )
    def test_any_spelling_of_any_name(self, client: StrictClient, q: str) -> None:
        etp(autres_noms="éducation du patient")
        assert card(client.get(URL, {"q": q}))

    @pytest.mark.parametrize("q", ["etp en ville", "éducation", "patient", "e", "?"])
    def test_no_card_for_what_is_no_name(self, client: StrictClient, q: str) -> None:
        etp()
        response = client.get(URL, {"q": q})
        assert card(response) is None

    def test_the_acronym_of_another_expansion_says_what_it_means(self, client: StrictClient) -> None:
        TermePageFactory(
            title="Commission d’hôpital", sigle="CDU", developpe="commission des usagers", slug="cdu", publiee=True
        )
        response = client.get(URL, {"q": "cdu"})
        assert "CDU veut dire : commission des usagers." in texts(response, ".definition-trouvee p")

    def test_the_corrected_question_has_its_card(self, client: StrictClient) -> None:
        etp()
        response = client.get(URL, {"q": "educaton therapeutique du pateint"})
        assert card(response)
        assert not RechercheSansResultat.objects.exists()

    def test_the_first_page_only(self, client: StrictClient) -> None:
        etp()
        for number in range(11):
            FichePageFactory(title=f"ETP {number}", publiee=True)
        assert card(client.get(URL, {"q": "etp"}))
        assert card(client.get(URL, {"q": "etp", "page": 2})) is None

    def test_an_answer_by_a_card_is_no_search_in_vain(self, client: StrictClient) -> None:
        terme = etp(formes="étépé")
        desindexer(terme.pk)
        response = client.get(URL, {"q": "etp"})
        assert card(response)
        assert texts(response, "h2.compte") == ["0 résultats pour « etp »"]
        assert not RechercheSansResultat.objects.exists()
        client.get(URL, {"q": "kaléidoscope"})
        assert RechercheSansResultat.objects.get().mots == "kaleidoscope"

    def test_private_terms_have_none(self, client: StrictClient) -> None:
        index_fiches()
        secret = etp(definition="Un secret.")
        for state in ("login", "groups"):
            proteger(secret, state)
            assert "secret" not in client.get(URL, {"q": "etp"}).content.decode()
        reader = StrictClient()
        reader.force_login(UtilisateurFactory())
        assert "Un secret." not in reader.get(URL, {"q": "etp"}).content.decode()
        secret.delete()
        etp(title="Brouillon", sigle="BRL", slug="brl", brouillon=True, publiee=False)
        assert card(client.get(URL, {"q": "brl"})) is None

    def test_in_falc_with_its_pictogram(self, client: StrictClient) -> None:
        etp()
        etp(
            langue="fr-simple",
            title="Éducation thérapeutique",
            definition="Des ateliers. On apprend à vivre avec sa maladie.",
            pictogramme=IllustrationFactory(),
        )
        response = client.get("/fr-simple/recherche/", {"q": "etp"})
        found = card(response)
        assert found
        assert found.select_one(".pictogramme img")
        assert "On apprend à vivre avec sa maladie." in found.text
        assert not card(client.get(URL, {"q": "etp"})).select("img")  # type: ignore[union-attr]

    def test_the_cost_is_that_of_a_search(self, client: StrictClient) -> None:
        etp()
        FichePageFactory(title="Atelier", publiee=True)
        assert len(queries_of(lambda: client.get(URL, {"q": "etp"}))) <= len(
            queries_of(lambda: client.get(URL, {"q": "atelier"}))
        )


class TestIndex:
    def test_names_of_a_term_weigh_as_its_title(self) -> None:
        FichePageFactory(title="Autre", resume="Un pigiste partenaire.", publiee=True)
        TermePageFactory(
            title="Usager", autres_noms="pigiste partenaire\nallié", sigle="UPA", formes="usagère", publiee=True
        )
        assert found("pigiste partenaire") == ["Usager", "Autre"]
        for q in ("allié", "upa", "usagère"):
            assert found(q)[0] == "Usager", q

    def test_its_excerpt_is_its_definition_and_not_its_sources(self, client: StrictClient) -> None:
        source = {"titre": "Un guide officiel", "auteur": "", "annee": None, "url": ""}
        etp(definition="Des ateliers pour vivre avec sa maladie.", sources=[("source", source)])
        assert texts(client.get(URL, {"q": "etp"}), ".trouvaille__titre + p") == [
            "Des ateliers pour vivre avec sa maladie."
        ]
        assert found("guide officiel") == []

    def test_in_falc_too(self) -> None:
        TermePageFactory(langue="fr-simple", title="Usager", autres_noms="allié", sigle="UPA", publiee=True)
        for q in ("allié", "upa"):
            assert found(q, "fr-simple") == ["Usager"], q

    def test_the_facet_of_terms(self, client: StrictClient) -> None:
        etp()
        FichePageFactory(title="Les ETP", publiee=True)
        facettes = {facette.nom: facette for facette in client.get(URL, {"q": "etp"}).context["facettes"]}
        assert {option.nom: option.nombre for option in facettes["type"].options} == {
            "Mot du glossaire": 1,
            "Fiche": 1,
        }
        assert titles(client.get(URL, {"q": "etp", "type": "terme"})) == ["Éducation thérapeutique du patient"]


class TestSuggestions:
    def suggested(self, q: str, langue: str = "fr") -> list[str]:
        return [one.titre for one in suggerer(q, langue, anonyme())]

    def test_a_term_is_offered_by_any_of_its_names(self) -> None:
        terme = etp(autres_noms="éducation du patient")
        FichePageFactory(title="Les ETP en ville", publiee=True)
        first = suggerer("ETP", "fr", anonyme())[0]
        assert (first.titre, first.url, first.type) == (
            "Éducation thérapeutique du patient (ETP)",
            terme.url,
            "Mot du glossaire",
        )
        assert self.suggested("etp") == ["Éducation thérapeutique du patient (ETP)", "Les ETP en ville"]
        assert self.suggested("therap") == ["Éducation thérapeutique du patient"]
        # What its title says already is not said twice.
        assert self.suggested("education pat") == ["Éducation thérapeutique du patient"]
        assert self.suggested("education du patient") == ["Éducation thérapeutique du patient (éducation du patient)"]

    def test_private_terms_are_not(self) -> None:
        proteger(etp(autres_noms="kaléidoscope"))
        assert self.suggested("kaleid") == []

    def test_a_few_of_them_at_most(self) -> None:
        for number in range(6):
            TermePageFactory(title=f"Mot {number}", autres_noms=f"synonyme {number}", publiee=True)
        assert len(self.suggested("synon")) == recherche.SUGGESTIONS
