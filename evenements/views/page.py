"""The page of an event: its facts, its dates and what one can do about each."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from evenements.affichage import SANS_PLACES, acces_de, nom_du_lieu, regle_de
from evenements.dates import balises, jour_long, quand
from evenements.etats import EtatAffiche, etat_de
from evenements.models import (
    AnimateurEvenement,
    Cote,
    Evenement,
    EvenementPage,
    GenreEvenement,
    LangueParlee,
    Mode,
    ModeInscription,
    Seance,
    StatutEvenement,
)
from evenements.queries.dates_d_un_evenement import EN_VUE, DatesEvenement, dates_de
from evenements.queries.filtres import A_DISTANCE
from evenements.queries.gens import lire_les_gens
from socle.dates import today as today_in_paris
from socle.page_context import page_context


@dataclass(frozen=True)
class DateDePage:
    """One date on the page of its event."""

    seance: Seance
    quand: str
    debut: str
    fin: str
    etat: EtatAffiche
    # Said only where it is not that of the other dates.
    lieu: str
    url_inscription: str
    url_ics: str
    jour_prevu: str

    @property
    def jour(self) -> datetime.date:
        return self.seance.jour


@page_context(EvenementPage)
def contexte_evenement(request: HttpRequest, page: EvenementPage) -> dict[str, Any]:
    """The facts of the event with its dates, whatever the language of the page."""
    today = today_in_paris()
    event = page.evenement
    dates = dates_de(event, today)
    lire_les_gens(event)
    coming = [_date(date, dates, event, today) for date in dates.a_venir]
    past = [_date(date, dates, event, today) for date in dates.passees]
    prochaine = dates.prochaine
    main = next((date for date in (*coming, *past) if prochaine and date.seance.pk == prochaine.pk), None)
    lieu = prochaine.lieu if prochaine else event.lieu
    mode = prochaine.mode if prochaine else event.mode
    leaders = event.qui_anime
    return {
        "evenement": event,
        "genre": str(GenreEvenement(event.genre).label),
        "prochaine": main,
        "terminee": not coming and bool(past),
        "dates_en_vue": coming[:EN_VUE],
        "dates_suivantes": coming[EN_VUE:],
        "dates_passees": past,
        "dates_exclues": [jour_long(day) for day in dates.exclues],
        "en_serie": bool(event.recurrence) or not dates.unique,
        "serie": regle_de(event),
        "annule": event.annule,
        "reporte": event.statut == StatutEvenement.REPORTE,
        "lieu": lieu,
        "lieu_nom": nom_du_lieu(lieu),
        "url_carte": _vers_l_agenda(page, f"vue=carte&lieu={lieu.pk}") if lieu and lieu.position else "",
        "mode_nom": str(Mode(mode).label),
        "a_distance": mode in A_DISTANCE,
        "lien_public": _lien_public(event, prochaine),
        "organisateurs": event.qui_organise,
        "animateurs": [(animateur, str(Cote(animateur.cote).label)) for animateur in leaders],
        "en_binome": _en_binome(leaders),
        "prix": _prix(event),
        "langues_parlees": [str(LangueParlee(code).label) for code in event.langues],
        "acces": acces_de(event, lieu),
        "publics": [terme.nom for terme in page.publics.all()],
        "sur_inscription": event.inscription != ModeInscription.AUCUNE,
        "url_ics": reverse("evenement_ics", args=[event.cle]),
    }


def _date(date: Seance, dates: DatesEvenement, event: Evenement, today: datetime.date) -> DateDePage:
    etat = etat_de(date, dates.places.get(date.pk, SANS_PLACES), today)
    debut, fin = balises(date)
    moved = date.jour != date.jour_prevu and bool(event.recurrence)
    return DateDePage(
        seance=date,
        quand=quand(date),
        debut=debut,
        fin=fin,
        etat=etat,
        lieu=nom_du_lieu(date.lieu) if date.lieu_id != event.lieu_id else "",
        url_inscription=reverse("inscription", args=[date.pk]) if etat.inscription else "",
        url_ics=reverse("seance_ics", args=[date.pk]) if date.jour_fin >= today and not etat.annulee else "",
        jour_prevu=jour_long(date.jour_prevu, annee=False) if moved else "",
    )


def _vers_l_agenda(page: EvenementPage, query: str) -> str:
    return f"{page.fil_d_ariane[-1].url}?{query}" if page.fil_d_ariane else ""


def _lien_public(event: Evenement, date: Seance | None) -> str:
    """The address of the online meeting, where the event says that anybody may have it."""
    if not event.lien_public or event.inscription != ModeInscription.AUCUNE or date is None or date.annulee:
        return ""
    return date.lien_en_ligne


def _en_binome(leaders: list[AnimateurEvenement]) -> bool:
    return {animateur.cote for animateur in leaders} >= set(Cote.values)


def _prix(event: Evenement) -> str:
    if event.prix is None:
        prix = _("Gratuit")
    else:
        prix = _("%(prix)s €") % {"prix": number_format(event.prix, 0 if event.prix % 1 == 0 else 2)}
    return f"{prix} ({event.precision_tarif})" if event.precision_tarif else prix
