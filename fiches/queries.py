"""Lists of resources: filters, counts, related ones."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from socle import facettes, memo
from socle.cards import Carte, cards, public_cards
from socle.models import Vocabulaire
from socle.queries import PageQuerySet, Reader
from socle.search import avec_des_communs, avec_une_valeur, compter, terme, termes_indexes

if TYPE_CHECKING:
    from fiches.models import FichePage

# Facets fed by a vocabulary: name of the relation and of the query string → model, title
VOCABULAIRES: dict[str, tuple[type[Vocabulaire], Any]] = {
    nom: facettes.VOCABULAIRES[nom] for nom in ("publics", "contextes", "natures", "thematiques", "niveaux", "echelles")
}
# Facets fed by a choice field: name of the query string → name in the index
CHOIX: dict[str, str] = {"type": "type_ressource", "duree": "duree"}
FACETTES = ("type", "publics", "contextes", "natures", "thematiques", "niveaux", "echelles", "duree")


@dataclass(frozen=True)
class Filtres:
    """What a reader asked for: within a facet any value matches, between facets all must."""

    texte: str = ""
    valeurs: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def sans(self, facette: str) -> "Filtres":
        return replace(self, valeurs={name: chosen for name, chosen in self.valeurs.items() if name != facette})


class FicheQuerySet(PageQuerySet):
    def filtrees(self, filtres: Filtres) -> Self:
        """Keep the resources that match every filter."""
        result = self
        for name, chosen in filtres.valeurs.items():
            if chosen:
                result = avec_une_valeur(result, CHOIX.get(name, name), chosen)
        if filtres.texte:
            result = result.contenant(filtres.texte)
        return result

    def contenant(self, texte: str) -> Self:
        """Keep the resources whose title or summary holds every word of `texte`, accents and case aside."""
        words = (Q(title__unaccent__icontains=word) | Q(resume__unaccent__icontains=word) for word in texte.split())
        return self.filter(*words)

    def pour_cartes(self) -> Self:
        """What a card shows, and nothing more."""
        # A subquery, so that other relations joined to the list do not repeat the names.
        noms = self.model.publics.through.objects.filter(fichepage_id=OuterRef("pk")).order_by(
            "public__ordre", "public__nom"
        )
        return self.defer_streamfields().annotate(noms_publics=ArraySubquery(noms.values("public__nom")))


# Resources whose related ones a process keeps.
LIEES = 2000
RECENTES = F("revise_le").desc(nulls_last=True)
TRIS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "recentes": (_("Les plus récentes"), (RECENTES, "titre_tri", "pk")),
    "titre": (_("Par titre"), ("titre_tri", "pk")),
}


def nombres(
    fiches: FicheQuerySet, language_code: str, user: Reader, filtres: Filtres
) -> tuple[int, dict[tuple[str, str], int]]:
    """How many of `fiches` match, and how many each value of each facet would give, the other facets kept.

    Keys are (facet, value); values that would give nothing are absent. `fiches` are asked for words alone: the index
    counts the rest.
    """
    dans = fiches.contenant(filtres.texte).order_by().values_list("pk", flat=True) if filtres.texte else None
    valeurs = {CHOIX.get(name, name): chosen for name, chosen in filtres.valeurs.items()}
    total, found = compter(language_code, user, "fiche", valeurs, dans)
    publics = {index: name for name, index in CHOIX.items()}
    # What the index calls "type" is the kind of page, the same for all.
    return total, {
        (publics.get(facette, facette), valeur): nombre
        for (facette, valeur), nombre in found.items()
        if facette != "type"
    }


@dataclass(frozen=True)
class Terme:
    nom: str
    url: str


@dataclass(frozen=True)
class Classement:
    """One vocabulary of a resource, each term leading to the resources that share it."""

    nom: str
    titre: str
    termes: tuple[Terme, ...]


Termes = dict[str, list[tuple[str, str]]]


def termes_de(fiche: "FichePage") -> Termes:
    """(slug, name) of the terms of each vocabulary of `fiche`; a draft is read from memory."""
    if not fiche.live or set(VOCABULAIRES) & set(getattr(fiche, "_cluster_related_objects", {})):
        return {nom: [(term.slug, term.nom) for term in getattr(fiche, nom).all()] for nom in VOCABULAIRES}
    indexes = termes_indexes(fiche)
    noms = facettes.noms_des_vocabulaires(fiche.locale.language_code)
    return {nom: [(slug, texte) for slug, texte in noms[nom] if terme(nom, slug) in indexes] for nom in VOCABULAIRES}


def classement(termes: Termes, url_index: str) -> list[Classement]:
    """The vocabularies of a resource, each term linked to the list filtered by it."""
    return [
        Classement(nom, str(titre), tuple(Terme(texte, f"{url_index}?{nom}={slug}") for slug, texte in termes[nom]))
        for nom, (_model, titre) in VOCABULAIRES.items()
        if termes[nom]
    ]


def fiches_liees(fiche: "FichePage", termes: Termes, user: Reader, nombre: int = 3) -> list[Carte]:
    """Up to `nombre` other resources of the same language that share the most natures and themes with `fiche`."""
    shared = [terme(nom, slug) for nom in ("natures", "thematiques") for slug, _texte in termes[nom]]
    if not shared:
        return []
    others = type(fiche).objects.visible_to(user).filter(locale_id=fiche.locale_id).exclude(pk=fiche.pk)
    related = avec_des_communs(others, shared).order_by("-communs", RECENTES, "pk")[:nombre]
    if user.is_authenticated:
        return cartes(related, user)
    kept: dict[tuple[int, int], list[int]] = memo.shelf(dict, "fiches_liees", limit=LIEES)
    if (fiche.pk, nombre) not in kept:
        kept[fiche.pk, nombre] = list(related.values_list("pk", flat=True))
    return public_cards(type(fiche), kept[fiche.pk, nombre])


def cartes(fiches: FicheQuerySet, user: Reader) -> list[Carte]:
    """The cards of these resources, in order."""
    if user.is_authenticated:
        return cards(fiches.pour_cartes())
    return public_cards(fiches.model, fiches.values_list("pk", flat=True))


def dernieres(language_code: str, user: Reader, nombre: int = 6) -> list[Carte]:
    """The resources revised last, in that language."""
    from fiches.models import FichePage

    if user.is_authenticated:
        return cartes(_recentes(language_code, user)[:nombre], user)
    return public_cards(FichePage, _dernieres_publiques(language_code, nombre))


@memo.per_generation
def _dernieres_publiques(language_code: str, nombre: int) -> list[int]:
    return list(_recentes(language_code, AnonymousUser())[:nombre].values_list("pk", flat=True))


def _recentes(language_code: str, user: Reader) -> FicheQuerySet:
    from fiches.models import FichePage

    found: FicheQuerySet = FichePage.objects.visible_to(user).in_language(language_code)
    return found.order_by(*TRIS["recentes"][1])
