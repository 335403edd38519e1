"""Who is to be reminded of a date, now."""

import datetime
from dataclasses import dataclass

from django.db import connection

# At this hour of the meeting's clock, so many days before.
HEURE = datetime.time(9)


@dataclass(frozen=True)
class Rappel:
    """A reminder that is due and has not been left: `jours` before `debut`."""

    inscription: int
    seance: int
    jours: int
    debut: datetime.datetime


# The last step that is due, and it alone: a night that was missed is caught up without telling the same thing twice.
# Whoever registered after that step has just been told everything.
DUS = """
SELECT i.id, s.id, pas.jours, s.debut
FROM evenements_inscription i
JOIN evenements_seance s ON s.id = i.seance_id
JOIN evenements_evenement e ON e.id = s.evenement_id
CROSS JOIN LATERAL (
  SELECT jours, ((s.jour - jours) + %(heure)s::time) AT TIME ZONE e.fuseau AS moment
  FROM unnest(e.rappels_jours) AS jours
  WHERE ((s.jour - jours) + %(heure)s::time) AT TIME ZONE e.fuseau <= %(maintenant)s
  ORDER BY jours LIMIT 1
) pas
WHERE s.debut > %(maintenant)s AND s.debut < %(maintenant)s + interval '62 days'
  AND s.statut = 'prevue' AND e.statut = 'prevu'
  AND i.etat = 'confirmee' AND i.courriel <> '' AND i.confirmee_le < pas.moment
  AND NOT EXISTS (
    SELECT 1 FROM socle_courrielasortir c
    WHERE c.cle = format('inscription:%%s:rappel:%%s:%%s', i.id, pas.jours, floor(extract(epoch FROM s.debut))::bigint)
  )
ORDER BY s.debut, s.id, i.id
"""


def rappels_dus(maintenant: datetime.datetime) -> list[Rappel]:
    """Return the reminders to leave, in one query whatever the number of dates."""
    with connection.cursor() as cursor:
        cursor.execute(DUS, {"heure": HEURE.isoformat(), "maintenant": maintenant})
        return [Rappel(*row) for row in cursor.fetchall()]
