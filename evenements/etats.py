"""What is said of a date, and what a reader can do about it."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from evenements.dates import heure, jour_long
from evenements.models import ModeInscription, Participant
from evenements.queries.places import EtatInscriptions, Places, etat_inscriptions
from evenements.queries.places_dites import PlacesDites, Reste, dire
from socle.models.lieux import FUSEAU

if TYPE_CHECKING:
    from evenements.models import Seance

Etat = EtatInscriptions
# How loudly it is said: names of the colours of the style sheet.
ALERTE, ATTENTION, INFO = "alerte", "attention", "info"
TONS = {Etat.ANNULEE: ALERTE, Etat.REPORTEE: ATTENTION, Etat.COMPLETES: ATTENTION, Etat.ATTENTE: ATTENTION}


@dataclass(frozen=True)
class EtatAffiche:
    """The state of a date in words, empty where it goes without saying."""

    code: str
    nom: str = ""
    ton: str = INFO

    @property
    def annulee(self) -> bool:
        return self.code == Etat.ANNULEE

    @property
    def a_lieu(self) -> bool:
        """Whether the date holds: neither cancelled nor postponed."""
        return self.code not in {Etat.ANNULEE, Etat.REPORTEE}

    @property
    def inscription(self) -> bool:
        """Whether one may register here and now, or wait for a seat."""
        return self.code in {Etat.OUVERTES, Etat.ATTENTE}

    @property
    def attente(self) -> bool:
        return self.code == Etat.ATTENTE

    @property
    def externe(self) -> bool:
        return self.code == Etat.EXTERNE

    @property
    def libre(self) -> bool:
        return self.code == Etat.LIBRE


def etat_de(
    seance: "Seance", places: Places, today: datetime.date, maintenant: datetime.datetime | None = None
) -> EtatAffiche:
    """Say the state of a date, whose event is known, with its seats."""
    code = etat_inscriptions(seance, maintenant, places)
    if code is Etat.PASSEES:
        begun = seance.jour_fin >= today and seance.evenement.inscription != ModeInscription.AUCUNE
        return EtatAffiche(code, _("Inscriptions closes") if begun else "")
    if code is Etat.OUVERTES:
        dites = dire(places)
        return EtatAffiche(code, _places(dites), INFO if dites.reste is Reste.DES_PLACES else ATTENTION)
    if code is Etat.PAS_ENCORE:
        return EtatAffiche(code, _ouverture(seance.evenement.inscriptions_ouvrent_le))
    return EtatAffiche(code, _NOMS[code](), TONS.get(code, INFO))


_NOMS = {
    Etat.ANNULEE: lambda: pgettext("rencontre", "Annulé"),
    Etat.REPORTEE: lambda: _("Reporté, nouvelle date à venir"),
    Etat.LIBRE: lambda: _("Entrée libre"),
    Etat.EXTERNE: lambda: _("Inscription sur un autre site"),
    Etat.ATTENTE: lambda: _("Complet, liste d’attente"),
    Etat.COMPLETES: lambda: pgettext("rencontre", "Complet"),
    Etat.CLOSES: lambda: _("Inscriptions closes"),
}


def _ouverture(moment: datetime.datetime | None) -> str:
    if moment is None:
        return ""
    return _("Inscriptions à partir du %(jour)s à %(heure)s") % {
        "jour": jour_long(localtime(moment).date(), annee=False),
        "heure": heure(moment, FUSEAU),
    }


def _places(dites: PlacesDites) -> str:
    if dites.reste is Reste.DES_PLACES:
        return _("Il reste des places")
    if dites.reste is Reste.DERNIERES:
        return _("Dernières places")
    if dites.reste is Reste.COMPTEES:
        texte = ngettext("Il reste %(nombre)d place", "Il reste %(nombre)d places", dites.nombre)
        return texte % {"nombre": dites.nombre}
    if dites.reste is Reste.RESERVEES:
        kinds = _(" ; ").join(str(Participant(genre).label) for genre in dites.genres)
        return _("Dernières places, réservées : %(genres)s") % {"genres": kinds}
    return ""
