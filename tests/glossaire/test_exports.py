"""The glossary for programs: what each file says, to whom, and at what cost."""

import csv
import json
from io import StringIO
from itertools import combinations, islice
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from glossaire.exports import en_skos
from tests.factories import accueil, proteger, publier
from tests.glossaire.echanges import mot, relier, riche, source
from tests.harness.queries import assert_same_cost

pytestmark = pytest.mark.django_db

BASE = "http://localhost"
FICHIERS = ("glossaire.csv", "glossaire.ttl", "glossaire.jsonld", "termes.json")


@pytest.fixture
def termes() -> None:
    """Three concepts, one of them in four languages."""
    mot(
        "education-therapeutique",
        title="Éducation thérapeutique du patient",
        sigle="ETP",
        autres_noms="éducation du patient\néducation thérapeutique",
        formes="éducations thérapeutiques",
        definition="Apprendre à vivre avec une maladie longue, avec l’aide de « soignants ».",
        explication=riche("Un premier paragraphe.", "Un second &amp; dernier."),
        exemple="<p>Un atelier.</p>",
        sources=[source("Guide", auteur="HAS", annee=2007, url="https://exemple.org/guide")],
        thematiques=["cadre"],
        nature_grammaticale="locution",
        genre_grammatical="f",
        publiee=True,
    )
    mot("education-therapeutique", "en", title="Therapeutic patient education", sigle="TPE", autres_noms="TPE")
    mot("education-therapeutique", "ar", title="التثقيف العلاجي للمريض")
    mot("education-therapeutique", "fr-simple", title="Apprendre avec sa maladie", autres_noms="éducation du patient")
    mot("parcours-de-sante")
    mot("parcours-de-soins")
    relier("education-therapeutique", "plus_large", "parcours-de-sante")
    relier("education-therapeutique", "associe", "parcours-de-soins")
    relier("parcours-de-sante", "a_distinguer", "parcours-de-soins")


def lire(client: Client, name: str, langue: str = "fr", **headers: str) -> HttpResponse:
    return client.get(f"/{langue}/glossaire/{name}", headers=headers)


def graphe(client: Client, name: str = "glossaire.ttl") -> Graph:
    kind = "turtle" if name.endswith("ttl") else "json-ld"
    return Graph().parse(data=lire(client, name).content.decode(), format=kind)


def uri(identifiant: str) -> URIRef:
    return URIRef(f"{BASE}/concepts/{identifiant}/")


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("glossaire.csv", "text/csv; charset=utf-8"),
            ("glossaire.ttl", "text/turtle; charset=utf-8"),
            ("glossaire.jsonld", "application/ld+json; charset=utf-8"),
            ("termes.json", "application/json"),
        ],
    )
    def test_each_says_what_it_is(self, client: Client, termes: None, name: str, kind: str) -> None:
        response = lire(client, name)
        assert response.status_code == 200
        assert response["Content-Type"] == kind
        assert response["Access-Control-Allow-Origin"] == "*"
        assert ("attachment" in response.get("Content-Disposition", "")) == (name == "glossaire.csv")
        again = lire(client, name, if_none_match=response["ETag"])
        assert (again.status_code, again.content) == (304, b"")

    @pytest.mark.parametrize("name", FICHIERS)
    def test_a_signed_in_reader_gets_the_same_and_304(self, admin_client: Client, termes: None, name: str) -> None:
        mot("reserve", title="Réservé", protegee="login")
        response = lire(admin_client, name)
        assert "Réservé" not in response.content.decode()
        assert lire(admin_client, name, if_none_match=response["ETag"]).status_code == 304

    @pytest.mark.parametrize("name", FICHIERS)
    def test_nothing_but_reading(self, client: Client, name: str) -> None:
        accueil()
        assert client.post(f"/fr/glossaire/{name}").status_code == 405

    @pytest.mark.parametrize("name", FICHIERS)
    def test_an_empty_glossary_is_no_error(self, client: Client, name: str) -> None:
        accueil()
        assert lire(client, name).status_code == 200

    @pytest.mark.parametrize("name", FICHIERS)
    def test_drafts_and_private_terms_are_in_no_file(self, client: Client, termes: None, name: str) -> None:
        mot("secret-brouillon", title="Secret brouillon", brouillon=True)
        mot("secret-reserve", title="Secret réservé", protegee="login")
        mot("secret-programme", title="Secret programmé", programmee=True)
        for hidden in ("secret-brouillon", "secret-reserve", "secret-programme"):
            relier("parcours-de-soins", "associe", hidden)
            relier(hidden, "plus_large", "parcours-de-sante")
        public = mot("connu", title="Connu")
        public.title = "Secret de la prochaine version"
        public.save_revision()
        content = lire(client, name).content.decode()
        assert "secret" not in content.lower()
        assert "Connu" in content

    @pytest.mark.parametrize("name", FICHIERS)
    def test_a_change_shows_at_once(self, client: Client, termes: None, name: str) -> None:
        before = lire(client, name)
        terme = mot("nouveau", title="Tout nouveau")
        after = lire(client, name, if_none_match=before["ETag"])
        assert after.status_code == 200
        assert "Tout nouveau" in after.content.decode()
        proteger(terme)
        assert "Tout nouveau" not in lire(client, name).content.decode()

    @pytest.mark.parametrize("name", [name for name in FICHIERS if name != "glossaire.csv"])
    def test_a_relation_shows_at_once(self, client: Client, termes: None, name: str) -> None:
        mot("voisin")
        before = lire(client, name).content
        relier("parcours-de-soins", "associe", "voisin")
        assert lire(client, name).content != before

    @pytest.mark.parametrize("name", FICHIERS)
    def test_one_cost_for_1_and_for_10(self, client: Client, name: str) -> None:
        made = iter(range(100))

        def make(number: int) -> None:
            for rank in islice(made, number):
                mot(f"mot-{rank}", thematiques=["cadre"], sources=[source("Guide")], explication=riche("Un."))
                mot(f"mot-{rank}", "en")
                if rank:
                    relier(f"mot-{rank}", "associe", f"mot-{rank - 1}")

        assert_same_cost(make, lambda: lire(client, name))

    def test_a_language_that_is_not_open_has_none(self, client: Client, termes: None) -> None:
        assert client.get("/es/glossaire/glossaire.ttl").status_code == 404


class TestTable:
    def rows(self, client: Client) -> list[dict[str, str]]:
        text = lire(client, "glossaire.csv").content.decode("utf-8-sig")
        return list(csv.DictReader(StringIO(text), delimiter=";"))

    def test_what_it_says(self, client: Client, termes: None) -> None:
        rows = self.rows(client)
        assert [(row["identifiant"], row["langue"]) for row in rows] == [
            *(("education-therapeutique", code) for code in ("fr", "fr-simple", "ar", "en")),
            ("parcours-de-sante", "fr"),
            ("parcours-de-soins", "fr"),
        ]
        french = rows[0]
        assert french["terme"] == "Éducation thérapeutique du patient"
        assert french["autres_noms"] == "éducation du patient | éducation thérapeutique"
        assert french["explication"] == "Un premier paragraphe.\nUn second & dernier."
        assert french["sources"] == "Guide ; HAS ; 2007 ; https://exemple.org/guide"
        assert french["thematiques"] == "cadre"
        assert french["plus_large"] == "parcours-de-sante"
        assert rows[3]["thematiques"] == rows[3]["plus_large"] == ""

    @pytest.mark.parametrize("debut", ["=", "+", "-", "@"])
    def test_no_cell_is_a_formula(self, client: Client, debut: str) -> None:
        mot("piege", title=f"{debut}HYPERLINK(1)", definition=f"{debut}1+1")
        (row,) = self.rows(client)
        assert row["terme"] == f"'{debut}HYPERLINK(1)"
        assert row["definition"] == f"'{debut}1+1"


class TestSkos:
    def test_labels_of_every_language(self, client: Client, termes: None) -> None:
        found = graphe(client)
        concept = uri("education-therapeutique")
        assert set(found.objects(concept, SKOS.prefLabel)) == {
            Literal("Éducation thérapeutique du patient", lang="fr"),
            Literal("Apprendre avec sa maladie", lang="fr-simple"),
            Literal("Therapeutic patient education", lang="en"),
            Literal("التثقيف العلاجي للمريض", lang="ar"),
        }
        assert Literal("ETP", lang="fr") in set(found.objects(concept, SKOS.altLabel))
        assert set(found.objects(concept, SKOS.hiddenLabel)) == {Literal("éducations thérapeutiques", lang="fr")}
        assert Literal("Un atelier.", lang="fr") in set(found.objects(concept, SKOS.example))
        assert set(found.objects(concept, DCTERMS.source)) == {URIRef("https://exemple.org/guide")}

    def test_relations_and_the_scheme(self, client: Client, termes: None) -> None:
        found = graphe(client)
        schema, propre = URIRef(f"{BASE}/concepts/"), URIRef(f"{BASE}/concepts/#aDistinguer")
        etp, sante, soins = map(uri, ("education-therapeutique", "parcours-de-sante", "parcours-de-soins"))
        assert (etp, SKOS.broader, sante) in found
        assert (sante, SKOS.narrower, etp) in found
        assert (etp, SKOS.related, soins) in found
        assert (soins, SKOS.related, etp) in found
        assert (sante, propre, soins) in found
        assert (soins, propre, sante) in found
        assert (propre, RDFS.subPropertyOf, SKOS.semanticRelation) in found
        assert (propre, RDF.type, OWL.SymmetricProperty) in found
        assert set(found.objects(schema, SKOS.hasTopConcept)) == {sante, soins}
        assert set(found.subjects(SKOS.topConceptOf, schema)) == {sante, soins}
        assert found.value(schema, DCTERMS.license)
        assert found.value(schema, DCTERMS.publisher)
        assert found.value(schema, DCTERMS.modified)

    def test_the_integrity_conditions(self, client: Client, termes: None) -> None:
        verifier_skos(graphe(client))

    def test_what_breaks_a_condition_is_found(self, client: Client, termes: None) -> None:
        found = graphe(client)
        found.add((uri("education-therapeutique"), SKOS.altLabel, Literal("Therapeutic patient education", lang="en")))
        with pytest.raises(AssertionError):
            verifier_skos(found)
        found = graphe(client)
        found.add((uri("education-therapeutique"), SKOS.related, uri("parcours-de-sante")))
        with pytest.raises(AssertionError):
            verifier_skos(found)

    def test_both_forms_say_the_same_and_come_back(self, client: Client, termes: None) -> None:
        turtle, json_ld = graphe(client), graphe(client, "glossaire.jsonld")
        assert isomorphic(turtle, json_ld)
        for kind in ("turtle", "json-ld"):
            assert isomorphic(turtle, Graph().parse(data=turtle.serialize(format=kind), format=kind))

    def test_the_context_is_in_the_file(self, client: Client, termes: None) -> None:
        context = json.loads(lire(client, "glossaire.jsonld").content)["@context"]
        assert isinstance(context, dict)
        assert context["skos"] == str(SKOS)

    def test_hostile_words_stay_words(self, client: Client) -> None:
        hostile = 'Un "mot" \\ \n<script>alert(1)</script> . ex:a ex:b "c"@fr'
        mot(
            "hostile",
            title=" ".join(hostile.split()),
            definition=hostile,
            sources=[source(hostile, url="https://e.org/")],
        )
        found = graphe(client)
        assert found.value(uri("hostile"), SKOS.definition) == Literal(hostile, lang="fr")
        assert isomorphic(found, graphe(client, "glossaire.jsonld"))

    def test_the_file_is_made_once(self, client: Client, termes: None) -> None:
        first = en_skos("ttl")
        publier(accueil())
        assert en_skos("ttl") is first
        mot("autre")
        assert en_skos("ttl") != first


def verifier_skos(found: Graph) -> None:
    """The integrity conditions of SKOS (reference, section by section)."""
    concepts, schemas = set(found.subjects(RDF.type, SKOS.Concept)), set(found.subjects(RDF.type, SKOS.ConceptScheme))
    collections = set(found.subjects(RDF.type, SKOS.Collection))
    assert not concepts & schemas  # S9
    assert not collections & (concepts | schemas)  # S37
    for concept in concepts:
        labels = [set(found.objects(concept, kind)) for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)]
        for one, other in combinations(labels, 2):
            assert not one & other  # S13
        languages = [label.language for label in labels[0]]
        assert languages
        assert len(languages) == len(set(languages))  # S14
        assert all(label.language for kind in labels for label in kind)
        above = set(found.transitive_objects(concept, SKOS.broader)) - {concept}
        assert concept not in {
            up for each in found.objects(concept, SKOS.broader) for up in found.transitive_objects(each, SKOS.broader)
        }
        assert not above & set(found.objects(concept, SKOS.related))  # S27
        exact = set(found.objects(concept, SKOS.exactMatch))
        assert not exact & {*found.objects(concept, SKOS.broadMatch), *found.objects(concept, SKOS.relatedMatch)}  # S46
        assert (concept, SKOS.inScheme, next(iter(schemas))) in found
    for one, other in found.subject_objects(SKOS.broader):
        assert (other, SKOS.narrower, one) in found  # S25
    for one, other in found.subject_objects(SKOS.related):
        assert (other, SKOS.related, one) in found  # S23
    assert {
        other for kind in (SKOS.related, SKOS.broader, SKOS.narrower) for other in found.objects(None, kind)
    } <= concepts


class TestJson:
    def termes(self, client: Client, query: str = "", langue: str = "fr") -> list[dict[str, Any]]:
        return client.get(f"/{langue}/glossaire/termes.json{query}").json()["termes"]

    def test_what_it_says(self, client: Client, termes: None) -> None:
        data = lire(client, "termes.json").json()
        assert (data["langue"], data["nombre"]) == ("fr", 3)
        etp = data["termes"][0]
        assert etp["concept"] == f"{BASE}/concepts/education-therapeutique/"
        assert etp["url"] == f"{BASE}/fr/glossaire/education-therapeutique/"
        assert etp["terme"] == "Éducation thérapeutique du patient"
        assert etp["autres_noms"] == ["éducation du patient", "éducation thérapeutique"]
        assert etp["langues"]["ar"] == f"{BASE}/ar/glossaire/education-therapeutique/"
        assert etp["plus_large"] == ["parcours-de-sante"]
        assert [each["terme"] for each in self.termes(client, langue="en")] == ["Therapeutic patient education"]

    @pytest.mark.parametrize(
        ("q", "number"), [("etp", 1), ("EDUCATION", 1), ("soignants", 1), ("parcours", 2), ("rien", 0), ("", 3)]
    )
    def test_words_filter_it(self, client: Client, termes: None, q: str, number: int) -> None:
        assert len(self.termes(client, f"?q={q}")) == number

    def test_a_date_filters_it(self, client: Client, termes: None) -> None:
        publier(mot("recent", brouillon=True))
        assert len(self.termes(client, "?modifie_depuis=2020-01-01")) >= 1
        assert not self.termes(client, "?modifie_depuis=2999-01-01")

    @pytest.mark.parametrize(
        "query", ["modifie_depuis=hier", "modifie_depuis=2026-13-45", "modifie_depuis=01/02/2026", f"q={'a' * 201}"]
    )
    def test_a_bad_question_is_told_why(self, client: Client, termes: None, query: str) -> None:
        response = client.get(f"/fr/glossaire/termes.json?{query}")
        assert response.status_code == 400
        assert query.partition("=")[0] in response.json()["erreurs"]


class TestCommand:
    @pytest.mark.parametrize("kind", ["ttl", "jsonld", "csv"])
    def test_it_writes_what_the_site_gives(self, client: Client, termes: None, kind: str, tmp_path: Any) -> None:
        path = tmp_path / f"glossaire.{kind}"
        call_command("exporter_glossaire", format=kind, sortie=str(path))
        assert path.read_bytes() == lire(client, f"glossaire.{kind}").content
