"""Reminders: those that are due and have not left, whatever the day on which somebody looks."""

import datetime
import logging
from itertools import groupby

from django.utils import timezone

from evenements.calendrier import zone
from evenements.courriels import Courrier, debut_en_cle
from evenements.models import Inscription
from evenements.operations.verrous import sous_verrou
from evenements.queries.rappels import Rappel, rappels_dus

logger = logging.getLogger(__name__)


def rappeler(maintenant: datetime.datetime | None = None) -> int:
    """Leave the reminders that are due; return how many. Their keys hold the start: a date that moves has new ones."""
    now = maintenant or timezone.now()
    number = 0
    for seance_id, due in groupby(rappels_dus(now), key=lambda one: one.seance):
        try:
            number += _rappeler(seance_id, list(due), now)
        except Exception:
            logger.exception("The reminders of date %s could not be left", seance_id)
    return number


def _rappeler(seance_id: int, dus: list[Rappel], now: datetime.datetime) -> int:
    with sous_verrou(seance_id) as date:
        # Moved or cancelled since the list was made: the next minute makes another.
        if date.debut != dus[0].debut or date.annulee:
            return 0
        courrier = Courrier(date)
        reste = (date.jour - now.astimezone(zone(date.evenement.fuseau)).date()).days
        people = Inscription.objects.filter(seance=date).confirmees().in_bulk([one.inscription for one in dus])
        number = 0
        for one in dus:
            person = people.get(one.inscription)
            if person is None:
                continue
            person.seance = date
            suite = f"{one.jours}:{debut_en_cle(one.debut)}"
            number += courrier.ecrire(person, "rappel", suite, jours=str(reste))
        return number
