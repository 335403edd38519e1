"""What helps a reader to find: beginnings, spelling, synonyms, filters, excerpts, documents, suggestions."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, ReferenceIndex

from socle.models import RechercheSansResultat
from socle.scheduling import jobs
from socle.search import chercher, register_synonyms, suggerer
from socle.search.marques import DEBUT, FIN, surligner
from socle.search.sans_resultat import comptable, compter
from socle.search.synonymes import unregister_synonyms
from tests.factories import (
    FichePageFactory,
    FichierFactory,
    InformationPageFactory,
    UtilisateurFactory,
    accueil,
    anonyme,
    index_fiches,
    proteger,
    publier,
    terme,
)
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost
from tests.socle.reading import links, one, soup, texts, titles

pytestmark = pytest.mark.django_db
URL = "/fr/recherche/"


def found(q: str, langue: str = "fr", **valeurs: tuple[str, ...]) -> list[str]:
    return [resultat.titre for resultat in chercher(q, langue, anonyme(), valeurs)[0:20]]


class TestBeginnings:
    @pytest.mark.parametrize(
        ("title", "q"),
        [
            ("Animer à deux", "anim"),
            ("Évaluation du partenariat", "évaluat"),
            ("Les partenariats", "un parten"),
            ("L’hébergement", "l’héberg"),
        ],
    )
    def test_the_last_word_may_be_only_begun(self, title: str, q: str) -> None:
        FichePageFactory(title=title, publiee=True)
        assert found(q) == [title]

    def test_a_whole_word_comes_before_a_beginning(self) -> None:
        FichePageFactory(title="Articuler les rôles", publiee=True)
        FichePageFactory(title="Un art", publiee=True)
        assert found("art") == ["Un art", "Articuler les rôles"]


class TestSpelling:
    @pytest.mark.parametrize(
        ("q", "title", "corrige"),
        [
            ("accordéan", "Un accordéon de questions", "accordéon"),
            ("anmier", "Animer à deux", "animer"),
            ("partenarait santé", "Partenariat en santé mentale", "partenariat santé"),
        ],
    )
    def test_nearby_words_are_searched_and_it_is_said(
        self, client: StrictClient, q: str, title: str, corrige: str
    ) -> None:
        FichePageFactory(title=title, publiee=True)
        response = client.get(URL, {"q": q})
        assert titles(response) == [title]
        assert texts(response, "h2.compte") == [f"Résultats pour « {corrige} »"]
        assert texts(response, ".corrige") == [f"Aucun résultat pour « {q} »."]
        assert not RechercheSansResultat.objects.exists()

    def test_where_little_is_found_a_nearby_word_that_finds_more_is_offered(self, client: StrictClient) -> None:
        for number in range(3):
            FichePageFactory(title=f"Partenariat {number}", publiee=True)
        FichePageFactory(title="Animer", resume="Le partenarait.", publiee=True)
        response = client.get(URL, {"q": "partenarait"})
        assert titles(response) == ["Animer"]
        assert links(response, ".corrige a") == {"partenariat": "?q=partenariat"}
        assert not texts(client.get(URL, {"q": "animer"}), ".corrige")
        assert not texts(client.get(URL, {"q": "partenariat"}), ".corrige")
        assert not texts(client.get(f"{URL}?q=partenarait&type=fiche"), ".corrige")

    def test_words_of_pages_that_the_reader_may_not_see_are_never_proposed(self, client: StrictClient) -> None:
        proteger(FichePageFactory(title="Kaléidoscope", publiee=True))
        InformationPageFactory(title="Kaleidoscope", parent=accueil("en"), publiee=True)
        assert "aléidoscope" not in client.get(URL, {"q": "kaleidoscape"}).content.decode()


@pytest.fixture
def synonymes() -> Iterator[None]:
    def provider(language: str) -> dict[str, list[str]]:
        return (
            {"patient partenaire": ["usager partenaire"], "ETP": ["éducation thérapeutique"]}
            if language == "fr"
            else {}
        )

    register_synonyms(provider)
    yield
    unregister_synonyms(provider)


@pytest.mark.usefixtures("synonymes")
class TestSynonyms:
    @pytest.mark.parametrize(
        ("q", "title"),
        [
            ("patient partenaire", "Un usager partenaire"),
            ("patients partenaires", "Les usagers partenaires"),
            ("payer un patient partenaire", "Payer un usager partenaire"),
            ("etp", "Une éducation thérapeutique"),
        ],
    )
    def test_an_expression_finds_those_that_mean_the_same(self, q: str, title: str) -> None:
        FichePageFactory(title=title, publiee=True)
        FichePageFactory(title="Le patient et son partenaire", publiee=True)
        assert title in found(q)

    def test_synonyms_stay_in_their_language_and_in_their_order(self) -> None:
        FichePageFactory(title="Un usager", publiee=True)
        InformationPageFactory(title="Un usager partenaire", parent=accueil("es"), publiee=True)
        assert found("patient partenaire") == []
        assert found("patient partenaire", "es") == []


class TestFacets:
    @pytest.fixture(autouse=True)
    def content(self) -> None:
        terme("publics", "aidants")
        FichePageFactory(title="Atelier un", publics=["usagers"], natures=["soins"], publiee=True)
        FichePageFactory(title="Atelier deux", publics=["usagers", "aidants"], publiee=True)
        FichePageFactory(title="Comité", publics=["usagers"], publiee=True)
        InformationPageFactory(title="Atelier trois", publiee=True)

    def counts(self, client: StrictClient, query: str) -> dict[str, dict[str, int]]:
        facettes = client.get(f"{URL}?q=atelier{query}").context["facettes"]
        return {f.nom: {option.valeur: option.nombre for option in f.options} for f in facettes}

    def test_counts_under_the_other_filters(self, client: StrictClient) -> None:
        assert self.counts(client, "") == {
            "type": {"fiche": 2, "information": 1},
            "publics": {"usagers": 2, "aidants": 1},
            "natures": {"soins": 1},
        }
        assert self.counts(client, "&publics=aidants") == {
            "type": {"fiche": 1},
            "publics": {"usagers": 2, "aidants": 1},
        }
        assert self.counts(client, "&publics=aidants&type=information") == {
            "type": {"fiche": 1, "information": 0},
            "publics": {"aidants": 0},
        }

    def test_any_value_of_a_facet_and_all_facets(self) -> None:
        assert sorted(found("atelier", publics=("usagers", "aidants"))) == ["Atelier deux", "Atelier un"]
        assert found("atelier", publics=("usagers",), natures=("soins",)) == ["Atelier un"]

    def test_an_unknown_filter_is_said_and_ignored(self, client: StrictClient) -> None:
        response = client.get(f"{URL}?q=atelier&publics=martiens")
        assert len(titles(response)) == 3
        assert texts(response, "#resultats [role=alert] p") == [
            "Un filtre de cette adresse n’existe pas ; il n’est pas appliqué."
        ]

    def test_a_renamed_term_keeps_its_pages(self) -> None:
        soins = terme("natures", "soins")
        soins.slug = "accompagnement"
        soins.save()
        assert found("atelier", natures=("accompagnement",)) == ["Atelier un"]


class TestExcerpts:
    def test_words_found_are_marked(self, client: StrictClient) -> None:
        FichePageFactory(title="Animer", objectifs="<p>Les ateliers &lt;b&gt; d’écriture</p>", publiee=True)
        response = client.get(f"{URL}?q=atelier")
        assert texts(response, ".trouvaille mark") == ["ateliers"]
        assert not soup(response).select(".trouvaille b")

    @pytest.mark.parametrize(
        ("text", "html"),
        [
            (f"a <script> {DEBUT}b{FIN} & c", "a &lt;script&gt; <mark>b</mark> &amp; c"),
            (f"{DEBUT}<img onerror=x>{FIN}", "<mark>&lt;img onerror=x&gt;</mark>"),
            (f"{FIN}a{DEBUT}b{DEBUT}c", "abc"),
        ],
    )
    def test_text_is_escaped_before_it_is_marked(self, text: str, html: str) -> None:
        assert surligner(text) == html


class TestDocuments:
    def test_found_when_a_readable_page_uses_it(self, client: StrictClient) -> None:
        document = FichierFactory(title="Charte des réunions")
        assert found("charte") == []
        fiche = FichePageFactory(title="Animer", fichier=document, type_ressource="reference", publiee=True)
        ReferenceIndex.create_or_update_for_object(fiche)
        assert found("reunion") == ["Charte des réunions"]
        assert found("charte", "en") == []
        response = client.get(f"{URL}?q=charte&type=document")
        assert links(response, ".trouvaille a") == {"Charte des réunions": document.url}
        assert found("charte", type=("fiche",)) == []
        proteger(fiche)
        assert found("charte") == []

    def test_a_restricted_collection_keeps_its_documents(self) -> None:
        collection = Collection.get_first_root_node().add_child(name="Réservée")
        document = FichierFactory(title="Charte", collection=collection)
        fiche = FichePageFactory(title="Animer", fichier=document, type_ressource="reference", publiee=True)
        ReferenceIndex.create_or_update_for_object(fiche)
        assert found("charte") == ["Charte"]
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
        assert found("charte") == []


class TestSuggestions:
    def test_titles_that_begin_as_what_is_typed(self, client: StrictClient, settings: Any) -> None:
        settings.PAGE_CACHE = True
        accueil("en")
        page = FichePageFactory(title="Évaluer à deux", publiee=True)
        FichePageFactory(title="Dévaluer", publiee=True)
        proteger(FichePageFactory(title="Évaluer en secret", publiee=True))
        FichePageFactory(title="Évaluer au brouillon", brouillon=True).save_revision()
        response = client.get(f"{URL}suggestions/?q=evalu")
        assert response.json() == {
            "suggestions": [{"titre": "Évaluer à deux", "url": page.url, "type": "Fiche"}],
        }
        assert "public" in response["Cache-Control"]
        assert client.get(f"{URL}suggestions/?q=deux%20ev").json()["suggestions"]
        assert client.get("/en/recherche/suggestions/?q=evalu").json() == {"suggestions": []}

    def test_at_most_eight_for_the_cost_of_one(self, client: StrictClient) -> None:
        def make(number: int) -> None:
            for _ in range(number):
                FichePageFactory(publiee=True)

        assert_same_cost(make, lambda: client.get(f"{URL}suggestions/?q=fiche"), limit=7)
        assert len(suggerer("fiche", "fr", anonyme())) == 8

    def test_documents_come_after_pages_when_a_readable_page_uses_them(self) -> None:
        def suggested(q: str, langue: str = "fr") -> list[tuple[str, str]]:
            return [(one.titre, one.type) for one in suggerer(q, langue, anonyme())]

        document = FichierFactory(title="Évaluer une réunion")
        assert suggested("evalu") == []
        fiche = FichePageFactory(title="Animer", fichier=document, type_ressource="reference", publiee=True)
        ReferenceIndex.create_or_update_for_object(fiche)
        for number in range(9):
            FichePageFactory(title=f"Évaluer {number}", publiee=True)
        assert suggested("reun eval") == [("Évaluer une réunion", "Document")]
        assert suggested("evalu")[6:] == [("Évaluer 6", "Fiche"), ("Évaluer une réunion", "Document")]
        assert suggested("reunion", "en") == []
        assert suggerer("evalu", "fr", anonyme())[-1].url == document.url
        proteger(fiche)
        assert suggested("reunion") == []

    @pytest.mark.parametrize("q", ["", "a", "%", "_", "é" * 5000, "%00", "%FF", "'", "\\"])
    def test_odd_requests_give_nothing(self, client: StrictClient, q: str) -> None:
        FichePageFactory(title="Atelier", publiee=True)
        assert client.get(f"{URL}suggestions/?q={q}", follow=True).json() == {"suggestions": []}

    def test_a_signed_in_reader_gets_what_no_cache_may_keep(self, client: StrictClient) -> None:
        proteger(FichePageFactory(title="Évaluer en secret", publiee=True))
        client.force_login(UtilisateurFactory())
        response = client.get(f"{URL}suggestions/?q=evalu")
        assert len(response.json()["suggestions"]) == 1
        assert response["Cache-Control"] == "private, no-store"

    def test_the_field_says_where_to_ask(self, client: StrictClient) -> None:
        accueil()
        assert one(client.get(URL), "main champ-suggestions")["data-url"] == f"{URL}suggestions/"


class TestNothingFound:
    def test_the_page_helps(self, client: StrictClient) -> None:
        index = publier(index_fiches())
        cited = InformationPageFactory(title="Nos valeurs", publiee=True)
        link = f'<p><a linktype="page" id="{cited.pk}">ici</a></p>'
        ReferenceIndex.create_or_update_for_object(FichePageFactory(objectifs=link, publiee=True))
        response = client.get(URL, {"q": "zzzz xxxxx"})
        found_links = links(response, ".vide a")
        assert found_links["Les fiches"] == index.url
        assert found_links["Nos valeurs"] == cited.url
        assert found_links["xxxxx"] == "?q=xxxxx"

    def test_it_is_counted_by_day_without_anyone(self, client: StrictClient) -> None:
        accueil()
        for q in ("Zébulon", "zebulon", "  ZEBULON !"):
            client.get(URL, {"q": q})
        row = RechercheSansResultat.objects.get()
        assert (row.langue, row.mots, row.nombre, row.jour) == ("fr", "zebulon", 3, timezone.localdate())

    @pytest.mark.parametrize(
        "q",
        ["jean@exemple.fr", "06 12 34 56 78", "ord0nnance", "https://x.fr", "www.x.fr", "mot " * 7, "a" * 61, "!!", ""],
    )
    def test_what_may_tell_who_asks_is_not_kept(self, q: str) -> None:
        assert comptable(q) == ""
        compter(q, "fr")
        assert not RechercheSansResultat.objects.exists()

    def test_filters_and_answers_count_nothing(self, client: StrictClient) -> None:
        FichePageFactory(title="Atelier", publiee=True)
        client.get(f"{URL}?q=atelier&type=information")
        assert not RechercheSansResultat.objects.exists()

    def test_counts_are_forgotten_after_twelve_months(self) -> None:
        today = timezone.localdate()
        for days in (1, 364, 366):
            day = today - datetime.timedelta(days=days)
            RechercheSansResultat.objects.create(langue="fr", mots="mot", jour=day)
        (job,) = (job for job in jobs() if job.name == "effacer_recherches_sans_resultat")
        assert (job.run(), job.run()) == (1, 0)

    def test_editors_read_the_report(self, admin_client: StrictClient, client: StrictClient) -> None:
        for day in (1, 2):
            RechercheSansResultat.objects.create(langue="fr", mots="visio", jour=datetime.date(2026, 5, day), nombre=2)
        url = "/admin/rapports/recherches-sans-resultat/"
        page = admin_client.get(url).content.decode()
        assert "visio" in page
        assert "Recherches sans résultat" in page
        export = b"".join(admin_client.get(f"{url}?export=csv").streaming_content).decode()
        assert export.splitlines() == ["Mots cherchés,Langue,Recherches,Dernier jour", "visio,fr,4,2026-05-02"]
        assert client.get(url).status_code == 302
        editor = UtilisateurFactory()
        editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(editor)
        assert client.get(url).status_code == 200


class TestCost:
    def test_one_answer_costs_as_much_as_ten(self, client: StrictClient) -> None:
        accueil()
        client.get(URL)

        def make(number: int) -> None:
            for _ in range(number):
                FichePageFactory(publics=["usagers"], publiee=True)

        assert_same_cost(make, lambda: client.get(f"{URL}?q=fiche&publics=usagers&type=fiche"), limit=9)
        # Nothing found: the nearby words are looked for, then searched.
        assert_same_cost(make, lambda: client.get(f"{URL}?q=fihce"), limit=12)
