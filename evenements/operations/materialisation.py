"""From the facts of an event to its dates.

An event is changed under a lock on its row, then on those of its dates: two changes at once make no date twice.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from evenements.calendrier import jours, premier_jour
from evenements.models import Evenement, Inscription, ReponseEnquete, Seance
from evenements.operations.inscriptions_avis import Avant, Avis, prevenir_les_inscrits
from socle.dates import months_later, today

HORIZON_MOIS = 18
FAITS = (
    "debut",
    "fin",
    "jour",
    "jour_fin",
    "journee_entiere",
    "mode",
    "lieu_id",
    "lien_en_ligne",
    "capacite",
)
# What moves people.
RENDEZ_VOUS = ("debut", "fin", "journee_entiere", "mode", "lieu_id")
ECRITS = [*(name.removesuffix("_id") for name in FAITS), "jour_prevu", "statut", "modifiee", "sequence", "modifie_le"]


@dataclass
class Bilan:
    """What changed among the dates of an event."""

    creees: list[Seance] = field(default_factory=list)
    changees: list[Seance] = field(default_factory=list)
    supprimees: list[Seance] = field(default_factory=list)
    avis: list[tuple[Seance, Avis, Avant | None]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.creees) + len(self.changees) + len(self.supprimees)


def horizon() -> datetime.date:
    """Up to when dates are made."""
    return months_later(today(), HORIZON_MOIS)


def verrouiller(evenement_id: int) -> Evenement:
    """Hold an event until the end of the transaction; its dates come next."""
    # Pages and dates may still point to it meanwhile.
    return Evenement.objects.select_for_update(of=("self",), no_key=True).get(pk=evenement_id)


def verrouiller_les_dates(evenement: Evenement) -> list[Seance]:
    """Hold the dates of an event, in the order in which everyone takes them."""
    found = list(Seance.objects.filter(evenement=evenement).order_by("pk").select_for_update(of=("self",)))
    for seance in found:
        seance.evenement = evenement
    return found


def tenir_les_dates(evenement: Evenement, maintenant: datetime.datetime, jusqu_a: datetime.date | None = None) -> Bilan:
    """Make the dates of an event, which is locked, those that its facts give.

    Dates changed by hand and past dates stay as they are. A date that is no longer given disappears, unless people
    registered: it is then cancelled. A meeting that is held once keeps its date, whatever the day it moves to.
    """
    existantes = {seance.jour_prevu: seance for seance in verrouiller_les_dates(evenement)}
    if not evenement.recurrence and len(existantes) == 1:
        [seule] = existantes.values()
        existantes = {evenement.jour: seule}
    limite, voulus = _jours_voulus(evenement, existantes, jusqu_a or horizon())
    bilan = Bilan()
    for jour in sorted(voulus):
        if jour in existantes:
            _accorder(existantes[jour], jour, evenement, bilan)
        elif jour <= limite:
            _creer(evenement, jour, existantes, bilan)
    _retirer([seance for jour, seance in existantes.items() if jour not in voulus], evenement, bilan)
    for seance in bilan.changees:
        seance.sequence += 1
        seance.modifie_le = maintenant
    Seance.objects.bulk_create(bilan.creees)
    Seance.objects.bulk_update(bilan.changees, ECRITS)
    Seance.objects.filter(pk__in=[seance.pk for seance in bilan.supprimees]).delete()
    return bilan


def prevenir(avis: Iterable[tuple[Seance, Avis, Avant | None]]) -> None:
    """Tell the people who registered for dates that are not over."""
    for seance, nature, avant in sorted(avis, key=lambda found: (found[0].debut, found[0].pk)):
        if seance.jour_fin >= today():
            prevenir_les_inscrits(seance, nature, avant)


def avant_de(seance: Seance) -> Avant:
    return Avant(
        seance.debut, seance.fin, seance.jour, seance.jour_fin, seance.journee_entiere, seance.mode, seance.lieu_id
    )


def donner(seance: Seance, faits: dict[str, object], bilan: Bilan) -> bool:
    """Write facts on a date; tell whether any of them is new."""
    avant = avant_de(seance)
    changed = {name for name, value in faits.items() if getattr(seance, name) != value}
    for name in changed:
        setattr(seance, name, faits[name])
    if seance.statut == Seance.Statut.PREVUE and not seance.evenement.annule:
        if changed.intersection(RENDEZ_VOUS):
            bilan.avis.append((seance, Avis.DEPLACEE, avant))
        elif "lien_en_ligne" in changed:
            bilan.avis.append((seance, Avis.LIEN, None))
        if "capacite" in changed:
            bilan.avis.append((seance, Avis.PLACES, None))
    return bool(changed)


def faits_du_jour(evenement: Evenement, jour: datetime.date) -> dict[str, object]:
    """Return the facts of the date that the rule gives on that day."""
    moment = evenement.moment_du(jour)
    return {
        "debut": moment.debut,
        "fin": moment.fin,
        "jour": moment.jour,
        "jour_fin": moment.jour_fin,
        "journee_entiere": moment.journee_entiere,
        "mode": evenement.mode,
        "lieu_id": evenement.lieu_id,
        "lien_en_ligne": evenement.lien_en_ligne,
        "capacite": evenement.capacite,
    }


def _jours_voulus(
    evenement: Evenement, existantes: dict[datetime.date, Seance], jusqu_a: datetime.date
) -> tuple[datetime.date, set[datetime.date]]:
    """Return up to when dates are made, and the days that the rule gives until then and among the existing dates."""
    regle = evenement.regle
    # A series announced long before has its first date all the same.
    limite = max(jusqu_a, premier_jour(regle, evenement.jour) or jusqu_a)
    exclus = set(evenement.dates_exclues) if regle else set()
    return limite, set(jours(regle, evenement.jour, exclus=exclus, jusqu_a=max(limite, *existantes, limite)))


def _accorder(seance: Seance, jour: datetime.date, evenement: Evenement, bilan: Bilan) -> None:
    """Give an existing date the facts of its event."""
    if evenement.recurrence and (seance.modifiee or seance.jour_fin < today()):
        return
    rekeyed = (seance.jour_prevu, seance.modifiee) != (jour, False)
    seance.jour_prevu, seance.modifiee = jour, False
    if donner(seance, faits_du_jour(evenement, jour), bilan) or rekeyed:
        bilan.changees.append(seance)


def _creer(evenement: Evenement, jour: datetime.date, existantes: dict[datetime.date, Seance], bilan: Bilan) -> None:
    faits = faits_du_jour(evenement, jour)
    # A rule that changes makes no meeting that nobody held.
    if evenement.moment_du(jour).jour_fin < today() and any(autre >= jour for autre in existantes):
        return
    bilan.creees.append(Seance(evenement=evenement, jour_prevu=jour, **faits))


def _retirer(seances: list[Seance], evenement: Evenement, bilan: Bilan) -> None:
    """Take away the dates that the facts no longer give."""
    exclus = set(evenement.dates_exclues)
    avec = _avec_traces([seance.pk for seance in seances])
    for seance in seances:
        exclue = seance.jour_prevu in exclus
        annulee = seance.statut == Seance.Statut.ANNULEE
        if seance.jour_fin < today() or ((seance.modifiee or annulee) and not exclue):
            continue
        if seance.pk not in avec:
            bilan.supprimees.append(seance)
        elif not annulee:
            seance.statut = Seance.Statut.ANNULEE
            bilan.changees.append(seance)
            bilan.avis.append((seance, Avis.ANNULEE, None))


def _avec_traces(pks: list[int]) -> set[int]:
    """Return those of the dates that somebody registered for, or judged."""
    traces = [Exists(model.objects.filter(seance=OuterRef("pk"))) for model in (Inscription, ReponseEnquete)]
    found = Seance.objects.filter(pk__in=pks).filter(traces[0] | traces[1]) if pks else ()
    return {seance.pk for seance in found}
