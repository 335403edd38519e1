"""What is not public appears nowhere."""

import datetime
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page

from fiches.models import FichePage
from fiches.queries import fiches_liees, termes_de
from socle.navigation import variantes
from socle.queries import public_pages
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
from tests.factories.pages import GROUPE
from tests.harness.html import StrictClient
from tests.socle.reading import texts, titles

pytestmark = pytest.mark.django_db

TITRE = "Fiche confidentielle"
COMMUN = {"publics": ["usagers"], "natures": ["soins"]}


def make(**kwargs: object) -> FichePage:
    return FichePageFactory(title=TITRE, slug="confidentielle", **{**COMMUN, **kwargs})


def scheduled() -> FichePage:
    page = make(brouillon=True)
    page.go_live_at = timezone.now() + datetime.timedelta(days=1)
    page.save_revision(approved_go_live_at=page.go_live_at).publish()
    return page


def expired() -> FichePage:
    page = make(publiee=True, expire_at=timezone.now() + datetime.timedelta(seconds=1))
    FichePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(hours=1))
    call_command("run_due")
    return page


def unpublished() -> FichePage:
    page = make(publiee=True)
    page.unpublish()
    return page


def below_a_private_page() -> FichePage:
    page = make(publiee=True)
    proteger(page.get_parent())
    return page


def alias_of_a_page_made_private() -> FichePage:
    page = make(publiee=True)
    alias = page.create_alias(update_slug="alias", user=None)
    proteger(page)
    return FichePage.objects.get(pk=alias.pk)


def alias_of_an_alias_of_a_page_made_private() -> FichePage:
    page = make(publiee=True)
    first = page.create_alias(update_slug="premier", user=None)
    alias = first.create_alias(update_slug="alias", user=None)
    proteger(page)
    return FichePage.objects.get(pk=alias.pk)


def alias_of_a_page_in_a_section_made_private() -> Page:
    folder = InformationPageFactory(title="Dossier", slug="dossier")
    InformationPageFactory(title=TITRE, slug="confidentielle", parent=folder)
    repeated = Page.objects.get(pk=folder.pk).create_alias(recursive=True, update_slug="alias", user=None)
    proteger(folder)
    return repeated.get_children().get()


HIDDEN: dict[str, Callable[[], Page]] = {
    "draft": lambda: make(brouillon=True),
    "login": lambda: make(publiee=True, protegee="login"),
    "group": lambda: make(publiee=True, protegee="groups"),
    "password": lambda: make(publiee=True, protegee="password"),
    "scheduled": scheduled,
    "expired": expired,
    "unpublished": unpublished,
    "alias of a page made private": alias_of_a_page_made_private,
    "alias of an alias of a page made private": alias_of_an_alias_of_a_page_made_private,
    "alias of a page in a section made private": alias_of_a_page_in_a_section_made_private,
}


def hidden_behind_a_password(client: StrictClient, page: Page) -> bool:
    html = client.get(page.url).content.decode()
    return 'type="password"' in html and TITRE not in html


@pytest.mark.parametrize("kind", HIDDEN)
def test_a_resource_that_is_not_public_appears_nowhere(client: StrictClient, kind: str) -> None:
    public = FichePageFactory(title="Fiche publique", publiee=True, **COMMUN)
    hidden = HIDDEN[kind]()
    showcase = InformationPageFactory(
        title="Vitrine",
        corps=[blocs.pages(hidden.pk), blocs.liens(blocs.lien(hidden.pk)), blocs.texte(blocs.lien_riche(hidden.pk))],
    )

    index = client.get("/fr/fiches/")
    assert titles(index) == ["Fiche publique"]
    counts = {option.nombre for facette in index.context["facettes"] for option in facette.options}
    assert counts == {1}
    assert fiches_liees(public, termes_de(public), anonyme()) == []
    assert titles(client.get("/fr/recherche/?q=confidentielle")) == []
    for path in ("/fr/", "/fr/fiches/", public.url, "/fr/plan-du-site/", "/sitemap.xml", "/fr/recherche/?q=fiche"):
        html = client.get(path).content.decode()
        assert TITRE not in html, path
        assert "/confidentielle/" not in html, path
        assert "/alias/" not in html, path
    assert client.get(hidden.url).status_code != 200 or hidden_behind_a_password(client, hidden)
    html = Client().get(showcase.url).content.decode()
    assert TITRE not in html
    assert "/confidentielle/" not in html


def test_everything_below_a_private_index_is_private(client: StrictClient) -> None:
    hidden = below_a_private_page()
    for path in ("/fr/", "/fr/plan-du-site/", "/sitemap.xml", "/fr/recherche/?q=confidentielle"):
        assert TITRE not in client.get(path).content.decode().replace("q=confidentielle", ""), path
    assert client.get(hidden.url).status_code == 302


def test_a_resource_of_another_language_is_in_no_list_of_this_one(client: StrictClient) -> None:
    public = FichePageFactory(title="Fiche publique", publiee=True, **COMMUN)
    FichePageFactory(title="English guide", parent=index_fiches("en"), publiee=True, **COMMUN)
    for path in ("/fr/", "/fr/fiches/", public.url, "/fr/plan-du-site/", "/fr/recherche/?q=guide"):
        assert "English guide" not in client.get(path).content.decode(), path
    assert titles(client.get("/en/fiches/")) == ["English guide"]


@pytest.mark.parametrize("kind", ["draft", "login", "password"])
def test_a_hidden_translation_is_no_version_of_a_page(client: StrictClient, kind: str) -> None:
    source = FichePageFactory(title="Source", publiee=True)
    options = {"brouillon": True} if kind == "draft" else {"publiee": True, "protegee": kind}
    FichePageFactory(title="Hidden", slug="hidden", parent=index_fiches("en"), version_de=source, **options)
    response = client.get(source.url)
    assert "/en/fiches/hidden/" not in response.content.decode()
    (english,) = (langue for langue in response.context["langues"] if langue["code"] == "en")
    assert not english["existe"]
    assert english["url"] == "/en/"
    assert [version.code for version in variantes(source)] == ["fr"]
    assert "/en/fiches/hidden/" not in client.get("/sitemap.xml").content.decode()


def test_a_live_translation_is_a_version_of_a_page(client: StrictClient) -> None:
    source = FichePageFactory(title="Source")
    FichePageFactory(title="Version", slug="version", parent=index_fiches("en"), version_de=source)
    response = client.get(source.url)
    versions = {langue["code"]: (langue["url"], langue["existe"]) for langue in response.context["langues"]}
    assert versions == {"fr": (source.url, True), "en": ("/en/fiches/version/", True)}
    assert {alternative.code for alternative in source.alternatives} == {"fr", "en"}


def test_a_hidden_ancestor_is_left_out_of_the_breadcrumb(client: StrictClient) -> None:
    fiche = FichePageFactory(title="Visible")
    index = index_fiches()
    index.live = False
    index.save()
    assert texts(client.get(fiche.url), ".fil li") == ["Accueil", "Visible"]


def test_a_private_home_page_hides_its_language(client: StrictClient) -> None:
    accueil("fr")
    proteger(accueil("en"))
    response = client.get("/fr/")
    assert [langue["code"] for langue in response.context["langues"]] == ["fr"]
    assert client.get("/", headers={"Accept-Language": "en"}).url == "/fr/"


class TestVisibleTo:
    @pytest.fixture
    def restricted(self) -> dict[str, FichePage]:
        return {
            "public": FichePageFactory(title="public"),
            "draft": FichePageFactory(title="draft", brouillon=True),
            "login": FichePageFactory(title="login", protegee="login"),
            "groups": FichePageFactory(title="groups", protegee="groups"),
            "password": FichePageFactory(title="password", protegee="password"),
        }

    @pytest.mark.parametrize(
        ("reader", "visible"),
        [
            ("anonymous", {"public"}),
            ("member", {"public", "login"}),
            ("group member", {"public", "login", "groups"}),
            ("superuser", {"public", "login", "groups"}),
        ],
    )
    def test_each_reader_sees_what_they_may_read(
        self, restricted: dict[str, FichePage], reader: str, visible: set[str]
    ) -> None:
        user = {
            "anonymous": anonyme,
            "member": UtilisateurFactory,
            "group member": lambda: UtilisateurFactory(groupes=[GROUPE]),
            "superuser": lambda: UtilisateurFactory(superutilisateur=True),
        }[reader]()
        found = set(FichePage.objects.visible_to(user).values_list("title", flat=True))
        assert found == visible

    def test_two_restrictions_in_a_row_must_both_be_open(self) -> None:
        fiche = FichePageFactory(protegee="login")
        proteger(fiche.get_parent(), "groups", groupe=GROUPE)
        member = UtilisateurFactory()
        insider = UtilisateurFactory(groupes=[GROUPE])
        assert not FichePage.objects.visible_to(member).filter(pk=fiche.pk).exists()
        assert FichePage.objects.visible_to(insider).filter(pk=fiche.pk).exists()

    def test_a_list_shows_a_signed_in_reader_what_they_may_read(
        self, client: StrictClient, restricted: dict[str, FichePage]
    ) -> None:
        client.force_login(UtilisateurFactory(groupes=[GROUPE]))
        assert sorted(titles(client.get("/fr/fiches/"))) == ["groups", "login", "public"]
        assert client.get(restricted["groups"].url).status_code == 200

    def test_public_pages_are_those_that_anyone_may_read(self, restricted: dict[str, FichePage]) -> None:
        shown = set(public_pages().filter(depth__gt=1).values_list("title", flat=True))
        assert shown == {"public", "Les fiches", "Partenariat en santé (fr)"}

    def test_a_page_whose_address_resembles_that_of_a_private_one_stays_public(self) -> None:
        private = FichePageFactory(title="a")
        sibling = FichePageFactory(title="b")
        proteger(private)
        assert Page.objects.get(pk=sibling.pk) in public_pages()

    def test_publication_brings_the_page_back(self, client: StrictClient) -> None:
        page = unpublished()
        publier(page)
        assert titles(client.get("/fr/fiches/")) == [TITRE]


class TestDocuments:
    """A page never leads to a document of a collection that is closed, itself or above."""

    def test_documents_follow_their_collection(self, client: StrictClient) -> None:
        closed = Collection.get_first_root_node().add_child(name="Réservé")
        inside = closed.add_child(name="Dedans")
        document = FichierFactory(title="Grille réservée", collection=inside)
        rich = f'<p>Lire <a linktype="document" id="{document.pk}">la grille</a>.</p>'
        fiche = FichePageFactory(
            type_ressource="reference",
            fichier=document,
            corps=[blocs.document(document), blocs.texte(rich)],
            documents=[blocs.document(document)],
        )

        def shown() -> int:
            return client.get(fiche.url).content.decode().count(f'href="{document.url}"')

        assert shown() == 4
        restriction = CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
        assert shown() == 0
        restriction.delete()
        assert shown() == 4
