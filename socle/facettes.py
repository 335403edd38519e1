"""Filters of a list as plain links: what each choice would give, and the address that makes it."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet, Value
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socle.memo import per_generation
from socle.models import (
    Contexte,
    Echelle,
    Nature,
    NiveauEngagement,
    Public,
    Territoire,
    Thematique,
    Vocabulaire,
)

# Facets fed by a vocabulary: name in the query string, and of the relation of page types → model, title
VOCABULAIRES: dict[str, tuple[type[Vocabulaire], Any]] = {
    "publics": (Public, gettext_lazy("Pour qui")),
    "contextes": (Contexte, gettext_lazy("Contexte")),
    "natures": (Nature, gettext_lazy("Nature du partenariat")),
    "thematiques": (Thematique, gettext_lazy("Thème")),
    "niveaux": (NiveauEngagement, gettext_lazy("Niveau d’engagement")),
    "echelles": (Echelle, gettext_lazy("Échelle")),
    "territoires": (Territoire, gettext_lazy("Territoire")),
}

Valeurs = Mapping[str, tuple[str, ...]]
Choix = list[tuple[str, str]]


@dataclass(frozen=True)
class Option:
    """A value of a facet; `url` adds it to the filters, or takes it away when it is active."""

    valeur: str
    nom: str
    nombre: int
    unite: str
    active: bool
    url: str


@dataclass(frozen=True)
class Facette:
    nom: str
    titre: str
    options: tuple[Option, ...]

    @property
    def active(self) -> bool:
        return any(option.active for option in self.options)


@dataclass(frozen=True)
class FiltreActif:
    """A filter in force; `url_sans` is the list without it."""

    libelle: str
    facette: str
    url_sans: str


@lru_cache(maxsize=2_000)
def _paire(name: str, value: str) -> str:
    # A page of filters writes the same few parameters in dozens of addresses.
    return urlencode([(name, value)])


class Adresse:
    """The address of a list under the current filters, and its neighbours.

    `ordre` names the parameters, always written in that order: the same filters have one address, whatever the order
    of the clicks.
    """

    def __init__(self, ordre: tuple[str, ...], texte: str, valeurs: Valeurs, tri: str = "") -> None:
        self.ordre = ordre
        self.params: dict[str, list[str]] = {facette: list(chosen) for facette, chosen in valeurs.items() if chosen}
        if texte:
            self.params["q"] = [texte]
        if tri:
            self.params["tri"] = [tri]

    def _url(self, changes: Mapping[str, Iterable[str]]) -> str:
        params: Mapping[str, Iterable[str]] = {**self.params, **changes}
        pairs = [_paire(name, value) for name in self.ordre for value in sorted(params.get(name, ()))]
        return f"?{'&'.join(pairs)}" if pairs else "."

    def basculer(self, facette: str, valeur: str) -> str:
        values = self.params.get(facette, [])
        return self._url({facette: [v for v in values if v != valeur] if valeur in values else [*values, valeur]})

    def avec(self, **values: str) -> str:
        return self._url({name: [value] for name, value in values.items()})

    def sans(self, *names: str) -> str:
        return self._url(dict.fromkeys(names, ()))

    def champs_caches(self) -> list[dict[str, str]]:
        return [
            {"nom": name, "valeur": value} for name, values in self.params.items() if name != "q" for value in values
        ]


def construire_facettes(
    titres: Mapping[str, str],
    choix: Mapping[str, Choix],
    valeurs: Mapping[str, Container[str]],
    comptes: Mapping[tuple[str, str], int],
    adresse: Adresse,
    unite: Callable[[int], str],
) -> list[Facette]:
    """The facets in the order of `titres`; a choice that would give nothing shows only when it is active.

    `unite` says what is counted, for screen readers.
    """
    unites = {nombre: unite(nombre) for nombre in {0, *comptes.values()}}

    def option(nom: str, valeur: str, libelle: str, active: bool) -> Option:
        nombre = comptes.get((nom, valeur), 0)
        return Option(valeur, libelle, nombre, unites[nombre], active, adresse.basculer(nom, valeur))

    return [
        Facette(
            nom,
            titre,
            tuple(
                option(nom, valeur, libelle, active)
                for valeur, libelle in choix[nom]
                if (active := valeur in valeurs[nom]) or comptes.get((nom, valeur))
            ),
        )
        for nom, titre in titres.items()
    ]


def filtres_actifs(facettes: Iterable[Facette]) -> list[FiltreActif]:
    """The choices in force, in the order of the facets."""
    return [
        FiltreActif(option.nom, facette.titre, option.url)
        for facette in facettes
        for option in facette.options
        if option.active
    ]


def filtre_texte(texte: str, adresse: Adresse) -> FiltreActif:
    """The words searched, as a filter that can be taken away."""
    return FiltreActif(_("« %(texte)s »") % {"texte": texte}, _("Recherche"), adresse.sans("q"))


@per_generation
def noms_des_vocabulaires(language_code: str) -> dict[str, Choix]:
    """(slug, name) of each vocabulary's terms in that language, in order. One query."""

    def termes(facette: str) -> QuerySet[Any, Any]:
        model, _titre = VOCABULAIRES[facette]
        found = model.objects.filter(locale__language_code=language_code).order_by()
        return found.annotate(facette=Value(facette)).values_list("facette", "ordre", "slug", "nom")

    premier, *autres = (termes(facette) for facette in VOCABULAIRES)
    result: dict[str, Choix] = {facette: [] for facette in VOCABULAIRES}
    for facette, _ordre, slug, nom in sorted(premier.union(*autres, all=True)):
        result[facette].append((slug, nom))
    return result
