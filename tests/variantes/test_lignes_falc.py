"""The lines of a page, as its reader sees them and where its editor finds them."""

import pytest

from home.models import InformationPage
from tests.factories import (
    FichePageFactory,
    FichierFactory,
    IllustrationFactory,
    InformationPageFactory,
    accueil,
    blocs,
    index_fiches,
)
from tests.harness.queries import queries_of
from variantes.falc import Genre, Ligne
from variantes.queries.lignes_falc import lignes_de

pytestmark = pytest.mark.django_db

FALC = "fr-simple"


def textes(lines: list[Ligne], *genres: Genre) -> list[str]:
    return [line.texte for line in lines if line.genre in (genres or Genre)]


def test_the_version_in_falc_is_read_by_its_own_text() -> None:
    page = InformationPageFactory(
        parent=accueil(FALC),
        title="Facile",
        resume="Une page facile.",
        corps=[blocs.texte("<p>Du français ordinaire.</p>")],
        texte_falc=[blocs.titre("Venir", "h3"), blocs.lignes("Vous êtes invité.", "Venez.")],
    )
    lines = lignes_de(page)
    assert textes(lines) == ["Facile", "Une page facile.", "Venir", "Vous êtes invité.", "Venez."]
    assert [line.genre for line in lines[:3]] == [Genre.TITRE, Genre.TEXTE, Genre.TITRE]
    assert [line.rang for line in lines[:3]] == [1, 0, 3]


def test_a_line_says_in_which_block_it_is() -> None:
    page = InformationPageFactory(parent=accueil(FALC), texte_falc=[blocs.lignes("Vous êtes invité.", "Venez.")])
    block = page.texte_falc[0]
    keys = [line.cle for line in lignes_de(page)]
    assert keys == ["title", "resume", f"texte_falc/{block.id}/texte#0", f"texte_falc/{block.id}/texte#1"]


def test_every_block_is_read() -> None:
    tous = blocs.tous_falc(IllustrationFactory(description="Une salle"), FichierFactory(title="Le guide"), accueil().pk)
    lines = lignes_de(InformationPageFactory(parent=accueil(FALC), texte_falc=tous))
    assert len({line.cle for line in lines}) == len(lines)
    assert textes(lines, Genre.MOT) == ["Usager"]
    assert "Qui peut venir ?" in textes(lines, Genre.TITRE)
    assert {"Inviter", "Accueillir"} <= set(textes(lines, Genre.TITRE))
    assert "Le guide" in textes(lines, Genre.LIEN)
    assert "Une réunion" in textes(lines, Genre.IMAGE_ALT)
    assert textes(lines, Genre.PICTOGRAMME).count("Une salle") == 5
    assert not [line for line in lines if line.texte.startswith(("http", "/"))]


def test_a_fiche_and_a_home_page_keep_their_fields() -> None:
    fiche = FichePageFactory(
        parent=index_fiches(FALC),
        title="Fiche",
        resume="Courte.",
        documents=[blocs.document(FichierFactory(title="Modèle"))],
    )
    assert textes(lignes_de(fiche), Genre.LIEN) == ["Modèle"]
    home = accueil(FALC)
    home.entrees = [
        ("entree", {"titre": "Je débute", "texte": "Lisez ceci.", "pictogramme": "", "page": None, "url": "/"})
    ]
    assert textes(lignes_de(home), Genre.LIEN) == ["Je débute"]
    assert "Lisez ceci." in textes(lignes_de(home), Genre.TEXTE)


def test_ordinary_pages_are_read_too() -> None:
    tous = blocs.tous(IllustrationFactory(), FichierFactory(), accueil().pk)
    page = InformationPageFactory(corps=tous, texte_falc=[blocs.lignes("Facile.")])
    lines = lignes_de(page)
    assert "Facile." not in textes(lines)
    assert "Qui fait quoi" in textes(lines)
    assert len({line.cle for line in lines}) == len(lines)


def test_links_and_italics_have_their_places() -> None:
    html = "<p>Lisez <a href='/x'>le guide</a> et <i>notez</i>.<br/>Puis venez.</p><ul><li>Un</li></ul>"
    page = InformationPageFactory(corps=[blocs.texte(html)])
    line, item = lignes_de(page)[-2:]
    assert line.texte == "Lisez le guide et notez.\nPuis venez."
    assert [line.texte[slice(*place)] for place in line.liens] == ["le guide"]
    assert [line.texte[slice(*place)] for place in line.mises_en_forme] == ["notez"]
    assert item.genre is Genre.LISTE


def test_reading_more_blocks_asks_no_more() -> None:
    def cost(number: int) -> int:
        image = IllustrationFactory()
        made = InformationPageFactory(
            parent=accueil(FALC), texte_falc=[blocs.lignes("Venez.", pictogramme=image) for _each in range(number)]
        )
        return len(queries_of(lambda: lignes_de(InformationPage.objects.get(pk=made.pk))))

    assert cost(1) == cost(10)
