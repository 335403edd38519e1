"""An event as search engines read it: schema.org Event, with the offset of its hours.

A series is an `EventSeries` with its schedule, and each of its dates as a short `subEvent`.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from evenements.calendrier import Frequence, Regle
from evenements.calendrier.regles import CODES_JOURS
from evenements.dates import balises
from evenements.flux.selection import MOIS_GARDES
from evenements.models import Evenement, Mode, ModeInscription, Seance, StatutEvenement
from socle.accessibilite import Accessibilite
from socle.dates import months_later, today
from socle.models import Lieu

SCHEMA = "https://schema.org"
MODES = {
    Mode.SUR_PLACE: "OfflineEventAttendanceMode",
    Mode.EN_LIGNE: "OnlineEventAttendanceMode",
    Mode.MIXTE: "MixedEventAttendanceMode",
}
JOURS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
REPETITION = {Frequence.HEBDOMADAIRE: "P1W", Frequence.QUINZAINE: "P2W"}


def en_schema(evenement: Evenement, *, titre: str, resume: str, url: str) -> dict[str, Any]:
    """Return an event with its dates: those to come and of the last months, else the last ones that there were."""
    seances = _seances(evenement)
    if not evenement.recurrence and seances:
        dates = _date(evenement, seances[-1], url)
    else:
        dates = _serie(evenement, seances, titre, url)
    return {
        "@type": "EventSeries" if evenement.recurrence else "Event",
        "@id": f"{url}#evenement",
        "name": titre,
        "description": resume,
        "url": url,
        "inLanguage": list(evenement.langues),
        "organizer": [{"@type": "Organization", "name": each.nom, "url": each.url} for each in evenement.qui_organise],
        "performer": [{"@type": "Person", "name": each.nom, "jobTitle": each.fonction} for each in evenement.qui_anime],
        "isAccessibleForFree": evenement.gratuit,
        "offers": _offre(evenement, url),
        **dates,
    }


def _seances(evenement: Evenement) -> list[Seance]:
    found = evenement.dates
    for seance in found:
        seance.evenement = evenement
    depuis = months_later(today(), -MOIS_GARDES)
    return [seance for seance in found if seance.jour_fin >= depuis] or found[-10:]


def _date(evenement: Evenement, seance: Seance, url: str) -> dict[str, Any]:
    """Return what is true of one date."""
    debut, fin = balises(seance)
    return {
        "startDate": debut,
        "endDate": fin,
        "eventStatus": f"{SCHEMA}/{_statut(evenement, seance)}",
        **_avant(evenement, seance),
        "eventAttendanceMode": f"{SCHEMA}/{MODES[Mode(seance.mode)]}",
        "location": _lieux(evenement, seance, url),
        "maximumAttendeeCapacity": seance.capacite,
    }


def _serie(evenement: Evenement, seances: list[Seance], titre: str, url: str) -> dict[str, Any]:
    """Return what is true of all the dates, then each of them, which says only what is its own."""
    if not seances:
        return {"eventStatus": f"{SCHEMA}/{_statut(evenement, None)}"}
    premier, dernier = balises(seances[0])[0], balises(seances[-1])[1]
    commun = {
        "eventStatus": f"{SCHEMA}/{_statut(evenement, None)}",
        "eventAttendanceMode": f"{SCHEMA}/{MODES[Mode(evenement.mode)]}",
        "location": _lieux(evenement, evenement, url),
        "maximumAttendeeCapacity": evenement.capacite,
    }
    return {
        **commun,
        "startDate": premier,
        "endDate": dernier,
        "eventSchedule": _horaire(evenement, seances),
        "subEvent": [_courte(evenement, seance, titre, url) for seance in seances],
    }


def _courte(evenement: Evenement, seance: Seance, titre: str, url: str) -> dict[str, Any]:
    dates = _date(evenement, seance, url)
    pareil = (seance.lieu_id, seance.mode) == (evenement.lieu_id, evenement.mode)
    if pareil and evenement.lieu and seance.mode == Mode.SUR_PLACE:
        # Written once, above: a year of weekly meetings stays light.
        dates["location"] = {"@id": f"{url}#lieu-{evenement.lieu_id}"}
    return {"@type": "Event", "name": titre, **dates}


def _statut(evenement: Evenement, seance: Seance | None) -> str:
    if evenement.annule or (seance and seance.statut == Seance.Statut.ANNULEE):
        return "EventCancelled"
    if evenement.statut == StatutEvenement.REPORTE:
        return "EventPostponed"
    return "EventRescheduled" if seance and _avant(evenement, seance) else "EventScheduled"


def _avant(evenement: Evenement, seance: Seance) -> dict[str, str]:
    """Return when a date was to begin, where somebody moved it."""
    if not (evenement.recurrence and seance.modifiee):
        return {}
    prevu = evenement.moment_du(seance.jour_prevu)
    if (prevu.debut, prevu.journee_entiere) == (seance.debut, seance.journee_entiere):
        return {}
    return {"previousStartDate": balises(prevu)[0]}


def _horaire(evenement: Evenement, seances: list[Seance]) -> dict[str, Any]:
    regle = evenement.regle
    if regle is None:
        return {}
    presents = {seance.jour_prevu for seance in seances}
    return {
        "@type": "Schedule",
        "repeatFrequency": REPETITION.get(regle.frequence, "P1M"),
        **_jours(regle),
        "repeatCount": regle.nombre,
        "startDate": evenement.jour,
        "endDate": regle.jusqu_au,
        "startTime": evenement.heure_debut and evenement.heure_debut.isoformat("minutes"),
        "endTime": evenement.heure_fin and evenement.heure_fin.isoformat("minutes"),
        "scheduleTimezone": evenement.fuseau,
        "exceptDate": [jour for jour in sorted(evenement.dates_exclues) if jour not in presents],
    }


def _jours(regle: Regle) -> dict[str, Any]:
    if regle.frequence is Frequence.MENSUELLE_JOUR:
        return {"byMonthDay": regle.jour_du_mois}
    if regle.frequence is Frequence.MENSUELLE_RANG:
        return {"byDay": f"{regle.rang}{CODES_JOURS[regle.jours[0]]}"}
    return {"byDay": [f"{SCHEMA}/{JOURS[jour]}" for jour in regle.jours]}


def _lieux(evenement: Evenement, ou: Seance | Evenement, url: str) -> list[dict[str, Any]]:
    """Return where one goes; a meeting online is at its page, never at its private address."""
    found: list[dict[str, Any]] = []
    if ou.lieu:
        found.append(_place(ou.lieu, evenement, url))
    if ou.mode != Mode.SUR_PLACE:
        found.append({"@type": "VirtualLocation", "url": url})
    return found


def _place(lieu: Lieu, evenement: Evenement, url: str) -> dict[str, Any]:
    adresse = {
        "@type": "PostalAddress",
        "streetAddress": ", ".join(filter(None, (lieu.adresse, lieu.complement))),
        "postalCode": lieu.code_postal,
        "addressLocality": lieu.commune,
        "addressCountry": "FR",
    }
    place = {"@type": "Place", "@id": f"{url}#lieu-{lieu.pk}", "name": lieu.nom, "address": adresse}
    if lieu.position:
        latitude, longitude = lieu.position
        place["geo"] = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return {**place, "amenityFeature": list(_acces({*lieu.accessibilite, *evenement.accessibilite}))}


def _acces(values: Iterable[str]) -> Iterable[dict[str, Any]]:
    """Events have no word for accessibility in schema.org; the place where they are held has one."""
    for value in Accessibilite:
        if value in values:
            yield {"@type": "LocationFeatureSpecification", "name": str(value.label), "value": True}


def _offre(evenement: Evenement, url: str) -> dict[str, Any]:
    # A price in euros; entrance without a ticket is an offer at 0.
    externe = evenement.inscription == ModeInscription.EXTERNE
    ouverture: datetime.datetime | None = evenement.inscriptions_ouvrent_le
    return {
        "@type": "Offer",
        "price": str(evenement.prix or 0),
        "priceCurrency": "EUR",
        "url": evenement.inscription_url if externe else url,
        "validFrom": ouverture,
    }
