"""HTML of every kind, and how a browser would read it: the standard's own way of building a tree, by Lexbor."""

from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from glossaire.liaison import Nom, Reperage

NOMS = [
    Nom("éducation thérapeutique du patient", 1),
    Nom("ETP", 1, sigle=True, rang=1),
    Nom("patient", 2),
    Nom("patients", 2, rang=2),
    Nom("pair-aidance", 3),
    Nom("pair", 4),
    Nom("parcours", 5),
    Nom("parcours de soins", 6),
    Nom("R&D", 7, sigle=True),
    Nom("œuvre", 8),
    Nom("soins", 9),
    Nom("co-construction", 10),
]
REPERAGE = Reperage(NOMS, "fr")

MOTS = [
    "éducation thérapeutique du patient", "E\u0301ducation\u00a0THÉRAPEUTIQUE  du\npatient", "ETP", "etp", "E.T.P.",
    "l’ETP", "l&#x27;ETP", "patients", "pair-aidance", "pair&#8209;aidance", "pair", "pa&shy;ir", "parcours de soins",
    "parcours&nbsp;de soins", "parcours", "soins", "R&amp;D", "R&D", "oeuvre", "&oelig;uvre", "co-construction",
    "&eacuteducation thérapeutique du patient", "les", "de", "du", " ", " ", "-", "&", "&lt;", "<", "> ", "2", "’",
    "\u00ad",
]  # fmt: skip

_TEXTES = st.lists(st.sampled_from(MOTS), max_size=4).map(" ".join) | st.lists(st.sampled_from(MOTS), max_size=4).map(
    "".join
)
_COUPES = [
    "<b>",
    "</b>",
    "<i></i>",
    "<!-- > -->",
    "<br>",
    "<a>",
    "</a>",
    "<wbr>",
    "<sup>1</sup>",
    "<b hidden>",
    "&shy;",
]


@st.composite
def _mots_coupes(draw: st.DrawFn) -> str:
    """A name with marks inside: "parcours <b>de</b> soins"."""
    texte = draw(st.sampled_from(["parcours de soins", "éducation thérapeutique du patient", "pair-aidance", "ETP"]))
    for _coupe in range(draw(st.integers(1, 2))):
        place = draw(st.integers(0, len(texte)))
        texte = texte[:place] + draw(st.sampled_from(_COUPES)) + texte[place:]
    return texte


_BLOCS = ["p", "div", "ul", "li", "h2", "blockquote", "table", "tr", "td", "th", "section", "pre", "details", "summary"]
_LIGNES = [
    "b",
    "i",
    "em",
    "span",
    "a",
    "code",
    "abbr",
    "button",
    "sup",
    "sub",
    "q",
    "label",
    "select",
    "option",
    "svg",
    "path",
]
_BRUTS = ["script", "style", "textarea", "title"]
_ATTRIBUTS = [
    "", "", "", ' class="a>b"', " title='parcours > ETP'", " data-sans-lien", ' translate="no"', " TRANSLATE=NO",
    ' data-mot="5"',
    " data-mot=6", ' lang="en"', ' lang="fr"', " hidden", " x=a/", "/", " a=b", ' a"=\'', "\n",
]  # fmt: skip


@st.composite
def _elements(draw: st.DrawFn, dedans: st.SearchStrategy[str]) -> str:
    nom = draw(st.sampled_from(_BLOCS + _LIGNES * 2))
    ecrit = draw(st.sampled_from([nom, nom, nom.upper()]))
    return f"<{ecrit}{draw(st.sampled_from(_ATTRIBUTS))}>{draw(dedans)}</{nom}>"


_BRUT = st.builds(
    "<{0}>{1}</{0}>".format, st.sampled_from(_BRUTS), st.sampled_from(["ETP", "<b>ETP", "<!-- ETP", "a</p>"])
)
_COMMENTAIRE = st.sampled_from(
    [
        "<!-- ETP > parcours -->",
        "<!-->",
        "<!--->",
        "<!-- a --!>",
        "<!doctype html>",
        "<? ETP >",
        "</ ETP>",
        "</>",
        "<!-- -- ETP",
    ]
)
_VIDE = st.sampled_from(
    ["<br>", "<br/>", '<img alt="ETP > pair" src=x>', "<hr>", "<wbr>", "<input value=ETP>", "<embed/>"]
)

ARBRES = st.recursive(
    st.one_of(_TEXTES, _TEXTES, _mots_coupes(), _VIDE, _BRUT, _COMMENTAIRE),
    lambda dedans: st.one_of(
        _elements(dedans), st.lists(dedans, max_size=5).map("".join), st.lists(dedans, max_size=5).map(" ".join)
    ),
    max_leaves=12,
)
"""Elements that are closed as they should, however they are nested."""

# Not `<body>` and `<html>`: wherever they stand, what they say goes for the whole page.
_NOM = st.sampled_from(
    [
        *(*_BLOCS, *_LIGNES, *_BRUTS, "math", "foreignObject", "template", "tbody", "caption", "noscript", "object"),
        *(
            "form",
            "nobr",
            "marquee",
            "head",
            "frameset",
            "plaintext",
            "desc",
            "mi",
            "font",
            "image",
            "iframe",
            "rt",
            "dd",
        ),
    ]
)
SOUPES = st.lists(
    st.one_of(
        _TEXTES,
        _TEXTES,
        _mots_coupes(),
        st.builds("<{}{}>".format, _NOM, st.sampled_from(_ATTRIBUTS)),
        st.builds("<{}{}>".format, _NOM, st.sampled_from(_ATTRIBUTS)),
        st.builds("</{}>".format, _NOM),
        st.builds("</{}>".format, _NOM),
        _VIDE,
        _COMMENTAIRE,
        st.sampled_from(["<a href='", "<b", "</", "<", "<![CDATA[ ETP > ]]>", "]]>", '"', "'", "=", ">", "/>"]),
        st.text(max_size=6),
    ),
    max_size=14,
).map("".join)
"""Marks and texts in any order."""

HTML = ARBRES | SOUPES


def arbre(html: str) -> LexborHTMLParser:
    """Return what a browser makes of a piece of a page."""
    return LexborHTMLParser(f"<!doctype html><html><body><main>{html}")


def ancetres(noeud: LexborNode) -> list[LexborNode]:
    trouves = []
    while (noeud := noeud.parent) is not None:
        trouves.append(noeud)
    return trouves
