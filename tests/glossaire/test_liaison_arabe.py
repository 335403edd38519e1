"""Arabic: vowels and seats of letters do not count, and small words are written with the word that follows."""

import pytest

from glossaire.liaison import Nom, Reperage, cle_de, relier

AR = Reperage(
    [
        Nom("شراكة", 1),
        Nom("التثقيف العلاجي", 2),
        Nom("مريض شريك", 3),
        Nom("مستشفى", 4),
        Nom("أخصائي", 5),
        Nom("التزام", 6),
        Nom("ETP", 7, sigle=True),
    ],
    "ar",
)


def mots(texte: str) -> list[tuple[str, int]]:
    return [(texte[trouve.debut : trouve.fin], trouve.terme) for trouve in AR.reperer(texte)]


@pytest.mark.parametrize(
    ("ecrit", "terme"),
    [
        ("شراكة", 1), ("شَرَاكَةٌ", 1), ("شـــراكة", 1), ("شراكه", 1), ("مستشفي", 4), ("مُسْتَشْفَىً", 4),
        ("اخصائي", 5), ("إخصائى", 5), ("أخصايي", 5),
        ("التثقيف العلاجي", 2), ("تثقيف علاجي", 2), ("التثقيفِ\u00a0 العلاجيّ", 2), ("المريض الشريك", 3),
        ("مريض شريك", 3),
    ],
)  # fmt: skip
def test_spellings_of_one_word(ecrit: str, terme: int) -> None:
    assert mots(f"هذه {ecrit}، هنا") == [(ecrit, terme)]


@pytest.mark.parametrize(
    "prefixe", ["", "و", "ف", "ب", "ك", "ل", "ال", "وال", "فال", "بال", "كال", "لل", "ول", "وبال", "فلل", "وَبِال"]
)
def test_small_words_before_a_name_are_of_its_word(prefixe: str) -> None:
    assert mots(f"نعم {prefixe}شراكة.") == [(f"{prefixe}شراكة", 1)]


@pytest.mark.parametrize(
    "ecrit", ["استشراكة", "شراكتنا", "شراكةx", "لوشراكة", "سشراكة", "وبالالشراكة", "شراكة-"[:-1] + "ات"]
)
def test_other_letters_make_another_word(ecrit: str) -> None:
    assert mots(ecrit) == []


def test_the_article_that_a_name_is_written_with() -> None:
    assert mots("للتثقيف العلاجي") == [("للتثقيف العلاجي", 2)]
    assert mots("والتثقيف العلاجي") == [("والتثقيف العلاجي", 2)]
    assert mots("بالالتزام والتزام") == [("بالالتزام", 6), ("والتزام", 6)]


def test_acronyms_in_arabic() -> None:
    assert mots("برنامج ETP والـETP وetp") == [("ETP", 7), ("والـETP", 7)]


def test_the_whole_word_is_linked() -> None:
    html = "<p>نَعم <b>وبالشَّراكةِ</b>، ثم الشراكة.</p>"
    linked = relier(html, AR, lien=lambda _terme, mots: f"[{mots}]").html
    assert linked == "<p>نَعم <b>[وبالشَّراكةِ]</b>، ثم الشراكة.</p>"


def test_keys() -> None:
    assert cle_de("الأُسْرة") == cle_de("الاسره")
    assert cle_de("\ufedf\ufe94") == cle_de("لة")
