"""Whatever the HTML: linking changes no character, nests no link, breaks nothing, and does the same twice."""

import re
from html import escape, unescape

from hypothesis import example, given, settings
from hypothesis import strategies as st

from glossaire.liaison import Occurrence, cle_de, relier, relier_texte
from glossaire.liaison.ensembles import ensemble
from tests.glossaire.balises import HTML, MOTS, NOMS, REPERAGE, ancetres, arbre

SANS_LIEN = ensemble(
    "a button h1 h2 h3 h4 h5 h6 code kbd samp pre q blockquote cite abbr dfn script style textarea title summary label "
    "svg math select template noscript iframe"
)
# No character of these is in any of the HTML that is tried.
OUVRE, MILIEU, FERME = "\ue000", "\ue001", "\ue002"
INSERE = re.compile(f"{OUVRE}([0-9]+){MILIEU}([^{OUVRE}{FERME}]*){FERME}")

many = settings(max_examples=250, deadline=None)


def marquer(terme: int, mots: str) -> str:
    return f"{OUVRE}{terme}{MILIEU}{mots}{FERME}"


def lier(terme: int, mots: str) -> str:
    return f'<a class="essai" href="#mot-{terme}" data-mot="{terme}">{mots}</a>'


def sans_marques(html: str) -> bool:
    return not any(signe in html for signe in (OUVRE, MILIEU, FERME))


@many
@given(HTML.filter(sans_marques))
def test_the_characters_stay(html: str) -> None:
    linked = relier(html, REPERAGE, lien=marquer).html
    plain, count = INSERE.subn(lambda link: link[2], linked)
    assert plain == html
    assert linked.count(OUVRE) == linked.count(FERME) == count


@many
@given(HTML)
def test_the_tree_stays(html: str) -> None:
    after = arbre(relier(html, REPERAGE, lien=lier).html)
    for link in after.css("a.essai"):
        link.unwrap()
    assert after.html == arbre(html).html


@many
@given(HTML)
def test_links_stand_where_they_may(html: str) -> None:
    result = relier(html, REPERAGE, lien=lier)
    tree = arbre(result.html)
    links = tree.css("a.essai")
    assert len(links) == result.html.count('<a class="essai"')
    for inside in tree.css("a, button, h2, [data-mot], [data-sans-lien]"):
        assert not any(each.attributes.get("class") == "essai" for each in ancetres(inside))
    for link in links:
        around = ancetres(link)
        assert SANS_LIEN.isdisjoint(each.tag for each in around)
        for each in around:
            found = each.attributes
            assert not {"data-sans-lien", "data-mot", "hidden"} & found.keys()
            assert (found.get("translate") or "").lower() != "no"
            assert found.get("lang") != "en"


@many
@given(HTML)
def test_only_names_are_linked_and_each_term_once(html: str) -> None:
    words: dict[int, str] = {}

    def note(terme: int, mots: str) -> str:
        assert terme not in words
        words[terme] = unescape(re.sub("<!--.*?-->|<[^>]*>", "", mots))
        return lier(terme, mots)

    result = relier(html, REPERAGE, lien=note)
    for terme, mots in words.items():
        cles = {cle_de(nom.texte) for nom in NOMS if nom.terme == terme}
        assert cle_de(mots).replace(".", "").removesuffix("s") in {cle.removesuffix("s") for cle in cles}
        if cle_de(mots) == "etp":
            assert mots.replace("\u00ad", "") == "ETP"
    assert set(words) <= set(result.termes)
    assert len(set(result.termes)) == len(result.termes)


@many
@given(HTML)
def test_a_second_time_changes_nothing(html: str) -> None:
    once = relier(html, REPERAGE, lien=lier)
    assert relier(once.html, REPERAGE, lien=lier) == once


@many
@given(HTML, st.frozensets(st.integers(1, 10)), st.frozensets(st.integers(1, 10)))
def test_terms_met_or_left_out_are_not_linked(html: str, deja: frozenset[int], exclus: frozenset[int]) -> None:
    linked = relier(html, REPERAGE, deja=deja, exclus=exclus, lien=marquer).html
    assert not {int(terme) for terme in re.findall(f"{OUVRE}([0-9]+)", linked)} & (deja | exclus)
    # What others are linked to is the same: a term that is left out does not let a shorter name be linked inside.
    free = relier(html, REPERAGE, lien=marquer).html
    kept = {link for link in INSERE.findall(free) if int(link[0]) not in deja | exclus}
    assert set(INSERE.findall(linked)) == kept


@many
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(MOTS), max_size=8).map(" ".join)))
@example("ETP\u0301e")
def test_names_found_in_any_text_are_whole_words(texte: str) -> None:
    cles = {cle_de(nom.texte) for nom in NOMS}
    fin = 0
    for trouve in REPERAGE.reperer(texte):
        assert fin <= trouve.debut < trouve.fin
        fin = trouve.fin
        mots = texte[trouve.debut : trouve.fin]
        assert cle_de(mots).replace(".", "") in cles | {"etps"}
        for voisin in (texte[trouve.debut - 1 : trouve.debut], texte[trouve.fin : trouve.fin + 1]):
            assert not voisin.isalpha()


WORDS = ["pair", "parcours", "de", "soins", "patient", "éducation", "thérapeutique", "du", "ETP", "etp", "rien", "PAIR"]
NAMES = {tuple(cle_de(nom.texte).split()): nom for nom in NOMS}


def naive(words: list[str]) -> list[Occurrence]:
    """Find the names one word at a time, the longest first."""
    found = []
    rank = place = 0
    while rank < len(words):
        taken = 1
        for length in range(4, 0, -1):
            nom = NAMES.get(tuple(map(cle_de, words[rank : rank + length])))
            if nom and rank + length <= len(words) and (not nom.sigle or words[rank] == nom.texte):
                taken = length
                found.append(Occurrence(place, place + len(" ".join(words[rank : rank + length])), nom.terme))
                break
        place += len(" ".join(words[rank : rank + taken])) + 1
        rank += taken
    return found


@many
@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_nothing_is_missed(words: list[str]) -> None:
    assert REPERAGE.reperer(" ".join(words)) == naive(words)


@many
@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_marks_around_words_hide_none(words: list[str]) -> None:
    text = " ".join(words)
    plain = relier(text, REPERAGE, lien=marquer)
    assert relier(f"<p class='x'>{text}</p>", REPERAGE, lien=marquer).html == f"<p class='x'>{plain.html}</p>"
    assert plain.termes == tuple(dict.fromkeys(found.terme for found in REPERAGE.reperer(text)))


@many
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(MOTS), max_size=8).map(" ".join)).filter(sans_marques))
def test_plain_text_is_escaped_and_stays(texte: str) -> None:
    result = relier_texte(texte, REPERAGE, lien=marquer)
    assert INSERE.sub(lambda link: link[2], result.html) == escape(texte)
    assert len(set(result.termes)) == len(result.termes) == result.html.count(OUVRE)
