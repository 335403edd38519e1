"""Links in HTML: where they are set, where they are not, and what stays as it was."""

import pytest

from glossaire.liaison import Nom, Relie, Reperage, relier, relier_texte
from glossaire.liaison.ensembles import ensemble

FR = Reperage(
    [
        Nom("ETP", 1, sigle=True),
        Nom("pair-aidance", 2),
        Nom("parcours", 3),
        Nom("parcours de soins", 4),
        Nom("usager partenaire", 5),
        Nom("usager", 6),
        Nom("l’aller vers", 7),
        Nom("R&D", 8, sigle=True),
        Nom("équipe", 9),
        Nom("aidance", 10),
    ],
    "fr",
)


def crochets(terme: int, mots: str) -> str:
    return f"[{terme}:{mots}]"


def lie(html: str, deja: frozenset[int] = frozenset(), exclus: frozenset[int] = frozenset()) -> str:
    return relier(html, FR, deja=deja, exclus=exclus, lien=crochets).html


def test_the_first_meeting_of_each_term_is_linked() -> None:
    result = relier("<p>Un parcours, l’ETP.</p><p>Le parcours, une ETP.</p>", FR, lien=crochets)
    assert result == Relie("<p>Un [3:parcours], l’[1:ETP].</p><p>Le parcours, une ETP.</p>", (3, 1))


def test_terms_met_before_and_left_out() -> None:
    html = "<p>Un parcours de soins, un parcours, l’ETP.</p>"
    assert lie(html, deja=frozenset({1})) == "<p>Un [4:parcours de soins], un [3:parcours], l’ETP.</p>"
    # Words of a name that is not linked are not linked one by one.
    assert lie(html, exclus=frozenset({4, 1})) == "<p>Un parcours de soins, un [3:parcours], l’ETP.</p>"


@pytest.mark.parametrize(
    "element",
    sorted(
        ensemble(
            "a button h1 h2 h3 h4 h5 h6 code kbd samp pre q blockquote cite abbr dfn script style textarea title "
            "summary label svg"
        )
    ),
)
@pytest.mark.parametrize("ecrire", [str, str.upper])
def test_no_link_in_these_elements(element: str, ecrire: object) -> None:
    nom = ecrire(element)  # type: ignore[operator]
    html = f"<div><{nom} class=x>ETP</{nom}><p>ETP</p></div>"
    assert lie(html) == f"<div><{nom} class=x>ETP</{nom}><p>[1:ETP]</p></div>"


@pytest.mark.parametrize(
    "attribut",
    [
        'translate="no"',
        "TRANSLATE=No",
        "data-sans-lien",
        "data-sans-lien=''",
        'lang="en"',
        "hidden",
        'aria-hidden="true"',
        "inert",
    ],
)
def test_no_link_where_it_is_asked_for(attribut: str) -> None:
    html = f"<div {attribut}>ETP <div>ETP</div> <b>ETP</b></div>"
    assert lie(f"{html}<p>ETP</p>") == f"{html}<p>[1:ETP]</p>"
    assert lie(f"<p><span {attribut}>ETP</span> ETP</p>") == f"<p><span {attribut}>ETP</span> [1:ETP]</p>"


@pytest.mark.parametrize(
    "attribut", ['translate="yes"', 'lang="fr"', 'lang="fr-FR"', 'title="data-sans-lien"', 'class="hidden"']
)
def test_other_attributes_change_nothing(attribut: str) -> None:
    assert lie(f"<p {attribut}>ETP</p>") == f"<p {attribut}>[1:ETP]</p>"


def test_a_link_of_ours_counts_wherever_it_is() -> None:
    html = '<p>ETP <a href="/x" data-mot="1">éducation</a> <button data-mot=\'3\'>x</button> parcours, usager</p>'
    result = relier(html, FR, lien=crochets)
    assert result == Relie(html.replace("usager<", "[6:usager]<"), (1, 3, 6))
    assert relier('<a data-mot="x">ETP</a> ETP <a data-mot="">a</a>', FR, lien=crochets).termes == (1,)
    assert relier(f'<a data-mot="{"9" * 5000}">a</a>', FR, lien=crochets).termes == ()


@pytest.mark.parametrize(
    ("html", "attendu"),
    [
        ("l&#x27;ETP", "l&#x27;[1:ETP]"),
        ("l&rsquo;aller&nbsp;&#160;vers", "[7:l&rsquo;aller&nbsp;&#160;vers]"),
        ("pair-&shy;aidance&shy;.", "[2:pair-&shy;aidance]&shy;."),
        ("pair&#x2011;aidance", "[2:pair&#x2011;aidance]"),
        ("la R&amp;D", "la [8:R&amp;D]"),
        ("la R&D ou R&D;", "la [8:R&D] ou R&D;"),
        ("&Eacute;quipe", "[9:&Eacute;quipe]"),
        ("&eacutequipe", "[9:&eacutequipe]"),
        ("e&#769;quipe", "[9:e&#769;quipe]"),
        ("&#69;TP &lt;ETP", "[1:&#69;TP] &lt;ETP"),
        ("&AETP &amp;ETP; &#x;ETP", "&AETP &amp;[1:ETP]; &#x;ETP"),
        ("&notanentity;ETP", "&notanentity;[1:ETP]"),
        ("&#0;ETP &#1;ETP", "&#0;[1:ETP] &#1;ETP"),
    ],
)
def test_references_are_read_and_kept(html: str, attendu: str) -> None:
    assert lie(html) == attendu


@pytest.mark.parametrize(
    ("html", "attendu"),
    [
        ("<p title='a > ETP' class=\">\">ETP", "<p title='a > ETP' class=\">\">[1:ETP]"),
        ("<P\nCLASS = x>ETP</P\n>", "<P\nCLASS = x>[1:ETP]</P\n>"),
        ("<!-- ETP > --> ETP <!-- > --!> parcours", "<!-- ETP > --> [1:ETP] <!-- > --!> [3:parcours]"),
        ("<!--> ETP <!---> parcours", "<!--> [1:ETP] <!---> [3:parcours]"),
        ("<!doctype ETP> <?x ETP> </ ETP> </> ETP", "<!doctype ETP> <?x ETP> </ ETP> </> [1:ETP]"),
        ("a < ETP > b <3 parcours", "a < [1:ETP] > b <3 [3:parcours]"),
        ("<ul><li>ETP<li>parcours</ul>", "<ul><li>[1:ETP]<li>[3:parcours]</ul>"),
        ("<b><i>ETP</b></i> parcours", "<b><i>[1:ETP]</b></i> [3:parcours]"),
        ("<input value='ETP'><br/>ETP", "<input value='ETP'><br/>[1:ETP]"),
        ("<script>'</b>ETP'</SCRIPT >ETP", "<script>'</b>ETP'</SCRIPT >[1:ETP]"),
        ("<svg><title>ETP</title><path d='x'/></svg> ETP", "<svg><title>ETP</title><path d='x'/></svg> [1:ETP]"),
        ("<table><tr><td>ETP</td></tr></table>parcours", "<table><tr><td>[1:ETP]</td></tr></table>[3:parcours]"),
        ("\r\n\t<p>\r\nETP\x00\r\n</p >\x0c", "\r\n\t<p>\r\n[1:ETP]\x00\r\n</p >\x0c"),
    ],
)
def test_any_markup_is_read_as_a_browser_does(html: str, attendu: str) -> None:
    assert lie(html) == attendu


@pytest.mark.parametrize(
    "html",
    [
        "<a>x<p>ETP", "<h2>x</h3>ETP", "<a><div></a>ETP</div>", "<abbr><p></abbr>ETP", "<!-- ETP",
        "<p title='ETP>ETP", "<b ETP", "</b ETP",
        "<textarea>ETP", "<script>ETP", "<script><!--<script></script>ETP</script>", "<plaintext>ETP",
        "<![CDATA[ETP]]>ETP",
        "<svg><![CDATA[</svg>ETP]]>", "<table>ETP<tr><td>", "<table><tr>ETP</tr></table>", "<a/>ETP", "<button/>ETP",
        "<svg><a/></svg>ETP",
        "<noscript>ETP</noscript>ETP", "<template>ETP</template>ETP", "<code><code></code>ETP",
        "<p data-sans-lien>x<p>ETP",
        "<svg><style>x</style></svg>ETP",
    ],
)  # fmt: skip
def test_in_doubt_nothing_is_linked(html: str) -> None:
    assert lie(html) == html


def test_a_word_goes_on_through_inline_marks() -> None:
    assert lie("pair<b>-aidance</b>") == "pair<b>-aidance</b>"
    assert (
        lie("<a>pair</a>-aidance, aidance<!-- x -->s, aidance")
        == "<a>pair</a>-aidance, aidance<!-- x -->s, [10:aidance]"
    )
    assert lie("<li>pair</li>-aidance") == "<li>pair</li>-[10:aidance]"
    assert lie("ETP<br>x ETP<sup>1</sup>") == "[1:ETP]<br>x ETP<sup>1</sup>"
    assert lie("ETP<sup>1</sup>") == "[1:ETP]<sup>1</sup>"


def test_a_link_goes_around_whole_elements_only() -> None:
    assert lie("un usager <b>partenaire</b>") == "un usager <b>partenaire</b>"
    assert lie("l’usager <b>part</b>enaire") == "l’[5:usager <b>part</b>enaire]"
    assert lie("parcours <i>de</i><!-- > --> soins") == "[4:parcours <i>de</i><!-- > --> soins]"
    assert lie("<b>parcours</b> de soins, parcours") == "<b>parcours</b> de soins, [3:parcours]"
    assert lie("parcours <a>de</a> soins") == "parcours <a>de</a> soins"
    assert lie("parcours <b data-mot=1></b>de soins") == "parcours <b data-mot=1></b>de soins"


def test_no_name_goes_through_blocks() -> None:
    assert lie("<p>parcours</p><p>de soins</p>") == "<p>[3:parcours]</p><p>de soins</p>"
    assert lie("parcours<br>de soins") == "[3:parcours]<br>de soins"


def test_plain_text_is_escaped() -> None:
    result = relier_texte("<b>l'ETP & la R&D</b>, ETP", FR, deja=frozenset(), exclus=frozenset({3}), lien=crochets)
    assert result == Relie("&lt;b&gt;l&#x27;[1:ETP] &amp; la [8:R&amp;D]&lt;/b&gt;, ETP", (1, 8))
    assert relier_texte("", FR, lien=crochets) == Relie("", ())
    assert relier_texte("Un ETP", FR, deja=frozenset({1}), lien=crochets) == Relie("Un ETP", ())


def test_no_term_no_change() -> None:
    html = "<p>ETP &amp; <a data-mot=3>parcours</a>"
    assert relier(html, Reperage([], "fr"), lien=crochets) == Relie(html, (3,))
    assert relier("", FR, lien=crochets) == Relie("", ())
