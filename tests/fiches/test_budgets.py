"""What each page asks of the database: at most 15 queries, the same for one object and for ten.

Measured in a process that has just started or just learnt of a change, which asks for the site and its menus too.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches

from fiches.models import FichePage
from home.models import HomePage
from socle import generation, page_cache
from tests.factories import (
    ContactPageFactory,
    FichePageFactory,
    FichierFactory,
    IllustrationFactory,
    InformationPageFactory,
    accueil,
    blocs,
    index_fiches,
    publier,
)
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost, queries_of
from tests.socle.reading import texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("steady")]
Make = Callable[[int], Any]


@pytest.fixture
def steady(client: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked for again because a second has passed; the settings of the site exist."""
    monkeypatch.setattr(generation, "MEMORY", 3600)
    accueil()
    client.get("/fr/")


def fiches(**options: Any) -> Make:
    def make(number: int) -> None:
        for _ in range(number):
            made = {name: value() if callable(value) else value for name, value in options.items()}
            FichePageFactory(**made)

    return make


class TestLists:
    RICH = {
        "illustration": IllustrationFactory,
        "publics": ["usagers", "aidants"],
        "natures": ["soins"],
        "duree": "journee",
    }

    def test_index(self, client: StrictClient) -> None:
        assert_same_cost(fiches(), lambda: client.get("/fr/fiches/"))

    def test_index_with_pictures_and_terms(self, client: StrictClient) -> None:
        assert_same_cost(fiches(**self.RICH), lambda: client.get("/fr/fiches/"))

    def test_index_under_filters(self, client: StrictClient) -> None:
        url = "/fr/fiches/?publics=usagers&publics=aidants&natures=soins&duree=journee&q=fiche&tri=titre"
        assert_same_cost(fiches(**self.RICH), lambda: client.get(url))

    def test_home(self, client: StrictClient) -> None:
        home = accueil()

        def make(number: int) -> None:
            fiches(**self.RICH)(number)
            targets = FichePage.objects.values_list("pk", flat=True)
            entree = {"titre": "Je débute", "texte": "Un projet.", "pictogramme": "construire", "url": ""}
            home.entrees = [("entree", {**entree, "page": FichePage.objects.get(pk=pk)}) for pk in targets]
            home.save()

        make(1)
        assert_same_cost(make, lambda: client.get("/fr/"), few=1, many=6)
        assert len(HomePage.objects.get(pk=home.pk).entrees) == 7

    def test_search(self, client: StrictClient) -> None:
        # With one or two answers, a nearby word is looked for besides.
        assert_same_cost(fiches(publiee=True), lambda: client.get("/fr/recherche/?q=fiche"), few=3, many=12)

    def test_site_map(self, client: StrictClient) -> None:
        assert_same_cost(fiches(), lambda: client.get("/fr/plan-du-site/"))

    def test_sitemap(self, client: StrictClient) -> None:
        index_fiches("en")

        def make(number: int) -> None:
            for _ in range(number):
                source = FichePageFactory()
                FichePageFactory(parent=index_fiches("en"), version_de=source)

        assert_same_cost(make, lambda: client.get("/sitemap.xml"))

    def test_related_resources(self, client: StrictClient) -> None:
        fiche = FichePageFactory(natures=["soins"])
        assert_same_cost(fiches(**self.RICH), lambda: client.get(fiche.url))


class TestBlocks:
    """One resource with one block of a kind, then with ten, each with something of its own to fetch."""

    def target(self) -> int:
        return FichePageFactory().pk

    def card(self) -> int:
        return FichePageFactory(illustration=IllustrationFactory(), publics=["usagers"]).pk

    def kinds(self) -> dict[str, Callable[[], Any]]:
        return {
            "image": lambda: blocs.image(IllustrationFactory()),
            "document": lambda: blocs.document(FichierFactory()),
            "pages": lambda: blocs.pages(self.card()),
            "liens": lambda: blocs.liens(blocs.lien(self.target())),
            "texte": lambda: blocs.texte(blocs.lien_riche(self.target())),
            "encadre": lambda: blocs.encadre(blocs.lien_riche(self.target())),
            "questions": lambda: blocs.questions(("Pourquoi ?", blocs.lien_riche(self.target()))),
            "tableau": lambda: blocs.tableau(blocs.lien_riche(self.target())),
            "video": lambda: blocs.video(
                fichier=FichierFactory(video=True),
                vignette=IllustrationFactory().pk,
                transcription=blocs.lien_riche(self.target()),
            ),
            "etapes": lambda: {
                "type": "etapes",
                "value": blocs.liste(blocs.etape("Inviter", blocs.lien_riche(self.target()))["value"]),
            },
        }

    def check(self, client: StrictClient, field: str, make_blocks: Callable[[int], list[Any]]) -> None:
        fiche = FichePageFactory()
        made: list[Any] = []

        def make(number: int) -> None:
            made.extend(make_blocks(number))
            FichePage.objects.filter(pk=fiche.pk).update(**{field: made})

        assert_same_cost(make, lambda: client.get(fiche.url))
        assert len(getattr(FichePage.objects.get(pk=fiche.pk), field)) == len(made) > 1

    @pytest.mark.parametrize(
        "kind",
        ["image", "document", "pages", "liens", "texte", "encadre", "questions", "tableau", "video", "etapes"],
    )
    def test_blocks_of_the_main_text(self, client: StrictClient, kind: str) -> None:
        block = self.kinds()[kind]
        self.check(client, "corps", lambda number: [block() for _ in range(number)])

    def test_many_cells_of_one_table(self, client: StrictClient) -> None:
        self.check(
            client,
            "corps",
            lambda number: [blocs.tableau(*(blocs.lien_riche(self.target()) for _ in range(number)))],
        )

    def test_many_links_in_one_text(self, client: StrictClient) -> None:
        self.check(
            client,
            "corps",
            lambda number: [blocs.texte("".join(blocs.lien_riche(self.target()) for _ in range(number)))],
        )

    def test_many_cards_in_one_block(self, client: StrictClient) -> None:
        self.check(client, "corps", lambda number: [blocs.pages(*(self.card() for _ in range(number)))])

    def test_cards_of_every_kind_of_page(self, client: StrictClient) -> None:
        """Kinds without a card of their own are asked for together."""
        ecrire = ContactPageFactory(resume="Nous écrire.")
        lire = InformationPageFactory(resume="Qui nous sommes.", illustration=IllustrationFactory())
        one_kind = FichePageFactory(corps=[blocs.pages(self.card(), lire.pk)])
        every_kind = FichePageFactory(
            corps=[blocs.pages(self.card(), lire.pk, ecrire.pk, accueil().pk, index_fiches().pk)]
        )
        shown = texts(client.get(every_kind.url), ".corps .carte p")
        assert {"Nous écrire.", "Qui nous sommes."} <= set(shown)
        cost = len(queries_of(lambda: client.get(one_kind.url)))
        assert len(queries_of(lambda: client.get(every_kind.url))) == cost <= 15

    def test_cards_of_pages_with_a_version(self, client: StrictClient) -> None:
        """A translation leads to the versions in its language, which cost no more than the pages themselves."""

        def page(langue: str) -> list[str]:
            target = FichePageFactory(publics=["usagers"])
            FichePageFactory(parent=index_fiches("en"), version_de=target, publics=["usagers"])
            fiche = FichePageFactory(parent=index_fiches(langue), corps=[blocs.pages(target.pk)])
            return queries_of(lambda: client.get(fiche.url))

        accueil("en")
        assert len(page("en")) == len(page("fr"))

    def test_steps_examples_and_documents(self, client: StrictClient) -> None:
        self.check(
            client,
            "etapes",
            lambda number: [blocs.etape("Inviter", blocs.lien_riche(self.target())) for _ in range(number)],
        )
        self.check(
            client,
            "exemples",
            lambda number: [blocs.exemple("Un comité", blocs.lien_riche(self.target())) for _ in range(number)],
        )
        self.check(
            client,
            "documents",
            lambda number: [
                block for _ in range(number) for block in (blocs.document(FichierFactory()), blocs.lien(self.target()))
            ],
        )

    def test_every_kind_together_stays_within_the_budget(self, client: StrictClient) -> None:
        everything = [block() for block in self.kinds().values()]
        fiche = FichePageFactory(complete=True, corps=everything)
        assert_same_cost(lambda _number: None, lambda: client.get(fiche.url))

    def test_a_rendered_page_writes_nothing_in_the_shared_cache(
        self, client: StrictClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In production the cache may be a table: a write is three queries, which no test counts."""
        illustration = IllustrationFactory()
        fiche = FichePageFactory(complete=True, illustration=illustration, corps=[blocs.image(illustration)])
        client.get(fiche.url)
        written: list[Any] = []
        for name in ("set", "set_many", "add"):
            monkeypatch.setattr(caches["default"], name, lambda *args, **_options: written.append(args))
        page_cache.store.clear()
        assert "og:image" in client.get(fiche.url).content.decode()
        assert written == []

    def test_an_information_page_with_every_kind(self, client: StrictClient) -> None:
        everything = [block() for block in self.kinds().values()]
        page = publier(InformationPageFactory(illustration=IllustrationFactory(), corps=everything))
        assert_same_cost(lambda _number: None, lambda: client.get(page.url))
