"""How right the checker is, on lines labelled one by one (docs/falc.md gives the figures)."""

import pytest

from tests.variantes.falc.corpus import Exemple, lire, mesurer
from variantes.falc import REGLES, Niveau

ADMINISTRATIF = ("travail_administratif", "reserve_administratif")
FALC = ("travail_falc", "reserve_falc")
PIEGES = ("travail_pieges", "reserve_pieges")
TRAVAIL = ("travail_administratif", "travail_falc", "travail_pieges")
RESERVE = ("reserve_administratif", "reserve_falc", "reserve_pieges")
RESERVE_BIS = ("reserve_bis",)

# What the rest of the page decides; tests/variantes/falc/test_pages.py covers it.
REGLES_DE_PAGE = {
    "idee-sans-image", "image-sans-texte", "page-longue", "plusieurs-liens", "sans-titre", "sans-vous", "synonymes",
    "titre-profond", "ligne-longue",
}  # fmt: skip


@pytest.mark.parametrize(("names", "number"), [(ADMINISTRATIF, 150), (FALC, 250), (PIEGES, 200)])
def test_the_corpus_is_large_and_no_line_is_there_twice(names: tuple[str, ...], number: int) -> None:
    texts = [exemple.texte for exemple in lire(*names)]
    assert len(texts) >= number
    assert len(set(texts)) == len(texts)


def test_every_rule_has_examples() -> None:
    expected = {rule for exemple in lire(*TRAVAIL) for rule in exemple.attendues}
    assert expected == REGLES.keys() - REGLES_DE_PAGE


@pytest.mark.parametrize("names", [TRAVAIL, RESERVE, RESERVE_BIS], ids=["travail", "reserve", "reserve-bis"])
def test_what_is_found_is_right(names: tuple[str, ...]) -> None:
    measure = mesurer(lire(*names))
    assert measure.precision_du_niveau(Niveau.ERREUR) >= 0.95, measure.ecarts
    assert measure.precision_du_niveau(Niveau.ATTENTION) >= 0.9, measure.ecarts


@pytest.mark.parametrize("exemple", lire(*FALC), ids=lambda exemple: exemple.texte)
def test_good_lines_are_never_refused(exemple: Exemple) -> None:
    assert [each for each in exemple.trouvees().values() if each.niveau is Niveau.ERREUR] == []
