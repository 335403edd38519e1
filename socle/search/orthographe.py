"""The words that a reader probably meant, from the titles that they may read."""

import re
from difflib import get_close_matches

from django.db.models.expressions import RawSQL

from socle.models import EntreeRecherche
from socle.queries import Reader
from socle.search.langues import normaliser
from socle.search.masques import masques

LONGUEUR_MIN = 4
MOTS_MAX = 4
# Two letters swapped in a short word leave it no trigram of the right one.
LONGUEUR_ECHANGES = 7
RESSEMBLANCE = 0.72
# Letters too many or too few: comparing words costs more than measuring them.
ECART_MAX = 2
_MOT = re.compile(r"[^\W\d_]+")


def corriger(q: str, language_code: str, user: Reader) -> str:
    """Return `q` with each unknown word replaced by the nearest one of a title; empty when nothing changes.

    One query.
    """
    words = [word for word in _MOT.findall(q) if len(word) >= LONGUEUR_MIN][:MOTS_MAX]
    if not words:
        return ""
    lexicon = _lexique([normaliser(word) for word in words], language_code, user)
    corrected = q
    for word in dict.fromkeys(words):
        plain = normaliser(word)
        alike = [other for other in lexicon if abs(len(other) - len(plain)) <= ECART_MAX]
        nearest = get_close_matches(plain, alike, n=1, cutoff=RESSEMBLANCE)
        if nearest and nearest[0] != plain:
            corrected = re.sub(rf"\b{re.escape(word)}\b", lexicon[nearest[0]], corrected)
    return corrected if corrected != q else ""


def _echanges(word: str) -> list[str]:
    """Return a short word with each pair of neighbours swapped."""
    if len(word) > LONGUEUR_ECHANGES:
        return []
    return [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)]


def _lexique(words: list[str], language_code: str, user: Reader) -> dict[str, str]:
    """Words of the readable titles that look like one of `words`, as they are written."""
    tried = [way for word in words for way in (word, *_echanges(word))]
    near = RawSQL("SELECT page_id FROM recherche_proches(%s, %s)", [language_code, tried])
    titres = dict(EntreeRecherche.objects.filter(pk__in=near).values_list("pk", "titre"))
    index = masques(language_code)
    lus = index.gardees(titres, index.lisibles(language_code, user))
    # Each word once: titles repeat theirs. One much shorter than those asked would not be near.
    written = dict.fromkeys(word.lower() for page in lus for word in _MOT.findall(titres[page]))
    lexicon: dict[str, str] = {}
    for word in written:
        if len(word) >= LONGUEUR_MIN - ECART_MAX:
            lexicon.setdefault(normaliser(word), word)
    return lexicon
