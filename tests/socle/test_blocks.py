"""Blocks: what editors are told, what they may not do, what readers get."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.blocks import Block, ListBlock, RawHTMLBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField

from evenements.blocks import PagesLieesBlock, ProgrammeBlock
from fiches.blocks import EtapesFicheBlock, ExemplesBlock
from home.blocks import EntreesBlock
from socle.blocks import CorpsBlock, DocumentsBlock
from socle.models import Fichier, Illustration
from tests.factories import (
    FichePageFactory,
    FichierFactory,
    IllustrationFactory,
    InformationPageFactory,
    accueil,
    blocs,
    index_fiches,
    proteger,
)
from tests.harness.html import StrictClient
from tests.socle.reading import links, one, soup, texts
from variantes.blocks.falc import TexteFalcBlock

pytestmark = pytest.mark.django_db

STREAMS = (
    *(CorpsBlock(), EtapesFicheBlock(), ExemplesBlock(), DocumentsBlock(), EntreesBlock(), TexteFalcBlock()),
    *(ProgrammeBlock(), PagesLieesBlock()),
)
CHOICES = [(stream, name) for stream in STREAMS for name in stream.child_blocks]


def inside(block: Block) -> Iterator[Block]:
    """Yield a block and all those that it holds."""
    yield block
    if isinstance(block, ListBlock):
        yield from inside(block.child_block)
    elif isinstance(block, StreamBlock | StructBlock | TypedTableBlock):
        for child in block.child_blocks.values():
            yield from inside(child)


def clean(block: dict[str, Any], stream: StreamBlock | None = None) -> None:
    """Validate one stored block as the editor's form does."""
    found = stream or STREAMS[0]
    found.clean(found.to_python([block]))


def refused(block: dict[str, Any], stream: StreamBlock | None = None) -> str:
    """Return the message with which the block is refused."""
    with pytest.raises(ValidationError) as error:
        clean(block, stream)
    return str(error.value.as_json_data())


def page_with(*corps: dict[str, Any], **options: Any) -> str:
    return InformationPageFactory(corps=list(corps), **options).url


class TestForEditors:
    def test_each_block_says_what_it_is_for(self) -> None:
        for stream, name in CHOICES:
            block = stream.child_blocks[name]
            assert block.get_description(), name
            assert block.label, name
            assert block.meta.icon != "placeholder", name

    @pytest.mark.parametrize("empty", [True, False], ids=["empty site", "site"])
    def test_each_block_has_a_preview(self, admin_client: StrictClient, empty: bool) -> None:
        if not empty:
            InformationPageFactory()
            IllustrationFactory()
            FichierFactory()
        for stream, name in CHOICES:
            block = stream.child_blocks[name]
            assert block.is_previewable, name
            response = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
            assert response.status_code == 200, name
            # Pictures and pages are real ones: an empty site has none to show.
            assert empty or one(response, "main").get_text(strip=True), name

    def test_no_block_takes_raw_html(self) -> None:
        assert not [block for stream in STREAMS for block in inside(stream) if isinstance(block, RawHTMLBlock)]

    def test_no_rich_text_makes_headings_pictures_or_embeds(self) -> None:
        allowed = {"bold", "italic", "ul", "ol", "link", "document-link", "terme"}
        for stream in STREAMS:
            for block in inside(stream):
                if isinstance(block, RichTextBlock):
                    assert block.features is not None
                    assert set(block.features) <= allowed

    def test_rich_text_fields_of_pages_follow_the_same_rule(self) -> None:
        models = apps.get_models()
        fields = [field for model in models for field in model._meta.fields if isinstance(field, RichTextField)]
        assert fields
        for field in fields:
            assert field.features is not None, field
            assert not {"h1", "h2", "h3", "h4", "image", "embed", "hr"} & set(field.features), field


class TestRules:
    def test_every_example_is_accepted(self) -> None:
        for block in blocs.tous(IllustrationFactory(), FichierFactory(), accueil().pk):
            clean(block)

    def test_a_table_needs_a_caption(self) -> None:
        assert "titre au tableau" in refused(blocs.tableau("<p>Une</p>", caption=""))
        assert "titre au tableau" in refused(blocs.tableau("<p>Une</p>", caption="   "))

    @pytest.mark.parametrize("heading", ["", "  "])
    def test_each_column_of_a_table_needs_a_heading(self, heading: str) -> None:
        block = blocs.tableau("Une", type_colonne="texte")
        block["value"]["columns"][0]["heading"] = heading
        assert "en-tête" in refused(block)

    def test_an_empty_cell_is_allowed(self) -> None:
        clean(blocs.tableau("", "Une", type_colonne="texte"))

    def test_a_picture_needs_words_or_is_decorative(self) -> None:
        picture = IllustrationFactory()
        clean(blocs.image(picture, alt="Deux personnes"))
        clean(blocs.image(picture, alt="", decorative=True))
        assert "alt" in refused(blocs.image(picture, alt="")).lower()

    @pytest.mark.parametrize(
        "url",
        [
            "https://exemple.org/a?b=c#d",
            "http://exemple.org",
            "/fr/fiches/?publics=usagers",
            "#etapes",
            "mailto:contact@exemple.org?subject=Bonjour",
            "tel:+33100000000",
            "tel:01 00 00 00 00",
        ],
    )
    def test_a_link_may_lead_to_an_address(self, url: str) -> None:
        clean(blocs.liens(blocs.lien(url=url)))

    @pytest.mark.parametrize(
        "url",
        [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//exemple.org/",
            "/\\exemple.org/",
            "/\t/exemple.org/",
            "/\n/exemple.org/",
            "\\\\exemple.org",
            "#",
            "exemple",
            "mailto:pas-une-adresse",
            "tel:abc",
            "https://",
            "https:///x",
            "https:exemple.org",
        ],
    )
    def test_a_link_leads_nowhere_else(self, url: str) -> None:
        refused(blocs.liens(blocs.lien(url=url)))

    def test_a_link_has_one_target(self) -> None:
        page = accueil().pk
        assert "l’une des deux" in refused(blocs.liens(blocs.lien(page_id=page, url="https://exemple.org/")))
        assert "l’une des deux" in refused(blocs.liens(blocs.lien()))

    def test_an_entry_of_the_home_page_follows_the_same_rules(self) -> None:
        entry = {"titre": "Je débute", "texte": "Un projet.", "pictogramme": "construire", "page": None}
        stream = EntreesBlock()
        clean({"type": "entree", "value": {**entry, "url": "/fr/"}}, stream)
        refused({"type": "entree", "value": {**entry, "url": "javascript:alert(1)"}}, stream)
        refused({"type": "entree", "value": {**entry, "url": ""}}, stream)
        refused({"type": "entree", "value": {**entry, "url": "/fr/", "pictogramme": "inconnu"}}, stream)

    def test_a_video_has_one_source_and_a_transcript(self) -> None:
        film = FichierFactory(video=True)
        clean(blocs.video("https://video.exemple.org/a"))
        clean(blocs.video(fichier=film))
        assert "l’un des deux" in refused(blocs.video(url="", fichier=None))
        both = blocs.video(fichier=film)
        both["value"]["url"] = "https://video.exemple.org/a"
        assert "l’un des deux" in refused(both)
        refused(blocs.video(transcription=""))
        refused(blocs.video("javascript:alert(1)"))

    def test_a_video_file_is_an_mp4(self) -> None:
        assert "MP4" in refused(blocs.video(fichier=FichierFactory()))

    @pytest.mark.parametrize(
        "block",
        [
            {"type": "etapes", "value": []},
            {"type": "questions", "value": []},
            {"type": "liens", "value": {"titre": "", "liens": []}},
            {"type": "pages", "value": {"titre": "", "pages": []}},
            blocs.titre(""),
            blocs.texte(""),
            blocs.encadre(genre="inconnu"),
            blocs.titre("Partie", "h1"),
        ],
    )
    def test_a_block_without_content_or_of_an_unknown_kind_is_refused(self, block: dict[str, Any]) -> None:
        refused(block)


class TestForReaders:
    def test_headings_have_their_own_anchors(self, client: StrictClient) -> None:
        url = page_with(*(blocs.titre(texte) for texte in ("Étape", "Étape", "Étape 2", "Étape", "…", "!")))
        page = soup(client.get(url))
        anchors = ["étape", "étape-2", "étape-2-2", "étape-3", "partie", "partie-2"]
        assert [heading["id"] for heading in page.select("main .corps h2")] == anchors
        assert [link["href"] for link in page.select(".sommaire a")] == [f"#{anchor}" for anchor in anchors]

    def test_a_heading_never_takes_the_anchor_of_another_part_of_its_page(self, client: StrictClient) -> None:
        FichePageFactory(natures=["soins"])
        makers = [
            lambda corps: InformationPageFactory(corps=corps, illustration=IllustrationFactory()),
            lambda corps: FichePageFactory(complete=True, corps=corps),
            self.home,
        ]
        for make in makers:
            page = make([blocs.titre("Témoin")])
            taken = {found["id"] for found in soup(client.get(page.url)).select("[id]")} - {"témoin"}
            page = make([blocs.titre(anchor) for anchor in sorted(taken)])
            response = client.get(page.url)  # the client refuses an id that stands twice
            assert set(taken) <= set(texts(response, "main h2"))

    def home(self, corps: list[Any]) -> Any:
        home = accueil()
        home.corps = json.dumps(corps)
        home.introduction = "<p>Bonjour</p>"
        entry = {"titre": "Je débute", "texte": "Un projet.", "pictogramme": "construire", "page": None, "url": "/fr/"}
        home.entrees = json.dumps([{"type": "entree", "value": entry}])
        home.save()
        return home

    def test_a_document_says_its_type_and_weight(self, client: StrictClient) -> None:
        document = FichierFactory(title="Canevas")
        response = client.get(page_with(blocs.document(document, "À remplir à deux")))
        assert texts(response, ".fichier__titre") == ["Canevas (ODT, 2 ko)"]
        assert texts(response, ".fichier__description") == ["À remplir à deux"]
        download = Client().get(one(response, ".fichier a")["href"])
        assert download.status_code == 200
        assert download["Content-Disposition"].startswith("attachment")

    def test_a_picture_has_its_own_words_in_each_place(self, client: StrictClient) -> None:
        picture = IllustrationFactory(auteur="Atelier fictif")
        url = page_with(
            blocs.image(picture, alt="Première"),
            blocs.image(picture, alt="Seconde", legende="Une légende"),
            blocs.image(picture, alt="", decorative=True),
        )
        response = client.get(url)
        assert [found["alt"] for found in soup(response).select("figure.image img")] == ["Première", "Seconde", ""]
        assert texts(response, ".image__credit") == ["Atelier fictif · CC BY-SA 4.0"] * 3
        assert texts(response, ".image__legende") == ["Une légende"]

    def test_a_picture_comes_in_several_widths_and_never_enlarged(self, client: StrictClient) -> None:
        response = client.get(page_with(blocs.image(IllustrationFactory())))
        picture = one(response, "figure.image img")
        assert [part.split()[1] for part in picture["srcset"].split(", ")] == ["320w", "400w"]
        assert (picture["width"], picture["height"], picture["loading"]) == ("400", "250", "lazy")

    def test_a_video_loads_nothing_before_a_click(self, client: StrictClient) -> None:
        film = FichierFactory(video=True)
        response = client.get(page_with(blocs.video("https://video.exemple.org/a"), blocs.video(fichier=film)))
        assert not soup(response).select("iframe, video, source")
        assert [found["href"] for found in soup(response).select("a.video__lien")] == [
            "https://video.exemple.org/a",
            film.url,
        ]
        assert texts(response, ".video .texte") == ["Deux personnes.", "Deux personnes."]

    def test_a_player_is_offered_only_from_the_hosts_of_the_settings(self, client: StrictClient, settings: Any) -> None:
        settings.VIDEO_HOSTS = ["video.exemple.org"]
        url = page_with(blocs.video("https://video.exemple.org/a"), blocs.video("https://ailleurs.exemple.org/a"))
        players = [found["data-lecteur"] for found in soup(client.get(url)).select("lecteur-video")]
        assert players == ["https://video.exemple.org/a", ""]

    def test_a_table_has_a_caption_and_headings(self, client: StrictClient) -> None:
        response = client.get(page_with(blocs.tableau("<p>Avant</p>", "<p><b>Pendant</b></p>")))
        assert texts(response, "table caption") == ["Qui fait quoi"]
        assert texts(response, 'table th[scope="col"]') == ["Moment"]
        assert texts(response, "table td") == ["Avant", "Pendant"]

    def test_what_editors_type_is_text(self, client: StrictClient) -> None:
        evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
        document = FichierFactory(title=evil)
        url = page_with(
            blocs.titre(evil[:100]),
            blocs.citation(evil, evil, evil),
            blocs.encadre(titre=evil),
            blocs.etapes(evil),
            blocs.tableau(evil, caption=evil, type_colonne="texte"),
            blocs.questions((evil, "<p>Non</p>")),
            blocs.image(IllustrationFactory(auteur=evil), alt=evil, legende=evil),
            blocs.video(titre=evil, duree=evil),
            blocs.document(document, evil),
            blocs.liens(blocs.lien(url="https://exemple.org/", texte=evil, description=evil), titre=evil),
            title=evil,
            slug="piege",
            resume=evil,
        )
        response = client.get(url)  # the client refuses scripts and handlers
        assert not soup(response).select("main img[src=x]")
        assert evil in one(response, "blockquote").get_text()


class TestLinksToPages:
    """A link follows its page: to the reader's language, and to nothing once the page is hidden."""

    @pytest.mark.parametrize("hide", [lambda page: page.unpublish(), proteger, lambda page: page.delete()])
    def test_a_link_to_a_hidden_page_is_plain_text(self, hide: Any) -> None:
        target = FichePageFactory(title="Cible")
        url = page_with(
            blocs.texte(blocs.lien_riche(target.pk, "la cible")),
            blocs.liens(
                blocs.lien(target.pk, texte="Vers la cible"), blocs.lien(url="https://exemple.org/", texte="Autre")
            ),
            blocs.pages(target.pk),
        )
        client = Client()
        before = client.get(url)
        assert set(links(before, ".corps a")) == {"la cible", "Vers la cible", "Autre (autre site)", "Cible"}
        hide(target)
        after = client.get(url)
        assert set(links(after, ".corps a[href]")) == {"Autre (autre site)"}
        assert "Voir la cible ." in texts(after, ".corps .texte")

    def test_a_link_leads_to_the_version_in_the_language_of_the_page(self, client: StrictClient) -> None:
        target = FichePageFactory(title="Cible")
        version = FichePageFactory(title="Target", parent=index_fiches("en"), version_de=target)
        corps = [
            blocs.texte(blocs.lien_riche(target.pk, "riche")),
            blocs.liens(blocs.lien(target.pk, texte="lien")),
            blocs.pages(target.pk),
        ]
        french = client.get(page_with(*corps, slug="page"))
        english = client.get(page_with(*corps, slug="page", parent=accueil("en")))
        assert links(french, ".corps a") == {"riche": target.url, "lien": target.url, "Cible": target.url}
        assert links(english, ".corps a") == {"riche": version.url, "lien": version.url, "Target": version.url}

    def test_without_a_version_a_link_leads_to_the_page_and_says_its_language(self, client: StrictClient) -> None:
        target = FichePageFactory(title="Cible")
        response = client.get(page_with(blocs.pages(target.pk), slug="page", parent=accueil("en")))
        assert links(response, ".corps a") == {"Cible": target.url}
        assert one(response, ".corps .carte a")["lang"] == "fr"

    def test_a_broken_link_is_never_an_error(self) -> None:
        url = page_with(
            blocs.texte('<p><a linktype="page" id="999999">absente</a> <a linktype="page">sans</a></p>'),
            blocs.texte('<p><a linktype="document" id="999999">document</a></p>'),
            blocs.document(FichierFactory()),
            blocs.image(IllustrationFactory()),
        )
        Fichier.objects.all().delete()
        Illustration.objects.all().delete()
        assert Client().get(url).status_code == 200

    def test_links_of_a_home_page_follow_the_same_rules(self, client: StrictClient) -> None:
        target = FichePageFactory(title="Cible")
        home = accueil()
        entry = {"titre": "Je débute", "texte": "Un projet.", "pictogramme": "construire", "url": ""}
        home.entrees = json.dumps([{"type": "entree", "value": {**entry, "page": target.pk}}])
        home.save()
        assert links(client.get("/fr/"), ".entrees a") == {"Je débute": target.url}
        target.unpublish()
        response = client.get("/fr/")
        assert not soup(response).select(".entrees a")
