"""The list of resources: filters, counts, order, pages, addresses."""

import datetime
from urllib.parse import parse_qs, urljoin

import pytest
from django.http import HttpResponse

from fiches import views
from tests.factories import FichePageFactory, index_fiches, terme
from tests.harness.html import StrictClient
from tests.socle.reading import links, one, soup, texts, titles

pytestmark = pytest.mark.django_db
INDEX = "/fr/fiches/"
PAR_PAGE = 3


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of three resources, so that a few make several pages."""
    monkeypatch.setattr(views, "PAR_PAGE", PAR_PAGE)


def facettes(response: HttpResponse) -> dict[str, dict[str, int]]:
    """Return counts by facet and value."""
    found = response.context["facettes"]  # type: ignore[attr-defined]
    return {facette.nom: {option.valeur: option.nombre for option in facette.options} for facette in found}


class TestFilters:
    def test_without_filter_every_resource_of_the_language_is_listed(self, client: StrictClient) -> None:
        FichePageFactory(title="Une")
        FichePageFactory(title="Deux")
        FichePageFactory(title="Three", parent=index_fiches("en"))
        assert sorted(titles(client.get(INDEX))) == ["Deux", "Une"]

    def test_within_a_facet_any_value_matches_and_between_facets_all_must(self, client: StrictClient) -> None:
        FichePageFactory(title="A", publics=["usagers"], natures=["soins"])
        FichePageFactory(title="B", publics=["aidants"], natures=["soins"])
        FichePageFactory(title="C", publics=["structures"], natures=["soins"])
        FichePageFactory(title="D", publics=["usagers"], natures=["recherche"])
        assert titles(client.get(f"{INDEX}?publics=usagers&publics=aidants&tri=titre")) == ["A", "B", "D"]
        assert titles(client.get(f"{INDEX}?publics=usagers&publics=aidants&natures=soins&tri=titre")) == ["A", "B"]

    def test_a_resource_with_several_chosen_values_is_listed_once(self, client: StrictClient) -> None:
        FichePageFactory(title="A", publics=["usagers", "aidants"])
        response = client.get(f"{INDEX}?publics=usagers&publics=aidants")
        assert titles(response) == ["A"]
        assert response.context["total"] == 1

    def test_kind_and_duration_are_facets_too(self, client: StrictClient) -> None:
        FichePageFactory(title="Grille", type_ressource="grille", duree="journee")
        FichePageFactory(title="Fiche", type_ressource="fiche", duree="journee")
        FichePageFactory(title="Sans durée", type_ressource="grille")
        assert titles(client.get(f"{INDEX}?type=grille&duree=journee")) == ["Grille"]
        assert facettes(client.get(INDEX))["duree"] == {"journee": 2}

    @pytest.mark.parametrize(
        ("texte", "found"),
        [
            ("evaluer", True),
            ("ÉVALUER", True),
            ("accordeon", True),
            ("l'equipe", True),
            ("equipe evaluer", True),
            ("coeur", True),
            ("evaluer inconnu", False),
            ("100%", False),
            ("_", False),
        ],
    )
    def test_words_are_found_in_title_and_summary_without_accents_or_case(
        self, client: StrictClient, texte: str, found: bool
    ) -> None:
        FichePageFactory(title="Évaluer avec l’équipe", resume="Un accordéon de questions, au cœur du projet.")
        response = client.get(INDEX, {"q": texte})
        assert bool(titles(response)) is found

    def test_an_empty_list_says_so_and_offers_to_clear_the_filters(self, client: StrictClient) -> None:
        FichePageFactory(natures=["soins"])
        response = client.get(f"{INDEX}?q=introuvable")
        assert response.context["total"] == 0
        assert links(response, ".vide a") == {"Retirez tous les filtres.": "."}

    def test_options_without_a_result_are_not_offered_unless_chosen(self, client: StrictClient) -> None:
        terme("publics", "structures")
        FichePageFactory(publics=["usagers"], natures=["soins"])
        FichePageFactory(publics=["aidants"], natures=["recherche"])
        assert facettes(client.get(INDEX))["publics"] == {"usagers": 1, "aidants": 1}
        assert facettes(client.get(f"{INDEX}?natures=soins&publics=aidants"))["publics"] == {"usagers": 1, "aidants": 0}

    def test_counts_ignore_their_own_facet_and_respect_the_others_and_the_words(self, client: StrictClient) -> None:
        FichePageFactory(title="Un", publics=["usagers"], natures=["soins"])
        FichePageFactory(title="Deux", publics=["aidants"], natures=["soins"])
        FichePageFactory(title="Trois", publics=["aidants"], natures=["recherche"])
        shown = facettes(client.get(f"{INDEX}?publics=aidants"))
        assert shown["publics"] == {"usagers": 1, "aidants": 2}
        assert shown["natures"] == {"soins": 1, "recherche": 1}
        assert facettes(client.get(f"{INDEX}?publics=aidants&q=deux"))["publics"] == {"aidants": 1}

    def test_names_are_in_the_language_of_the_page(self, client: StrictClient) -> None:
        terme("publics", "usagers", "fr", nom="Usagers")
        terme("publics", "usagers", "en", nom="Service users")
        FichePageFactory(parent=index_fiches("en"), publics=["usagers"])
        assert any("Service users" in text for text in texts(client.get("/en/fiches/"), ".facette__option"))


class TestActiveFilters:
    def test_each_chip_removes_its_filter_and_nothing_else(self, client: StrictClient) -> None:
        FichePageFactory(title="Évaluer", publics=["usagers", "aidants"], natures=["soins"], duree="journee")
        query = "q=evaluer&publics=usagers&publics=aidants&natures=soins&duree=journee&tri=titre"
        response = client.get(f"{INDEX}?{query}")
        before = {(name, value) for name, values in parse_qs(query).items() for value in values}
        actifs = response.context["actifs"]
        assert [actif.libelle for actif in actifs] == ["« evaluer »", "Aidants", "Usagers", "Soins", "Une journée"]
        removed = []
        for actif in actifs:
            after = {(n, v) for n, values in parse_qs(actif.url_sans.lstrip("?")).items() for v in values}
            assert after < before
            removed += before - after
        assert sorted(removed) == sorted(before - {("tri", "titre")})

    def test_the_last_chip_leads_to_the_bare_list(self, client: StrictClient) -> None:
        FichePageFactory(publics=["usagers"])
        response = client.get(f"{INDEX}?publics=usagers")
        (chip,) = soup(response).select("a.actif")
        assert urljoin(f"http://testserver{INDEX}?publics=usagers", chip["href"]) == f"http://testserver{INDEX}"

    @pytest.mark.usefixtures("short_pages")
    def test_a_change_of_filter_goes_back_to_the_first_page(self, client: StrictClient) -> None:
        for _ in range(PAR_PAGE + 1):
            FichePageFactory(publics=["usagers"])
        response = client.get(f"{INDEX}?page=2")
        assert len(titles(response)) == 1
        assert not [url for url in links(response, ".filtres a, .tris a").values() if "page=" in url]

    def test_the_search_form_keeps_the_other_filters(self, client: StrictClient) -> None:
        FichePageFactory(publics=["usagers"], duree="journee")
        response = client.get(f"{INDEX}?q=mot&publics=usagers&duree=journee&tri=titre&page=1")
        form = one(response, "main form.recherche")
        hidden = {(field["name"], field["value"]) for field in form.select("input[type=hidden]")}
        assert hidden == {("publics", "usagers"), ("duree", "journee"), ("tri", "titre")}
        assert form.select_one("input[name=q]")["value"] == "mot"


class TestAddresses:
    def test_a_link_gives_the_list_it_announces(self, client: StrictClient) -> None:
        FichePageFactory(title="A", publics=["usagers"], natures=["soins"])
        FichePageFactory(title="B", publics=["usagers"], natures=["recherche"])
        FichePageFactory(title="C", publics=["aidants"], natures=["soins"])
        response = client.get(f"{INDEX}?natures=soins")
        option = next(o for f in response.context["facettes"] for o in f.options if o.valeur == "usagers")
        followed = client.get(f"{INDEX}{option.url}")
        assert titles(followed) == ["A"]
        assert option.nombre == followed.context["total"] == 1

    def test_the_same_filters_have_one_address_whatever_the_order_of_the_clicks(self, client: StrictClient) -> None:
        FichePageFactory(publics=["usagers", "aidants"], natures=["soins"])

        def click(*choices: tuple[str, str]) -> str:
            url = "."
            for facette, valeur in choices:
                shown = client.get(urljoin(f"http://testserver{INDEX}", url)).context["facettes"]
                found = {f.nom: {o.valeur: o.url for o in f.options} for f in shown}
                url = found[facette][valeur]
            return url

        first = click(("publics", "usagers"), ("natures", "soins"), ("publics", "aidants"))
        second = click(("natures", "soins"), ("publics", "aidants"), ("publics", "usagers"))
        assert first == second

    def test_the_address_of_the_filters_survives_a_change_of_language(self, client: StrictClient) -> None:
        source = index_fiches("fr")
        FichePageFactory(title="À la maison", publics=["usagers"])
        FichePageFactory(publics=["aidants"])
        english = index_fiches("en")
        english.translation_key = source.translation_key
        english.save()
        terme("publics", "usagers", "en")
        FichePageFactory(title="At home", parent=english, publics=["usagers"])
        FichePageFactory(parent=english, publics=["aidants"])
        assert titles(client.get("/en/fiches/?publics=usagers")) == ["At home"]
        response = client.get(f"{INDEX}?publics=usagers&page=1")
        (url,) = {langue["url"] for langue in response.context["langues"] if langue["code"] == "en"}
        assert url == "/en/fiches/?publics=usagers"

    def test_filtered_lists_are_kept_out_of_search_engines(self, client: StrictClient) -> None:
        FichePageFactory(publics=["usagers"])
        assert one(client.get(f"{INDEX}?publics=usagers"), "meta[name=robots]")["content"] == "noindex, follow"
        assert not soup(client.get(INDEX)).select("meta[name=robots]")

    def test_the_canonical_address_is_the_bare_list(self, client: StrictClient) -> None:
        FichePageFactory(publics=["usagers"])
        assert one(client.get(f"{INDEX}?publics=usagers"), "link[rel=canonical]")["href"].endswith(INDEX)


class TestOrder:
    def test_by_title_follows_the_french_alphabet(self, client: StrictClient) -> None:
        for title in ("zèbre", "effet", "École", "œuvre", "eau", "Offrir", "L’accueil", "l'aide"):
            FichePageFactory(title=title)
        ordered = ["eau", "École", "effet", "L’accueil", "l'aide", "œuvre", "Offrir", "zèbre"]
        assert titles(client.get(f"{INDEX}?tri=titre")) == ordered

    def test_by_default_the_last_revised_come_first_and_the_undated_last(self, client: StrictClient) -> None:
        for title, day in (("Ancienne", 1), ("Récente", 20), ("Moyenne", 10)):
            FichePageFactory(title=title, revise_le=datetime.date(2026, 1, day))
        FichePageFactory(title="Sans date", revise_le=None)
        assert titles(client.get(INDEX)) == ["Récente", "Moyenne", "Ancienne", "Sans date"]
        assert titles(client.get(f"{INDEX}?tri=recentes")) == titles(client.get(INDEX))

    def test_the_current_order_is_marked(self, client: StrictClient) -> None:
        FichePageFactory()
        assert texts(client.get(f"{INDEX}?tri=titre"), ".tris [aria-current]") == ["Par titre"]


@pytest.mark.usefixtures("short_pages")
class TestPages:
    def test_a_long_list_is_cut_into_pages_that_keep_the_filters(self, client: StrictClient) -> None:
        for number in range(PAR_PAGE * 2 + 1):
            FichePageFactory(title=f"Fiche {number:02}", publics=["usagers"])
        first = client.get(f"{INDEX}?publics=usagers&tri=titre")
        assert first.context["total"] == PAR_PAGE * 2 + 1
        assert len(titles(first)) == PAR_PAGE
        assert not first.context["pagination"].precedente
        seen, response = titles(first), first
        while suivante := response.context["pagination"].suivante:
            response = client.get(f"{INDEX}{suivante}")
            seen += titles(response)
        assert seen == [f"Fiche {number:02}" for number in range(PAR_PAGE * 2 + 1)]
        assert texts(response, ".pagination [aria-current=page]") == ["Page 3"]

    def test_a_short_list_has_no_pagination(self, client: StrictClient) -> None:
        for _ in range(PAR_PAGE):
            FichePageFactory()
        assert client.get(INDEX).context["pagination"] is None

    def test_pages_stay_stable_when_resources_have_the_same_date(self, client: StrictClient) -> None:
        for number in range(PAR_PAGE + 2):
            FichePageFactory(title="Même titre", slug=f"fiche-{number}")
        addresses = [carte.url for page in (1, 2) for carte in client.get(f"{INDEX}?page={page}").context["resultats"]]
        assert len(set(addresses)) == PAR_PAGE + 2


class TestCards:
    def test_a_card_shows_what_helps_to_choose(self, client: StrictClient) -> None:
        FichePageFactory(
            title="Accueillir",
            resume="Une phrase.",
            type_ressource="grille",
            duree="journee",
            publics=["usagers", "aidants"],
        )
        (carte,) = client.get(INDEX).context["resultats"]
        assert (carte.titre, carte.resume, carte.type_nom, carte.duree) == (
            "Accueillir",
            "Une phrase.",
            "Grille",
            "Une journée",
        )
        assert carte.publics == ("Aidants", "Usagers")
        assert carte.url == "/fr/fiches/accueillir/"
