"""The list of a day is the same on the site, in the calendars of readers and for search engines."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from evenements.calendrier import HoraireError, RegleError, premier_jour
from evenements.erreurs import ImpossibleError
from evenements.filtres import lire_filtres
from evenements.flux import ics
from evenements.flux.json_ld import en_schema
from evenements.flux.selection import annonces, seances_du_flux, seances_publiques
from evenements.models import Evenement, Seance
from evenements.operations.evenements import annuler_evenement, changer, reporter_evenement
from evenements.operations.seances import annuler_seance, deplacer_seance, materialiser
from socle.dates import months_later, today
from tests.evenements.calendrier.strategies import FUSEAUX, HEURES, REGLES
from tests.evenements.lecture import Tenue, dates_structurees, donnees_structurees, du_calendrier
from tests.factories import EvenementFactory, EvenementPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SANS_FIN = {"jusqu_au": None, "nombre": None}
GESTES = st.lists(
    st.tuples(st.sampled_from(["annuler", "deplacer", "exclure", "supprimer"]), st.integers(0, 12), HEURES), max_size=4
)


def statut(seance: Seance) -> str:
    return "CANCELLED" if seance.annulee or seance.evenement.statut == "reporte" else "CONFIRMED"


def de_la_liste(jour: datetime.date, fuseau: str) -> list[Tenue]:
    from evenements.calendrier import zone

    found = Seance.objects.visible_to(AnonymousUser(), "fr").du_jour(jour).select_related("evenement")
    return sorted(
        (
            seance.evenement.nom,
            (seance.jour if seance.journee_entiere else seance.debut.astimezone(zone(fuseau))).isoformat(),
            statut(seance),
        )
        for seance in found
    )


def des_moteurs(things: list[dict[str, Any]], jour: datetime.date) -> list[Tenue]:
    found = []
    for thing in things:
        for date in dates_structurees(thing):
            debut, fin = date["startDate"], date["endDate"]
            if "T" in debut:
                first, last = (datetime.datetime.fromisoformat(moment) for moment in (debut, fin))
                days = (first.date(), max(first.date(), (last - datetime.timedelta(microseconds=1)).date()))
                debut = first.isoformat()
            else:
                days = tuple(datetime.date.fromisoformat(day) for day in (debut, fin))
            cancelled = date["eventStatus"].rpartition("/")[2] in {"EventCancelled", "EventPostponed"}
            if days[0] <= jour <= days[1]:
                found.append((date["name"], debut, "CANCELLED" if cancelled else "CONFIRMED"))
    return sorted(found)


def sans_marque(found: list[Tenue]) -> list[Tenue]:
    return sorted((titre.removeprefix("Annulé : ").removeprefix("Reporté : "), *rest) for titre, *rest in found)  # type: ignore[misc]  # three texts


def agir(evenement: Evenement, gestes: list[tuple[str, int, datetime.time]]) -> None:
    """Do to the dates what a team may do to them."""
    for geste, rang, heure in gestes:
        seance = evenement.seances.order_by("debut")[rang : rang + 1].first()
        if seance is None:
            continue
        try:
            if geste == "annuler":
                annuler_seance(seance.pk)
            elif geste == "deplacer":
                jour = seance.jour + datetime.timedelta(days=rang % 5 - 2)
                fin = (datetime.datetime.combine(jour, heure) + datetime.timedelta(hours=2)).time()
                deplacer_seance(seance.pk, jour=jour, jour_fin=jour, heure_debut=heure, heure_fin=fin)
            else:
                relu = Evenement.objects.get(pk=evenement.pk)
                changer(relu, {"dates_exclues": [*relu.dates_exclues, seance.jour_prevu]})
        except ImpossibleError:
            continue


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.none() | REGLES,
    st.integers(-60, 60),
    st.integers(0, 2),
    st.none() | st.tuples(HEURES, HEURES),
    FUSEAUX,
    GESTES,
    st.sampled_from(["prevu", "annule", "reporte"]),
)
def test_the_list_of_a_day_is_the_same_everywhere(
    regle: Any, dans: int, duree: int, heures: Any, fuseau: str, gestes: Any, etat: str
) -> None:
    debut, fin = heures or (None, None)
    jour = today() + datetime.timedelta(days=dans)
    with transaction.atomic():
        evenement = EvenementFactory(
            seance=False, jour=jour, jour_fin=jour + datetime.timedelta(days=duree), heure_debut=debut, heure_fin=fin,
            fuseau=fuseau, recurrence=regle.rrule() if regle else "",
        )  # fmt: skip
        try:
            if premier_jour(evenement.regle, jour) is not None:
                materialiser(evenement)
        except (HoraireError, RegleError):
            transaction.set_rollback(True)
            return
        EvenementPageFactory(evenement=evenement, title=evenement.nom)
        agir(evenement, gestes)
        if etat != "prevu":
            {"annule": annuler_evenement, "reporte": reporter_evenement}[etat](evenement.pk)
        filtres, _erreurs = lire_filtres(QueryDict(""), "fr")
        found = annonces(seances_du_flux(filtres), "fr")
        calendars = [
            Calendar.from_ical(ics.calendrier(some, nom="Agenda", langue="fr", url="http://localhost/"))
            for some in (found, annonces(seances_publiques("fr").filter(evenement=evenement), "fr"))
        ]
        schema = en_schema(
            Evenement.objects.get(pk=evenement.pk), titre=evenement.nom, resume="", url="http://localhost/x/"
        )
        days = {seance.jour for seance in evenement.seances.all()} | {
            seance.jour_fin for seance in evenement.seances.all()
        }
        days |= {jour, jour + datetime.timedelta(days=1), today()}
        for day in sorted(day for day in days if months_later(today(), -3) <= day <= months_later(today(), 17))[:40]:
            listed = de_la_liste(day, fuseau)
            for calendar in calendars:
                assert sans_marque(du_calendrier(calendar, day, fuseau)) == listed
            if evenement.seances.exists():
                assert des_moteurs([schema], day) == listed
        transaction.set_rollback(True)


def test_the_page_says_so_too(client: Any) -> None:
    evenement = EvenementFactory(recurrence="FREQ=WEEKLY;BYDAY=MO;COUNT=3", seance=False)
    materialiser(evenement)
    page = EvenementPageFactory(evenement=evenement, title="Café")
    thing = donnees_structurees(client.get(page.url))
    for seance in evenement.seances.all():
        assert [date for date, *_rest in des_moteurs([thing], seance.jour)] == ["Café"]
