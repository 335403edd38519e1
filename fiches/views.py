"""The list of resources and the page of one."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from fiches.forms import FiltresForm
from fiches.models import FichePage, FichesIndexPage
from fiches.queries import (
    FACETTES,
    TRIS,
    VOCABULAIRES,
    cartes,
    classement,
    fiches_liees,
    nombres,
    noms_des_vocabulaires,
    termes_de,
)
from socle.page_context import page_context
from socle.pagination import Pagination, paginate

PAR_PAGE = 12


@dataclass(frozen=True)
class Option:
    """A value of a facet; `url` adds it to the filters, or takes it away when it is active."""

    valeur: str
    nom: str
    nombre: int
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


@dataclass(frozen=True)
class Tri:
    valeur: str
    nom: str
    url: str
    actif: bool


def _titre(facette: str) -> str:
    titres = {"type": _("Type de ressource"), "duree": _("Durée")}
    return titres.get(facette) or str(VOCABULAIRES[facette][1])


class Adresse:
    """The address of the list under the current filters, and its neighbours."""

    def __init__(self, formulaire: FiltresForm) -> None:
        self.params = QueryDict(mutable=True)
        filtres = formulaire.filtres()
        if filtres.texte:
            self.params["q"] = filtres.texte
        for facette in FACETTES:
            if filtres.valeurs[facette]:
                self.params.setlist(facette, list(filtres.valeurs[facette]))
        if tri := formulaire.cleaned_data.get("tri"):
            self.params["tri"] = tri

    def _url(self, params: QueryDict) -> str:
        # Always in the same order: the same filters have one address, whatever the order of the clicks.
        ordered = QueryDict(mutable=True)
        for name in ("q", *FACETTES, "tri", "page"):
            if values := params.getlist(name):
                ordered.setlist(name, sorted(values))
        return f"?{ordered.urlencode()}" if ordered else "."

    def basculer(self, facette: str, valeur: str) -> str:
        params = self.params.copy()
        values = params.getlist(facette)
        params.setlist(facette, [v for v in values if v != valeur] if valeur in values else [*values, valeur])
        return self._url(params)

    def avec(self, **values: str) -> str:
        params = self.params.copy()
        for name, value in values.items():
            params[name] = value
        return self._url(params)

    def sans(self, *names: str) -> str:
        params = self.params.copy()
        for name in names:
            params.pop(name, None)
        return self._url(params)

    def champs_caches(self) -> list[dict[str, str]]:
        return [
            {"nom": name, "valeur": value} for name, values in self.params.lists() if name != "q" for value in values
        ]


@page_context(FichesIndexPage)
def contexte_index(request: HttpRequest, page: FichesIndexPage) -> dict[str, Any]:
    """The resources under the filters of the query string, with the counts of every other choice."""
    code = page.locale.language_code
    formulaire = FiltresForm(request.GET, vocabulaires=noms_des_vocabulaires(code))
    erreurs = formulaire.erreurs()
    filtres = formulaire.filtres()
    adresse = Adresse(formulaire)
    toutes = FichePage.objects.visible_to(request.user).in_language(code).child_of(page)
    tri = formulaire.cleaned_data.get("tri") or next(iter(TRIS))

    trouvees = toutes.filtrees(filtres).order_by(*TRIS[tri][1]).pour_cartes()
    pagination: Pagination = paginate(
        trouvees, formulaire.cleaned_data.get("page") or 1, PAR_PAGE, lambda numero: adresse.avec(page=str(numero))
    )
    if pagination.hors_limites and not erreurs:
        erreurs.append(_("Cette page n’existe pas. Voici la dernière."))
    comptes = nombres(toutes, filtres)
    facettes = [
        Facette(
            nom,
            _titre(nom),
            tuple(
                Option(valeur, libelle, comptes.get((nom, valeur), 0), active, adresse.basculer(nom, valeur))
                for valeur, libelle in formulaire.choix[nom]
                if (active := valeur in filtres.valeurs[nom]) or comptes.get((nom, valeur))
            ),
        )
        for nom in FACETTES
    ]
    actifs = [
        FiltreActif(option.nom, facette.titre, option.url)
        for facette in facettes
        for option in facette.options
        if option.active
    ]
    if filtres.texte:
        actifs.insert(0, FiltreActif(_("« %(texte)s »") % {"texte": filtres.texte}, _("Recherche"), adresse.sans("q")))
    return {
        "formulaire": formulaire,
        "erreurs": erreurs,
        "resultats": cartes(pagination.objets),
        "total": pagination.total,
        "pagination": pagination if pagination.nombre_de_pages > 1 else None,
        "facettes": [facette for facette in facettes if facette.options],
        "actifs": actifs,
        "url_tout_effacer": ".",
        "tris": [
            Tri(valeur, str(nom), adresse.avec(tri=valeur), valeur == tri) for valeur, (nom, _ordre) in TRIS.items()
        ],
        "parametres": adresse.champs_caches(),
    }


@page_context(FichePage)
def contexte_fiche(request: HttpRequest, page: FichePage) -> dict[str, Any]:
    """One resource with its terms, its licence and the resources near it."""
    termes = termes_de(page)
    parent = page.fil_d_ariane[-1].url if page.fil_d_ariane else ""
    return {
        "classement": classement(termes, parent),
        "fiches_liees": fiches_liees(page, termes, request.user),
        "licence": page.licence_affichee,
        "citation": page.citation,
        "auteurs": page.signataires,
    }
