"""Where sentences begin and end."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variantes.falc import decouper


@pytest.mark.parametrize(
    ("texte", "phrases"),
    [
        ("", []),
        ("   \n\t ", []),
        ("Bonjour", ["Bonjour"]),
        ("Venez. Partez.", ["Venez.", "Partez."]),
        ("Venez ! Partez ?", ["Venez !", "Partez ?"]),
        ("Venez !\u00a0Partez.", ["Venez !", "Partez."]),
        ("Une ligne\nune autre", ["Une ligne", "une autre"]),
        ("Appelez M. Martin. Il répond.", ["Appelez M. Martin.", "Il répond."]),
        ("Le Dr. Petit et Mme. Roux sont là.", ["Le Dr. Petit et Mme. Roux sont là."]),
        ("Écrivez à J. Exemple.", ["Écrivez à J. Exemple."]),
        ("J.-C. Exemple écrit.", ["J.-C. Exemple écrit."]),
        ("Prenez de la vitamine C. Mangez des fruits.", ["Prenez de la vitamine C.", "Mangez des fruits."]),
        ("Allez au bâtiment B. Montez.", ["Allez au bâtiment B.", "Montez."]),
        ("L’article L. 1111-4 du code. Lisez-le.", ["L’article L. 1111-4 du code.", "Lisez-le."]),
        ("Cela coûte 3.50 euros. C’est peu.", ["Cela coûte 3.50 euros.", "C’est peu."]),
        ("Il y a 12. Venez.", ["Il y a 12.", "Venez."]),
        ("1. Ouvrez la porte.", ["1. Ouvrez la porte."]),
        ("Le 12.05.2026, venez.", ["Le 12.05.2026, venez."]),
        ("Allez sur www.exemple.fr. Lisez.", ["Allez sur www.exemple.fr.", "Lisez."]),
        ("Du pain, du lait, etc. Venez.", ["Du pain, du lait, etc.", "Venez."]),
        ("Du pain, etc. et du lait.", ["Du pain, etc. et du lait."]),
        ("Voir p. 12 et art. 3.", ["Voir p. 12 et art. 3."]),
        ("Attendez… vous aussi.", ["Attendez… vous aussi."]),
        ("Attendez… Venez.", ["Attendez…", "Venez."]),
        ("Il dit : « Venez. » Puis il part.", ["Il dit : « Venez. »", "Puis il part."]),
        ("« Bonjour ! » dit-il.", ["« Bonjour ! » dit-il."]),
        ("C’est gratuit.Appelez-nous.", ["C’est gratuit.", "Appelez-nous."]),
        ("Rendez-vous à 14 h 30. Merci.", ["Rendez-vous à 14 h 30.", "Merci."]),
        ("Le 3 janv. 2026.", ["Le 3 janv. 2026."]),
        ("(Venez.) Partez.", ["(Venez.)", "Partez."]),
        ("- Venez", ["- Venez"]),
        ("…", []),
    ],
)
def test_sentences(texte: str, phrases: list[str]) -> None:
    assert decouper(texte) == phrases


@given(st.text(max_size=300))
def test_no_letter_is_lost(texte: str) -> None:
    def letters(value: str) -> str:
        # One of the apostrophes counts as a letter for Python.
        return "".join(character for character in value if character.isalnum() and character != "ʼ")

    assert letters("".join(decouper(texte))) == letters(texte)


@settings(max_examples=50)
@given(st.text(alphabet="aéÀ.!?…« »'’ M1\u0301\u00ad\n", max_size=200))
def test_composed_and_decomposed_letters_are_cut_alike(texte: str) -> None:
    apart = decouper(unicodedata.normalize("NFD", texte))
    together = decouper(unicodedata.normalize("NFC", texte))
    assert [unicodedata.normalize("NFC", each) for each in apart] == together
