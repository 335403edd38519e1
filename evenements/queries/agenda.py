"""The agenda under its filters: list, month and places, with the counts of every other choice."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

from evenements.queries.filtres import FiltresAgenda, Periode
from evenements.queries.registre import Nombres, Registre, lisibles, registre
from socle.queries import Reader


class Rangees(Sequence[int]):
    """The identifiers of a set of dates in order, or from the last; only what is asked for is read."""

    def __init__(self, found: Registre, ensemble: int, *, inverse: bool = False) -> None:
        self._registre, self._ensemble, self._inverse = found, ensemble, inverse

    def __len__(self) -> int:
        return self._ensemble.bit_count()

    @overload
    def __getitem__(self, asked: int) -> int: ...

    @overload
    def __getitem__(self, asked: slice) -> list[int]: ...

    def __getitem__(self, asked: int | slice) -> int | list[int]:
        places = list(self._registre.dans(self._ensemble))
        if self._inverse:
            places.reverse()
        if isinstance(asked, slice):
            return [self._registre.seances[place] for place in places[asked]]
        return self._registre.seances[places[asked]]


@dataclass(frozen=True)
class Agenda:
    """What was found: sets of dates, as the register has them."""

    registre: Registre
    filtres: FiltresAgenda
    today: datetime.date
    # Under all filters but the facets; the period aside.
    hors_facettes: int
    trouvees: int

    def nombre(self, periode: Periode) -> int:
        return (self.trouvees & self.registre.de_la_periode(periode, self.today)).bit_count()

    def de_la_periode(self) -> Rangees:
        """The dates of the period asked for: the next one first, or the last one first."""
        periode = self.filtres.periode
        ensemble = self.trouvees & self.registre.de_la_periode(periode, self.today)
        return Rangees(self.registre, ensemble, inverse=periode is Periode.PASSES)

    def entre(self, du: datetime.date, au: datetime.date) -> int:
        return self.trouvees & self.registre.entre(du, au)

    def nombres(self, du: datetime.date | None = None, au: datetime.date | None = None) -> Nombres:
        """How many dates each value of each facet would give: of the period, or between two days."""
        if du or au:
            ensemble = self.registre.entre(du, au)
        else:
            ensemble = self.registre.de_la_periode(self.filtres.periode, self.today)
        return self.registre.nombres(self.hors_facettes & ensemble, self.filtres.valeurs)


def chercher(filtres: FiltresAgenda, user: Reader, today: datetime.date) -> Agenda:
    """Find the dates that `user` may read under these filters. No query once the content is known, but for words."""
    from evenements.models import Seance

    found = registre(filtres.langue)
    ensemble = lisibles(found, filtres.langue, user)
    if filtres.lieu is not None:
        ensemble &= found.lieux.get(filtres.lieu, 0)
    if filtres.du or filtres.au:
        ensemble &= found.entre(filtres.du, filtres.au)
    if filtres.texte:
        matching = Seance.objects.all().contenant(filtres.texte, filtres.langue).order_by()
        ids = set(matching.values_list("pk", flat=True))
        ensemble &= found.de(place for place, pk in enumerate(found.seances) if pk in ids)
    return Agenda(found, filtres, today, ensemble, found.sous_filtres(ensemble, filtres.valeurs))
