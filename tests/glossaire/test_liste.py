"""The list of words: letters, filters, what each reader finds there."""

import re
from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import timezone

from glossaire.models import TermePage
from glossaire.views import liste
from tests.factories import (
    IllustrationFactory,
    TermePageFactory,
    UtilisateurFactory,
    accueil,
    glossaire,
    proteger,
    publier,
)
from tests.harness.html import StrictClient
from tests.harness.queries import queries_of

CACHES = ("Motbrouillon", "Motconnexion", "Motgroupe", "Motpasse")
pytestmark = pytest.mark.django_db


@pytest.fixture
def mots() -> list[TermePage]:
    etp = TermePageFactory(
        title="Éducation thérapeutique du patient",
        sigle="ETP",
        definition="Apprendre à vivre avec sa maladie.",
        thematiques=["formation"],
    )
    usager = TermePageFactory(
        title="Usager partenaire",
        autres_noms="patient partenaire\nusager expert",
        definition="Il met son savoir au service des autres.",
        thematiques=["formation", "cadre"],
        natures=["soins"],
    )
    ecole = TermePageFactory(title="École", definition="On y apprend.")
    return [etp, usager, ecole]


def page_de(client: StrictClient, query: str = "", langue: str = "fr") -> BeautifulSoup:
    response = client.get(f"/{langue}/glossaire/{query}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def noms(page: BeautifulSoup) -> list[str]:
    return [nom.get_text(strip=True) for nom in page.select(".terme__nom")]


class TestLetters:
    def test_words_stand_under_their_letters_in_the_order_of_a_dictionary(
        self, client: StrictClient, mots: list[TermePage]
    ) -> None:
        TermePageFactory(title="3C")
        page = page_de(client)
        assert noms(page) == ["École", "Éducation thérapeutique du patient", "Usager partenaire", "3C"]
        assert [lettre.get_text(strip=True) for lettre in page.select(".lettre__nom")] == ["E", "U", "0–9"]
        links = page.select(".lettres a")
        assert [link["href"] for link in links] == ["#lettre-e", "#lettre-u", "#lettre-0"]
        assert page.select_one("#compte").get_text(strip=True) == "4 mots"

    def test_in_arabic_the_article_counts_for_nothing(self, client: StrictClient) -> None:
        titres = ("الشراكة في الصحة", "تعويض المصاريف", "التزام المستفيدين", "إلمام صحي")
        for rang, titre in enumerate(titres):
            TermePageFactory(title=titre, langue="ar", slug=f"mot-{rang}")
        page = page_de(client, langue="ar")
        assert [lettre.get_text(strip=True) for lettre in page.select(".lettre__nom")] == ["ا", "ت", "ش"]
        assert noms(page)[-1] == "الشراكة في الصحة"

    def test_a_long_list_is_shown_letter_by_letter(
        self, client: StrictClient, mots: list[TermePage], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(liste, "ENTIER", 2)
        page = page_de(client)
        assert noms(page) == ["École", "Éducation thérapeutique du patient"]
        assert [link["href"] for link in page.select(".lettres a")] == ["?lettre=e", "?lettre=u"]
        assert page.select_one(".lettres [aria-current]").get_text(strip=True) == "E"
        assert page.select_one("filtre-instantane").get("data-entier") is None
        assert noms(page_de(client, "?lettre=u")) == ["Usager partenaire"]
        assert noms(page_de(client, "?q=apprend")) == ["École", "Éducation thérapeutique du patient"]

    def test_a_long_letter_has_several_pages(self, client: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(liste, "ENTIER", 2)
        for nom in ("Ami", "Aide", "Acte"):
            TermePageFactory(title=nom)
        assert noms(page_de(client)) == ["Acte", "Aide"]
        assert noms(page_de(client, "?lettre=a&page=2")) == ["Ami"]
        page = page_de(client, "?lettre=a&page=9")
        assert noms(page) == ["Ami"]
        assert "Voici la dernière" in page.select_one("[role=alert]").get_text()


class TestFilters:
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("etp", ["Éducation thérapeutique du patient"]),
            ("THÉRAPEUTIQUE", ["Éducation thérapeutique du patient"]),
            ("patient+partenaire", ["Usager partenaire"]),
            ("savoir+autres", ["Usager partenaire"]),
            ("l%E2%80%99ecole", ["École"]),
            ("ecole", ["École"]),
            ("zzz", []),
            ("apprend", ["École", "Éducation thérapeutique du patient"]),
        ],
    )
    def test_words_are_looked_for_in_names_and_definitions(
        self, client: StrictClient, mots: list[TermePage], asked: str, found: list[str]
    ) -> None:
        assert noms(page_de(client, f"?q={asked}")) == found

    def test_themes_narrow_the_list_and_say_how_many_they_would_give(
        self, client: StrictClient, mots: list[TermePage]
    ) -> None:
        page = page_de(client)
        options = {a["data-cle"]: a.select_one(".facette__nombre").get_text() for a in page.select(".facette__option")}
        assert {cle: re.search(r"\d+", nombre)[0] for cle, nombre in options.items()} == {
            "thematiques:formation": "2",
            "thematiques:cadre": "1",
            "natures:soins": "1",
        }
        page = page_de(client, "?thematiques=formation&natures=soins")
        assert noms(page) == ["Usager partenaire"]
        assert page.select_one("meta[name=robots]")["content"] == "noindex, follow"
        assert [actif.get_text(strip=True) for actif in page.select(".actif span:not(.invisible)")]
        assert noms(page_de(client, "?thematiques=formation&thematiques=cadre")) == [
            "Éducation thérapeutique du patient",
            "Usager partenaire",
        ]

    @pytest.mark.parametrize(
        ("query", "message"),
        [
            ("?thematiques=nimporte", "Un filtre de cette adresse n’existe pas"),
            ("?lettre=z", "Aucun mot ne commence par cette lettre"),
            ("?page=abc", "Cette page n’existe pas"),
            ("?page=-3", "Cette page n’existe pas"),
            ("?page=99999999999999999999", "Cette page n’existe pas"),
            (f"?q={'a' * 300}", "200 caractères"),
            ("?lettre=%22&thematiques=%F0%9F%92%A9", "n’existe pas"),
        ],
    )
    def test_what_is_not_understood_is_said(
        self, client: StrictClient, mots: list[TermePage], query: str, message: str
    ) -> None:
        page = page_de(client, query)
        assert message in page.select_one("[role=alert]").get_text()

    def test_one_letter_can_be_asked_for_and_left(self, client: StrictClient, mots: list[TermePage]) -> None:
        page = page_de(client, "?lettre=u&thematiques=formation")
        assert noms(page) == ["Usager partenaire"]
        removal = [a["href"] for a in page.select(".actif") if "Lettre U" in a.get_text()]
        assert removal == ["?thematiques=formation"]

    def test_a_letter_that_the_filters_leave_empty_is_said(self, client: StrictClient, mots: list[TermePage]) -> None:
        page = page_de(client, "?lettre=u&q=etp")
        assert noms(page) == ["Éducation thérapeutique du patient"]
        assert "aucun mot ne commence par cette lettre" in page.select_one("[role=alert]").get_text()

    def test_an_empty_glossary_says_so(self, client: StrictClient) -> None:
        glossaire()
        assert "Aucun mot" in page_de(client).select_one("#compte").get_text()


class TestWhatIsShown:
    def test_a_word_leads_to_its_version_in_easy_french(self, client: StrictClient, mots: list[TermePage]) -> None:
        facile = TermePageFactory(langue="fr-simple", title="ETP", version_de=mots[0])
        brouillon = TermePageFactory(langue="fr-simple", title="École", version_de=mots[2], live=False)
        links = [a["href"] for a in page_de(client).select(".terme__falc")]
        assert links == [facile.url]
        assert brouillon.url not in links

    def test_in_easy_french_words_have_pictures_and_one_sentence_by_line(self, client: StrictClient) -> None:
        TermePageFactory(
            langue="fr-simple",
            title="ETP",
            definition="Vous apprenez.\nVous vivez mieux. Avec d’autres.",
            pictogramme=IllustrationFactory(),
        )
        page = page_de(client, langue="fr-simple")
        assert len(page.select(".terme .pictogramme img[alt='']")) == 1
        assert [p.get_text() for p in page.select(".terme .idee__lignes p")] == [
            "Vous apprenez.",
            "Vous vivez mieux.",
            "Avec d’autres.",
        ]
        assert not page.select(".facette")

    def test_the_words_that_came_last_come_first(
        self, client: StrictClient, monkeypatch: pytest.MonkeyPatch, mots: list[TermePage]
    ) -> None:
        monkeypatch.setattr(liste, "RECENTS_DES", 2)
        assert not page_de(client).select(".recents")
        for rang, mot in enumerate(mots):
            TermePage.objects.filter(pk=mot.pk).update(
                first_published_at=timezone.now() - timezone.timedelta(days=rang)
            )
        publier(mots[2])
        recents = [a.get_text(strip=True) for a in page_de(client).select(".recents a")]
        assert set(recents) == {mot.title for mot in mots}
        assert not page_de(client, "?q=etp").select(".recents")


class TestReaders:
    """What is not public is in no list, whoever reads, but for who may read it."""

    @pytest.fixture
    def caches(self, mots: list[TermePage]) -> None:
        TermePageFactory(title="Motbrouillon", live=False)
        TermePageFactory(title="Motconnexion", protegee="login", thematiques=["cadre"])
        TermePageFactory(title="Motgroupe", protegee="groups")
        TermePageFactory(title="Motpasse", protegee="password")

    def test_anyone(self, client: StrictClient, caches: None) -> None:
        for query in ("", "?q=mot", "?thematiques=cadre"):
            found = str(page_de(client, query))
            assert not [nom for nom in CACHES if nom in found]

    def test_who_is_signed_in(self, client: StrictClient, caches: None) -> None:
        client.force_login(UtilisateurFactory())
        page = page_de(client)
        assert [nom for nom in noms(page) if nom.startswith("Mot")] == ["Motconnexion"]

    def test_an_administrator(self, admin_client: StrictClient, caches: None) -> None:
        names = [nom for nom in noms(page_de(admin_client)) if nom.startswith("Mot")]
        assert names == ["Motconnexion", "Motgroupe"]

    def test_a_closed_glossary(self, client: StrictClient, mots: list[TermePage]) -> None:
        proteger(glossaire())
        assert client.get("/fr/glossaire/").status_code == 302
        assert client.get("/fr/glossaire/imprimer/").status_code == 404


class TestOnPaper:
    def test_every_word_stands_under_its_letter(self, client: StrictClient, mots: list[TermePage]) -> None:
        TermePageFactory(title="Motbrouillon", live=False)
        TermePageFactory(title="Motconnexion", protegee="login")
        page = page_de(client, "imprimer/")
        assert noms(page) == ["École", "Éducation thérapeutique du patient", "Usager partenaire"]
        assert [lettre.get_text(strip=True) for lettre in page.select("h2.lettre__nom")] == ["E", "U"]
        assert page.select_one("meta[name=robots]")["content"].startswith("noindex")
        assert page.select_one("link[rel=canonical]")["href"].endswith("/fr/glossaire/")

    def test_in_easy_french_pictures_do_not_wait_to_be_seen(self, client: StrictClient) -> None:
        TermePageFactory(langue="fr-simple", title="ETP", pictogramme=IllustrationFactory())
        image = page_de(client, "imprimer/", "fr-simple").select_one(".terme img")
        assert image.get("loading") is None

    def test_where_there_is_no_glossary_there_is_nothing_to_print(self, client: StrictClient) -> None:
        accueil()
        assert client.get("/fr/glossaire/imprimer/").status_code == 404


class TestCost:
    def test_a_list_costs_the_same_for_1_and_for_10_in_every_language(self, client: StrictClient) -> None:
        accueil()
        client.get("/fr/")
        urls = [f"/{langue}/glossaire/" for langue in ("fr", "fr-simple", "ar")]
        urls += ["/fr/glossaire/imprimer/", "/fr-simple/glossaire/imprimer/", "/fr/glossaire/?q=mot&thematiques=cadre"]

        def make(number: int) -> None:
            for _ in range(number):
                source = TermePageFactory(pictogramme=IllustrationFactory(), thematiques=["cadre"])
                for code in ("fr-simple", "ar"):
                    TermePageFactory(langue=code, version_de=source, pictogramme=IllustrationFactory())

        def cost() -> dict[str, int]:
            return {url: len(queries_of(partial(client.get, url))) for url in urls}

        make(1)
        few = cost()
        make(9)
        assert cost() == few
        assert max(few.values()) <= 15

    def test_who_is_signed_in_pays_no_more_for_10(self, admin_client: StrictClient) -> None:
        def make(number: int) -> None:
            for _ in range(number):
                TermePageFactory(protegee="login", thematiques=["cadre"])

        make(1)
        few = queries_of(lambda: admin_client.get("/fr/glossaire/"))
        make(9)
        assert len(queries_of(lambda: admin_client.get("/fr/glossaire/"))) == len(few)


def test_a_term_does_not_take_the_address_of_the_printed_glossary() -> None:
    terme = TermePage(title="Imprimer", slug="imprimer", locale=glossaire().locale)
    with pytest.raises(ValidationError, match="sert déjà à une autre page"):
        terme.clean()
