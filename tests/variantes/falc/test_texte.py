"""A line made regular, and the way back."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from variantes.falc.texte import Nature, Texte, jetons


def test_signs_that_look_alike_are_one() -> None:
    assert Texte("l’été\u00a0: œuf").propre == "l'été : œuf"
    assert Texte("E\u0301te\u0301").propre == "Été"
    assert Texte("so\u00adin\u200b").propre == "soin"


def test_tokens() -> None:
    found = jetons("Aujourd'hui, l'hôpital a 3,5 m2 : écrivez à a.b@exemple.fr ou www.exemple.fr/x.")
    assert [token.texte for token in found if token.est_mot][:4] == ["Aujourd'hui", "l'", "hôpital", "a"]
    assert [token.texte for token in found if token.nature is Nature.NOMBRE] == ["3,5", "2"]
    assert [token.texte for token in found if token.nature is Nature.ADRESSE] == ["a.b@exemple.fr", "www.exemple.fr/x"]
    assert [token.texte for token in jetons("peut-être vingt-deux")] == ["peut-être", "vingt-deux"]


@given(st.text(max_size=200))
def test_places_lead_back_to_what_was_written(texte: str) -> None:
    for written in (texte, unicodedata.normalize("NFD", texte)):
        regular = Texte(written)
        last = 0
        for token in regular.jetons:
            start, end = regular.etendue(token.debut, token.fin)
            assert last <= start < end <= len(written)
            assert Texte(written[start:end]).propre.strip() == token.texte
            last = end
        assert regular.etendue(0, len(regular.propre))[1] == len(written)


@given(st.text(alphabet="ae\u0301\u00ad’ ", max_size=40), st.data())
def test_places_of_links_lead_to_the_regular_text(texte: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(texte)))
    end = data.draw(st.integers(start, len(texte)))
    regular = Texte(texte)
    found = regular.place(start, end)
    assert 0 <= found[0] <= found[1] <= len(regular.propre)
