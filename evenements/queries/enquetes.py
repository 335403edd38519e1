"""Questions about the survey: who is asked, which links still open it, what was answered."""

import datetime
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from evenements.jetons import empreinte
from evenements.masquage import SEUIL
from evenements.models import EtatInscription, Inscription, JetonEnquete, ReponseEnquete, Seance, StatutEvenement
from socle.models import CourrielASortir

# Key of the mails in the outbox, before the number of the registration.
CLE = "enquete:"
# A date entered or ticked later than this is not asked about; outbox keys are kept for longer.
FENETRE = datetime.timedelta(days=14)
CONSERVATION = datetime.timedelta(days=60)
NOTES = (1, 2, 3, 4)


def a_inviter(today: datetime.date) -> QuerySet[Inscription]:
    """Those who were at a date that is over, and have not been asked.

    They are those ticked as present, or all who had a seat when nobody ticked the sheet.
    """
    ticked = Inscription.objects.filter(seance=OuterRef("seance"), present__isnull=False)
    asked = CourrielASortir.objects.filter(cle=Concat(Value(CLE), Cast(OuterRef("pk"), TextField())))
    return (
        Inscription.objects.filter(
            seance__jour_fin__lt=today,
            seance__jour_fin__gte=today - FENETRE,
            seance__statut=Seance.Statut.PREVUE,
            seance__evenement__statut=StatutEvenement.PREVU,
        )
        .exclude(courriel="")
        .filter(Q(present=True) | (Q(etat=EtatInscription.CONFIRMEE) & ~Exists(ticked)))
        .exclude(Exists(asked))
        .select_related("seance__evenement")
        .order_by("seance_id", "pk")
    )


def jetons_bons(today: datetime.date) -> QuerySet[JetonEnquete]:
    return JetonEnquete.objects.filter(seance__jour_fin__gte=today - CONSERVATION)


def jetons_perimes(today: datetime.date) -> QuerySet[JetonEnquete]:
    return JetonEnquete.objects.filter(seance__jour_fin__lt=today - CONSERVATION)


def seance_du_jeton(jeton: str, today: datetime.date) -> Seance | None:
    """Return the date that a link asks about; None when it was used, is too old, or never was."""
    found = jetons_bons(today).filter(pk=empreinte(jeton)).select_related("seance__evenement", "seance__lieu").first()
    return found.seance if found else None


@dataclass(frozen=True)
class Notes:
    """The answers to one question, from 1 to 4."""

    # How many gave each answer; None where the number would be too small to be told.
    effectifs: dict[int, int | None] = field(default_factory=dict)
    moyenne: float | None = None
    # Out of a hundred, those who answered 3 or 4.
    favorables: int | None = None


@dataclass(frozen=True)
class Resultats:
    """What people thought of some dates; `reponses` is None when too few of them answered to tell anything."""

    reponses: int | None = None
    satisfaction: Notes = Notes()
    place: Notes = Notes()


def resultats(seances: Any) -> Resultats:
    """Sum up the answers about these dates, in one query.

    Fewer than `SEUIL` tell nothing. Dates that have fewer are only counted when, together, they have enough of them:
    their answers cannot be found by subtraction from the figures of the others.
    """
    rows = (
        ReponseEnquete.objects.filter(seance__in=seances)
        .order_by()
        .values_list("seance_id", "satisfaction", "place")
        .annotate(nombre=Count("pk"))
    )
    per_date: Counter[int] = Counter()
    for date, _satisfaction, _place, number in rows:
        per_date[date] += number
    small = {date for date, number in per_date.items() if number < SEUIL}
    left_out = small if sum(per_date[date] for date in small) < SEUIL else set()
    satisfaction: Counter[int] = Counter()
    place: Counter[int] = Counter()
    total = 0
    for date, satisfied, had_place, number in rows:
        if date in left_out:
            continue
        total += number
        if satisfied is not None:
            satisfaction[satisfied] += number
        if had_place is not None:
            place[had_place] += number
    if total < SEUIL:
        return Resultats()
    return Resultats(total, _notes(satisfaction), _notes(place))


def _notes(counts: Counter[int]) -> Notes:
    total = sum(counts.values())
    if total < SEUIL:
        return Notes()
    return Notes(
        effectifs=masquer({note: counts[note] for note in NOTES}),
        moyenne=round(sum(note * number for note, number in counts.items()) / total, 1),
        favorables=round(100 * (counts[3] + counts[4]) / total),
    )


def masquer(cells: dict[Any, int]) -> dict[Any, int | None]:
    """Hide the cells from 1 to `SEUIL` - 1, and the next smallest one when it alone would tell a hidden one."""
    hidden = {name for name, number in cells.items() if 0 < number < SEUIL}
    shown = [name for name in cells if name not in hidden and cells[name]]
    if len(hidden) == 1 and shown:
        hidden.add(min(shown, key=lambda name: cells[name]))
    return {name: None if name in hidden else number for name, number in cells.items()}


def commentaires(seance: Seance) -> list[str]:
    """What was written about one date, in no order; nothing when too few people answered."""
    answers = ReponseEnquete.objects.filter(seance=seance)
    if answers.count() < SEUIL:
        return []
    return list(answers.exclude(commentaire="").order_by("pk").values_list("commentaire", flat=True))
