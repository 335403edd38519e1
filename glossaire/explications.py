"""The words explained in the texts of a page: the first meeting of each opens its definition.

A page that is kept from one answer to the next keeps its explanations. The results for the last pages shown are kept
too in each process, under the page's revision and the version of the glossary.
"""

import re
from collections import Counter, OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from glossaire.lexique import Lexique, Mot, lexique
from glossaire.liaison import Relie, cle_de, relier, relier_texte

# Pages whose results are kept.
PAGES = 500
# A word explained, as this module and the editors' links write it: what follows the number is added to it.
_MOT = re.compile(r'(<a class="mot" href="[^"]*" data-mot="(\d+)")>')
Resultats = dict[tuple[str, bool, frozenset[int], frozenset[int]], Relie]


class _Resultats:
    """What linking gave for the pages last shown, in this process."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._pages: OrderedDict[tuple[int, int, int], Resultats] = OrderedDict()
        self._lock = Lock()

    def de(self, page_id: int, revision_id: int, version: int) -> Resultats:
        key = (page_id, revision_id, version)
        with self._lock:
            found = self._pages.setdefault(key, {})
            self._pages.move_to_end(key)
            while len(self._pages) > self.limit:
                self._pages.popitem(last=False)
            return found

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()


resultats = _Resultats(PAGES)


class Explications:
    """The words explained on one page, in the order in which they are met."""

    def __init__(self, page: Any, mots: Lexique) -> None:
        self.lexique = mots
        self.exclus = mots.non_relies | _exclus_par(page, mots)
        self.rencontres: dict[int, None] = {}
        # What each text became, once for each time that it stands on the page.
        self.ecrits: dict[str, list[SafeString]] = {}
        # A draft has no revision of its own that is public: what it gives is not kept.
        publique = page.live and page.pk and page.live_revision_id and not page.has_unpublished_changes
        self._connus = resultats.de(page.pk, page.live_revision_id, mots.version) if publique else {}

    def ecrire(self, texte: str, rang: int, *, riche: bool) -> SafeString:
        """Return a text with its words explained; `rang` is how many times it has stood above already."""
        ecrits = self.ecrits.setdefault(texte, [])
        if rang < len(ecrits):
            return ecrits[rang]
        # A preview has the revision of the public page, and may leave out other words.
        key = (texte, riche, frozenset(self.rencontres), self.exclus)
        relie = self._connus.get(key)
        if relie is None:
            fonction: Callable[..., Relie] = relier if riche else relier_texte
            relie = fonction(
                texte, self.lexique.reperage, deja=self.rencontres.keys(), exclus=self.exclus, lien=self._lien
            )
            self._connus[key] = relie
        self.rencontres.update(dict.fromkeys(relie.termes))
        numbered = _MOT.sub(self._numeroter, relie.html)
        html = mark_safe(numbered)  # noqa: S308 -- the text was safe or is escaped, and so are the links
        ecrits.append(html)
        return html

    def _numeroter(self, mot: re.Match[str]) -> str:
        """Give a word the number of its note, which a printed page shows beside it."""
        terme = int(mot[2])
        if terme not in self.lexique.mots:
            return mot[0]
        self.rencontres.setdefault(terme)
        return f'{mot[1]} data-note="{[mot.pk for mot in self.mots].index(terme) + 1}">'

    def _lien(self, terme: int, mots: str) -> str:
        return format_html(
            '<a class="mot" href="{}" data-mot="{}">{}</a>',
            self.lexique.mots[terme].url,
            terme,
            mark_safe(mots),  # noqa: S308 -- words of that text as they stand in it, safe or escaped
        )

    @property
    def mots(self) -> list[Mot]:
        return [self.lexique.mots[pk] for pk in self.rencontres if pk in self.lexique.mots]


class Redaction:
    """Writes the texts of a page during one answer."""

    def __init__(self, explications: Explications) -> None:
        self.explications = explications
        self._fois: Counter[str] = Counter()

    def riche(self, html: str) -> SafeString:
        return self._ecrire(html, riche=True)

    def texte(self, texte: str) -> SafeString:
        return self._ecrire(texte, riche=False)

    def ajouts(self) -> list[Mot]:
        return self.explications.mots

    def _ecrire(self, texte: str, *, riche: bool) -> SafeString:
        rang = self._fois[texte]
        self._fois[texte] += 1
        return self.explications.ecrire(texte, rang, riche=riche)


def _exclus_par(page: Any, mots: Lexique) -> frozenset[int]:
    """The terms that the page asks not to explain, and the one that it is itself about."""
    noms = (nom for nom in page.mots_non_expliques.split(",") if cle_de(nom))
    found = {mot.pk for nom in noms if (mot := mots.mot(nom))}
    return frozenset(found | {page.pk})


def redaction_de(page: Any) -> Redaction | None:
    """Return what writes the texts of a page; nothing where its words are not explained.

    In FALC, the writer explains the words in the text itself.
    """
    langue = page.locale.language_code
    if not page.expliquer_les_mots or langue == settings.FALC_LANGUAGE_CODE:
        return None
    mots = lexique(langue)
    if not mots:
        return None
    kept = page.__dict__.get("explications_du_glossaire")
    if kept is None or kept.lexique is not mots:
        kept = page.__dict__["explications_du_glossaire"] = Explications(page, mots)
    return Redaction(kept)
