"""Which names are met in a text, and where."""

import unicodedata

import pytest

from glossaire.liaison import Nom, Occurrence, Reperage, cle_de

NOMS = [
    Nom("Éducation thérapeutique du patient", 1),
    Nom("ETP", 1, sigle=True),
    Nom("pair-aidance", 2),
    Nom("pair", 3),
    Nom("parcours", 4),
    Nom("parcours de soins", 5),
    Nom("personne de confiance", 6),
    Nom("confiance", 7),
    Nom("homme", 8),
    Nom("œuvre", 9),
    Nom("RU", 10, sigle=True),
    Nom("PROMs", 11, sigle=True),
    Nom("HAS", 12, sigle=True),
    Nom("usager", 13),
    Nom("MSP", 14, sigle=True),
    Nom("expertise d’usage", 15),
    Nom("CNÉ", 16, sigle=True),
]
FR = Reperage(NOMS, "fr")


def mots(texte: str, reperage: Reperage = FR) -> list[str]:
    return [texte[trouve.debut : trouve.fin] for trouve in reperage.reperer(texte)]


@pytest.mark.parametrize(
    "ecrit",
    [
        "Éducation thérapeutique du patient",
        "education Therapeutique du PATIENT",
        "ÉDUCATION THÉRAPEUTIQUE DU PATIENT",
        "éducation\u00a0thérapeutique  du\npatient",
        "éduca\u00adtion théra\u200bpeutique du \u00ad patient",
        unicodedata.normalize("NFD", "éducation thérapeutique du patient"),
        "éducation thérapeutique du patıent".replace("ı", "i\u0301"),
    ],
)
def test_case_accents_and_spaces_do_not_count(ecrit: str) -> None:
    for texte in (ecrit, f"L’{ecrit}.", f"œ {ecrit}\u0301 œ"):
        assert [cle_de(mot) for mot in mots(texte)] == ["education therapeutique du patient"]
    assert FR.reperer(f"Œ\u0301 : {ecrit} !") == [Occurrence(5, 5 + len(ecrit), 1)]


@pytest.mark.parametrize("ecrit", ["expertise d'usage", "Expertise d’usage", "expertise d‘usage", "expertise dʼusage"])
def test_apostrophes_are_one(ecrit: str) -> None:
    assert mots(f"une {ecrit}") == [ecrit]


@pytest.mark.parametrize("ecrit", ["œuvre", "oeuvre", "Œuvre", "OEUVRE", "ŒUVRE", "oe\u0301uvre"])
def test_ligatures_are_two_letters(ecrit: str) -> None:
    assert mots(f"cœur, {ecrit}.") == [ecrit]


@pytest.mark.parametrize("ecrit", ["pair-aidance", "pair\u2011aidance", "pair\u2010aidance", "Pair-\u00adaidance"])
def test_hyphens_are_one(ecrit: str) -> None:
    assert mots(f"la {ecrit}") == [ecrit]


@pytest.mark.parametrize(
    "texte",
    [
        "un pair.", "(pair)", "« pair »", "pair", "le pair, puis", "médecin/pair", "pair – aidant", "pair : oui",
        "pair²", "pair…",
        "d’un pair’", "pair -", "- pair", "pair(s)", "pair\u2029aidant", "•pair",
    ],
)  # fmt: skip
def test_a_whole_word_is_met(texte: str) -> None:
    assert mots(texte) == ["pair"]


@pytest.mark.parametrize(
    "texte",
    [
        "pairs", "impair", "pair-aidant", "co-pair", "non-pair", "pair\u2011aidant", "pair2", "2pair", "pair_x",
        "pair·e", "pair.e",
        "pair(age)", "(im)pair", "pair@exemple.fr", "contact@pair", "#pair", "www.pair", "https://exemple.fr/pair",
        "exemple.fr/le/pair",
        "pair\u0301e", "pair’aidant", "grand’pair", "pai r", "pair&aidant",
    ],
)  # fmt: skip
def test_a_part_of_a_word_or_of_an_address_is_not_met(texte: str) -> None:
    assert mots(texte) == []
    assert mots(f"Le {texte}, ou le pair") == ["pair"]


def test_words_after_an_address_are_met() -> None:
    assert mots("Voir https://exemple.fr/pair et le pair") == ["pair"]
    assert mots("a@b.fr\u2029pair, www.x.fr\u2029pair") == ["pair", "pair"]


def test_elisions_do_not_hide_a_word() -> None:
    assert mots("l’ETP d'ETP qu’ETP L’ETP Jusqu’ETP") == ["ETP"] * 5
    assert mots("l’homme, d'homme, prud’homme, prud'homme") == ["homme", "homme"]


def test_acronyms_are_met_in_capitals_only() -> None:
    assert mots("ETP, etp, Etp, ETp, ÉTP") == ["ETP"]
    assert mots("phase, has, Has, la HAS, tu has, rue, ru, RU") == ["HAS", "RU"]
    assert mots("ETP-2, ETP2, AETP, ETPA, ETP² et (ETP)") == ["ETP", "ETP"]
    assert mots("cœur \u00ad : ETP, etp") == ["ETP"]


def test_acronyms_with_points_and_with_an_s() -> None:
    assert mots("l’E.T.P. du C.H.U., E.T.P, e.t.p., A.E.T.P., E.T.P.A.") == ["E.T.P.", "E.T.P"]
    assert mots("Les RUs, les RUS, les Rus, les MSPs, les HASs") == ["RUs", "MSPs"]
    assert mots("PROMs, PROMS, proms, P.R.O.M.s") == ["PROMs"]


def test_an_acronym_may_lose_its_accents() -> None:
    assert mots("CNÉ, CNE, CNE\u0301, cné") == ["CNÉ", "CNE", "CNE\u0301"]


def test_the_longest_of_valid_names_wins() -> None:
    assert mots("un parcours de soins, un parcours de vie") == ["parcours de soins", "parcours"]
    assert mots("pair-aidance") == ["pair-aidance"]
    # "parcours de soins" is no whole word here: "parcours" is.
    assert mots("parcours de soinsX, parcours de soins-études") == ["parcours", "parcours"]
    assert mots("la personne de confiance, en confiance") == ["personne de confiance", "confiance"]


def test_the_leftmost_wins_over_a_longer_one() -> None:
    reperage = Reperage([Nom("a b", 1), Nom("b c d e", 2), Nom("c d", 3)], "fr")
    assert mots("a b c d e", reperage) == ["a b", "c d"]


def test_a_spelling_of_two_terms_goes_by_rank_then_by_term() -> None:
    texte = "Les référents"
    for noms in (
        [Nom("référents", 9, rang=0), Nom("referents", 1, rang=2), Nom("Référents", 3, rang=1)],
        [Nom("référents", 12, rang=1), Nom("referents", 9, rang=1)],
    ):
        for ordre in (noms, noms[::-1]):
            assert [trouve.terme for trouve in Reperage(ordre, "fr").reperer(texte)] == [9]


def test_an_acronym_and_a_word_that_have_one_spelling() -> None:
    reperage = Reperage([Nom("GEM", 1, sigle=True), Nom("gem", 2, rang=1)], "en")
    assert [trouve.terme for trouve in reperage.reperer("gem GEM Gem")] == [2, 1, 2]


def test_the_possessive_is_english() -> None:
    for langue, attendus in (("en", ["patient", "patient"]), ("fr", ["patient"])):
        assert mots("the patient’s voice, a patient’", Reperage([Nom("patient", 1)], langue)) == attendus


def test_nothing_to_find() -> None:
    vide = Reperage([], "fr")
    assert vide.reperer("ETP") == []
    assert (
        Reperage([Nom("", 1), Nom(" ", 2), Nom("—", 3), Nom("\u00ad", 4), Nom("", 5, sigle=True)], "fr").reperer(
            "— \u00ad "
        )
        == []
    )
    assert FR.reperer("") == []


def test_the_key_of_a_name() -> None:
    assert cle_de("  L’Œuvre\u00a0 ÉTÉ\u00ad ") == "l'oeuvre ete"
    assert cle_de("Co\u2011construction") == cle_de("co-construction")
    assert cle_de("ﬁn") == "fin"
    assert cle_de("Straße") == cle_de("STRASSE")
