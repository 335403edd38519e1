"""The words of one language as their list shows them: by letter, under filters."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from glossaire.alphabet import cle_de_tri, lettre_de
from glossaire.models.pages import VOCABULAIRES, TermePage
from glossaire.noms import lignes
from socle.memo import per_generation
from socle.queries import Reader
from socle.search import terme
from socle.search.langues import normaliser
from socle.sites import urls_of

CHAMPS = (
    *("id", "content_type_id", "url_path"),
    *("title", "sigle", "developpe", "autres_noms", "definition", "pictogramme_id", "translation_key"),
    *("first_published_at", "entree_recherche__termes"),
)


@dataclass(frozen=True, slots=True)
class Entree:
    """What the list shows of a word, and what it is found by."""

    pk: int
    concept: UUID
    titre: str
    cle: str
    sigle: str
    developpe: str
    autres_noms: tuple[str, ...]
    definition: str
    url: str
    pictogramme_id: int | None
    ajoute_le: datetime.datetime | None
    termes: frozenset[str]
    # Its names and its definition, without accents, case or punctuation.
    cherche: str

    @property
    def lettre(self) -> str:
        return lettre_de(self.cle)


@dataclass(frozen=True)
class Filtres:
    """What a reader asked for: within a facet any value matches, between facets all must."""

    texte: str = ""
    valeurs: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def actifs(self) -> bool:
        return bool(self.texte or any(self.valeurs.values()))


def entrees(langue: str, user: Reader) -> tuple[Entree, ...]:
    """Return the words of a language that `user` may read, in the order of its dictionary. At most one query."""
    return _lire(langue, user) if user.is_authenticated else _publiques(langue)


@per_generation
def _publiques(langue: str) -> tuple[Entree, ...]:
    return _lire(langue, AnonymousUser())


def _lire(langue: str, user: Reader) -> tuple[Entree, ...]:
    rows = list(TermePage.objects.visible_to(user).in_language(langue).order_by().values(*CHAMPS))
    urls = urls_of((row["id"], row["content_type_id"], row["url_path"]) for row in rows)
    found = (_entree(row, langue, urls[row["id"]]) for row in rows)
    return tuple(sorted(found, key=lambda entree: (not entree.cle[:1].isalpha(), entree.cle, entree.pk)))


def _entree(row: dict[str, Any], langue: str, url: str) -> Entree:
    autres = tuple(lignes(row["autres_noms"]))
    lus = (row["title"], row["sigle"], row["developpe"], *autres, row["definition"])
    return Entree(
        pk=row["id"],
        concept=row["translation_key"],
        titre=row["title"],
        cle=cle_de_tri(row["title"], langue),
        sigle=row["sigle"] if row["sigle"] != row["title"] else "",
        developpe=row["developpe"],
        autres_noms=autres,
        definition=row["definition"],
        url=url,
        pictogramme_id=row["pictogramme_id"],
        ajoute_le=row["first_published_at"],
        termes=frozenset(row["entree_recherche__termes"] or ()),
        cherche=normaliser(" ".join(lus)),
    )


def filtrer(toutes: Iterable[Entree], filtres: Filtres, sans: str = "") -> list[Entree]:
    """Keep the words that match every filter, the facet `sans` left aside."""
    mots = normaliser(filtres.texte).split()
    voulus = [
        {terme(facette, valeur) for valeur in chosen}
        for facette, chosen in filtres.valeurs.items()
        if chosen and facette != sans
    ]
    return [
        entree
        for entree in toutes
        if all(mot in entree.cherche for mot in mots) and all(entree.termes & un for un in voulus)
    ]


def nombres(toutes: Iterable[Entree], filtres: Filtres) -> dict[tuple[str, str], int]:
    """How many words each value of each facet would give, the other facets kept."""
    found: dict[tuple[str, str], int] = {}
    gardees = filtrer(toutes, filtres)
    for facette in VOCABULAIRES:
        under = filtrer(toutes, filtres, facette) if filtres.valeurs.get(facette) else gardees
        compte = Counter(un for entree in under for un in entree.termes if un.startswith(f"{facette}:"))
        found |= {(facette, nom.partition(":")[2]): nombre for nom, nombre in compte.items()}
    return found


def par_lettre(mots: Iterable[Entree]) -> list[tuple[str, list[Entree]]]:
    """Group words that are in order under their letters."""
    return [(lettre, list(group)) for lettre, group in groupby(mots, key=lambda entree: entree.lettre)]


def recents(mots: Iterable[Entree], nombre: int = 5) -> list[Entree]:
    """The words that came last, newest first."""
    dated = ((entree.ajoute_le, entree) for entree in mots if entree.ajoute_le is not None)
    return [entree for _le, entree in sorted(dated, key=lambda pair: (pair[0], pair[1].pk), reverse=True)[:nombre]]
