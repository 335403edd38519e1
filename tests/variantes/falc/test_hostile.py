"""Any text is checked, in a time that grows with its length only, and without Django."""

import subprocess
import sys
import time

import pytest
from django.conf import settings as django_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from variantes.falc import REGLES, Controle, Genre, Ligne, decouper, proposer_coupes, proposer_retours
from variantes.falc.lecture import lire_html, lire_markdown, lire_texte

MOTS = [
    "vous", "ne", "pas", "l’ARS", "par", "est", "signé", "14h30", "12/05/2026", "que", "et", ",", ".", "!", "(",
    ")", "«", "XIV", "www.a.fr", "a@b.fr", "10 000", "50 %", "…", "\n", "…", "M.", "deux", "en", "signant",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.builds(
            Ligne,
            st.one_of(st.text(max_size=120), st.lists(st.sampled_from(MOTS), max_size=25).map(" ".join)),
            st.sampled_from(Genre),
        ),
        max_size=6,
    )
)
def test_any_text_is_checked_and_findings_point_inside_it(lignes: list[Ligne]) -> None:
    for constat in Controle().verifier(lignes):
        assert constat.regle in REGLES
        assert 0 <= constat.ligne <= len(lignes)
        if constat.ligne:
            assert 0 <= constat.debut <= constat.fin <= len(lignes[constat.ligne - 1].texte)
        assert constat.raison
        assert constat.exemple


REPETES = [
    "a", "A", "é", "e\u0301", "\u0301", "\xad", "1", "1 ", "10 ", "0.", "1,", "1/", ".", ". ", "…", "!? ", "a.",
    "a. ", "A. ", "M. ", "a@", "a@b", "a@b.", "http://", "www.", "a-", "-", "'", "l'", "«", "(", ")", "()", "(1)",
    "[1]", ",", "a, ", "et ", "ne ", "ne pas ", "que ", "plus que ", "est ", "a été ", "nous ", "par le ", "deux ",
    "vingt-", "cent-mille-", "XIV ", "XIVe", "IVXLCDM", "MDPH ", "M.D.", "en signant ", "pas de ", "il est ",
    "12/05/2026 ", "14h", "+33 1 ", "\n", "\n\n", "- ", "* ", "_a_", "**", "[a](", "![", "<p>", "<a>", "<b>x</b>",
    "&amp;", "<li>", "😀", "\u202e", "字", "ا", "\x00",
]  # fmt: skip


@pytest.mark.parametrize("piece", REPETES, ids=repr)
def test_time_grows_with_the_length_only(piece: str) -> None:
    def cost(length: int) -> float:
        texte = (piece * length)[:length]
        start = time.process_time()
        Controle().verifier([Ligne(texte)])
        proposer_coupes(texte)
        proposer_retours(texte)
        decouper(texte)
        lire_markdown(texte)
        lire_texte(texte)
        return time.process_time() - start

    # Ten times the length costs ten times as much; what would grow with its square costs a hundred times.
    few, many = cost(500), cost(5_000)
    assert many < max(few * 30, 0.5)


@pytest.mark.parametrize("piece", ["<p>", "<b>x</b>", "<a>x", "<li>", "&amp;", "<br>", "<em>", "a<"], ids=repr)
def test_html_of_any_length_is_read(piece: str) -> None:
    start = time.process_time()
    lire_html(piece * 20_000)
    assert time.process_time() - start < 5


def test_django_is_not_needed() -> None:
    code = (
        "from variantes.falc import Controle, Ligne; import variantes.falc.lecture;"
        "assert Controle().verifier([Ligne('La CAF.')]);"
        "assert not [name for name in sys.modules if name.split('.')[0] in ('django', 'wagtail')]"
    )
    subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(django_settings.BASE_DIR)!r}); {code}"],
        check=True,
    )
