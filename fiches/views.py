"""The list of resources and the page of one."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
    termes_de,
)
from socle.facettes import Adresse, construire_facettes, filtre_texte, filtres_actifs, noms_des_vocabulaires
from socle.page_context import page_context
from socle.pagination import Pagination, paginate

PAR_PAGE = 12


@dataclass(frozen=True)
class Tri:
    valeur: str
    nom: str
    url: str
    actif: bool


def _titre(facette: str) -> str:
    titres = {"type": _("Type de ressource"), "duree": _("Durée")}
    return titres.get(facette) or str(VOCABULAIRES[facette][1])


def _unite(nombre: int) -> str:
    return ngettext("ressource", "ressources", nombre)


@page_context(FichesIndexPage)
def contexte_index(request: HttpRequest, page: FichesIndexPage) -> dict[str, Any]:
    """The resources under the filters of the query string, with the counts of every other choice."""
    code = page.locale.language_code
    formulaire = FiltresForm(request.GET, vocabulaires=noms_des_vocabulaires(code))
    erreurs = formulaire.erreurs()
    filtres = formulaire.filtres()
    adresse = Adresse(
        ("q", *FACETTES, "tri", "page"), filtres.texte, filtres.valeurs, formulaire.cleaned_data.get("tri", "")
    )
    toutes = FichePage.objects.visible_to(request.user).in_language(code).child_of(page)
    tri = formulaire.cleaned_data.get("tri") or next(iter(TRIS))

    total, comptes = nombres(toutes, code, request.user, filtres)
    pagination: Pagination = paginate(
        toutes.filtrees(filtres).order_by(*TRIS[tri][1]),
        formulaire.cleaned_data.get("page") or 1,
        PAR_PAGE,
        lambda numero: adresse.avec(page=str(numero)),
        total,
    )
    if pagination.hors_limites and not erreurs:
        erreurs.append(_("Cette page n’existe pas. Voici la dernière."))
    facettes = construire_facettes(
        {nom: _titre(nom) for nom in FACETTES}, formulaire.choix, filtres.valeurs, comptes, adresse, _unite
    )
    actifs = filtres_actifs(facettes)
    if filtres.texte:
        actifs.insert(0, filtre_texte(filtres.texte, adresse))
    return {
        "formulaire": formulaire,
        "erreurs": erreurs,
        "resultats": cartes(pagination.objets, request.user),
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
    if page.en_falc:
        return {"licence": page.licence_affichee}
    termes = termes_de(page)
    parent = page.fil_d_ariane[-1].url if page.fil_d_ariane else ""
    return {
        "classement": classement(termes, parent),
        "fiches_liees": fiches_liees(page, termes, request.user),
        "licence": page.licence_affichee,
        "citation": page.citation,
        "auteurs": page.signataires,
    }


def adresse_nouvelle_fiche(user: Any) -> str:
    """Where the admin writes a new French resource, empty for whoever may not."""
    index = FichesIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if index is None or not index.permissions_for_user(user).can_add_subpage():
        return ""
    return reverse("wagtailadmin_pages:add", args=["fiches", "fichepage", index.pk])
