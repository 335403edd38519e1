"""Any text is read in a time that grows with its length only, and without Django."""

import gc
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.conf import settings

from glossaire.liaison import Nom, Reperage, formes_regulieres, relier, relier_texte

REPETES = [
    "a", "a ", "é", "e\u0301", "\u0301", "\xad", " ", "\n", "\u00a0 ", "œ", "-", "a-", "'", "l'", ".", "a.", "@",
    "a@", "a@b.c ",
    "://", "www.", ".fr/", "/", "(e)", "ETP", "ETP ", "E.T.P.", "ETPs", "a b ", "ا", "ال", "و", "\u064e", "ـ", "<",
    "<a", "<a ", "<a>",
    "<a b", "<a b=", "<a b='", "<a b='c'", "<a =", "</", "</a>", "<p>", "<b>x</b>", "<h2>", "<!--", "<!-- a",
    "<!-- -->", "<!-- --",
    "<!", "<?", "<![CDATA[", "<script>", "<textarea>", "<textarea></textarea>", "<title>a</title>", "<svg>",
    "<svg><title>", "<td>", "&",
    "&amp;", "&amp", "&#", "&#1", "&#x", "&a", "a&shy;", "<b>a</b> <i>", "a<b>a</b>", "a <b>", "</b> a ", "\x00",
    "\u2029", "字",
]  # fmt: skip
REPERAGE = [
    Reperage(
        [Nom(" ".join("a" * length), length) for length in range(1, 12)] + [Nom("a" * n, 20 + n) for n in range(1, 12)],
        "fr",
    ),
    Reperage([Nom("ا", 1), Nom("ال", 2), Nom("ا ا ا", 3), Nom("ETP", 4, sigle=True)], "ar"),
]


@pytest.fixture(autouse=True)
def sans_ramasse_miettes() -> Iterator[None]:
    """Keep the collector out of the measure: what it costs depends on the tests run before."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("piece", REPETES, ids=repr)
def test_time_grows_with_the_length_only(piece: str) -> None:
    def cost(length: int) -> float:
        texte = (piece * length)[:length]
        start = time.process_time()
        for reperage in REPERAGE:
            relier(texte, reperage, lien=lambda terme, mots: f"<a data-mot={terme}>{mots}</a>")
            relier_texte(texte, reperage, lien=lambda _terme, mots: mots)
        return time.process_time() - start

    # Ten times the length costs ten times as much; what would grow with its square costs a hundred times, each time.
    growths = (cost(30_000) / max(cost(3_000), 0.001) for _ in range(5))
    assert any(growth < 30 for growth in growths)


@pytest.mark.parametrize("piece", ["a", "a ", "a-", "d’", "de ", "a de "], ids=repr)
def test_plurals_of_a_long_name(piece: str) -> None:
    start = time.process_time()
    assert len(formes_regulieres(piece * 500, "fr")) <= 12
    assert time.process_time() - start < 1


def test_django_is_not_needed() -> None:
    code = (
        "from glossaire.liaison import Nom, Reperage, relier;"
        "assert relier('<p>ETP', Reperage([Nom('ETP', 1, sigle=True)], 'fr'), lien=lambda terme, mots: 'x').html"
        " == '<p>x';"
        "assert not [name for name in sys.modules if name.split('.')[0] in ('django', 'wagtail')]"
    )
    subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(settings.BASE_DIR)!r}); {code}"],
        check=True,
    )
