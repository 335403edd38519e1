"""Who knows the words explained, as the apps that keep them register."""

from typing import cast

import pytest
from wagtail.models import Locale

from variantes import mots_expliques
from variantes.falc import AUCUN, Synonymes


class Explique:
    def __init__(self, mot: str) -> None:
        self.mot = mot

    def explique(self, mot: str) -> bool:
        return mot == self.mot


class Glossaire(Explique):
    def synonymes(self) -> tuple[tuple[str, ...], ...]:
        return ((self.mot, "autre"),)


@pytest.fixture(autouse=True)
def registre(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mots_expliques, "_FOURNISSEURS", [])


def connus() -> object:
    return mots_expliques.mots_expliques(Locale(language_code="fr-simple"))


def test_nobody_explains_anything_at_first() -> None:
    assert not mots_expliques.mots_expliques(Locale()).explique("bail")
    assert not AUCUN.explique("bail")


def test_words_of_all_who_registered_are_known() -> None:
    mots_expliques.enregistrer(lambda _locale: Explique("bail"))
    mots_expliques.enregistrer(lambda _locale: Glossaire("loyer"))
    found = cast("Glossaire", connus())
    assert (found.explique("bail"), found.explique("loyer"), found.explique("toit")) == (True, True, False)
    assert isinstance(found, Synonymes)
    assert found.synonymes() == (("loyer", "autre"),)


def test_the_language_is_told() -> None:
    seen = []

    def fournisseur(locale: Locale) -> Explique:
        seen.append(locale.language_code)
        return Explique("bail")

    mots_expliques.enregistrer(fournisseur)
    connus()
    assert seen == ["fr-simple"]
