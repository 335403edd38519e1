"""The French text beside a translation, piece by piece."""

import json
from typing import Any

import pytest
from wagtail.models import Page

from tests.factories import (
    ContactPageFactory,
    FichePageFactory,
    FichierFactory,
    IllustrationFactory,
    UtilisateurFactory,
    accueil,
    blocs,
    index_fiches,
    proteger,
)
from tests.harness.html import StrictClient
from tests.harness.queries import queries_of
from tests.socle.reading import links, one, soup

pytestmark = pytest.mark.django_db


def adresse(page: Page, langue: str = "ar") -> str:
    return f"/{langue}/francais-a-cote/{page.pk}/"


def rangs(client: StrictClient, page: Page, langue: str = "ar") -> list[tuple[str, str]]:
    """Return the text of each row: the translation, the French."""
    response = client.get(adresse(page, langue))
    return [
        tuple(" ".join(cell.get_text(" ", strip=True).split()) for cell in row.find_all("div", recursive=False))
        for row in soup(response).select(".cote__rang")
    ]  # type: ignore[misc]  # two cells in each row


@pytest.fixture
def source() -> Any:
    return FichePageFactory(
        title="Animer",
        resume="Le résumé.",
        objectifs="<p>Un.</p><p>Deux.</p>",
        besoins="<p>Une salle.</p><p>Du temps.</p>",
        etapes=[blocs.etape("Inviter"), blocs.etape("Accueillir")],
        corps=[blocs.titre("Plus loin"), blocs.texte("<p>A.</p><ul><li>B.</li></ul>")],
    )


def version(source: Any, langue: str = "ar", **values: Any) -> Any:
    """Make a translation that keeps the blocks of its source, as the editor of translations does."""
    copied = {
        name: getattr(source, name).get_prep_value()
        for name in ("etapes", "corps", "exemples")
        if getattr(source, name)
    }
    texts = {"resume": "[t] résumé", "objectifs": "<p>[t] un</p><p>[t] deux</p>", "besoins": "<p>[t] tout</p>"}
    named = {"title": "تنشيط", "slug": f"version-{source.pk}"}
    return FichePageFactory(parent=index_fiches(langue), version_de=source, **(named | copied | texts | values))


class TestLien:
    def test_a_translation_leads_to_it(self, client: StrictClient, source: Any) -> None:
        page = version(source)
        assert one(client.get(page.url), f'a[href="{adresse(page)}"]')["rel"] == ["nofollow"]

    @pytest.mark.parametrize("hide", [lambda page: page.unpublish(), proteger])
    def test_not_where_the_french_is_not_public(self, client: StrictClient, source: Any, hide: Any) -> None:
        page = version(source)
        hide(Page.objects.get(pk=source.pk))
        assert "francais-a-cote" not in client.get(page.url).content.decode()
        response = client.get(adresse(page))
        assert (response.status_code, response.url) == (302, page.url)

    def test_not_in_french_nor_in_falc_nor_on_a_list(self, client: StrictClient, source: Any) -> None:
        easy = version(source, "fr-simple")
        contact = ContactPageFactory(parent=accueil("ar"), version_de=ContactPageFactory())
        index = index_fiches("ar")
        for page, langue in ((source, "fr"), (easy, "fr-simple"), (contact, "ar"), (index, "ar")):
            assert "francais-a-cote" not in client.get(page.url).content.decode(), page
            assert client.get(adresse(page, langue)).url == page.url


class TestPage:
    def test_each_column_has_its_language_and_direction(self, client: StrictClient, source: Any) -> None:
        response = client.get(adresse(version(source)))
        assert response.status_code == 200
        assert (one(response, "html")["lang"], one(response, "html")["dir"]) == ("ar", "rtl")
        cells = soup(response).select(".cote__rang > div")
        assert [(cell.get("lang"), cell.get("dir")) for cell in cells] == [(None, None), ("fr", "ltr")] * (
            len(cells) // 2
        )

    def test_paragraphs_stand_beside_their_translation(self, client: StrictClient, source: Any) -> None:
        rows = rangs(client, version(source))
        assert rows[0] == ("العربيّة تنشيط", "Français Animer")
        assert ("[t] résumé", "Le résumé.") in rows
        assert ("[t] un", "Un.") in rows
        assert ("[t] deux", "Deux.") in rows
        # As many on neither side: the whole text beside the whole text.
        assert ("[t] tout", "Une salle. Du temps.") in rows
        assert ("Plus loin", "Plus loin") in rows
        assert ("A.", "A.") in rows
        assert ("الهدف", "À quoi ça sert") in rows

    def test_blocks_keep_their_twin_when_one_is_added(self, client: StrictClient, source: Any) -> None:
        page = version(source)
        steps = source.etapes.get_prep_value()
        source.etapes = json.dumps([blocs.etape("Avant tout"), *steps])
        source.save()
        rows = [row for row in rangs(client, page) if "Écrivez." in row[1]]
        assert [row[0][:7] for row in rows] == ["", "Inviter", "Accueil"]
        assert rows[0][1].startswith("Avant tout")

    def test_a_version_written_apart_is_paired_by_place(self, client: StrictClient, source: Any) -> None:
        page = version(source, etapes=[blocs.etape("[t] un"), blocs.etape("[t] deux")])
        rows = [row for row in rangs(client, page) if "Écrivez." in row[1]]
        assert [(row[0].split(" É")[0], row[1].split(" É")[0]) for row in rows] == [
            ("[t] un", "Inviter"),
            ("[t] deux", "Accueillir"),
        ]

    def test_every_block_is_shown(self, client: StrictClient) -> None:
        full = blocs.tous(IllustrationFactory(), FichierFactory(), accueil("fr").pk)
        source = FichePageFactory(corps=full, exemples=[blocs.exemple()], etapes=[blocs.etape()])
        assert client.get(adresse(version(source))).status_code == 200

    def test_search_engines_keep_the_page_itself(self, client: StrictClient, source: Any) -> None:
        page = version(source)
        response = client.get(adresse(page))
        assert one(response, 'meta[name="robots"]')["content"] == "noindex, follow"
        assert one(response, 'link[rel="canonical"]')["href"] == page.full_url
        assert not soup(response).select("link[hreflang]")

    def test_the_menus_of_versions_lead_to_the_page(self, client: StrictClient, source: Any) -> None:
        page = version(source)
        easy = version(source, "fr-simple")
        response = client.get(adresse(page))
        assert one(response, ".bascule-falc")["href"] == easy.url
        found = links(response, ".langues ul a")
        assert (found["Français"], found["العربيّة"]) == (source.url, page.url)

    def test_only_pages_that_may_be_read(self, client: StrictClient, source: Any) -> None:
        page = version(source)
        for path in (
            adresse(source),
            adresse(page, "en"),
            "/ar/francais-a-cote/0/",
            "/ar/francais-a-cote/9999999999999/",
        ):
            assert client.get(path).status_code == 404, path
        proteger(page)
        assert client.get(adresse(page)).status_code == 404
        client.force_login(UtilisateurFactory())
        assert client.get(adresse(page)).status_code == 200

    def test_its_cost(self, client: StrictClient, settings: Any) -> None:
        full = blocs.tous(IllustrationFactory(), FichierFactory(), accueil("fr").pk)
        page = version(FichePageFactory(complete=True, corps=full * 2))
        few = queries_of(lambda: client.get(adresse(page)))
        assert len(few) <= 15, "\n".join(few)
        settings.PAGE_CACHE = True
        client.get(adresse(page))
        assert client.get(adresse(page))["Cache-Control"].startswith("public")
