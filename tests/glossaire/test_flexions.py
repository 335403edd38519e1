"""Regular plurals."""

import pytest

from glossaire.liaison import formes_regulieres


@pytest.mark.parametrize(
    ("langue", "nom", "pluriel"),
    [
        ("fr", "usager partenaire", "usagers partenaires"),
        ("fr", "maison de santé pluriprofessionnelle", "maisons de santé pluriprofessionnelles"),
        ("fr", "représentant des usagers", "représentants des usagers"),
        ("fr", "Éducation thérapeutique du patient", "Éducations thérapeutiques du patient"),
        ("fr", "projet régional de santé", "projets régionaux de santé"),
        ("fr", "réseau", "réseaux"),
        ("fr", "lieu", "lieux"),
        ("fr", "avis", "avis"),
        ("fr", "établissement médico-social", "établissements médico-sociaux"),
        ("fr", "co-chercheur", "co-chercheurs"),
        ("fr", "pair-aidant", "pairs-aidants"),
        ("fr", "lien ville-hôpital", "liens ville-hôpital"),
        ("fr", "expertise d’usage", "expertises d’usage"),
        ("fr", "retour d'expérience", "retours d'expérience"),
        ("fr", "travail en équipe", "travaux en équipe"),
        ("fr", "bilan final", "bilans finals"),
        ("fr", "référent ETP", "référents ETP"),
        ("fr", "lettre de mission", "lettres de mission"),
        ("fr-simple", "groupe de parole", "groupes de parole"),
        ("en", "user partner", "user partners"),
        ("en", "quality of care", "qualities of care"),
        ("en", "person with lived experience", "people with lived experience"),
        ("en", "peer support worker", "peer support workers"),
        ("en", "diagnosis", "diagnoses"),
        ("en", "pathway", "pathways"),
        ("es", "paciente experto", "pacientes expertos"),
        ("es", "decisión compartida", "decisiones compartidas"),
        ("es", "voz del usuario", "voces del usuario"),
        ("pt", "decisão partilhada", "decisões partilhadas"),
        ("pt", "papel social", "papéis sociais"),
        ("pt", "cidadão", "cidadãos"),
        ("pt", "homem", "homens"),
        ("pt", "carta de missão", "cartas de missão"),
    ],
)
def test_plurals(langue: str, nom: str, pluriel: str) -> None:
    assert pluriel in formes_regulieres(nom, langue) | {nom}
    assert nom not in formes_regulieres(nom, langue)


@pytest.mark.parametrize("langue", ["fr", "en", "es", "pt"])
def test_acronyms_have_none(langue: str) -> None:
    assert formes_regulieres("CPTS", langue) == frozenset()
    assert formes_regulieres("E.T.P.", langue) == frozenset()
    assert not any("RUs" in forme for forme in formes_regulieres("le RU local", langue))


def test_other_languages_have_none() -> None:
    assert formes_regulieres("شراكة", "ar") == frozenset()
    assert formes_regulieres("партнёр", "uk") == frozenset()


@pytest.mark.parametrize(
    ("nom", "faux"),
    [
        ("éducation thérapeutique du patient", "du patients"),
        ("conseil de la vie sociale", "las vies"),
        ("facile à lire et à comprendre", " às "),
        ("représentant des usagers", "usagerss"),
        ("savoir-faire", "savoirss"),
        ("avis", "aviss"),
    ],
)
def test_small_words_and_words_in_s_stay(nom: str, faux: str) -> None:
    assert not any(faux in forme for forme in formes_regulieres(nom, "fr"))


@pytest.mark.parametrize("nom", ["", "-", "d’", "de la", "de de", "'", "a", "1 2", "ETP-", "-al", "d'eau-d’eau", "É"])
def test_any_name_is_accepted(nom: str) -> None:
    for langue in ("fr", "en", "es", "pt", "ar"):
        formes_regulieres(nom, langue)


def test_there_are_few() -> None:
    assert len(formes_regulieres("plan personnalisé de coordination en santé ville-hôpital des usagers", "fr")) <= 12
