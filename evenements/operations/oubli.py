"""What is forgotten of people who registered, and when."""

import datetime

from django.db import transaction
from django.utils import timezone

from evenements.jetons import A_CONFIRMER_SOUS
from evenements.models import BesoinAcces, EtatInscription, Inscription
from evenements.operations.verrous import inscription_sous_verrou, passer
from evenements.transitions import Geste
from socle.dates import months_later, today

BESOINS = datetime.timedelta(days=30)
MOIS = 4
ANONYME = {"nom": "", "courriel": "", "structure": ""}
LOT = 1000


def expirer_non_confirmees(maintenant: datetime.datetime | None = None) -> int:
    """Close the demands that nobody confirmed in time, and forget who made them: it may be somebody else's address."""
    now = maintenant or timezone.now()
    late = Inscription.objects.filter(etat=EtatInscription.A_CONFIRMER, cree_le__lte=now - A_CONFIRMER_SOUS)
    number = 0
    for pk in late.order_by("pk").values_list("pk", flat=True)[:LOT]:
        with inscription_sous_verrou(pk) as found:
            # Confirmed, or asked for again, in between.
            if found.etat != EtatInscription.A_CONFIRMER or found.cree_le > now - A_CONFIRMER_SOUS:
                continue
            BesoinAcces.objects.filter(inscription=found).delete()
            forgotten = {**ANONYME, "anonyme_le": timezone.localdate(now)}
            passer(found, Geste.EXPIRER, EtatInscription.EXPIREE, close_le=now, **forgotten)
            number += 1
    return number


def effacer_besoins(aujourd_hui: datetime.date | None = None) -> int:
    """Delete what people needed in order to take part, 30 days after the date; return how many."""
    before = (aujourd_hui or today()) - BESOINS
    old = BesoinAcces.objects.filter(inscription__seance__jour_fin__lte=before)
    number: int = old.delete()[0]
    return number


@transaction.atomic
def anonymiser(aujourd_hui: datetime.date | None = None) -> int:
    """Forget who registered, 4 months after the date: figures count the same rows, without anybody's name."""
    day = aujourd_hui or today()
    # No four months are shorter than that.
    old = Inscription.objects.filter(anonyme_le=None, seance__jour_fin__lte=day - datetime.timedelta(days=120))
    ends = old.order_by("seance__jour_fin", "pk").values_list("pk", "seance__jour_fin")[: 10 * LOT]
    due = [pk for pk, end in ends if months_later(end, MOIS) <= day]
    BesoinAcces.objects.filter(inscription__in=due).delete()
    forgotten: int = Inscription.objects.filter(pk__in=due).update(**ANONYME, anonyme_le=day)
    return forgotten
