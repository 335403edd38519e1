"""The search page and its suggestions."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from socle import page_cache
from socle.facettes import (
    VOCABULAIRES,
    Adresse,
    construire_facettes,
    filtres_actifs,
    noms_des_vocabulaires,
)
from socle.forms import RechercheForm
from socle.pagination import paginate
from socle.rate_limit import allowed
from socle.search import Resultats, carte, chercher, suggerer
from socle.search.moteur import types
from socle.search.orthographe import corriger
from socle.search.sans_resultat import compter, pages_citees, pages_utiles

RESULTATS_PAR_PAGE = 10
# So few answers may be those of a word badly spelled.
PEU = 2
LONGUEUR_MAX = 200
FACETTES = ("type", *VOCABULAIRES)
# Above, an address is counting for itself: its searches still answer, and count no more.
COMPTES_PAR_HEURE = 60


def recherche(request: HttpRequest) -> HttpResponse:
    """Search the public pages of the active language, and the documents that they use."""
    langue = get_language() or ""
    formulaire = RechercheForm(request.GET, choix={"type": types(), **noms_des_vocabulaires(langue)})
    erreurs = formulaire.erreurs()
    q = formulaire.cleaned_data.get("q") or ""
    context: dict[str, Any] = {"formulaire": formulaire, "erreurs": erreurs, "q": q, "resultats": [], "total": 0}
    if q:
        context.update(_reponse(request, formulaire, q, langue))
    response = render(request, "socle/recherche.html", context)
    # A search that finds nothing is counted each time.
    return page_cache.allow(response) if context["total"] or context.get("carte") or not q else response


def _reponse(request: HttpRequest, formulaire: RechercheForm, q: str, langue: str) -> dict[str, Any]:
    valeurs = formulaire.valeurs()
    filtre = any(valeurs.values())
    found = chercher(q, langue, request.user, valeurs)
    definition = carte(q, langue, request.user)
    cherche, correction, essayez = q, "", ""
    if not filtre and found.count() <= PEU:
        correction = corriger(q, langue, request.user)
        corrected = chercher(correction, langue, request.user) if correction else found
        if correction and not found.count():
            definition = definition or carte(correction, langue, request.user)
        if found.count():
            essayez = correction if corrected.count() > found.count() else ""
        elif corrected.count():
            found, cherche = corrected, correction
        elif definition is None:
            _compter(request, q, langue)
    context = _liste(formulaire, found, Adresse(("q", *FACETTES, "page"), cherche, valeurs))
    # It is the answer above the first ones, and none of those that are counted.
    context["carte"] = definition if (formulaire.cleaned_data.get("page") or 1) == 1 else None
    if essayez:
        context["essayez"] = essayez
    if cherche != q:
        context["corrige"] = cherche
    if not context["total"]:
        context["aide"] = {
            "proposition": correction,
            "mots": _mots(correction or q),
            "utiles": pages_utiles(langue),
            "citees": pages_citees(langue),
        }
    return context


def _liste(formulaire: RechercheForm, found: Resultats, adresse: Adresse) -> dict[str, Any]:
    """One page of the answers, with the filters."""
    pagination = paginate(
        found,
        formulaire.cleaned_data.get("page") or 1,
        RESULTATS_PAR_PAGE,
        lambda numero: adresse.avec(page=str(numero)),
    )
    erreurs = formulaire.erreurs()
    if pagination.hors_limites and not erreurs:
        erreurs.append(_("Cette page n’existe pas. Voici la dernière."))
    titres = {"type": _("Type de contenu")} | {nom: str(titre) for nom, (_model, titre) in VOCABULAIRES.items()}
    facettes = construire_facettes(titres, formulaire.choix, formulaire.valeurs(), found.nombres, adresse, _unite)
    return {
        "erreurs": erreurs,
        "resultats": pagination.objets,
        "total": pagination.total,
        "pagination": pagination if pagination.nombre_de_pages > 1 else None,
        "facettes": [facette for facette in facettes if facette.options],
        "actifs": filtres_actifs(facettes),
        "parametres": adresse.champs_caches(),
        "url_tout_effacer": adresse.sans(*FACETTES),
    }


def _unite(nombre: int) -> str:
    return ngettext("résultat", "résultats", nombre)


def _mots(q: str) -> list[str]:
    """The words of a search one by one, to search for each alone."""
    words = list(dict.fromkeys(word.strip('"-') for word in q.split()))
    return [word for word in words if len(word) > 2] if len(words) > 1 else []


def _compter(request: HttpRequest, q: str, langue: str) -> None:
    if allowed(request, "recherche_sans_resultat", limit=COMPTES_PAR_HEURE, period=3600):
        compter(q, langue)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Titles that begin as `q`, for the field that completes itself."""
    q = request.GET.get("q", "")[:LONGUEUR_MAX]
    found = [asdict(suggestion) for suggestion in suggerer(q, get_language() or "", request.user)]
    response = JsonResponse({"suggestions": found})
    response["X-Robots-Tag"] = "noindex"
    return response if request.user.is_authenticated else page_cache.allow(response)
