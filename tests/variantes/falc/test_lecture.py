"""Lines read from HTML, Markdown and plain text."""

from hypothesis import given
from hypothesis import strategies as st

from variantes.falc import Controle, Ligne
from variantes.falc.lecture import lire_html, lire_markdown, lire_texte


def apercu(lines: list[Ligne]) -> list[tuple[str, str]]:
    return [(line.genre.value, line.texte) for line in lines]


def test_html() -> None:
    page = """<!doctype html><html><head><title>Non</title><style>p { }</style></head><body>
      <h2>Un   titre</h2>
      <p>Un <b>mot</b> &amp; un <a href="/x">lien
      long</a>.<br>Suite</p>
      <ul><li>Un</li><li><p>Deux</p></li></ul> Reste
      <script>alert(1)</script><img src="a.png"><img src="b.png" alt=""><img src="c.png" alt="Un bus">
    </body></html>"""
    lines = lire_html(page)
    assert apercu(lines) == [
        ("titre", "Un titre"),
        ("texte", "Un mot & un lien long.\nSuite"),
        ("liste", "Un"),
        ("liste", "Deux"),
        ("image_alt", ""),
        ("pictogramme", ""),
        ("image_alt", "Un bus"),
        ("texte", "Reste"),
    ]
    assert lines[0].rang == 2
    assert lines[0].cle == "ligne 2"
    assert [lines[1].texte[slice(*place)] for place in lines[1].liens] == ["lien long"]


def test_keys_of_a_fragment_count_its_lines() -> None:
    assert [line.cle for line in lire_html("<p>Un</p><p>Deux</p>", "bloc")] == ["bloc#0", "bloc#1"]


def test_text_keeps_the_numbers_of_its_lines() -> None:
    lines = lire_texte("Un\n\n- deux\n• trois\n4. quatre\n-5 degrés")
    assert apercu(lines) == [
        ("texte", "Un"),
        ("texte", ""),
        ("liste", "deux"),
        ("liste", "trois"),
        ("liste", "quatre"),
        ("texte", "-5 degrés"),
    ]
    found = Controle().verifier([*lines, Ligne("La CAF.")])
    assert [each.ligne for each in found if each.regle == "sigle"] == [7]


def test_markdown() -> None:
    lines = lire_markdown(
        "# Titre\n\nUn **mot** et *un autre*, [un lien](http://x.test/a_b).\n![Un bus](b.png)\n* point"
    )
    assert apercu(lines) == [
        ("titre", "Titre"),
        ("texte", ""),
        ("texte", "Un mot et un autre, un lien."),
        ("image_alt", "Un bus"),
        ("liste", "point"),
    ]
    assert [lines[2].texte[slice(*place)] for place in lines[2].mises_en_forme] == ["un autre"]
    assert [lines[2].texte[slice(*place)] for place in lines[2].liens] == ["un lien"]


@given(st.text(max_size=300))
def test_any_text_is_read(texte: str) -> None:
    for lire in (lire_html, lire_markdown, lire_texte):
        for line in lire(texte):
            for start, end in line.liens + line.mises_en_forme:
                assert 0 <= start < end <= len(line.texte)
