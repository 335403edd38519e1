"""The agenda as calendars read it: iCalendar (RFC 5545, RFC 7986 for the name and the refresh), made by `icalendar`.

An event held once is one component; a series is one component with its rule, its excluded days, and one more for each
date that is not as the rule says: calendars show that it comes back, and the file stays small. The rule begins with
the first date told and ends with the last one, unless all the following ones are told too: what a calendar computes
from it is what the list of the site shows. A date that no rule gives (any more) is a component of its own.

Identifiers never change: `<cle>@<host>` for an event, `<cle>-<planned day>@<host>` for a date told alone.
"""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from django.utils.text import slugify
from icalendar import Calendar, Event, vDuration, vRecur

from evenements.calendrier import Regle, jours, zone
from evenements.flux.selection import Annonce, lieu_dit, titre_dit
from evenements.models import Evenement, Seance, StatutEvenement
from socle.models import Lieu
from socle.sites import racine

PRODID = "-//Partenariat en sante//Agenda//FR"
RAFRAICHIR = datetime.timedelta(hours=6)
# How far calendars that go on by themselves may trust the changes of hour that are written.
ANNEES_D_AVANCE = 10
Jour = datetime.date


def calendrier(annonces: Iterable[Annonce], *, nom: str, langue: str, url: str, description: str = "") -> bytes:
    """Return a calendar of these events, each as an event or as a series."""
    return _fichier([part for annonce in annonces for part in _composants(annonce)], nom, langue, url, description)


def une_date(annonce: Annonce, *, nom: str, langue: str, url: str) -> bytes:
    """Return a calendar of the one date of `annonce`, to be put alone in a calendar."""
    [seance] = annonce.seances
    return _fichier([_seule(annonce, seance)], nom, langue, url, "")


def nom_de_fichier(titre: str) -> str:
    """Return a name of file that any system takes."""
    return f"{slugify(titre)[:60].strip('-') or 'agenda'}.ics"


def _fichier(composants: list[Event], nom: str, langue: str, url: str, description: str) -> bytes:
    found = Calendar()
    found.add("prodid", PRODID)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    # It publishes events, each with its organiser (RFC 5546 §3.2.1), and invites nobody.
    found.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        found.add(name, nom)
    for name in ("description", "x-wr-caldesc") if description else ():
        found.add(name, description)
    found.add("url", url)
    found.add("refresh-interval", vDuration(RAFRAICHIR), parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", vDuration(RAFRAICHIR))
    for composant in composants:
        found.add_component(composant)
    if composants:
        annees = [composant.start.year for composant in composants]
        premier, dernier = Jour(min(annees), 1, 1), Jour(max(annees) + ANNEES_D_AVANCE, 1, 1)
        found.add_missing_timezones(premier, dernier)
    return bytes(found.to_ical())


def _composants(annonce: Annonce) -> list[Event]:
    evenement = annonce.evenement
    regle = evenement.regle
    if regle is None:
        # A series of old may have left dates behind: the date of the event is that of its day.
        return [_seule(annonce, seance, entier=seance.jour_prevu == evenement.jour) for seance in annonce.seances]
    fin = max(seance.jour_prevu for seance in annonce.seances)
    donnes = list(jours(regle, evenement.jour, jusqu_a=fin))
    known = set(donnes)
    dans_la_regle = [seance for seance in annonce.seances if seance.jour_prevu in known]
    dehors = [_seule(annonce, seance) for seance in annonce.seances if seance.jour_prevu not in known]
    if not dans_la_regle:
        return dehors
    return [*_serie(annonce, regle, dans_la_regle, donnes), *dehors]


def _serie(annonce: Annonce, regle: Regle, seances: list[Seance], donnes: list[Jour]) -> list[Event]:
    """Return the component of a series, and one for each of its dates that is not as the rule says."""
    evenement = annonce.evenement
    dits = {seance.jour_prevu for seance in seances}
    premier, dernier = min(dits), max(dits)
    debut, fin = _murs(evenement, premier)
    serie = _evenement(annonce, None)
    serie.add("dtstart", debut)
    serie.add("dtend", fin)
    exclus = [jour for jour in donnes if premier <= jour <= dernier and jour not in dits]
    if dernier == annonce.dernier_jour:
        exclus += [jour for jour in sorted(evenement.dates_exclues) if jour > dernier]
        if regle.nombre is not None:
            [*_, dernier] = jours(regle, evenement.jour, jusqu_a=Jour.max)
            regle = replace(regle, nombre=None, jusqu_au=dernier)
    else:
        regle = replace(regle, nombre=None, jusqu_au=dernier)
    serie.add("rrule", _rrule(evenement, regle))
    if exclus:
        serie.add("exdate", [_murs(evenement, jour)[0] for jour in exclus])
    return [serie, *(_exception(annonce, seance) for seance in seances if _a_part(seance, debut, fin))]


def _rrule(evenement: Evenement, regle: Regle) -> vRecur:
    """Return a rule whose end has the type of its beginning (RFC 5545 §3.3.10)."""
    instant = None
    if regle.jusqu_au and evenement.heure_debut:
        mur = datetime.datetime.combine(regle.jusqu_au, evenement.heure_debut, zone(evenement.fuseau))
        instant = mur.astimezone(datetime.UTC)
    return vRecur.from_ical(";".join(f"{nom}={valeur}" for nom, valeur in regle.parties(instant).items()))


def _a_part(seance: Seance, debut: Jour, fin: Jour) -> bool:
    """Tell whether a date is not as its series says."""
    evenement = seance.evenement
    prevu = evenement.moment_du(seance.jour_prevu)
    if seance.statut == Seance.Statut.ANNULEE or (seance.lieu_id, seance.mode) != (evenement.lieu_id, evenement.mode):
        return True
    if (seance.debut, seance.fin, seance.journee_entiere) != (prevu.debut, prevu.fin, prevu.journee_entiere):
        return True
    # Every date of a series lasts as long as the first one (§3.8.5.3): not so in the night of a change of hour.
    if not isinstance(debut, datetime.datetime) or not isinstance(fin, datetime.datetime):
        return False
    return seance.fin - seance.debut != fin.astimezone(datetime.UTC) - debut.astimezone(datetime.UTC)


def _exception(annonce: Annonce, seance: Seance) -> Event:
    found = _evenement(annonce, seance)
    found.add("recurrence-id", _murs(annonce.evenement, seance.jour_prevu)[0])
    return _a_sa_date(found, seance)


def _seule(annonce: Annonce, seance: Seance, *, entier: bool | None = None) -> Event:
    """Return a date told alone; `entier` where it is the whole event."""
    found = _evenement(annonce, seance)
    if entier is None:
        entier = not annonce.evenement.recurrence
    if not entier:
        found.uid = found.uid.replace("@", f"-{seance.jour_prevu:%Y%m%d}@")
    return _a_sa_date(found, seance)


def _a_sa_date(found: Event, seance: Seance) -> Event:
    if seance.journee_entiere:
        # The end is the first day that is not part of it (§3.6.1).
        debut, fin = seance.jour, seance.jour_fin + datetime.timedelta(days=1)
    else:
        ici = zone(seance.evenement.fuseau)
        debut, fin = seance.debut.astimezone(ici), seance.fin.astimezone(ici)
    found.add("dtstart", debut)
    found.add("dtend", fin)
    return found


def _murs(evenement: Evenement, jour: Jour) -> tuple[Jour, Jour]:
    """Return the beginning and the end that the rule gives on a day: days, or what the clock on the wall shows.

    The beginning is as the rule computes it, even where the hour changes: exceptions are found by it.
    """
    moment = evenement.moment_du(jour)
    if evenement.heure_debut is None:
        return moment.jour, moment.jour_fin + datetime.timedelta(days=1)
    ici = zone(evenement.fuseau)
    return datetime.datetime.combine(jour, evenement.heure_debut, ici), moment.fin.astimezone(ici)


def _evenement(annonce: Annonce, seance: Seance | None) -> Event:
    """Return all that a component says but its date; of the whole series where no date is given."""
    evenement, ou = annonce.evenement, seance or annonce.evenement
    annulee = ou.annule if isinstance(ou, Evenement) else ou.annulee
    reporte = evenement.statut == StatutEvenement.REPORTE
    found = Event()
    found.add("uid", f"{evenement.cle}@{urlsplit(racine()).hostname}")
    modifie = max(evenement.modifie_le, annonce.mots.publie_le, *((seance.modifie_le,) if seance else ()))
    # The same until something changes: the file is then the same, and not fetched again.
    found.add("dtstamp", modifie)
    found.add("last-modified", modifie)
    found.add("created", evenement.cree_le)
    found.add("sequence", evenement.sequence + (seance.sequence if seance else 0))
    # A calendar has no word for what is postponed: it will not be held on that date.
    found.add("status", "CANCELLED" if annulee or reporte else "CONFIRMED")
    found.add("summary", titre_dit(annonce, annulee=annulee))
    found.add("description", _description(annonce, seance))
    found.add("url", annonce.mots.url)
    found.add("class", "PUBLIC")
    if lieu := lieu_dit(ou):
        found.add("location", lieu)
    _situer(found, ou.lieu)
    found.add("categories", [evenement.get_genre_display(), *annonce.mots.themes])
    organisateur = next(iter(evenement.organisateurs.all()), None)
    # An address of a site, never one of a person.
    adresse = (organisateur.url if organisateur else "") or racine()
    found.add("organizer", adresse, parameters={"CN": organisateur.nom} if organisateur else {})
    return found


def _description(annonce: Annonce, seance: Seance | None) -> str:
    motif = (seance.motif if seance else "") or annonce.evenement.motif_statut
    return "\n\n".join(filter(None, (motif, annonce.mots.resume, annonce.mots.url)))


def _situer(found: Event, lieu: Lieu | None) -> None:
    if lieu and lieu.position:
        found.add("geo", lieu.position)
