"""The French text cut in lines: one sentence each, nothing of what FALC has no place for."""

import json
from typing import Any

import pytest

from tests.factories import FichePageFactory, FichierFactory, IllustrationFactory, InformationPageFactory, blocs
from variantes.blocks.falc import TexteFalcBlock
from variantes.operations.depart_falc import texte_de_depart
from variantes.operations.lignes_falc import lignes


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Venez. C’est gratuit !</p>", "<p>Venez.</p><p>C’est gratuit !</p>"),
        ("<p>M. Exemple vient le 12 mai. Merci.</p>", "<p>M. Exemple vient le 12 mai.</p><p>Merci.</p>"),
        ("<p>Venez <b>tous</b>. C’est <i>gratuit</i>.</p>", "<p>Venez <b>tous</b>.</p><p>C’est gratuit.</p>"),
        ("<p><b>Venez. Restez.</b></p>", "<p><b>Venez.</b></p><p><b>Restez.</b></p>"),
        (
            '<p>Lisez <a href="https://exemple.org/?a=1&amp;b=2">le guide</a>. Merci.</p>',
            '<p>Lisez <a href="https://exemple.org/?a=1&amp;b=2">le guide</a>.</p><p>Merci.</p>',
        ),
        ('<p><a linktype="page" id="3">Ici</a></p>', '<p><a linktype="page" id="3">Ici</a></p>'),
        ('<p>Le <a linktype="document" id="3">canevas</a>.</p>', "<p>Le canevas.</p>"),
        (
            "<ul><li>un avis. Deux</li><li><b>une aide</b></li></ul>",
            "<ul><li>un avis.</li><li>Deux</li><li><b>une aide</b></li></ul>",
        ),
        ("<ol><li>un<ul><li>deux</li></ul></li></ol>", "<ul><li>un</li><li>deux</li></ul>"),
        ("<p>Une<br/>Deux</p>", "<p>Une</p><p>Deux</p>"),
        ("<p>a &lt; b &amp; c</p>", "<p>a &lt; b &amp; c</p>"),
        ("<p> </p><ul><li></li></ul>", ""),
        ("", ""),
        ("Sans balise.", "<p>Sans balise.</p>"),
    ],
)
def test_each_sentence_is_a_line(html: str, expected: str) -> None:
    assert lignes(html) == expected


def converti(*corps: dict[str, Any]) -> list[tuple[str, Any]]:
    page = InformationPageFactory(corps=list(corps))
    found = texte_de_depart(type(page).objects.get(pk=page.pk))
    # What is made is what the editor accepts.
    stream = TexteFalcBlock()
    stream.clean(stream.to_python(json.loads(json.dumps(found))))
    return [(bloc["type"], bloc["value"]) for bloc in found]


@pytest.mark.django_db
class TestBlocks:
    def test_every_kind_of_block_becomes_one_that_falc_has(self) -> None:
        made = converti(*blocs.tous(IllustrationFactory(), FichierFactory(), InformationPageFactory().pk))
        assert [kind for kind, _value in made] == [
            *("titre", "lignes", "encadre", "lignes", "etapes", "lignes", "question", "image", "liens", "document"),
            *("liens", "liens"),
        ]

    def test_a_heading_stays_a_heading(self) -> None:
        assert converti(blocs.titre("Avant", "h3")) == [("titre", {"texte": "Avant", "niveau": "h3"})]

    def test_a_table_is_read_cell_by_cell(self) -> None:
        ((kind, value),) = converti(blocs.tableau("<p>Avant</p>", "", "<p>Après. Merci.</p>"))
        assert kind == "lignes"
        assert value["texte"] == ("<p>Qui fait quoi</p><p>Moment : Avant</p><p>Moment : Après.</p><p>Merci.</p>")

    def test_a_quote_is_its_words(self) -> None:
        assert [value["texte"] for _kind, value in converti(blocs.citation("Rien sans nous. Jamais."))] == [
            "<p>Rien sans nous.</p><p>Jamais.</p>"
        ]

    def test_a_title_that_is_too_long_is_said_in_full_below(self) -> None:
        long = "Dire " * 25
        ((_kind, steps),) = converti(blocs.etapes(long))
        (step,) = [item["value"] for item in steps]
        assert len(step["titre"]) <= 100
        assert long.strip() in step["texte"]

    def test_what_is_empty_is_left_out(self) -> None:
        assert converti(blocs.tableau("", caption=" x ", type_colonne="texte"))[0][1]["texte"] == "<p>x</p>"
        page = InformationPageFactory()
        assert texte_de_depart(page) == []

    def test_a_resource_keeps_the_order_of_its_parts(self) -> None:
        fiche = FichePageFactory(complete=True, corps=[blocs.texte("<p>Plus. Encore.</p>")])
        found = texte_de_depart(type(fiche).objects.get(pk=fiche.pk))
        titles = [bloc["value"]["texte"] for bloc in found if bloc["type"] == "titre"]
        assert titles == [
            *("À quoi ça sert ?", "Ce qu’il vous faut", "Les étapes", "Faites attention", "Des exemples"),
            "Un premier comité",
        ]
        (steps,) = [bloc["value"] for bloc in found if bloc["type"] == "etapes"]
        assert [item["value"]["titre"] for item in steps] == ["Inviter", "Accueillir"]
