"""The agenda of one language: list, month and map of the same filtered dates."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenements.affichage import dates_affichees, nom_du_lieu, par_mois, seances_affichees
from evenements.calendrier_mensuel import (
    PAR_JOUR,
    JourDuMois,
    dernier_jour,
    places_par_jour,
    semaines,
)
from evenements.dates import jour_long, jours_de_la_semaine, mois_annee
from evenements.filtres import lire
from evenements.forms import NOMS
from evenements.models import AgendaPage
from evenements.queries.agenda import Agenda, chercher
from evenements.queries.filtres import FACETTES, FiltresAgenda, Periode, Vue
from evenements.views.carte import contexte_carte
from socle.dates import months_later
from socle.dates import today as today_in_paris
from socle.facettes import Adresse, FiltreActif, construire_facettes, filtre_texte, filtres_actifs
from socle.models import Lieu
from socle.page_context import page_context
from socle.pagination import paginate

PAR_PAGE = 20
# How far ahead dates are made.
HORIZON_MOIS = 18
ORDRE = ("vue", "periode", "mois", "q", "du", "au", *FACETTES, "lieu", "page")


@dataclass(frozen=True)
class Onglet:
    """A way to look at the same dates; `nombre` is empty where it is not counted."""

    nom: str
    url: str
    actif: bool
    nombre: int | None = None


@page_context(AgendaPage)
def contexte_agenda(request: HttpRequest, page: AgendaPage) -> dict[str, Any]:
    """The dates under the filters of the query string, in the view that it asks for."""
    code = page.locale.language_code
    today = today_in_paris()
    formulaire, filtres, erreurs = lire(request.GET, code, request.user)
    agenda = chercher(filtres, request.user, today)
    mois = _mois(agenda, erreurs) if filtres.vue is Vue.MOIS else None
    adresse = adresse_de(filtres, mois if filtres.mois else None)
    vues = {Vue.LISTE: _liste, Vue.MOIS: _calendrier, Vue.CARTE: _carte}
    context = vues[filtres.vue](request, agenda, adresse, erreurs, mois)
    comptes = agenda.nombres(mois, dernier_jour(mois)) if mois else agenda.nombres()
    facettes = construire_facettes(
        {nom: str(NOMS[nom]) for nom in FACETTES}, formulaire.choix, filtres.valeurs, comptes, adresse, _unite
    )
    return {
        **context,
        "formulaire": formulaire,
        "champs_dates": [formulaire["du"], formulaire["au"]],
        "erreurs": erreurs,
        "filtres": filtres,
        "vue": filtres.vue.value,
        "vues": _vues(filtres, adresse),
        "facettes": [facette for facette in facettes if facette.options],
        "actifs": _actifs(filtres, facettes, adresse),
        "url_tout_effacer": adresse.sans("q", "du", "au", "lieu", *FACETTES),
        "parametres": [champ for champ in adresse.champs_caches() if champ["nom"] not in {"du", "au"}],
        "a_indexer": not request.GET,
        **_flux(request, filtres),
    }


def adresse_de(filtres: FiltresAgenda, mois: datetime.date | None = None) -> Adresse:
    """The address of the agenda under these filters."""
    seuls = {
        "vue": "" if filtres.vue is Vue.LISTE else filtres.vue.value,
        "periode": "" if filtres.periode is Periode.A_VENIR else filtres.periode.value,
        "mois": f"{mois:%Y-%m}" if mois else "",
        "du": filtres.du.isoformat() if filtres.du else "",
        "au": filtres.au.isoformat() if filtres.au else "",
        "lieu": str(filtres.lieu or ""),
    }
    return Adresse(
        ORDRE, filtres.texte, {**filtres.valeurs, **{name: (value,) for name, value in seuls.items() if value}}
    )


def _unite(nombre: int) -> str:
    return ngettext("date", "dates", nombre)


# --- Views of the same dates ---


def _liste(
    request: HttpRequest, agenda: Agenda, adresse: Adresse, erreurs: list[str], _mois: datetime.date | None
) -> dict[str, Any]:
    pagination = paginate(
        agenda.de_la_periode(), agenda.filtres.page, PAR_PAGE, lambda numero: adresse.avec(page=str(numero))
    )
    if pagination.hors_limites and not erreurs:
        erreurs.append(_("Cette page n’existe pas. Voici la dernière."))
    filtres = agenda.filtres
    dates = dates_affichees(seances_affichees(pagination.objets), filtres.langue, request.user, agenda.today)
    autre = Periode.PASSES if filtres.periode is Periode.A_VENIR else Periode.A_VENIR
    onglets = {Periode.A_VENIR: _("À venir"), Periode.PASSES: _("Passés")}
    return {
        "total": pagination.total,
        "mois_listes": [(mois_annee(mois), f"{mois:%Y-%m}", listed) for mois, listed in par_mois(dates)],
        "pagination": pagination if pagination.nombre_de_pages > 1 else None,
        "passes": filtres.periode is Periode.PASSES,
        "periodes": [
            Onglet(nom, _periode(adresse, periode), periode is filtres.periode, agenda.nombre(periode))
            for periode, nom in onglets.items()
        ],
        "autre_periode": Onglet(onglets[autre], _periode(adresse, autre), False, agenda.nombre(autre)),
    }


def _periode(adresse: Adresse, periode: Periode) -> str:
    return adresse.sans("periode") if periode is Periode.A_VENIR else adresse.avec(periode=periode.value)


def _bornes(agenda: Agenda) -> tuple[datetime.date, datetime.date]:
    """The first and the last month that may hold dates."""
    today = agenda.today.replace(day=1)
    first, last = agenda.registre.premier or today, agenda.registre.dernier or today
    return min(first.replace(day=1), today), max(last.replace(day=1), months_later(today, HORIZON_MOIS))


def _mois(agenda: Agenda, erreurs: list[str]) -> datetime.date:
    """The month to show: the one asked for if the agenda goes so far, else this one."""
    today = agenda.today.replace(day=1)
    asked = agenda.filtres.mois
    if asked is None:
        return today
    first, last = _bornes(agenda)
    if first <= asked <= last:
        return asked
    parts = {"mois": mois_annee(asked), "premier": mois_annee(first), "dernier": mois_annee(last)}
    erreurs.append(_("L’agenda n’a rien en %(mois)s : il va de %(premier)s à %(dernier)s. Voici ce mois-ci.") % parts)
    return today


def _calendrier(
    request: HttpRequest, agenda: Agenda, adresse: Adresse, _erreurs: list[str], mois: datetime.date | None
) -> dict[str, Any]:
    mois = mois or agenda.today.replace(day=1)
    registre, langue = agenda.registre, agenda.filtres.langue
    dernier = dernier_jour(mois)
    trouvees = agenda.entre(mois, dernier)
    par_jour = places_par_jour(((place, registre.jours[place]) for place in registre.dans(trouvees)), mois)
    shown = sorted({place for places in par_jour.values() for place in places[:PAR_JOUR]})
    dates = dates_affichees(
        seances_affichees(registre.seances[place] for place in shown), langue, request.user, agenda.today
    )
    by_id = {date.seance.pk: date for date in dates}
    by_place = {place: by_id[pk] for place in shown if (pk := registre.seances[place]) in by_id}
    weeks = semaines(mois, agenda.today, par_jour, by_place)
    first, last = _bornes(agenda)
    before, after = months_later(mois, -1), months_later(mois, 1)
    for day in (day for week in weeks for day in week if day.autres):
        day.url = _du_jour(agenda.filtres, day, agenda.today)
    return {
        "total": trouvees.bit_count(),
        "mois": mois,
        "mois_nom": mois_annee(mois),
        "jours": jours_de_la_semaine(),
        "semaines": weeks,
        "mois_avant": _vers(adresse, before) if before >= first else None,
        "mois_apres": _vers(adresse, after) if after <= last else None,
        "ce_mois": adresse.sans("mois") if mois != agenda.today.replace(day=1) else "",
    }


def _vers(adresse: Adresse, mois: datetime.date) -> Onglet:
    return Onglet(mois_annee(mois), adresse.avec(mois=f"{mois:%Y-%m}"), False)


def _du_jour(filtres: FiltresAgenda, day: JourDuMois, today: datetime.date) -> str:
    """The list of everything on one day."""
    periode = Periode.PASSES if day.jour < today else Periode.A_VENIR
    return adresse_de(filtres.avec(vue=Vue.LISTE, periode=periode, du=day.jour, au=day.jour)).sans()


def _carte(
    request: HttpRequest, agenda: Agenda, adresse: Adresse, erreurs: list[str], _mois: datetime.date | None
) -> dict[str, Any]:
    return contexte_carte(request, agenda, adresse, erreurs, adresse_de)


# --- What stands around them ---


def _vues(filtres: FiltresAgenda, adresse: Adresse) -> list[Onglet]:
    noms = {Vue.LISTE: _("Liste"), Vue.MOIS: _("Mois"), Vue.CARTE: _("Carte")}
    return [
        Onglet(
            nom,
            adresse.sans("vue", "mois") if vue is Vue.LISTE else adresse.avec(vue=vue.value),
            vue is filtres.vue,
        )
        for vue, nom in noms.items()
    ]


def _actifs(filtres: FiltresAgenda, facettes: list[Any], adresse: Adresse) -> list[FiltreActif]:
    """Every filter in force, each with the address that takes it away."""
    found = filtres_actifs(facettes)
    if filtres.texte:
        found.insert(0, filtre_texte(filtres.texte, adresse))
    if filtres.lieu is not None:
        nom = nom_du_lieu(Lieu.objects.filter(pk=filtres.lieu).first())
        found.append(FiltreActif(nom, str(NOMS["lieu"]), adresse.sans("lieu")))
    for nom, texte in (("du", _("À partir du %(jour)s")), ("au", _("Jusqu’au %(jour)s"))):
        jour = getattr(filtres, nom)
        if jour:
            libelle = texte % {"jour": jour_long(jour, semaine=False)}
            found.append(FiltreActif(libelle, str(NOMS[nom]), adresse.sans(nom)))
    return found


def _flux(request: HttpRequest, filtres: FiltresAgenda) -> dict[str, str]:
    """The addresses of the feeds of these dates; a subscription has a scheme of its own."""
    suite = adresse_de(filtres.avec(vue=Vue.LISTE, periode=Periode.A_VENIR)).sans()
    query = suite if suite.startswith("?") else ""
    try:
        ics, atom = f"{reverse('agenda_ics')}{query}", f"{reverse('agenda_atom')}{query}"
    except NoReverseMatch:
        return {}
    webcal = f"webcal://{request.get_host()}{ics}"
    return {"url_ics": ics, "url_atom": atom, "url_webcal": webcal}
