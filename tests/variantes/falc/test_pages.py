"""Rules that look at the whole page, or at what a line is."""

import re

import pytest
from django.conf import settings as django_settings

from variantes.falc import AUCUN, REGLES, Controle, Genre, Ligne, MotsExpliques, Niveau, Synonymes

TEXTE = "Vous pouvez venir."


def regles(*lignes: Ligne, mots: MotsExpliques = AUCUN) -> list[tuple[str, int]]:
    """Return the rules broken and where, drawings aside."""
    found = Controle(mots).verifier(lignes)
    return [(each.regle, each.ligne) for each in found if each.regle != "idee-sans-image"]


def titre(texte: str = "Venir", rang: int = 2) -> Ligne:
    return Ligne(texte, Genre.TITRE, rang=rang)


class Glossaire:
    def __init__(self, *mots: str, groupes: tuple[tuple[str, ...], ...] = ()) -> None:
        self.mots, self.groupes = mots, groupes

    def explique(self, mot: str) -> bool:
        return mot.lower() in self.mots

    def synonymes(self) -> tuple[tuple[str, ...], ...]:
        return self.groupes


def test_ten_lines_need_a_heading() -> None:
    assert regles(*[Ligne(TEXTE)] * 10) == []
    assert regles(*[Ligne(TEXTE)] * 11) == [("sans-titre", 11)]
    assert regles(*[Ligne(TEXTE)] * 10, titre(), *[Ligne(TEXTE)] * 10) == []
    assert regles(*[Ligne("")] * 30) == []


def test_headings_are_short_and_of_two_ranks() -> None:
    assert regles(titre(rang=3)) == []
    assert regles(titre(rang=4)) == [("titre-profond", 1)]
    assert regles(titre("Comment faire pour demander une aide à la mairie ?")) == [("titre-long", 1)]


def test_a_page_that_never_says_vous() -> None:
    lignes = [Ligne("Le médecin répond.")] * 6
    assert regles(*lignes) == [("sans-vous", 0)]
    assert regles(*lignes, Ligne("Voici votre carte.")) == []
    assert regles(*lignes, Ligne("Venez.")) == []
    assert regles(*lignes[:5]) == []


def test_a_long_page() -> None:
    lignes = [titre(), *[Ligne("Vous pouvez venir à la réunion de mardi avec un ami.")] * 9] * 7
    assert ("page-longue", 0) in regles(*lignes)
    assert ("page-longue", 0) not in regles(*lignes[:30])


def test_one_word_for_one_thing() -> None:
    lignes = [Ligne("Écrivez un e-mail."), Ligne("Vous recevez un courriel.")]
    assert regles(*lignes) == [("synonymes", 2)]
    assert regles(lignes[0], lignes[0]) == []
    assert regles(Ligne("Le maire vient."), Ligne("L’élu part."), mots=Glossaire(groupes=(("maire", "élu"),))) == [
        ("synonymes", 2)
    ]
    assert isinstance(Glossaire(), Synonymes)


def test_words_explained_on_the_page_or_by_the_site_are_no_longer_hard() -> None:
    ligne = Ligne("Vous signez une subrogation.")
    assert regles(ligne) == [("mot-rare", 1)]
    assert regles(ligne, mots=Glossaire("subrogation")) == []
    assert regles(ligne, Ligne("Subrogation", Genre.MOT)) == []
    assert regles(Ligne("Les subrogations sont là."), Ligne("Une subrogation", Genre.MOT)) == []


@pytest.mark.parametrize(
    "explication",
    [
        Ligne("ARS", Genre.MOT),
        Ligne("ARS veut dire : Agence régionale de santé."),
        Ligne("L’Agence régionale de santé (ARS) vous aide."),
        Ligne("L’ARS (Agence régionale de santé) vous aide."),
    ],
)
def test_an_acronym_in_full_on_the_page_is_no_longer_one(explication: Ligne) -> None:
    assert regles(Ligne("L’ARS vous répond.")) == [("sigle", 1)]
    assert regles(Ligne("L’ARS vous répond."), explication) == []


def test_a_hard_word_is_told_once_with_how_often_it_is_read() -> None:
    lignes = [Ligne("Une subrogation."), Ligne("La subrogation.")]
    [constat] = [each for each in Controle().verifier(lignes) if each.regle == "mot-rare"]
    assert constat.ligne == 1
    assert "2 fois" in constat.raison


def test_pictures() -> None:
    dessin, texte = Ligne("Un bus", Genre.PICTOGRAMME), Ligne(TEXTE)
    found = Controle().verifier([titre(), dessin, *[texte] * 3, titre(), *[texte] * 3, Ligne("", Genre.IMAGE_ALT)])
    assert [(each.regle, each.ligne) for each in found] == [("image-sans-texte", 10)]
    found = Controle().verifier([titre(), dessin, texte, titre(), *[texte] * 3])
    assert [(each.regle, each.ligne) for each in found] == [("idee-sans-image", 5)]
    found = Controle().verifier([titre(), *[texte] * 6])
    assert [(each.regle, each.ligne) for each in found] == [("idee-sans-image", 0)]


def test_links_of_a_line() -> None:
    texte = "Lisez le guide ou la note."
    assert regles(Ligne(texte, liens=((6, 14),))) == []
    assert regles(Ligne(texte, liens=((6, 14), (18, 25)))) == [("plusieurs-liens", 1)]
    assert regles(Ligne("Pour venir, lisez ici.", liens=((18, 21),))) == [("texte-de-lien", 1)]
    assert regles(Ligne("Lisez le guide.", Genre.TEXTE, mises_en_forme=((6, 14),))) == [("capitales", 1)]


def test_a_finding_points_at_what_was_written() -> None:
    texte = "Vene\u0301z a\u0300 la\u00a0MDPH."
    [constat] = Controle().verifier([Ligne(texte, cle="bloc/texte#3")])
    assert (constat.regle, constat.cle, texte[constat.debut : constat.fin]) == ("sigle", "bloc/texte#3", "MDPH")
    assert constat.extrait == "MDPH"


def test_findings_come_in_the_order_of_the_page() -> None:
    found = Controle().verifier([Ligne("Le 12/05/2026, la MDPH ferme."), Ligne("La CAF aussi.")] * 20)
    places = [(each.ligne, each.debut) for each in found]
    assert places == sorted(places)


def test_every_rule_says_why_and_where_it_comes_from() -> None:
    assert len({rule.numero for rule in REGLES.values()}) >= 20
    for name, rule in REGLES.items():
        assert name == rule.nom
        assert rule.pourquoi.endswith(".")
        assert rule.exemple
        assert rule.source
        assert rule.niveau in Niveau
        assert "'" not in rule.titre + rule.pourquoi + rule.exemple


def test_the_documentation_lists_every_rule() -> None:
    text = (django_settings.BASE_DIR / "docs" / "falc.md").read_text(encoding="utf-8")
    listed = {name: int(number) for number, name in re.findall(r"^\| (\d+) \| `([\w-]+)`", text, re.MULTILINE)}
    assert listed == {rule.nom: rule.numero for rule in REGLES.values()}
