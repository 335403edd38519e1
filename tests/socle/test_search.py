"""The public search: what is found, by whom, and how its index follows publications."""

from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Page, ReferenceIndex

from fiches.models import FichePage
from socle import generation
from socle import search_views as views
from socle.models import EntreeRecherche
from socle.search import chercher, moteur, suggerer
from tests.factories import (
    FichePageFactory,
    FichierFactory,
    InformationPageFactory,
    UtilisateurFactory,
    accueil,
    anonyme,
    blocs,
    index_fiches,
    proteger,
    publier,
)
from tests.harness.html import StrictClient
from tests.socle.reading import links, soup, texts, titles

pytestmark = pytest.mark.django_db


def found(q: str, langue: str = "fr") -> list[str]:
    return [resultat.titre for resultat in chercher(q, langue, anonyme())[0:20]]


class TestWords:
    FRENCH = (
        ("Un accordéon de réponses", ("accordeon", "ACCORDÉONS")),
        ("Mentions légales", ("mention legale", "légal")),
        ("Évaluer une action", ("evaluation", "évalué")),
        ("Les usagers partenaires", ("usager partenaire", "usagers partenaire")),
        ("Un usager expert", ("usagers experts",)),
        ("L’accueil à l’hôpital", ("accueil hopital", "l'accueil", "l’hopital")),
        ("Œuvrer ensemble", ("oeuvrer", "Œuvre")),
        ("Un atelier pour débuter", ('"atelier pour débuter"', "ateliers")),
    )

    def test_french_words_are_found_without_accents_and_in_every_form(self) -> None:
        for title, _questions in self.FRENCH:
            FichePageFactory(title=title, publiee=True)
        for title, questions in self.FRENCH:
            for q in questions:
                assert found(q) == [title], q

    def test_each_language_has_its_own_stemming(self) -> None:
        cases = (
            ("en", "Working together in pairs", "work pair"),
            ("es", "Evaluación de las reuniones", "evaluacion reunion"),
            ("pt", "Avaliações das reuniões sociais", "avaliacao reunião social"),
            ("ar", "الأدلة العملية", "الأدلة"),
            ("fr-simple", "Les réunions faciles", "reunion facile"),
        )
        for langue, title, q in cases:
            InformationPageFactory(title=title, slug="page", parent=accueil(langue), publiee=True)
            assert found(q, langue) == [title], q
            assert found(q, "fr") == [], q

    def test_english_is_not_read_as_french(self) -> None:
        # "pairs" loses its plural in English; "travaillions" is a form of "travailler" in French only.
        InformationPageFactory(title="Travaillions", slug="page", parent=accueil("en"), publiee=True)
        assert found("travailler", "en") == []
        assert found("travaillions", "en") == ["Travaillions"]

    def test_the_title_weighs_more_than_the_summary_and_the_summary_more_than_the_text(self) -> None:
        FichePageFactory(title="Dans le texte", objectifs="<p>atelier</p>", resume="Rien.", publiee=True)
        FichePageFactory(title="Dans le résumé", resume="Un atelier.", publiee=True)
        FichePageFactory(title="Atelier", resume="Rien.", publiee=True)
        assert found("atelier") == ["Atelier", "Dans le résumé", "Dans le texte"]

    def test_words_of_every_block_are_found(self) -> None:
        FichePageFactory(
            title="Riche",
            publiee=True,
            etapes=[blocs.etape("Pamplemousse")],
            corps=[blocs.tableau("<p>Clémentine</p>"), blocs.questions(("Une question ?", "<p>Mandarine</p>"))],
            vigilance="<p>Citron</p>",
        )
        for word in ("pamplemousse", "clementine", "mandarine", "citron"):
            assert found(word) == ["Riche"], word

    def test_technical_values_of_blocks_are_not_words(self) -> None:
        FichePageFactory(
            title="Riche",
            publiee=True,
            corps=[
                blocs.titre("Une partie", "h2"),
                blocs.encadre(),
                blocs.liens(blocs.lien(url="https://exemple.org/x")),
            ],
        )
        for word in ("h2", "astuce h2", "https", "exemple.org"):
            assert found(word) == [], word

    def test_excluded_words_and_odd_requests_are_understood(self) -> None:
        FichePageFactory(title="Atelier en ville", publiee=True)
        FichePageFactory(title="Atelier à domicile", publiee=True)
        assert found("atelier -domicile") == ["Atelier en ville"]
        for odd in ('"', "-", "a & | !", "' OR 1=1 --", ":*", "<->", "%", "\\", "()", "🙂"):
            found(odd)


class TestManyAnswers:
    """More pages answer than are put in order of relevance."""

    @pytest.fixture(autouse=True)
    def few_ranked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(moteur, "CLASSEES", 3)
        FichePageFactory(title="Atelier ancien", resume="Rien.", publiee=True)
        for number in range(6):
            resume = "Un atelier de cuisine." if number else "Un atelier."
            FichePageFactory(title=f"Autre {number}", resume=resume, objectifs="<p>cuisine</p>", publiee=True)
        proteger(FichePageFactory(title="Atelier fermé", publiee=True))

    def test_each_is_counted_and_shown_once(self) -> None:
        resultats = chercher("atelier", "fr", anonyme())
        assert resultats.count() == 7
        assert resultats.nombres["type", "fiche"] == 7
        seen = [one.titre for start in range(0, 8, 2) for one in resultats[start : start + 2]]
        assert sorted(seen) == ["Atelier ancien", *(f"Autre {number}" for number in range(6))]
        assert [one.titre for one in resultats[0:20]] == seen

    def test_titles_come_first_and_those_that_have_one_of_the_words_next(self) -> None:
        assert found("atelier")[0] == "Atelier ancien"
        FichePageFactory(title="Cuisine et atelier", resume="Rien.", publiee=True)
        FichePageFactory(title="Cuisine", resume="Un atelier.", publiee=True)
        for number in range(3):
            FichePageFactory(title=f"Encore {number}", resume="Un atelier de cuisine.", publiee=True)
        assert {*found("atelier cuisine")[:2]} == {"Cuisine et atelier", "Cuisine"}

    def test_documents_are_ranked_with_the_pages(self) -> None:
        document = FichierFactory(title="Atelier")
        fiche = FichePageFactory(title="Porteuse", fichier=document, type_ressource="reference", publiee=True)
        ReferenceIndex.create_or_update_for_object(fiche)
        resultats = chercher("atelier", "fr", anonyme())
        assert resultats.count() == 8
        assert "Atelier" in [one.titre for one in resultats[0:2]]
        assert len({one.titre for start in range(0, 8, 2) for one in resultats[start : start + 2]}) == 8


class TestReaders:
    @pytest.mark.parametrize("kind", ["login", "groups", "password"])
    def test_private_pages_are_found_only_by_those_who_may_read_them(self, kind: str) -> None:
        page = FichePageFactory(title="Réservée", publiee=True)
        assert found("réservée") == ["Réservée"]
        proteger(page, kind, groupe="Relecture")
        assert found("réservée") == []
        member = UtilisateurFactory(groupes=["Relecture"])
        seen = [resultat.titre for resultat in chercher("réservée", "fr", member)[0:20]]
        assert seen == ([] if kind == "password" else ["Réservée"])

    def test_what_a_process_remembers_shows_no_page_that_has_become_private(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = FichePageFactory(title="Réservée", publiee=True)
        assert found("réservée") == ["Réservée"]
        assert suggerer("reserv", "fr", anonyme())
        # As in another process, in the second that follows the change.
        monkeypatch.setattr(generation, "forget", lambda: None)
        monkeypatch.setattr(generation, "MEMORY", 3600)
        proteger(page)
        assert found("réservée") == []
        assert suggerer("reserv", "fr", anonyme()) == []

    def test_drafts_and_other_languages_are_not_found(self) -> None:
        FichePageFactory(title="Brouillon", brouillon=True).save_revision()
        FichePageFactory(title="Brouillon anglais", parent=index_fiches("en"), publiee=True)
        assert found("brouillon") == []


class TestIndex:
    def test_it_follows_publication_change_unpublication_and_deletion(self) -> None:
        page = FichePageFactory(title="Ananas", publiee=True)
        assert found("ananas") == ["Ananas"]

        page.title = "Mangue"
        page.save_revision()
        assert found("mangue") == []
        assert found("ananas") == ["Ananas"]
        publier(page)
        assert found("mangue") == ["Mangue"]
        assert found("ananas") == []

        page.unpublish()
        assert found("mangue") == []
        publier(page)
        assert found("mangue") == ["Mangue"]
        page.delete()
        assert found("mangue") == []
        assert not EntreeRecherche.objects.filter(titre="Mangue").exists()

    def test_the_address_of_a_result_follows_the_page(self) -> None:
        page = FichePageFactory(title="Ananas", publiee=True)
        page.slug = "fruit"
        publier(page)
        assert chercher("ananas", "fr", anonyme())[0:1][0].url == "/fr/fiches/fruit/"
        index = Page.objects.get(pk=index_fiches().pk)
        index.slug = "ressources"
        index.specific.slug = "ressources"
        publier(index.specific)
        specific = index.specific
        specific.slug = "ressources"
        publier(specific)
        assert chercher("ananas", "fr", anonyme())[0:1][0].url == "/fr/ressources/fruit/"

    def test_unpublishing_a_section_takes_its_pages_away(self) -> None:
        page = FichePageFactory(title="Ananas", publiee=True)
        index_fiches().unpublish()
        for child in FichePage.objects.filter(pk=page.pk):
            child.unpublish()
        assert found("ananas") == []

    def test_an_alias_is_found_with_the_words_of_its_source(self, django_capture_on_commit_callbacks: Any) -> None:
        page = FichePageFactory(title="Ananas", publiee=True)
        with django_capture_on_commit_callbacks(execute=True):
            alias = page.create_alias(update_slug="alias", user=None)
        assert alias.live
        assert found("ananas") == ["Ananas", "Ananas"]
        page.title = "Mangue"
        publier(page)
        assert found("mangue") == ["Mangue", "Mangue"]

    def test_an_alias_in_another_language_is_not_found(self, django_capture_on_commit_callbacks: Any) -> None:
        page = FichePageFactory(title="Ananas", publiee=True)
        english = index_fiches("en")
        with django_capture_on_commit_callbacks(execute=True):
            page.create_alias(parent=english, update_locale=english.locale, user=None)
        assert found("ananas", "en") == []

    def test_entries_that_are_missing_or_of_an_older_version_are_renewed_alone(self) -> None:
        older, missing, current = (
            FichePageFactory(title=title, publiee=True) for title in ("Ananas", "Mangue", "Figue")
        )
        EntreeRecherche.objects.filter(pk=older.pk).update(version=0, termes=[])
        EntreeRecherche.objects.filter(pk=missing.pk).delete()
        EntreeRecherche.objects.filter(pk=current.pk).update(titre="Tel quel")
        call_command("rebuild_search", stale=True, verbosity=0)
        assert "type_ressource:fiche" in EntreeRecherche.objects.get(pk=older.pk).termes
        assert found("mangue") == ["Mangue"]
        assert found("figue") == ["Tel quel"]

    def test_rebuilding_shows_at_once(self) -> None:
        page = FichePageFactory(title="Ananas", publiee=True)
        EntreeRecherche.objects.all().delete()
        generation.increment()
        assert found("ananas") == []
        call_command("rebuild_search", verbosity=0)
        assert found("ananas") == [page.title]

    def test_rebuilding_gives_the_same_index_and_removes_what_is_left_over(self) -> None:
        def rows() -> list[tuple]:
            return list(
                EntreeRecherche.objects.order_by("pk").values_list(
                    "pk", "langue", "titre", "resume", "texte", "vecteur"
                )
            )

        publier(accueil())
        publier(index_fiches())
        FichePageFactory(title="Ananas", complete=True, publiee=True)
        InformationPageFactory(title="Work", parent=publier(accueil("en")), publiee=True)
        hidden = FichePageFactory(title="Cachée", publiee=True)
        before = rows()
        FichePage.objects.filter(pk=hidden.pk).update(live=False)
        EntreeRecherche.objects.filter(titre="Ananas").update(titre="Faux", vecteur=None)
        call_command("rebuild_search", verbosity=0)
        assert rows() == [row for row in before if row[0] != hidden.pk]
        assert len(before) > 4


class TestPage:
    def test_it_shows_results_with_an_extract_and_their_kind(self, client: StrictClient) -> None:
        page = FichePageFactory(
            title="Animer", resume="Rien.", objectifs="<p>Un <b>atelier</b> &amp; deux personnes.</p>", publiee=True
        )
        response = client.get("/fr/recherche/?q=atelier")
        assert titles(response) == ["Animer"]
        assert links(response, ".trouvaille a") == {"Animer": page.url}
        assert texts(response, ".trouvaille .carte__type") == ["Fiche"]
        assert texts(response, ".trouvaille p")[-1].startswith("atelier & deux personnes")
        assert texts(response, "h2.compte") == ["1 résultat pour « atelier »"]

    def test_results_come_in_pages(self, client: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(views, "RESULTATS_PAR_PAGE", 2)
        for number in range(5):
            FichePageFactory(title=f"Atelier {number}", publiee=True)
        seen, url = [], "?q=atelier"
        while url:
            response = client.get(f"/fr/recherche/{url}")
            seen += titles(response)
            pagination = response.context["pagination"]
            url = pagination.suivante
        assert sorted(seen) == [f"Atelier {number}" for number in range(5)]

    def test_without_a_question_there_are_no_results(self, client: StrictClient) -> None:
        accueil()
        for query in ("", "?q=", "?q=%20%20"):
            response = client.get(f"/fr/recherche/{query}")
            assert response.status_code == 200
            assert titles(response) == []

    def test_nothing_found_is_said(self, client: StrictClient) -> None:
        accueil()
        response = client.get("/fr/recherche/?q=introuvable")
        assert texts(response, ".vide__titre") == ["Rien ne correspond, pour l’instant."]

    def test_odd_requests_get_a_clear_page(self, client: StrictClient) -> None:
        FichePageFactory(title="Atelier", publiee=True)
        first, last = "Cette page n’existe pas. Voici la première.", "Cette page n’existe pas. Voici la dernière."
        cases = (
            ("q=atelier&page=abc", first),
            ("q=atelier&page=0", first),
            (f"q=atelier&page={10**20}", first),
            ("q=atelier&page=999", last),
            (f"q={'a' * 5000}", "Votre recherche est trop longue : 200 caractères au plus."),
        )
        for query, message in cases:
            response = client.get(f"/fr/recherche/?{query}")
            assert response.status_code == 200, query
            assert texts(response, "#resultats [role=alert] p") == [message], query
            assert titles(response) == (["Atelier"] if "page=" in query else []), query

    def test_broken_requests_are_never_an_error(self, client: StrictClient) -> None:
        FichePageFactory(title="Atelier", publiee=True)
        for query in ("q=%FF", "q=a%00telier", "q=%22", "q=a&q=atelier", "q[]=x", "%FF=1"):
            assert client.get(f"/fr/recherche/?{query}", follow=True).status_code == 200, query

    def test_what_was_asked_is_shown_as_text(self, client: StrictClient) -> None:
        accueil()
        response = client.get("/fr/recherche/", {"q": '"><script>alert(1)</script>'})
        assert not soup(response).select("main script")
        assert '"><script>alert(1)</script>' in texts(response, "h2.compte")[0]

    def test_it_describes_itself(self, client: StrictClient) -> None:
        accueil()
        (described,) = soup(client.get("/fr/recherche/?q=mot")).select("meta[name=description]")
        assert described["content"] == "Cherchez un mot dans les pages et les documents du site."

    def test_it_is_kept_out_of_search_engines(self, client: StrictClient) -> None:
        accueil()
        assert soup(client.get("/fr/recherche/?q=a")).select('meta[name=robots][content*="noindex"]')
