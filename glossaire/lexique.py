"""The public terms of one language as each process remembers them: how to find them in a text, what to say of each.

Built in one query when it is first needed, and again when the version of the glossary has changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from glossaire import version
from glossaire.liaison import Nom, Reperage, cle_de
from glossaire.models import NomDeTerme, TermePage
from socle.queries import visible_to
from socle.sites import urls_of

# Which term a name that two share is given to.
RANGS = {genre: rang for rang, genre in enumerate(NomDeTerme.Genre.values)}
CHAMPS = (
    *("texte", "cle", "genre", "page_id", "page__title", "page__definition", "page__sigle", "page__developpe"),
    *("page__relier", "page__url_path", "page__content_type_id", "page__translation_key"),
)


@dataclass(frozen=True)
class Mot:
    """A public term: what is shown of it outside its page."""

    pk: int
    concept: UUID
    titre: str
    sigle: str
    developpe: str
    definition: str
    relier: bool
    url: str
    # Its names, the term itself first; inflected forms are not among them.
    noms: tuple[str, ...] = ()

    @property
    def expansion(self) -> str:
        """What the acronym stands for; empty where there is none."""
        return (self.developpe or self.titre) if self.sigle else ""


@dataclass(frozen=True)
class Lexique:
    """The public terms of one language."""

    langue: str
    version: int
    mots: dict[int, Mot] = field(default_factory=dict)
    # Every spelling, normalised, and the term that it is given to.
    par_cle: dict[str, int] = field(default_factory=dict)
    noms: tuple[Nom, ...] = ()

    @cached_property
    def reperage(self) -> Reperage:
        """What finds the terms in a text."""
        return Reperage(self.noms, self.langue)

    @cached_property
    def non_relies(self) -> frozenset[int]:
        """The terms that are explained nowhere but on their page."""
        return frozenset(mot.pk for mot in self.mots.values() if not mot.relier)

    def mot(self, nom: str) -> Mot | None:
        """Return the term of that name, in any of its forms."""
        pk = self.par_cle.get(cle_de(nom))
        return self.mots[pk] if pk is not None else None

    def du_concept(self, cle: UUID) -> Mot | None:
        """Return the term that names this concept."""
        pk = self._par_concept.get(cle)
        return self.mots[pk] if pk is not None else None

    @cached_property
    def _par_concept(self) -> dict[UUID, int]:
        return {mot.concept: mot.pk for mot in self.mots.values()}

    def __iter__(self) -> Iterator[Mot]:
        """The terms in the order of the dictionary."""
        return iter(self.mots.values())

    def __len__(self) -> int:
        return len(self.mots)


_lexiques: dict[str, Lexique] = {}
_verrou = Lock()


def lexique(langue: str) -> Lexique:
    """Return the terms of a language that anyone may read."""
    wanted = version.courante()
    kept = _lexiques.get(langue)
    if kept is not None and kept.version == wanted:
        return kept
    with _verrou:
        kept = _lexiques.get(langue)
        if kept is None or kept.version != wanted:
            kept = _lexiques[langue] = _lire(langue, wanted)
        return kept


def adresse_du_mot(mot: str, langue: str) -> str:
    """Return where the glossary of a language explains a word, "" where it does not."""
    found = lexique(langue).mot(mot)
    return found.url if found else ""


def oublier() -> None:
    """Forget everything, between tests."""
    _lexiques.clear()


def _lire(langue: str, numero: int) -> Lexique:
    public = visible_to(TermePage.objects.filter(locale__language_code=langue), AnonymousUser()).order_by()
    rows = NomDeTerme.objects.filter(public=True, page__in=public).order_by("page__titre_tri", "page_id", "pk")
    mots: dict[int, Mot] = {}
    spellings: dict[str, tuple[int, int]] = {}
    written: dict[int, dict[str, int]] = {}
    noms = []
    read = list(rows.values(*CHAMPS))
    urls = urls_of((row["page_id"], row["page__content_type_id"], row["page__url_path"]) for row in read)
    for row in read:
        pk, rang = row["page_id"], RANGS[row["genre"]]
        if pk not in mots:
            mots[pk] = _mot(row, urls[pk])
        noms.append(Nom(row["texte"], pk, sigle=row["genre"] == NomDeTerme.Genre.SIGLE, rang=rang))
        spellings[row["cle"]] = min(spellings.get(row["cle"], (rang, pk)), (rang, pk))
        if row["genre"] != NomDeTerme.Genre.FORME:
            written.setdefault(pk, {})[row["texte"]] = rang
    for pk, textes in written.items():
        mots[pk].__dict__["noms"] = tuple(sorted(textes, key=textes.__getitem__))
    return Lexique(langue, numero, mots, {cle: pk for cle, (_rang, pk) in spellings.items()}, tuple(noms))


def _mot(row: dict[str, Any], url: str) -> Mot:
    return Mot(
        pk=row["page_id"],
        concept=row["page__translation_key"],
        titre=row["page__title"],
        sigle=row["page__sigle"],
        developpe=row["page__developpe"],
        definition=row["page__definition"],
        relier=row["page__relier"],
        url=url,
    )
