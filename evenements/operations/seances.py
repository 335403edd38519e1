"""Changes of the dates of events: made from the rule, moved, cancelled, restored.

Each one locks the event, then its dates, reads, writes, tells the people who registered, and is told to every reader
at once: facts need no review. Asked twice, it changes nothing the second time.
"""

import datetime
import logging
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from evenements.calendrier import HoraireError, RegleError, jours, moment
from evenements.erreurs import ImpossibleError
from evenements.models import Evenement, Mode, Seance
from evenements.operations import evenements as operations
from evenements.operations.inscriptions_avis import Avis
from evenements.operations.materialisation import (
    ECRITS,
    Bilan,
    donner,
    prevenir,
    tenir_les_dates,
    verrouiller,
    verrouiller_les_dates,
)
from evenements.permissions import exiger_animation
from socle import generation
from socle.dates import today
from socle.models import Lieu

logger = logging.getLogger(__name__)

FAIT = "evenements.seances"
UN_JOUR = 24 * 60 * 60


@transaction.atomic
def materialiser(evenement: Evenement, jusqu_a: datetime.date | None = None) -> int:
    """Make the dates of an event those that its facts give, 18 months ahead; return how many changed."""
    held = verrouiller(evenement.pk)
    bilan = tenir_les_dates(held, timezone.now(), jusqu_a)
    prevenir(bilan.avis)
    if len(bilan):
        generation.increment()
    return len(bilan)


def materialiser_les_series() -> int:
    """Make the dates of all series, once a day: the job `evenements_seances`. Return how many dates changed."""
    done = f"{FAIT}.{today()}"
    if cache.get(done):
        return 0
    number = 0
    for evenement in Evenement.objects.exclude(recurrence="").order_by("pk"):
        try:
            number += materialiser(evenement)
        except (RegleError, HoraireError):
            # One series that cannot be read keeps no other from its dates.
            logger.exception("The dates of event %s could not be made", evenement.pk)
    cache.set(done, True, UN_JOUR)
    return number


@transaction.atomic
def annuler_seance(seance_id: int, motif: str = "", par: Any = None) -> Seance:
    """Cancel one date. It stays in the lists, marked; people who registered are told."""
    exiger_animation(par)
    seance = _tenir(seance_id)
    if not seance.evenement.recurrence:
        seance.evenement = operations.annuler_evenement(seance.evenement_id, motif, par)
        return seance
    if seance.statut == Seance.Statut.ANNULEE:
        return seance
    seance.statut, seance.motif = Seance.Statut.ANNULEE, motif
    return _ecrire(seance, Bilan(avis=[(seance, Avis.ANNULEE, None)]), "annuler", par, motif=motif)


@transaction.atomic
def retablir_seance(seance_id: int, par: Any = None) -> Seance:
    """Hold a cancelled date after all; one that the rule no longer gives is then kept as it is."""
    exiger_animation(par)
    seance = _tenir(seance_id)
    if not seance.evenement.recurrence:
        seance.evenement = operations.retablir_evenement(seance.evenement_id, par)
        seance.refresh_from_db(fields=["statut", "motif", "sequence", "modifie_le"])
        if seance.statut == Seance.Statut.PREVUE:
            return seance
    if seance.statut == Seance.Statut.PREVUE:
        return seance
    seance.statut, seance.motif = Seance.Statut.PREVUE, ""
    seance.modifiee = seance.modifiee or not _donnee_par_la_regle(seance)
    return _ecrire(seance, Bilan(avis=[(seance, Avis.RETABLIE, None)]), "retablir", par)


@transaction.atomic
def deplacer_seance(
    seance_id: int,
    *,
    jour: datetime.date,
    heure_debut: datetime.time | None,
    heure_fin: datetime.time | None,
    jour_fin: datetime.date | None = None,
    lieu: Lieu | None = None,
    mode: str | None = None,
    motif: str = "",
    par: Any = None,
) -> Seance:
    """Hold one date on another day, at another hour, elsewhere; `lieu` and `mode` stay as they are unless given.

    The date of an event that is held once moves with the event itself.
    """
    exiger_animation(par)
    seance = _tenir(seance_id)
    evenement = seance.evenement
    if seance.annulee:
        raise ImpossibleError("Cette date est annulée : rétablissez-la d’abord.")
    dernier = jour_fin or jour + (seance.jour_fin - seance.jour)
    ou = _ou(seance, mode, lieu)
    if not evenement.recurrence:
        faits = {"jour": jour, "jour_fin": dernier, "heure_debut": heure_debut, "heure_fin": heure_fin, **ou}
        operations.changer(evenement, faits, par)
        seance.refresh_from_db()
        return seance
    try:
        quand = moment(jour, dernier - jour, heure_debut, heure_fin, evenement.fuseau)
    except HoraireError as error:
        raise ImpossibleError(str(error)) from error
    bilan = Bilan()
    faits = {
        "debut": quand.debut,
        "fin": quand.fin,
        "jour": quand.jour,
        "jour_fin": quand.jour_fin,
        "journee_entiere": quand.journee_entiere,
        **ou,
    }
    if not donner(seance, faits, bilan):
        return seance
    seance.modifiee, seance.motif = True, motif
    return _ecrire(seance, bilan, "deplacer", par, motif=motif)


@transaction.atomic
def changer_les_places(seance_id: int, capacite: int | None, par: Any = None) -> Seance:
    """Give one date another number of seats than its event."""
    exiger_animation(par)
    seance = _tenir(seance_id)
    if capacite is not None and capacite < 1:
        raise ImpossibleError("Il faut au moins une place. Laissez vide s’il n’y a pas de limite.")
    if not seance.evenement.recurrence:
        operations.changer(seance.evenement, {"capacite": capacite}, par)
        seance.refresh_from_db()
        return seance
    bilan = Bilan()
    if not donner(seance, {"capacite": capacite}, bilan):
        return seance
    seance.modifiee = True
    return _ecrire(seance, bilan, "places", par, places=capacite)


# --- One date ---


def _tenir(seance_id: int) -> Seance:
    """Hold a date with its event: the event first, as everyone does."""
    evenement_id = Seance.objects.values_list("evenement_id", flat=True).get(pk=seance_id)
    evenement = verrouiller(evenement_id)
    found = next((seance for seance in verrouiller_les_dates(evenement) if seance.pk == seance_id), None)
    if found is None:
        raise ImpossibleError("Cette date n’existe plus.")
    return found


def _ecrire(seance: Seance, bilan: Bilan, action: str, par: Any, **data: object) -> Seance:
    seance.sequence += 1
    seance.modifie_le = timezone.now()
    seance.save(update_fields=[*ECRITS, "motif"])
    prevenir(bilan.avis)
    generation.increment()
    data = {"seance": seance.pk, "jour": seance.jour.isoformat(), **data}
    log(instance=seance.evenement, action=f"evenements.seance.{action}", user=par, uuid=uuid4(), data=data)
    return seance


def _donnee_par_la_regle(seance: Seance) -> bool:
    evenement, jour = seance.evenement, seance.jour_prevu
    given = jours(evenement.regle, evenement.jour, exclus=set(evenement.dates_exclues), jusqu_a=jour)
    return jour in given


def _ou(seance: Seance, mode: str | None, lieu: Lieu | None) -> dict[str, object]:
    """Return where a date is held: a meeting online has no place, one in a place has no link."""
    voulu = mode or seance.mode
    place = None if voulu == Mode.EN_LIGNE else (lieu.pk if lieu else seance.lieu_id)
    lien = "" if voulu == Mode.SUR_PLACE else (seance.lien_en_ligne or seance.evenement.lien_en_ligne)
    return {"mode": voulu, "lieu_id": place, "lien_en_ligne": lien}
