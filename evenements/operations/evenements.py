"""Changes of the facts of an event. They show at once in every language, in lists and in the calendars of readers."""

import datetime
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from evenements.calendrier import RegleError
from evenements.erreurs import ImpossibleError
from evenements.models import Evenement, Seance, StatutEvenement
from evenements.operations.inscriptions_avis import Avant, Avis
from evenements.operations.materialisation import Bilan, prevenir, tenir_les_dates, verrouiller, verrouiller_les_dates
from evenements.permissions import exiger_animation
from socle import generation

# What says nothing of the event itself.
TENUS = {"sequence", "modifie_le", "cree_le", "cree_par"}
AVIS = {
    StatutEvenement.ANNULE: Avis.ANNULEE,
    StatutEvenement.REPORTE: Avis.REPORTEE,
    StatutEvenement.PREVU: Avis.RETABLIE,
}
ACTIONS = {
    StatutEvenement.ANNULE: "annuler",
    StatutEvenement.REPORTE: "reporter",
    StatutEvenement.PREVU: "retablir",
}


@transaction.atomic
def enregistrer(evenement: Evenement, par: Any = None) -> Evenement:
    """Save the facts of an event, new or changed, with what hangs on it, and make its dates follow.

    `evenement` is as a form leaves it, validated and not saved (`form.save(commit=False)`). Asked again with the same
    facts, it changes nothing.
    """
    exiger_animation(par)
    try:
        if evenement.regle is not None:
            # Written in one way only: the same rule is no change.
            evenement.recurrence = evenement.regle.rrule()
    except RegleError as error:
        raise ImpossibleError(str(error)) from error
    if evenement.pk is None:
        return _creer(evenement, par)
    avant = verrouiller(evenement.pk)
    changed = _changements(avant, evenement)
    if not changed:
        return evenement
    evenement.sequence, evenement.modifie_le = avant.sequence + 1, timezone.now()
    evenement.save()
    bilan = tenir_les_dates(evenement, evenement.modifie_le)
    if "statut" in changed:
        bilan.avis = _avis_de_statut(evenement, bilan)
    prevenir(bilan.avis)
    generation.increment()
    action = ACTIONS[StatutEvenement(evenement.statut)] if "statut" in changed else "modifier"
    data = {"faits": sorted(changed), "motif": evenement.motif_statut}
    log(instance=evenement, action=f"evenements.{action}", user=par, uuid=uuid4(), data=data)
    return evenement


def changer(evenement: Evenement, faits: dict[str, object], par: Any = None) -> Evenement:
    """Change some facts of an event, checked as a form would check them."""
    for name, value in faits.items():
        setattr(evenement, name, value)
    try:
        evenement.full_clean(exclude=["cree_par"])
    except ValidationError as error:
        raise ImpossibleError(" ".join(error.messages)) from error
    return enregistrer(evenement, par)


@transaction.atomic
def annuler_evenement(evenement_id: int, motif: str = "", par: Any = None) -> Evenement:
    """Cancel all the dates of an event; it stays in the lists, marked."""
    return _passer_a(evenement_id, StatutEvenement.ANNULE, motif, par)


@transaction.atomic
def reporter_evenement(evenement_id: int, motif: str = "", par: Any = None) -> Evenement:
    """Say that an event will not be held on its date, and that another one will come."""
    return _passer_a(evenement_id, StatutEvenement.REPORTE, motif, par)


@transaction.atomic
def retablir_evenement(evenement_id: int, par: Any = None) -> Evenement:
    """Hold an event that was cancelled or postponed, on its date; dates cancelled one by one stay so."""
    return _passer_a(evenement_id, StatutEvenement.PREVU, "", par)


@transaction.atomic
def reprogrammer_evenement(
    evenement_id: int,
    *,
    jour: datetime.date,
    heure_debut: datetime.time | None,
    heure_fin: datetime.time | None,
    jour_fin: datetime.date | None = None,
    par: Any = None,
) -> Evenement:
    """Give an event that was postponed, or any other, a new date: it is then held as any event."""
    exiger_animation(par)
    evenement = verrouiller(evenement_id)
    dernier = jour_fin or jour + (evenement.jour_fin - evenement.jour)
    faits = {"jour": jour, "jour_fin": dernier, "heure_debut": heure_debut, "heure_fin": heure_fin}
    return changer(evenement, {**faits, "statut": StatutEvenement.PREVU, "motif_statut": ""}, par)


def _passer_a(evenement_id: int, statut: StatutEvenement, motif: str, par: Any) -> Evenement:
    exiger_animation(par)
    evenement = verrouiller(evenement_id)
    if evenement.statut == statut:
        return evenement
    evenement.statut, evenement.motif_statut = statut, motif
    return enregistrer(evenement, par)


def _creer(evenement: Evenement, par: Any) -> Evenement:
    evenement.cree_par = evenement.cree_par or par
    evenement.save()
    tenir_les_dates(evenement, evenement.modifie_le)
    generation.increment()
    log(instance=evenement, action="evenements.creer", user=par, uuid=uuid4())
    return evenement


def _changements(avant: Evenement, apres: Evenement) -> set[str]:
    """Return the names of the facts that differ, those of what hangs on the event included."""
    old, new = avant.serializable_data(), apres.serializable_data()
    return {name for name, value in new.items() if name not in TENUS and old.get(name) != value}


def _avis_de_statut(evenement: Evenement, bilan: Bilan) -> list[tuple[Seance, Avis, Avant | None]]:
    """Return what people are told when the whole event is cancelled, postponed or restored: that, and nothing else."""
    statut = StatutEvenement(evenement.statut)
    deplacees = {seance.pk: avant for seance, nature, avant in bilan.avis if nature is Avis.DEPLACEE}
    annulees = [avis for avis in bilan.avis if avis[1] is Avis.ANNULEE]
    avis: list[tuple[Seance, Avis, Avant | None]] = []
    for seance in verrouiller_les_dates(evenement):
        if seance.statut == Seance.Statut.ANNULEE:
            continue
        if statut == StatutEvenement.PREVU and seance.pk in deplacees:
            avis.append((seance, Avis.DEPLACEE, deplacees[seance.pk]))
        else:
            avis.append((seance, AVIS[statut], None))
    return annulees + avis
