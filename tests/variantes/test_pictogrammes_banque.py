"""The bank as it is kept: every drawing whole, credited, drawn like the others, and proposed by the right words."""

from collections import Counter
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from socle.licences import Licence
from variantes.pictogrammes.banque import DESSINS, Dessin, dessins, themes
from variantes.pictogrammes.mots import Candidat, classer, racines

SVG = "{http://www.w3.org/2000/svg}"
CANDIDATS = [Candidat(rank, dessin.notice.titre, dessin.notice.mots) for rank, dessin in enumerate(dessins())]
# The tokens of the style sheet, white and the grey of hair.
COULEURS = {"#17282D", "#FFFDF9", "#1B7F8C", "#E8694F", "#A9D3D4", "#DCEBE8", "#AFAAA3", "none"}


def proposed(line: str, *, debuts: bool = False) -> list[str]:
    return [dessins()[rank].concept for rank in classer(line, CANDIDATS, debuts=debuts)]


class TestDrawings:
    def test_there_are_enough_of_them_and_each_has_one_concept(self) -> None:
        number = Counter(dessin.concept for dessin in dessins())
        assert len(number) >= 60
        assert set(number.values()) == {1}
        assert {path.stem for path in DESSINS.glob("*.svg")} == set(number)
        assert {dessin.theme for dessin in dessins()} == set(themes())

    @pytest.mark.parametrize("dessin", dessins(), ids=lambda dessin: dessin.concept)
    def test_each_is_described_credited_and_has_words(self, dessin: Dessin) -> None:
        notice = dessin.notice
        assert notice.titre
        assert notice.description.endswith(".")
        assert notice.auteur == "Plateforme du partenariat en santé"
        assert Licence(notice.licence) is Licence.OUVERTE
        assert len(notice.mots) >= 2
        assert max(map(len, notice.mots)) <= 100
        assert len(set(notice.mots)) == len(notice.mots)
        assert all(racines(mot) for mot in notice.mots)

    @pytest.mark.parametrize("dessin", dessins(), ids=lambda dessin: dessin.concept)
    def test_each_is_drawn_like_the_others(self, dessin: Dessin) -> None:
        root = ElementTree.parse(dessin.chemin).getroot()
        assert root.tag == f"{SVG}svg"
        assert root.get("viewBox") == "0 0 200 200"
        assert (root.get("stroke"), root.get("stroke-width")) == ("#17282D", "6")
        assert (root.get("stroke-linecap"), root.get("stroke-linejoin")) == ("round", "round")
        title, ground, *shapes = list(root)
        assert (title.tag, title.text) == (f"{SVG}title", dessin.notice.titre)
        # A light ground of its own: the same drawing in the dark scheme.
        assert (ground.get("width"), ground.get("rx"), ground.get("fill")) == ("200", "32", "#DCEBE8")
        assert shapes
        used = {element.get(name) for element in root.iter() for name in ("fill", "stroke")} - {None}
        assert used <= COULEURS
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
            *("svg", "title", "g", "path", "rect", "circle", "ellipse")
        }

    def test_a_drawing_becomes_a_square_png(self) -> None:
        with Image.open(BytesIO(dessins()[0].png())) as image:
            assert (image.format, image.size) == ("PNG", (400, 400))


class TestWords:
    @pytest.mark.parametrize(
        ("line", "concept"),
        [
            ("Nous avons une réunion", "reunion"),
            ("NOUS AVONS UNE REUNION.", "reunion"),
            ("Il y a deux réunions par an.", "reunion"),
            ("Vous venez en fauteuil roulant ?", "fauteuil-roulant"),
            ("Vous ne comprenez pas ?", "ne-pas-comprendre"),
            ("Vous comprenez mieux.", "comprendre"),
            ("Vous lisez le compte rendu.", "compte-rendu"),
            ("Vous ne payez pas.", "gratuit"),
            ("Vous payez le repas.", "payer"),
            ("Les élus votent.", "voter"),
            ("Votez !", "voter"),
            ("Vous donnez votre avis.", "donner-son-avis"),
            ("L’infirmier vous appelle.", "infirmiere"),
            ("Le médecin vous explique.", "medecin"),
            ("Appelez ce numéro.", "telephoner"),
            ("Vous recevez une lettre.", "lettre"),
            ("La langue des signes", "langue-des-signes"),
            ("Un patient partenaire vous parle.", "binome"),
            ("Le secret médical", "secret"),
            ("Il est interdit de fumer.", "interdit"),
        ],
    )
    def test_a_line_finds_its_drawing(self, line: str, concept: str) -> None:
        assert concept in proposed(line)[:2]

    @pytest.mark.parametrize(
        ("line", "first"),
        [
            ("Nous avons une réunion", "reunion"),
            ("Vous ne comprenez pas ?", "ne-pas-comprendre"),
            ("Vous venez en fauteuil roulant.", "fauteuil-roulant"),
            ("Vous lisez le compte rendu.", "compte-rendu"),
        ],
    )
    def test_the_most_precise_comes_first(self, line: str, first: str) -> None:
        assert proposed(line)[0] == first

    def test_words_that_say_nothing_propose_nothing(self) -> None:
        for line in ("", "  ", "Vous êtes avec nous.", "xyzzy 123", "…", "\u0301\u200f"):
            assert proposed(line) == []

    def test_the_beginning_of_a_word_is_enough_while_one_types(self) -> None:
        assert proposed("reun", debuts=True)[0] == "reunion"
        assert "medecin" in proposed("méd", debuts=True)
        assert proposed("telepho", debuts=True)[0] == "telephone"
        assert proposed("telepho") == []

    def test_each_drawing_is_found_by_its_title_and_by_each_of_its_words(self) -> None:
        for dessin in dessins():
            for words in (dessin.notice.titre, *dessin.notice.mots):
                assert dessin.concept in proposed(words), words
