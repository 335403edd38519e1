"""Links the first meeting of each term, in HTML or in plain text; everything else stays byte for byte."""

import html as html_standard
from bisect import bisect_right
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from glossaire.liaison.balisage import Balisage, entoure_des_elements_entiers
from glossaire.liaison.carte import Carte
from glossaire.liaison.marques import REFERENCE, decoder
from glossaire.liaison.normalisation import SEPARATEUR
from glossaire.liaison.reperage import Reperage

Lien = Callable[[int, str], str]
"""Returns the element, with `data-mot`, around the words of a term, given as HTML as they stand."""

_AUCUN: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Relie:
    """A text with its links, and the terms that links of ours explain in it, those that were there too, in order."""

    html: str
    termes: tuple[int, ...]


def relier(
    html: str,
    reperage: Reperage,
    *,
    deja: AbstractSet[int] = _AUCUN,
    exclus: AbstractSet[int] = _AUCUN,
    lien: Lien,
) -> Relie:
    """Link the first meeting of each term in a piece of HTML, but those met before on the page and those left out."""
    balisage = Balisage(html, reperage.langue)
    lecture = _Lecture(balisage)
    tus = {*deja, *exclus, *(terme for _place, terme in balisage.lies)}
    termes = balisage.lies.copy()
    morceaux: list[str] = []
    lu = 0
    for trouve in reperage.reperer(lecture.texte):
        if trouve.terme in tus or (place := lecture.place(trouve.debut, trouve.fin)) is None:
            continue
        debut, fin = place
        morceaux += html[lu:debut], lien(trouve.terme, html[debut:fin])
        lu = fin
        tus.add(trouve.terme)
        termes.append((debut, trouve.terme))
    return Relie("".join([*morceaux, html[lu:]]), tuple(dict.fromkeys(terme for _place, terme in sorted(termes))))


def relier_texte(
    texte: str,
    reperage: Reperage,
    *,
    deja: AbstractSet[int] = _AUCUN,
    exclus: AbstractSet[int] = _AUCUN,
    lien: Lien,
) -> Relie:
    """Return a plain text as HTML, escaped, with the same links."""
    tus = {*deja, *exclus}
    termes: list[int] = []
    morceaux: list[str] = []
    lu = 0
    for debut, fin, terme in reperage.reperer(texte):
        if terme in tus:
            continue
        morceaux += html_standard.escape(texte[lu:debut]), lien(terme, html_standard.escape(texte[debut:fin]))
        lu = fin
        tus.add(terme)
        termes.append(terme)
    return Relie("".join([*morceaux, html_standard.escape(texte[lu:])]), tuple(termes))


class _Lecture:
    """The text of a piece of HTML as a reader sees it, and the way back to the HTML."""

    def __init__(self, balisage: Balisage) -> None:
        self._html = balisage.html
        self._morceaux = balisage.morceaux
        self._debuts: list[int] = []
        self._carte = Carte()
        textes: list[str] = []
        longueur = 0
        for morceau in self._morceaux:
            if not morceau.suite:
                textes.append(SEPARATEUR)
                longueur += 1
            self._debuts.append(longueur)
            for texte, debut, fin in _decoupe(self._html, morceau.debut, morceau.fin):
                self._carte.ajouter(longueur, debut, fin)
                textes.append(texte)
                longueur += len(texte)
        self.texte = "".join(textes)

    def place(self, debut: int, fin: int) -> tuple[int, int] | None:
        """Return where words stand in the HTML, or nothing where no link may go around them."""
        premier = bisect_right(self._debuts, debut) - 1
        if not self._morceaux[premier].libre:
            return None
        place = self._carte.debut(debut), self._carte.fin(fin)
        dernier = bisect_right(self._debuts, fin - 1) - 1
        if premier != dernier and not (
            all(morceau.libre for morceau in self._morceaux[premier + 1 : dernier + 1])
            and entoure_des_elements_entiers(self._html[slice(*place)])
        ):
            return None
        return place


def _decoupe(html: str, debut: int, fin: int) -> list[tuple[str, int, int]]:
    """Return the texts of a text in HTML, each with where it begins, and where it ends when it is a reference."""
    if html.find("&", debut, fin) < 0:
        return [(html[debut:fin], debut, 0)]
    textes: list[tuple[str, int, int]] = []
    lu = debut
    for reference in REFERENCE.finditer(html, debut, fin):
        caracteres, longueur = decoder(reference[0])
        if reference.start() > lu:
            textes.append((html[lu : reference.start()], lu, 0))
        lu = reference.start() + longueur
        textes.append((caracteres, reference.start(), lu))
    if fin > lu:
        textes.append((html[lu:fin], lu, 0))
    return textes
