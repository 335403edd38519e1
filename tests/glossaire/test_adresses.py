"""The permanent address of a concept: to whom it leads where, and what it never tells."""

from itertools import islice

import pytest
from django.http import HttpResponse
from django.test import Client
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS

from glossaire.exports import langue_preferee
from glossaire.models import Concept
from tests.factories import accueil, proteger, publier
from tests.glossaire.echanges import mot, relier
from tests.harness.queries import assert_same_cost

pytestmark = pytest.mark.django_db
HTML = "text/html,application/xhtml+xml,*/*;q=0.8"


def aller(client: Client, name: str = "mot", langues: str = "", accept: str = HTML) -> HttpResponse:
    headers = {"accept": accept, **({"accept-language": langues} if langues else {})}
    return client.get(f"/concepts/{name}/" if name else "/concepts/", headers=headers)


def introuvable(client: Client, address: str) -> bool:
    """Tell whether there is nothing there: an address without a language is tried again under the reader's."""
    return client.get(address, follow=True).status_code == 404


@pytest.mark.parametrize(
    ("acceptees", "disponibles", "expected"),
    [
        ([("en", 1.0)], ["fr", "en"], "en"),
        ([("en-gb", 1.0)], ["fr", "en"], "en"),
        ([("de", 1.0), ("ar", 0.5)], ["fr", "en", "ar"], "ar"),
        ([("de", 1.0)], ["fr", "en"], "fr"),
        ([("en", 0.0), ("*", 0.5)], ["fr", "en"], "fr"),
        ([], ["fr", "fr-simple"], "fr"),
        ([("fr", 1.0)], ["fr-simple", "en"], "en"),
        ([("fr-simple", 1.0)], ["fr", "fr-simple"], "fr-simple"),
        ([("fr-ca", 1.0)], ["fr", "fr-simple"], "fr"),
        ([("en", 1.0)], ["fr-simple"], "fr-simple"),
        ([("pt-br", 1.0)], ["en", "ar"], "en"),
    ],
)
def test_the_language_of_a_reader(acceptees: list[tuple[str, float]], disponibles: list[str], expected: str) -> None:
    assert langue_preferee(acceptees, disponibles) == expected


class TestConcept:
    @pytest.mark.parametrize(
        ("langues", "expected"),
        [
            ("", "/fr/glossaire/mot/"),
            ("en", "/en/glossaire/mot/"),
            ("en-US,en;q=0.9,fr;q=0.8", "/en/glossaire/mot/"),
            ("de,ar;q=0.5", "/fr/glossaire/mot/"),
            ("fr;q=0.2,en;q=0.9", "/en/glossaire/mot/"),
            ("fr-simple", "/fr-simple/glossaire/mot/"),
            ("x" * 3000, "/fr/glossaire/mot/"),
            (";;q=,,", "/fr/glossaire/mot/"),
        ],
    )
    def test_it_leads_to_the_language_of_the_reader(self, client: Client, langues: str, expected: str) -> None:
        mot("mot")
        mot("mot", "en")
        mot("mot", "fr-simple")
        mot("mot", "ar", brouillon=True)
        response = aller(client, langues=langues)
        assert (response.status_code, response["Location"]) == (303, expected)
        assert {"Accept", "Accept-Language"} <= {each.strip() for each in response["Vary"].split(",")}

    @pytest.mark.parametrize(
        ("accept", "expected"),
        [
            ("text/turtle", "/concepts/mot.ttl"),
            ("application/ld+json", "/concepts/mot.jsonld"),
            ("text/turtle;q=0.4,application/ld+json", "/concepts/mot.jsonld"),
            ("text/html,text/turtle;q=0.5", "/fr/glossaire/mot/"),
            ("image/png", "/fr/glossaire/mot/"),
            ("*/*", "/fr/glossaire/mot/"),
            ("rien de bon", "/fr/glossaire/mot/"),
        ],
    )
    def test_programs_are_led_to_the_data(self, client: Client, accept: str, expected: str) -> None:
        mot("mot")
        response = aller(client, accept=accept)
        assert (response.status_code, response["Location"]) == (303, expected)

    def test_a_language_that_is_not_open_is_nowhere(self, client: Client) -> None:
        mot("mot")
        mot("mot", "ar")
        assert aller(client, langues="ar")["Location"] == "/ar/glossaire/mot/"
        accueil("ar").unpublish()
        assert aller(client, langues="ar")["Location"] == "/fr/glossaire/mot/"
        assert "/ar/" not in client.get("/concepts/mot.ttl").content.decode()

    def test_the_data_of_one_concept(self, client: Client) -> None:
        mot("mot", title="Le mot")
        mot("voisin")
        mot("cache", brouillon=True)
        relier("mot", "associe", "voisin")
        relier("mot", "associe", "cache")
        for extension, kind in (("ttl", "turtle"), ("jsonld", "json-ld")):
            response = client.get(f"/concepts/mot.{extension}")
            found = Graph().parse(data=response.content.decode(), format=kind)
            concept = URIRef("http://localhost/concepts/mot/")
            assert set(found.subjects(RDF.type, SKOS.Concept)) == {concept}
            assert found.value(concept, SKOS.prefLabel) == Literal("Le mot", lang="fr")
            assert set(found.objects(concept, SKOS.related)) == {URIRef("http://localhost/concepts/voisin/")}
            assert (
                client.get(f"/concepts/mot.{extension}", headers={"if-none-match": response["ETag"]}).status_code == 304
            )

    def test_its_cost_does_not_grow(self, client: Client) -> None:
        mot("mot")
        made = iter(range(100))

        def make(number: int) -> None:
            for rank in islice(made, number):
                name = f"autre-{rank}"
                mot(name)
                relier("mot", "associe", name)

        assert_same_cost(make, lambda: client.get("/concepts/mot.ttl"))

    @pytest.mark.parametrize("suffix", ["/", ".ttl", ".jsonld"])
    def test_what_was_never_public_is_unknown(self, client: Client, suffix: str) -> None:
        mot("brouillon", brouillon=True)
        reserve = mot("reserve", brouillon=True)
        proteger(reserve)
        publier(reserve)
        mot("efface", brouillon=True).delete()
        for name in ("brouillon", "reserve", "efface", "jamais-vu"):
            assert introuvable(client, f"/concepts/{name}{suffix}")

    @pytest.mark.parametrize("suffix", ["/", ".ttl"])
    def test_what_was_public_says_that_it_is_gone(self, client: Client, suffix: str) -> None:
        mot("retire", publiee=True).unpublish()
        mot("efface", publiee=True).delete()
        proteger(mot("ferme", title="Secret", publiee=True))
        for name in ("retire", "efface", "ferme"):
            response = client.get(f"/concepts/{name}{suffix}")
            assert response.status_code == 410
            assert "n’est plus dans le glossaire" in response.content.decode()
            assert "Secret" not in response.content.decode()

    def test_what_comes_back_is_there_again(self, client: Client) -> None:
        page = mot("retire", publiee=True)
        page.unpublish()
        publier(page)
        assert aller(client, "retire").status_code == 303

    def test_a_term_published_for_some_never_was_public(self, client: Client) -> None:
        page = mot("reserve", brouillon=True)
        proteger(page)
        publier(page)
        assert Concept.objects.get(identifiant="reserve").public_le is None
        page.unpublish()
        assert introuvable(client, "/concepts/reserve/")

    def test_it_is_read_only(self, client: Client) -> None:
        mot("mot")
        assert client.post("/concepts/mot/").status_code == 405


class TestScheme:
    def test_it_leads_to_the_glossary_and_to_its_data(self, client: Client) -> None:
        mot("mot")
        mot("mot", "en")
        assert aller(client, "", "en")["Location"] == "/en/glossaire/"
        assert aller(client, "")["Location"] == "/fr/glossaire/"
        assert aller(client, "", "en", "text/turtle")["Location"] == "/en/glossaire/glossaire.ttl"

    def test_without_a_glossary_there_is_nothing(self, client: Client) -> None:
        accueil()
        assert introuvable(client, "/concepts/")


def test_the_glossary_is_a_set_of_terms(client: Client) -> None:
    page = mot("mot").get_parent().specific
    data = page.schema_org()
    assert data["@type"] == "DefinedTermSet"
    assert data["@id"] == data["url"] == "http://localhost/fr/glossaire/"
    assert data["sameAs"] == "http://localhost/concepts/"
    urls = [each["contentUrl"] for each in data["encoding"]]
    assert urls[0] == "http://localhost/fr/glossaire/glossaire.csv"
    for url in urls:
        assert client.get(url.removeprefix("http://localhost")).status_code == 200
    assert "DefinedTermSet" in client.get("/fr/glossaire/").content.decode()
