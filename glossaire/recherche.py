"""What the glossary tells the public search: names that mean the same, the definition of what is asked, other names.

All of it comes from the public terms that the process remembers (`glossaire.lexique`), and is made once for each
version of the glossary: a search asks nothing of the database for it, but the pictogram of a card in FALC.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _

from glossaire.lexique import Lexique, Mot, lexique
from glossaire.models import TermePage
from socle.images import avec_rendus
from socle.models import Illustration
from socle.queries import Reader
from socle.search import Carte, Suggestion
from socle.search.langues import normaliser

GABARIT = "glossaire/carte_definition.html"
SUGGESTIONS = 3
# A name that ends so is read without it: "ETP ?", "« ETP »".
_ARTICLE = re.compile(r"^(?:(?:l|d|le|la|les|un|une|des|the|an?|el|los|las|os?|as) )(?=\w)")
_ARTICLE_ARABE = re.compile(r"^ال(?=\w{2})")


@dataclass(frozen=True)
class Definition:
    """What the card says of a term."""

    mot: Mot
    langue: str
    pictogramme: Illustration | None


class Noms:
    """The names of the public terms of one language, as the search reads them."""

    def __init__(self, mots: Lexique) -> None:
        self.lexique = mots

    @cached_property
    def synonymes(self) -> dict[str, tuple[str, ...]]:
        """Each name, in each of its forms, and the names and forms that mean the same."""
        par_terme: dict[int, dict[str, None]] = {mot.pk: dict.fromkeys(mot.noms) for mot in self.lexique}
        for nom in self.lexique.noms:
            par_terme[nom.terme].setdefault(nom.texte)
        groupes = {pk: tuple(_distincts(textes)) for pk, textes in par_terme.items()}
        found: dict[str, tuple[str, ...]] = {}
        for pk, textes in par_terme.items():
            for texte in textes:
                # A form that two terms share leads to both.
                found[texte] = (*found.get(texte, ()), *groupes[pk])
        return found

    @cached_property
    def _par_nom(self) -> dict[str, int]:
        found: dict[str, tuple[int, int]] = {}
        for nom in self.lexique.noms:
            key = normaliser(nom.texte)
            found[key] = min(found.get(key, (nom.rang, nom.terme)), (nom.rang, nom.terme))
        return {key: terme for key, (_rang, terme) in found.items()}

    def mot(self, q: str) -> Mot | None:
        """Return the term that has this name: neither case, accents, punctuation nor an article count."""
        typed = normaliser(q)
        for name in (typed, _ARTICLE.sub("", typed), _ARTICLE_ARABE.sub("", typed)):
            if pk := self._par_nom.get(name):
                return self.lexique.mots[pk]
        return None

    @cached_property
    def _autres_noms(self) -> list[tuple[str, str, str, int]]:
        """(name and title as they are compared, name as it is written, term), titles left out."""
        return [
            (f" {normaliser(texte)}", f" {normaliser(mot.titre)}", texte, mot.pk)
            for mot in self.lexique
            for texte in mot.noms[1:]
        ]

    def autrement_nommes(self, typed: str) -> Iterator[tuple[Mot, str]]:
        """The terms that have a name with these beginnings of words, where their title has not; best first."""
        words = [f" {word}" for word in typed.split()]
        found = [
            (name != f" {typed}", not name.startswith(f" {typed}"), len(name), texte, pk)
            for name, titre, texte, pk in self._autres_noms
            if all(word in name for word in words) and (name == f" {typed}" or not all(word in titre for word in words))
        ]
        for *_rang, texte, pk in sorted(found):
            yield self.lexique.mots[pk], texte


def _distincts(textes: dict[str, None]) -> Iterator[str]:
    """Names that the search reads as different, in their order."""
    seen: set[str] = set()
    for texte in textes:
        key = " ".join(word.rstrip("sx") for word in normaliser(texte).split())
        if key not in seen:
            seen.add(key)
            yield texte


_noms: dict[str, Noms] = {}


def noms(langue: str) -> Noms:
    """Return the names of a language, made again with its terms."""
    mots = lexique(langue)
    kept = _noms.get(langue)
    if kept is None or kept.lexique is not mots:
        kept = _noms[langue] = Noms(mots)
    return kept


# FALC is French: what French texts call a thing holds there too.
_reunis: dict[str, tuple[Noms, Noms, Mapping[str, tuple[str, ...]]]] = {}


def synonymes(langue: str) -> Mapping[str, tuple[str, ...]]:
    """Every name of the terms of a language and those that mean the same; in FALC, those of the French terms too."""
    propres = noms(langue)
    if langue != settings.FALC_LANGUAGE_CODE:
        return propres.synonymes
    francais = noms(settings.LANGUAGE_CODE)
    kept = _reunis.get(langue)
    if kept is None or kept[0] is not propres or kept[1] is not francais:
        reunis = dict(propres.synonymes)
        for texte, autres in francais.synonymes.items():
            reunis[texte] = (*reunis.get(texte, ()), *autres)
        kept = _reunis[langue] = (propres, francais, reunis)
    return kept[2]


def carte(q: str, langue: str, user: Reader) -> Carte | None:
    """Return the definition of the term that `q` names. Only those that anyone may read have one."""
    mot = noms(langue).mot(q)
    if mot is None:
        return None
    return Carte(GABARIT, Definition(mot, langue, _pictogramme(mot) if langue == settings.FALC_LANGUAGE_CODE else None))


def _pictogramme(mot: Mot) -> Illustration | None:
    pictured = TermePage.objects.filter(pk=mot.pk).values("pictogramme")
    return avec_rendus(Illustration.objects.filter(pk__in=pictured)).first()


def suggestions(typed: str, langue: str, user: Reader) -> list[Suggestion]:
    """The terms that are known by another name than their title: "etp", "patient part…"."""
    found: dict[str, Suggestion] = {}
    for mot, texte in noms(langue).autrement_nommes(typed):
        # Translators: a term of the glossary, and the other name under which someone looks for it.
        titre = _("%(titre)s (%(nom)s)") % {"titre": mot.titre, "nom": texte}
        found.setdefault(mot.url, Suggestion(titre, mot.url, str(TermePage.nom_public)))
        if len(found) == SUGGESTIONS:
            break
    return list(found.values())
