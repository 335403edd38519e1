"""The public terms, as exports show them: one reading whatever their number."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page

from glossaire.adresses import absolue
from glossaire.models import Concept, GlossairePage, Relation, TermePage
from glossaire.noms import lignes
from glossaire.tableau import RELATIONS, VOCABULAIRES, cellules_de, explication_de, paragraphes, sources_de
from socle.dates import day_of
from socle.frame import frame
from socle.queries import visible_to
from socle.sites import url_of

CHAMPS = (
    *("pk", "title", "sigle", "developpe", "autres_noms", "formes", "nature_grammaticale", "genre_grammatical"),
    *("definition", "explication", "texte_falc", "exemple", "sources", "locale__language_code", "translation_key"),
    *("url_path", "content_type_id", "mis_a_jour_le", "last_published_at"),
)
# The column of each kind of relation, seen from either end.
COLONNE = {
    Relation.Genre.ASSOCIE: ("associes", "associes"),
    Relation.Genre.A_DISTINGUER: ("a_distinguer", "a_distinguer"),
    Relation.Genre.PLUS_LARGE: ("plus_large", "plus_etroit"),
}


@dataclass(frozen=True)
class TermePublic:
    """A term that anyone may read, in one language."""

    langue: str
    titre: str
    sigle: str
    developpe: str
    autres_noms: tuple[str, ...]
    formes: tuple[str, ...]
    nature: str
    genre: str
    definition: str
    explication: tuple[str, ...]
    exemple: tuple[str, ...]
    sources: tuple[dict[str, Any], ...]
    chemin: str
    modifie_le: datetime.date | None
    cellules: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def url(self) -> str:
        return absolue(self.chemin)


@dataclass(frozen=True)
class ConceptPublic:
    """A concept with the terms that anyone may read, and those of its relations that lead to another such concept."""

    identifiant: str
    termes: dict[str, TermePublic]
    relations: dict[str, tuple[str, ...]]

    @property
    def sources(self) -> tuple[dict[str, Any], ...]:
        """Those of the French term, which the others share."""
        first = self.termes.get(settings.LANGUAGE_CODE) or next(iter(self.termes.values()))
        return first.sources

    @property
    def modifie_le(self) -> datetime.date | None:
        return max((terme.modifie_le for terme in self.termes.values() if terme.modifie_le), default=None)


def rang_de_langue(code: str) -> tuple[int, str]:
    """French, easy-to-read French, then the others."""
    first = (settings.LANGUAGE_CODE, settings.FALC_LANGUAGE_CODE)
    return (first.index(code) if code in first else len(first), code)


def termes_visibles() -> Any:
    """The terms that anyone may read, in every language that is open: what exports show, and nothing else."""
    pages = TermePage.objects.filter(locale__language_code__in=langues_ouvertes())
    return visible_to(pages, AnonymousUser()).order_by()


def langues_ouvertes() -> list[str]:
    """The languages in which anyone may read the site."""
    found = frame()
    return [
        home.locale.language_code
        for site in found.sites
        if site.is_default_site
        for home in found.homes(site)
        if home.ouverte
    ]


def concepts_publics(*identifiants: str) -> list[ConceptPublic]:
    """The public concepts by identifier, all of them or those; as many queries for one as for all."""
    pages = termes_visibles()
    concepts = Concept.objects.order_by("identifiant")
    if identifiants:
        concepts = concepts.filter(identifiant__in=identifiants)
        pages = pages.filter(translation_key__in=concepts.order_by().values("cle"))
    rows = list(pages.values(*CHAMPS))
    choisis, slugs = _vocabulaires([row["pk"] for row in rows] if identifiants else None)
    found: defaultdict[UUID, dict[str, TermePublic]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: rang_de_langue(row["locale__language_code"])):
        contenu = row | {nom: choisis[nom].get(row["pk"], ()) for nom in VOCABULAIRES}
        found[row["translation_key"]][row["locale__language_code"]] = _terme(contenu, slugs)
    noms = dict(concepts.values_list("cle", "identifiant"))
    relations = _relations({identifiant for cle, identifiant in noms.items() if cle in found}, entre=not identifiants)
    return [
        ConceptPublic(
            identifiant, found[cle], {nom: tuple(sorted(autres)) for nom, autres in relations[identifiant].items()}
        )
        for cle, identifiant in noms.items()
        if cle in found
    ]


def _terme(row: dict[str, Any], slugs: dict[str, dict[int, str]]) -> TermePublic:
    langue = row["locale__language_code"]
    falc = langue == settings.FALC_LANGUAGE_CODE
    brut = {name: getattr(row[name], "raw_data", row[name]) for name in ("explication", "texte_falc", "sources")}
    page = Page.from_db(
        None, ("id", "content_type_id", "url_path"), (row["pk"], row["content_type_id"], row["url_path"])
    )
    explication = explication_de(brut["texte_falc" if falc else "explication"], falc=falc)[0]
    return TermePublic(
        langue=langue,
        titre=row["title"],
        sigle=row["sigle"],
        developpe=row["developpe"],
        autres_noms=tuple(lignes(row["autres_noms"])),
        formes=tuple(lignes(row["formes"])),
        nature=row["nature_grammaticale"],
        genre=row["genre_grammatical"],
        definition=row["definition"],
        explication=tuple(explication),
        # What the easy text says in its own way is not said twice.
        exemple=() if falc else tuple(paragraphes(row["exemple"])[0]),
        sources=tuple(sources_de(brut["sources"])),
        chemin=url_of(page),
        modifie_le=row["mis_a_jour_le"] or day_of(row["last_published_at"]),
        cellules=cellules_de(row | brut, slugs, falc=falc),
    )


def _vocabulaires(pages: Iterable[int] | None) -> tuple[dict[str, dict[int, list[int]]], dict[str, dict[int, str]]]:
    """What each page has of each vocabulary, and the identifiers of what is used."""
    choisis: dict[str, dict[int, list[int]]] = {}
    slugs: dict[str, dict[int, str]] = {}
    for nom in VOCABULAIRES:
        through = getattr(TermePage, nom).through._default_manager
        rows = through.all() if pages is None else through.filter(termepage__in=pages)
        model = TermePage._meta.get_field(nom).related_model._meta.model_name
        ticked: defaultdict[int, list[int]] = defaultdict(list)
        slugs[nom] = {}
        for page, value, slug in rows.values_list("termepage_id", f"{model}_id", f"{model}__slug"):
            ticked[page].append(value)
            slugs[nom][value] = slug
        choisis[nom] = ticked
    return choisis, slugs


def _relations(publics: set[str], *, entre: bool) -> defaultdict[str, defaultdict[str, set[str]]]:
    """The relations of these concepts with others that are public too; `entre` where these are all the public ones."""
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = Relation.objects.all()
    if not entre:
        rows = rows.filter(de__identifiant__in=publics) | rows.filter(vers__identifiant__in=publics)
    links = list(rows.values_list("genre", "de__identifiant", "vers__identifiant", "de__cle", "vers__cle"))
    if entre:
        known = publics
    else:
        keys = {cle: name for _genre, de, vers, *cles in links for name, cle in zip((de, vers), cles, strict=True)}
        seen = termes_visibles().filter(translation_key__in=keys).values_list("translation_key", flat=True)
        known = {keys[cle] for cle in seen}
    for genre, de, vers, *_cles in links:
        if de in known and vers in known:
            aller, retour = COLONNE[Relation.Genre(genre)]
            found[de][aller].add(vers)
            found[vers][retour].add(de)
    return found


def glossaires_publics() -> dict[str, tuple[str, str]]:
    """The title and the address of the glossary in each language where anyone may read it."""
    pages = GlossairePage.objects.filter(locale__language_code__in=langues_ouvertes())
    rows = visible_to(pages, AnonymousUser()).order_by()
    found = {
        row["locale__language_code"]: (
            row["title"],
            url_of(
                Page.from_db(
                    None, ("id", "content_type_id", "url_path"), (row["pk"], row["content_type_id"], row["url_path"])
                )
            ),
        )
        for row in rows.values("pk", "title", "locale__language_code", "url_path", "content_type_id")
    }
    return dict(sorted(found.items(), key=lambda item: rang_de_langue(item[0])))


def ligne_de(concept: ConceptPublic, terme: TermePublic) -> dict[str, str]:
    """The line of a term in the table; what all languages share stands on the first line of the concept."""
    cells = {"identifiant": concept.identifiant, "langue": terme.langue, **terme.cellules}
    premiere = terme is next(iter(concept.termes.values()))
    if not premiere:
        cells |= dict.fromkeys(("sources", *VOCABULAIRES), "")
    if terme.langue == settings.FALC_LANGUAGE_CODE:
        cells |= dict.fromkeys(("nature", "genre", "exemple"), "")
    cells |= {nom: " | ".join(concept.relations.get(nom, ())) if premiere else "" for nom in RELATIONS}
    return cells
