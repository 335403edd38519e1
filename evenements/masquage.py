"""Which cells of a table of persons stay unsaid, so that nobody is recognised in it.

A cell below `SEUIL` could tell of a person. Leaving it out alone is not enough where the others and their total are
shown: a second cell of the same sum is left out with it. The rule, and its name of secondary suppression, are those of
statistical offices (INSEE, "Guide du secret statistique"; Eurostat, "Handbook on Statistical Disclosure Control", 4.2).
"""

from collections.abc import Hashable, Iterable, Mapping, Set
from typing import TypeVar

SEUIL = 5

Cle = TypeVar("Cle", bound=Hashable)


def a_masquer(
    cellules: Mapping[Cle, int], sommes: Iterable[Set[Cle]], seuil: int = SEUIL, aussi: Iterable[Cle] = ()
) -> set[Cle]:
    """Return the cells to leave out.

    Each of `sommes` holds the keys of the parts of a sum and that of their total: from all but one, the last is known.
    Nought is no one and is shown. `aussi` is left out whatever its value.
    """
    masquees = {cle for cle, nombre in cellules.items() if 0 < nombre < seuil} | set(aussi)
    relations = [relation for relation in sommes if len(relation) > 1]
    changed = True
    while changed:
        changed = False
        for relation in relations:
            if len(relation & masquees) != 1:
                continue
            others = relation - masquees
            # The smallest of those that hold someone; nothing else is left where all the others are nought.
            masquees.add(min(others, key=lambda cle: (cellules[cle] == 0, cellules[cle], repr(cle))))
            changed = True
    return masquees
