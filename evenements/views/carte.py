"""The agenda on a map: the same dates as the list, by the places where they are held."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from babel import Locale
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from evenements.affichage import DateAffichee, dates_affichees, seances_affichees
from evenements.filtres import lire_filtres
from evenements.queries.agenda import Agenda, chercher
from evenements.queries.carte import nombres_par_departement, points
from evenements.queries.filtres import FiltresAgenda, Periode, Vue
from evenements.queries.lieux import LieuxTrouves, lieux_trouves
from socle import page_cache
from socle.cartes import CREDIT_CONTOURS, EMPRISE, contours, tuiles
from socle.dates import today
from socle.facettes import Adresse
from socle.geographie import Departement
from socle.models import Lieu
from socle.pagination import Pagination, paginate

PAR_PAGE = 100
# A longer list shows its départements folded.
DEPLIES_MAX = 30
# One number of each plural category of CLDR.
EXEMPLES = (0, 1, 2, 3, 11, 100)


@require_safe
@conditional_page
def agenda_points(request: HttpRequest) -> HttpResponse:
    """The points of the map under the filters of the query string, the same for every reader."""
    filtres, _erreurs = lire_filtres(request.GET, get_language() or "")
    payload = points(lieux_trouves(chercher(filtres, AnonymousUser(), today())))
    written = JsonResponse(payload, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    written["X-Robots-Tag"] = "noindex"
    return page_cache.allow(written)


@dataclass(frozen=True)
class LieuListe:
    """A place in the list beside the map."""

    lieu: Lieu
    nombre: int
    date: DateAffichee | None
    url: str


@dataclass(frozen=True)
class DepartementListe:
    """A département and its towns, each with its places."""

    code: str
    nom: str
    nombre: int
    communes: list[tuple[str, list[LieuListe]]] = field(default_factory=list)


def contexte_carte(
    request: HttpRequest, agenda: Agenda, adresse: Adresse, erreurs: list[str], adresse_de: Any
) -> dict[str, Any]:
    """The list of the places, with the next date of each, and what the map is made of."""
    trouves, filtres = lieux_trouves(agenda), agenda.filtres
    pagination = paginate(
        trouves.lieux, filtres.page, PAR_PAGE, lambda numero: adresse.avec(page=str(numero)), trouves.total
    )
    if pagination.hors_limites and not erreurs:
        erreurs.append(_("Cette page n’existe pas. Voici la dernière."))
    en_liste = filtres.avec(vue=Vue.LISTE, page=1, mois=None)
    return {
        "total": trouves.dates,
        "passes": filtres.periode is Periode.PASSES,
        "departements": list(_departements(request, agenda, trouves, pagination, adresse_de)),
        "deplies": trouves.total <= DEPLIES_MAX,
        "en_ligne": trouves.en_ligne,
        "url_en_ligne": adresse_de(en_liste.avec(en_ligne=True, lieu=None)).sans(),
        "pagination": pagination if pagination.nombre_de_pages > 1 else None,
        "tuiles": tuiles(),
        "credit_contours": CREDIT_CONTOURS,
        "carte": json.dumps(reglages(filtres, adresse_de), ensure_ascii=False) if trouves.total else "",
    }


def _departements(
    request: HttpRequest, agenda: Agenda, trouves: LieuxTrouves, pagination: Pagination, adresse_de: Any
) -> Iterator[DepartementListe]:
    places = list(pagination.objets)
    firsts = seances_affichees(trouves.premieres[place.pk] for place in places)
    shown = dates_affichees(firsts, agenda.filtres.langue, request.user, agenda.today, avec_places=False)
    dates = {date.seance.lieu_id: date for date in shown}
    en_liste = agenda.filtres.avec(vue=Vue.LISTE, page=1, mois=None)
    counts = nombres_par_departement(agenda, trouves)
    for code, inside in groupby(places, key=lambda place: place.departement):
        found = DepartementListe(code, nom_du_departement(code), counts.get(code, 0))
        for commune, group in groupby(inside, key=lambda place: place.commune):
            rows = [
                LieuListe(
                    place,
                    trouves.nombres[place.pk],
                    dates.get(place.pk),
                    adresse_de(en_liste.avec(lieu=place.pk)).sans(),
                )
                for place in group
            ]
            found.communes.append((commune, rows))
        yield found


def nom_du_departement(code: str) -> str:
    return str(Departement(code).label) if code in Departement.values else _("Autres lieux")


def reglages(filtres: FiltresAgenda, adresse_de: Any) -> dict[str, Any]:
    """What the script of the map is told, words included: those of the reader's language."""
    en_liste = filtres.avec(vue=Vue.LISTE, page=1, mois=None)
    query = adresse_de(en_liste).sans()
    return {
        "points": reverse("agenda_points") + (query if query.startswith("?") else ""),
        # The script puts the id of a place instead of 0.
        "lieu": adresse_de(en_liste.avec(lieu=0)).avec(lieu="0"),
        "contours": contours(),
        "emprise": EMPRISE,
        "tuiles": tuiles(),
        "langue": get_language(),
        "departements": {code: str(label) for code, label in Departement.choices},
        "textes": {
            "carte": _("Carte des rencontres"),
            "plus": _("Agrandir la carte"),
            "moins": _("Réduire la carte"),
            "fermer": _("Fermer"),
            "voir": _("Voir toutes les dates de ce lieu"),
            "panne": _("La carte ne s’affiche pas. La liste des lieux est complète."),
            "virgule": _(", "),
            "rencontres": formes("rencontres"),
            "lieux": formes("lieux"),
        },
    }


def formes(mot: str) -> dict[str, str]:
    """Return how a number of these is said, by plural category of the language; `#` stands for the number."""
    code = get_language() or "fr"
    locale = Locale.parse(code.split("-")[0])
    said = {}
    for number in EXEMPLES:
        text = (
            ngettext("%(nombre)s rencontre", "%(nombre)s rencontres", number)
            if mot == "rencontres"
            else ngettext("%(nombre)s lieu", "%(nombre)s lieux", number)
        )
        said[locale.plural_form(number)] = text % {"nombre": "#"}
    return {**said, "other": said.get("other", text % {"nombre": "#"})}
