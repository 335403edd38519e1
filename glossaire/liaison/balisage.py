"""The texts of a piece of HTML, each with its place, and whether it may hold links.

Nothing is parsed into a tree and nothing is written back: what is not changed stays byte for byte. Where the markup is
broken, a text that a browser might put inside a link, a heading or a code is taken to be there.
"""

import re
from typing import NamedTuple

from glossaire.liaison.ensembles import ensemble
from glossaire.liaison.marques import MARQUE, attributs

# Words go on from one side of these to the other; they end at any other element.
_EN_LIGNE = ensemble(
    "a abbr acronym b bdi bdo big button cite code data del dfn em font i ins kbd label mark nobr q s samp small span "
    "strike strong sub time tt u var wbr"
)
# What a link may go around, besides text.
_MISE_EN_FORME = ensemble("b bdi bdo big em font i mark s small span strike strong sub u")
_VIDES = ensemble("area base br col embed hr img input link meta param source track wbr")
# Links, names, headings, quotes, codes; what no link may stand in; what is not seen.
_FERMES = ensemble(
    "a button h1 h2 h3 h4 h5 h6 code kbd samp var pre listing tt q blockquote cite abbr acronym dfn summary label "
    "select optgroup option datalist audio video object applet canvas svg math head"
)
# Their content is text until their end, whatever it looks like.
_BRUTS = ensemble("script style textarea title xmp iframe noembed noframes")
# What follows depends on the browser, or is read by other rules: it is left alone.
_ARRETS = ensemble("plaintext noscript template frameset")
_ETRANGERS = frozenset({"svg", "math"})
# Drawings that may close themselves; any other element is taken to stay open.
_DESSINS = ensemble("animate circle ellipse g line path polygon polyline rect stop use")
# Between a table and its cells, a browser moves what it finds.
_CELLULES = frozenset({"caption", "td", "th"})
_TABLEAU = frozenset({"col", "colgroup", "table", "tbody", "tfoot", "thead", "tr"}) | _CELLULES
_SANS_FIN = frozenset({"html", "body"})

_ATTRIBUT_UTILE = re.compile("translate|data-|lang|hidden|inert", re.IGNORECASE)
_TERME = re.compile("[0-9]{1,18}")


class Morceau(NamedTuple):
    """A text between two marks; `libre` when it may hold links, `suite` when the word before it goes on in it."""

    debut: int
    fin: int
    libre: bool
    suite: bool


class Balisage:
    """Reads a piece of HTML in one language: its texts, and the terms that links of ours explain already."""

    def __init__(self, html: str, langue: str) -> None:
        self.html = html
        self.morceaux: list[Morceau] = []
        self.lies: list[tuple[int, int]] = []
        """Where our own links begin, and their terms."""
        self._langue = langue
        # The elements open since one that holds no link, that one first.
        self._ouverts: list[str] = []
        self._entre_cellules = False
        self._suite = False
        self._lire()

    def _lire(self) -> None:
        place = 0
        while marque := MARQUE.search(self.html, place):
            debut, suivante = marque.span()
            self._texte(place, debut)
            genre = marque.lastgroup
            if genre == "casse":
                return
            place = suivante
            if genre != "commentaire":
                apres = self._balise(marque)
                if apres is None:
                    return
                place = apres
        self._texte(place, len(self.html))

    def _texte(self, debut: int, fin: int) -> None:
        if fin > debut:
            libre = not self._ouverts and not self._entre_cellules
            self.morceaux.append(Morceau(debut, fin, libre, self._suite))
            self._suite = True

    def _balise(self, marque: re.Match[str]) -> int | None:
        """Take a tag into account; return where to go on, or nothing when the rest must be left alone."""
        ferme, nom = marque.group("ferme", "nom")
        nom = nom.lower()
        if nom not in _EN_LIGNE:
            self._suite = False
            if nom in _TABLEAU:
                self._entre_cellules = nom != "table" if ferme else nom not in _CELLULES
        if ferme:
            # An end that is not that of the last beginning may end nothing: the text is then taken to be still inside.
            if self._ouverts and self._ouverts[-1] == nom and nom not in _SANS_FIN:
                self._ouverts.pop()
            return marque.end()
        if nom in _ARRETS:
            return None
        if nom in _BRUTS:
            return self._passer(nom, marque.end())
        self._ouvrir(nom, marque)
        return marque.end()

    def _ouvrir(self, nom: str, marque: re.Match[str]) -> None:
        texte = marque["attributs"]
        ferme = nom in _FERMES
        if texte and _ATTRIBUT_UTILE.search(texte):
            lus = attributs(texte)
            ferme |= self._est_ferme(lus)
            if _TERME.fullmatch(terme := lus.get("data-mot", "")):
                self.lies.append((marque.start(), int(terme)))
        if nom in _VIDES or not (ferme or self._ouverts):
            return
        if self._ouverts and (nom in _SANS_FIN or (texte.endswith("/") and self._est_dessin(nom))):
            return
        self._ouverts.append(nom)

    def _est_ferme(self, lus: dict[str, str]) -> bool:
        """Tell whether attributes ask for no link: asked for, in another language, or not seen."""
        langue = lus.get("lang")
        return (
            not lus.keys().isdisjoint(("data-mot", "data-sans-lien", "hidden", "inert"))
            or lus.get("translate", "").lower() == "no"
            or lus.get("aria-hidden", "").lower() == "true"
            or (langue is not None and langue.split("-")[0].lower() != self._langue)
        )

    def _est_dessin(self, nom: str) -> bool:
        return nom in _DESSINS and not _ETRANGERS.isdisjoint(self._ouverts)

    def _passer(self, nom: str, place: int) -> int | None:
        """Return where the raw text of an element ends, or nothing when that cannot be told."""
        fin = re.compile(rf"</{nom}(?=[\t\n\f\r />])", re.IGNORECASE).search(self.html, place)
        if fin is None:
            return None
        texte = self.html[place : fin.start()]
        if not _ETRANGERS.isdisjoint(self._ouverts):
            # The name of a drawing. Other elements are no raw text there.
            sur = nom == "title" and "<" not in texte
        else:
            sur = nom != "script" or "<!--" not in texte
        return fin.start() if sur else None


def entoure_des_elements_entiers(html: str) -> bool:
    """Tell whether a piece that begins and ends in texts holds whole elements, that a link may go around."""
    ouverts: list[str] = []
    for marque in MARQUE.finditer(html):
        if marque["commentaire"]:
            continue
        nom = (marque["nom"] or "").lower()
        if nom == "wbr" and not marque["attributs"]:
            continue
        if nom not in _MISE_EN_FORME or _ATTRIBUT_UTILE.search(marque["attributs"]):
            return False
        if not marque["ferme"]:
            ouverts.append(nom)
        elif not ouverts or ouverts.pop() != nom:
            return False
    return not ouverts
