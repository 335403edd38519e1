"""The page of one word: its names, its neighbours, the pages that say it, its versions."""

import json

import pytest
from bs4 import BeautifulSoup

from glossaire.models import Concept, Relation, TermePage
from glossaire.queries.mentions import MONTREES
from glossaire.views import termes
from socle.models import BasePage
from tests.factories import (
    IllustrationFactory,
    InformationPageFactory,
    TermePageFactory,
    UtilisateurFactory,
    accueil,
    blocs,
    glossaire,
)
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost, queries_of

pytestmark = pytest.mark.django_db
SOURCE = {"titre": "Code de la santé", "auteur": "Légifrance", "annee": 2009, "url": "https://exemple.test/code"}


def page_de(client: StrictClient, page: BasePage) -> BeautifulSoup:
    response = client.get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def relier(de: TermePage, vers: TermePage, genre: str) -> None:
    concepts = {one.cle: one for one in Concept.objects.all()}
    relation = Relation(de=concepts[de.translation_key], vers=concepts[vers.translation_key], genre=genre)
    relation.clean()
    relation.save()


def liens(page: BeautifulSoup, selecteur: str) -> list[str]:
    return [lien.get_text(strip=True) for lien in page.select(f"{selecteur} a")]


def dire(texte: str, **options: object) -> BasePage:
    return InformationPageFactory(corps=[blocs.texte(f"<p>{texte}</p>")], **options)


class TestNames:
    def test_every_name_and_what_explains_it(self, client: StrictClient) -> None:
        terme = TermePageFactory(
            title="Agence régionale de santé",
            sigle="ARS",
            autres_noms="agence de santé\nARS d’Île-de-France",
            nature_grammaticale="locution",
            genre_grammatical="f",
            explication=[blocs.texte("<p>Elle finance.</p>")],
            exemple="<p>Un appel à projets.</p>",
            sources=[{"type": "source", "value": SOURCE}],
            pictogramme=IllustrationFactory(),
            thematiques=["cadre"],
        )
        page = page_de(client, terme)
        assert page.h1.get_text(" ", strip=True) == "Agence régionale de santé (ARS)"
        assert page.select_one(".mot-du-glossaire__grammaire").get_text() == "Groupe de mots · féminin"
        assert "agence de santé · ARS d’Île-de-France" in page.select_one("#noms").get_text()
        assert page.select_one(".chapeau").get_text() == terme.definition
        assert "Elle finance." in page.get_text()
        assert "Un appel à projets." in page.select_one("[aria-labelledby=exemple]").get_text()
        source = page.select_one(".source")
        assert " ".join(source.get_text().split()) == "Légifrance, Code de la santé, 2009."
        assert source.a["href"] == SOURCE["url"]
        assert page.select_one(".mot-du-glossaire__image img")["alt"] == ""
        assert page.select_one(".etiquette")["href"] == "/fr/glossaire/?thematiques=cadre"

    def test_it_is_a_defined_term_with_absolute_addresses(self, client: StrictClient) -> None:
        terme = TermePageFactory(title="ETP", autres_noms="éducation thérapeutique")
        data = json.loads(page_de(client, terme).select_one("script[type='application/ld+json']").string)["@graph"][0]
        assert (data["@type"], data["name"], data["description"]) == ("DefinedTerm", "ETP", terme.definition)
        assert data["alternateName"] == ["éducation thérapeutique"]
        assert data["url"] == terme.full_url
        assert data["inDefinedTermSet"] == terme.get_parent().full_url
        liste = page_de(client, terme.get_parent())
        data = json.loads(liste.select_one("script[type='application/ld+json']").string)["@graph"][0]
        assert (data["@type"], data["url"]) == ("DefinedTermSet", terme.get_parent().full_url)

    def test_the_other_languages_say_it_in_their_own_words(self, client: StrictClient) -> None:
        terme = TermePageFactory(title="Usager partenaire")
        anglais = TermePageFactory(langue="en", title="Patient partner", version_de=terme)
        TermePageFactory(langue="ar", title="المستفيد الشريك", slug="usager", version_de=terme)
        TermePageFactory(langue="es", title="Paciente socio", version_de=terme, live=False)
        TermePageFactory(langue="pt", title="Paciente parceiro", version_de=terme, protegee="login")
        facile = TermePageFactory(langue="fr-simple", title="Usager", version_de=terme)
        page = page_de(client, terme)
        ailleurs = page.select(".ailleurs a")
        assert [(a["lang"], a["dir"], a.get_text()) for a in ailleurs] == [
            ("en", "ltr", "Patient partner"),
            ("ar", "rtl", "المستفيد الشريك"),
        ]
        assert page.select_one(f"main a[href='{facile.url}']").get_text(strip=True) == "Lire ce mot en facile à lire"
        assert not page_de(client, anglais).select(f"main a[href='{facile.url}']")
        for secret in ("Paciente socio", "Paciente parceiro"):
            assert secret not in str(page)

    def test_the_permanent_address_is_that_of_the_concept(
        self, client: StrictClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        terme = TermePageFactory(title="Concept stable")
        monkeypatch.setattr(termes, "reverse", lambda _name, args: f"/concepts/{args[0]}/")
        permanente = page_de(client, terme).select_one(".permanente")["href"]
        assert permanente == terme.full_url.partition("/fr/")[0] + "/concepts/concept-stable/"


class TestRelations:
    @pytest.fixture
    def centre(self) -> TermePage:
        centre = TermePageFactory(title="Centre")
        for titre, genre in (
            ("Voisin", "associe"),
            ("Distinct", "a_distinguer"),
            ("Large", "plus_large"),
        ):
            relier(centre, TermePageFactory(title=titre, definition=f"Définition de {titre}."), genre)
        relier(TermePageFactory(title="Précis"), centre, "plus_large")
        # The same relation, said from the other side.
        relier(TermePageFactory(title="Ancien voisin"), centre, "associe")
        return centre

    def test_each_kind_has_its_place(self, client: StrictClient, centre: TermePage) -> None:
        page = page_de(client, centre)
        kinds = {
            genre.dt.get_text(strip=True): [a.get_text(strip=True) for a in genre.select("a")]
            for genre in page.select(".liens-du-mot__genres > div")
        }
        assert kinds == {
            "Mot plus large": ["Large"],
            "Mot plus précis": ["Précis"],
            "Mots voisins": ["Ancien voisin", "Voisin"],
        }
        sides = [un.get_text(" ", strip=True) for un in page.select(".a-distinguer__un")]
        assert sides == [f"Centre {centre.definition}", "Distinct Définition de Distinct."]

    def test_what_a_reader_may_not_read_is_not_named(self, client: StrictClient) -> None:
        centre = TermePageFactory(title="Centre")
        genres = ("associe", "a_distinguer", "plus_large")
        for rang, options in enumerate(({"live": False}, {"protegee": "login"}, {"protegee": "groups"})):
            relier(centre, TermePageFactory(title=f"Motcaché{rang}", **options), genres[rang])
        page = page_de(client, centre)
        assert "Motcaché" not in str(page)
        assert not page.select("#liens, #a-distinguer")
        client.force_login(UtilisateurFactory())
        assert liens(page_de(client, centre), ".a-distinguer") == ["Motcaché1"]

    def test_they_are_those_of_the_language(self, client: StrictClient, centre: TermePage) -> None:
        facile = TermePageFactory(langue="fr-simple", title="Centre", version_de=centre)
        assert "Voisin" not in str(page_de(client, facile).select_one("main"))
        voisin = TermePage.objects.get(title="Voisin")
        TermePageFactory(langue="fr-simple", title="Voisin facile", version_de=voisin)
        assert liens(page_de(client, facile), "[aria-labelledby=liens]") == ["Voisin facile"]


class TestMentions:
    def test_pages_that_say_the_word_under_any_of_its_names(self, client: StrictClient) -> None:
        terme = TermePageFactory(
            title="Éducation thérapeutique du patient", sigle="ETP", autres_noms="éducation thérapeutique"
        )
        un = dire("Une séance d’éducation thérapeutique.", title="Séance")
        deux = dire("L’ETP commence.", title="Programme")
        dire("Une éducation.", title="Ailleurs")
        page = page_de(client, terme)
        assert set(liens(page, ".mentions")) == {"Séance", "Programme"}
        assert {a["href"] for a in page.select(".mentions a")} == {un.url, deux.url}

    def test_only_the_word_itself_counts(self, client: StrictClient) -> None:
        """The index knows stems: it takes one word for another, and an acronym for a common word."""
        aller = TermePageFactory(title="Aller-vers")
        has = TermePageFactory(title="Haute Autorité", sigle="GEM")
        usager = TermePageFactory(title="Usager")
        TermePageFactory(title="Usager partenaire")
        dire("Aller au marché, une gem à la main.", title="Marché")
        dire("L’usager partenaire parle.", title="Partenaire")
        dire("L’aller-vers, avec un GEM et un usager.", title="Juste")
        for terme in (aller, has, usager):
            assert liens(page_de(client, terme), ".mentions ul") == ["Juste"]

    def test_six_at_most_and_the_way_to_the_others(self, client: StrictClient) -> None:
        terme = TermePageFactory(title="Binôme")
        for rang in range(MONTREES):
            dire("Un binôme.", title=f"Page {rang}")
        page = page_de(client, terme)
        assert (len(page.select(".mentions li")), page.select(".mentions .lien-fleche")) == (MONTREES, [])
        dire("Un binôme.", title="Une de plus")
        page = page_de(client, terme)
        assert len(page.select(".mentions li")) == MONTREES
        assert page.select_one(".mentions .lien-fleche")["href"] == "/fr/recherche/?q=%22Bin%C3%B4me%22"

    def test_neither_the_glossary_nor_what_is_closed(self, client: StrictClient) -> None:
        terme = TermePageFactory(title="Binôme")
        TermePageFactory(title="Autre", definition="Un binôme à deux.")
        dire("Un binôme.", title="Fermée", protegee="login")
        dire("Un binôme.", title="Brouillon", live=False)
        dire("Um binôme.", title="Portugaise", parent=accueil("pt"))
        assert not page_de(client, terme).select(".mentions")
        client.force_login(UtilisateurFactory())
        assert liens(page_de(client, terme), ".mentions") == ["Fermée"]


class TestInEasyFrench:
    def test_the_page_and_the_way_back(self, client: StrictClient) -> None:
        terme = TermePageFactory(
            langue="fr-simple",
            title="ETP",
            definition="Vous apprenez.\nVous vivez mieux.",
            pictogramme=IllustrationFactory(),
            texte_falc=[blocs.lignes("Vous choisissez.", "Vous décidez.")],
        )
        page = page_de(client, terme)
        assert [p.get_text() for p in page.select(".chapeau p")] == ["Vous apprenez.", "Vous vivez mieux."]
        assert page.select_one(".mot-du-glossaire__image img")["alt"] == ""
        assert "Vous choisissez." in page.get_text()
        assert page.select_one("main a.bouton")["href"] == "/fr-simple/glossaire/"

    def test_a_word_explained_in_a_text_leads_to_its_page(self, client: StrictClient) -> None:
        terme = TermePageFactory(langue="fr-simple", title="Aidant", formes="aidantes", definition="Une personne.")
        TermePageFactory(langue="fr-simple", title="Motbrouillon", live=False)
        texte = [blocs.mot_explique(mot) for mot in ("aidants", "Motbrouillon", "inconnu")]
        home = accueil("fr-simple")
        page = page_de(client, InformationPageFactory(parent=home, texte_falc=texte))
        links = page.select(".mot-explique a")
        assert [(a["href"], a.get_text(" ", strip=True)) for a in links] == [
            (terme.url, "En savoir plus sur le mot « aidants »")
        ]
        # A page does not lead to itself.
        type(terme).objects.filter(pk=terme.pk).update(texte_falc=json.dumps(texte))
        assert not page_de(client, terme).select(".mot-explique a")

    def test_words_explained_cost_no_query_each(self, client: StrictClient) -> None:
        page = InformationPageFactory(parent=accueil("fr-simple"))
        TermePageFactory(langue="fr-simple", title="Aidant")
        made: list[object] = []

        def make(number: int) -> None:
            made.extend(blocs.mot_explique("aidant") for _ in range(number))
            type(page).objects.filter(pk=page.pk).update(texte_falc=json.dumps(made))

        assert_same_cost(make, lambda: client.get(page.url))


@pytest.mark.parametrize("langue", ["fr", "fr-simple", "ar"])
def test_a_word_costs_the_same_with_1_neighbour_and_with_10(client: StrictClient, langue: str) -> None:
    accueil(langue)
    client.get("/fr/")
    source = TermePageFactory(title="Binôme", sources=[{"type": "source", "value": SOURCE}], thematiques=["cadre"])
    terme = source if langue == "fr" else TermePageFactory(langue=langue, version_de=source, title="Binôme")

    def make(number: int) -> None:
        for rang in range(number):
            voisin = TermePageFactory()
            relier(source, voisin, ("associe", "a_distinguer", "plus_large")[rang % 3])
            if langue != "fr":
                TermePageFactory(langue=langue, version_de=voisin)
            dire("Un binôme.", parent=accueil(langue))

    assert_same_cost(make, lambda: client.get(terme.url))


def test_who_is_signed_in_pays_no_more_with_10_neighbours(admin_client: StrictClient) -> None:
    source = TermePageFactory(title="Binôme")

    def make(number: int) -> None:
        for _ in range(number):
            relier(source, TermePageFactory(protegee="login"), "associe")

    make(1)
    few = queries_of(lambda: admin_client.get(source.url))
    make(9)
    assert len(queries_of(lambda: admin_client.get(source.url))) == len(few)


@pytest.mark.parametrize("langue", ["fr", "fr-simple"])
def test_a_term_is_shown_to_its_editor_before_it_is_saved(langue: str) -> None:
    parent = glossaire(langue)
    page = TermePage(title="Motneuf", slug="motneuf", definition="Ce qu’il veut dire.", locale=parent.locale)
    page.path = TermePage._get_path(parent.path, parent.depth + 1, 1)
    page.depth = parent.depth + 1
    page.set_url_path(parent)
    response = page.make_preview_request(preview_mode="")
    assert response.status_code == 200
    assert "Ce qu’il veut dire." in response.content.decode()
