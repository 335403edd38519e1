"""Questions about the survey: who is asked, which links still open it, what was answered."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum, TextField, Value
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
class Resultats:
    """What people thought of some dates: how many answered, and the mean of each question, from 1 to 4.

    None where too few answered to tell anything. How many gave each answer is not told: with a mean beside it, few
    answers could be found again.
    """

    reponses: int | None = None
    satisfaction: float | None = None
    place: float | None = None


@dataclass(frozen=True)
class Somme:
    """The answers about one date, or about several."""

    seance_id: int = 0
    reponses: int = 0
    satisfaits: int = 0
    satisfaction: int = 0
    places: int = 0
    place: int = 0

    def __add__(self, other: "Somme") -> "Somme":
        return Somme(0, *(getattr(self, name) + getattr(other, name) for name in SOMMES))

    @property
    def resultats(self) -> Resultats:
        if self.reponses < SEUIL:
            return Resultats()
        return Resultats(self.reponses, _moyenne(self.satisfaction, self.satisfaits), _moyenne(self.place, self.places))


SOMMES = ("reponses", "satisfaits", "satisfaction", "places", "place")


def _moyenne(total: int, nombre: int) -> float | None:
    return round(total / nombre, 1) if nombre >= SEUIL else None


def par_date(seances: Any) -> list[Somme]:
    """Return the sum of the answers about each of these dates that has some. One query."""
    rows = ReponseEnquete.objects.filter(seance__in=seances).order_by().values("seance_id")
    counted = rows.annotate(
        reponses=Count("pk"),
        satisfaits=Count("satisfaction"),
        somme_satisfaction=Sum("satisfaction", default=0),
        places=Count("place"),
        somme_place=Sum("place", default=0),
    )
    return [
        Somme(*each)
        for each in counted.values_list(
            *("seance_id", "reponses", "satisfaits", "somme_satisfaction", "places", "somme_place")
        )
    ]


def additionner(dates: Iterable[Somme]) -> Somme:
    """Sum up the answers about several dates.

    Dates that have fewer than `SEUIL` are only counted when, together, they have enough of them: their answers cannot
    be found by subtraction from the figures of the others.
    """
    found = list(dates)
    small = [date for date in found if date.reponses < SEUIL]
    if sum(date.reponses for date in small) < SEUIL:
        found = [date for date in found if date.reponses >= SEUIL]
    return sum(found, Somme())


def resultats(seances: Any) -> Resultats:
    """Return what was thought of these dates together."""
    return additionner(par_date(seances)).resultats


def commentaires(seance: Seance) -> list[str]:
    """What was written about one date, in no order; nothing when too few people answered."""
    answers = ReponseEnquete.objects.filter(seance=seance)
    if answers.count() < SEUIL:
        return []
    return list(answers.exclude(commentaire="").order_by("pk").values_list("commentaire", flat=True))
