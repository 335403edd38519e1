"""Dates of meetings, without Django: rules of recurrence, days that they give, wall times and instants.

    regle = Regle.depuis_rrule("FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270630")
    for jour in jours(regle, date(2026, 9, 1), exclus={date(2027, 1, 5)}, jusqu_a=date(2027, 12, 31)):
        debut, fin = instants(jour, jour, time(18), time(20), "Europe/Paris")

What the calendars of readers compute from the feeds is what these functions compute: RFC 5545 decides.
"""

from evenements.calendrier.erreurs import HoraireError, RegleError
from evenements.calendrier.horaires import Moment, civil, fuseau_connu, instants, moment, zone
from evenements.calendrier.occurrences import correspond, jours, premier_jour
from evenements.calendrier.regles import DERNIER, NOMBRE_MAXIMUM, Frequence, Regle

__all__ = [
    "DERNIER",
    "NOMBRE_MAXIMUM",
    "Frequence",
    "HoraireError",
    "Moment",
    "Regle",
    "RegleError",
    "civil",
    "correspond",
    "fuseau_connu",
    "instants",
    "jours",
    "moment",
    "premier_jour",
    "zone",
]
