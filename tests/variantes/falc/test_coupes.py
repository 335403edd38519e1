"""Where to go to the next line, and how to cut a long sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variantes.falc import Controle, Ligne, proposer_coupes, proposer_retours


@pytest.mark.parametrize(
    ("texte", "lignes"),
    [
        ("", []),
        ("Venez.", ["Venez."]),
        (
            "Vous pouvez appeler le secrétariat de l’hôpital pour prendre un rendez-vous.",
            ["Vous pouvez appeler le secrétariat de l’hôpital", "pour prendre un rendez-vous."],
        ),
        (
            "La réunion est le mardi 12 mai 2026 à 14 h 30, dans la grande salle de la mairie.",
            ["La réunion est le mardi 12 mai 2026 à 14 h 30,", "dans la grande salle de la mairie."],
        ),
    ],
)
def test_lines_are_broken_where_one_breathes(texte: str, lignes: list[str]) -> None:
    assert proposer_retours(texte) == lignes


@pytest.mark.parametrize(
    ("texte", "phrases"),
    [
        ("Venez. Partez.", ["Venez.", "Partez."]),
        ("Venez et partez.", ["Venez et partez."]),
        (
            "Vous pouvez venir au centre le lundi matin et vous pouvez aussi appeler le secrétariat.",
            ["Vous pouvez venir au centre le lundi matin.", "Vous pouvez aussi appeler le secrétariat."],
        ),
        (
            "Le médecin vous reçoit le lundi au deuxième étage, mais il ne travaille pas le mercredi.",
            ["Le médecin vous reçoit le lundi au deuxième étage.", "Mais il ne travaille pas le mercredi."],
        ),
        (
            "La porte ferme à 18 h ; l’accueil reste ouvert pour les personnes qui attendent dehors.",
            ["La porte ferme à 18 h.", "L’accueil reste ouvert pour les personnes qui attendent dehors."],
        ),
        (
            "Le médecin du service de nuit et vous décidez ensemble de la date du retour à la maison.",
            ["Le médecin du service de nuit et vous décidez ensemble de la date du retour à la maison."],
        ),
        (
            "Venez tôt le lundi matin à la maison de santé car il y a beaucoup de monde.",
            ["Venez tôt le lundi matin à la maison de santé car il y a beaucoup de monde."],
        ),
        (
            "Si vous êtes malade et vous ne pouvez pas venir au rendez-vous, appelez le secrétariat.",
            ["Si vous êtes malade et vous ne pouvez pas venir au rendez-vous, appelez le secrétariat."],
        ),
    ],
)
def test_sentences_are_cut_where_each_part_stands_alone(texte: str, phrases: list[str]) -> None:
    assert proposer_coupes(texte) == phrases


@given(st.text(max_size=400))
def test_no_word_is_lost(texte: str) -> None:
    assert " ".join(proposer_retours(texte)) == " ".join(texte.split())
    assert "".join("".join(proposer_coupes(texte)).split()) or not any(map(str.isalnum, texte))


@given(st.lists(st.text(alphabet="abcdéà’", min_size=1, max_size=20), min_size=1, max_size=60))
def test_lines_hold_in_their_width(words: list[str]) -> None:
    assert all(len(line) <= 60 for line in proposer_retours(" ".join(words)))


def test_the_example_of_a_long_sentence_is_its_cut() -> None:
    texte = "Vous pouvez venir au centre le lundi matin et vous pouvez aussi appeler le secrétariat."
    constat = next(each for each in Controle().verifier([Ligne(texte)]) if each.regle == "phrase-longue")
    assert constat.exemple.split("\n") == proposer_coupes(texte)
