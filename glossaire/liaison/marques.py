"""The marks of HTML: tags, comments and what browsers take for comments, as the HTML standard cuts them.

https://html.spec.whatwg.org/multipage/parsing.html#tokenization. No part of an expression goes back over what another
has read: the time grows with the length only.
"""

import html
import re
from html.entities import html5

_ESPACE = r"[\t\n\f\r ]"
_NOM = r"=?+[^=\t\n\f\r />]*+"
_EGALE = rf"{_ESPACE}*+={_ESPACE}*+"
_VALEUR = r"(?:\"([^\"]*+)\"|'([^']*+)'|((?![\"'])[^\t\n\f\r >]*+))"
_VALEUR_SANS_GROUPE = r"(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^\t\n\f\r >]*+)"
# A value whose quote is never closed goes to the end of the text: no tag then.
_ATTRIBUT = rf"(?=[^\t\n\f\r />]){_NOM}(?:{_EGALE}{_VALEUR_SANS_GROUPE}|(?!{_EGALE}))"
_BALISE = rf"<(?P<ferme>/?)(?P<nom>[a-zA-Z][^\t\n\f\r />]*+)(?P<attributs>(?:[\t\n\f\r /]++|{_ATTRIBUT})*+)>"
_COMMENTAIRE = r"<!--(?:-?>|(?s:.*?)--!?>)|<!(?!--|\[CDATA\[)[^>]*+>|<\?[^>]*+>|</(?![a-zA-Z])[^>]*+>"

MARQUE = re.compile(rf"{_BALISE}|(?P<commentaire>{_COMMENTAIRE})|(?P<casse><[a-zA-Z/!?])")
"""A tag, a comment, or the beginning of one that has no end."""

_ATTRIBUTS = re.compile(rf"(?=[^\t\n\f\r />])({_NOM})(?:{_EGALE}{_VALEUR})?")

REFERENCE = re.compile(r"&(?:#(?:[0-9]++|[xX][0-9a-fA-F]++);?|[a-zA-Z][a-zA-Z0-9]*+;?)")
_SANS_POINT_VIRGULE = frozenset(nom for nom in html5 if not nom.endswith(";"))
_NOM_LE_PLUS_LONG = max(map(len, _SANS_POINT_VIRGULE))


def attributs(texte: str) -> dict[str, str]:
    """Return the attributes of a tag; the first of two that have one name counts, as in a browser."""
    lus: dict[str, str] = {}
    for nom, double, simple, nu in _ATTRIBUTS.findall(texte):
        lus.setdefault(nom.lower(), html.unescape(double or simple or nu))
    return lus


def decoder(reference: str) -> tuple[str, int]:
    """Return the characters that a reference stands for, and how much of it: "&eacutetude" is "é" and "tude"."""
    if reference[1] == "#":
        return html.unescape(reference) or "\ufffd", len(reference)
    nom = reference[1:]
    if nom.endswith(";") and nom in html5:
        return html5[nom], len(reference)
    for longueur in range(min(len(nom), _NOM_LE_PLUS_LONG), 1, -1):
        if nom[:longueur] in _SANS_POINT_VIRGULE:
            return html5[nom[:longueur]], longueur + 1
    return "&", 1
