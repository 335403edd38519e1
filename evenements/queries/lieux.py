"""The places of the dates that were found."""

from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q

from evenements.queries.agenda import Agenda
from socle.models import Lieu
from socle.models.lieux import LieuQuerySet

# Those of no département of the region come last.
AILLEURS = ExpressionWrapper(Q(departement=""), output_field=BooleanField())


@dataclass(frozen=True)
class LieuxTrouves:
    """Places by département and town, with the number of dates of each, and the first of them."""

    lieux: LieuQuerySet
    total: int
    dates: int
    nombres: dict[int, int]
    premieres: dict[int, int]
    # Dates that one may attend from home.
    en_ligne: int


def lieux_trouves(agenda: Agenda) -> LieuxTrouves:
    """The places of the dates of the period asked for. No query."""
    found = agenda.registre
    ensemble = agenda.trouvees & found.de_la_periode(agenda.filtres.periode, agenda.today)
    here = {lieu: dates & ensemble for lieu, dates in found.lieux.items() if dates & ensemble}
    return LieuxTrouves(
        # A place is the same for everybody: only those of dates that may be read are here.
        lieux=Lieu.objects.filter(pk__in=list(here)).order_by(AILLEURS, "departement", "commune", "nom_tri", "pk"),
        total=len(here),
        dates=ensemble.bit_count(),
        nombres={lieu: dates.bit_count() for lieu, dates in here.items()},
        premieres={lieu: found.seances[(dates & -dates).bit_length() - 1] for lieu, dates in here.items()},
        en_ligne=(ensemble & found.termes.get(("en_ligne", "1"), 0)).bit_count(),
    )
