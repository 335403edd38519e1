"""The lock of registrations: the row of the date, then what is read, then what is written (docs/inscriptions.md)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from evenements.erreurs import ImpossibleError
from evenements.models import EtatInscription, Inscription, Seance
from evenements.operations.places_dites import places_suivies
from evenements.transitions import TRANSITIONS, Geste


@contextmanager
def sous_verrou(seance_id: int) -> Iterator[Seance]:
    """Hold a date for the length of a transaction: nobody else takes, leaves or offers one of its seats.

    What the database refuses at the end becomes a sentence. The event is read after the lock, never with it.
    """
    try:
        with transaction.atomic():
            # Without the key: rows that point to the date are added beside, and no two of them wait for each other.
            date = Seance.objects.select_for_update(of=("self",), no_key=True).filter(pk=seance_id).first()
            if date is None:
                raise ImpossibleError(_("Cette date n’existe plus."))
            with places_suivies(date):
                yield date
    except IntegrityError as error:
        raise _dit(error) from error


@contextmanager
def inscription_sous_verrou(inscription_id: int) -> Iterator[Inscription]:
    """Hold a registration, and its date before it."""
    known = Inscription.objects.filter(pk=inscription_id, anonyme_le=None)
    seance_id = known.values_list("seance_id", flat=True).first()
    if seance_id is None:
        raise ImpossibleError(_("Cette inscription n’existe plus."))
    with sous_verrou(seance_id) as date:
        found = known.select_for_update(of=("self",)).first()
        if found is None:
            raise ImpossibleError(_("Cette inscription n’existe plus."))
        found.seance = date
        yield found


def _dit(error: IntegrityError) -> Exception:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
    if name == "inscription_dans_la_capacite":
        return ImpossibleError(_("Il n’y a plus de place à cette date."))
    if name == "inscription_une_par_adresse":
        return ImpossibleError(_("Cette adresse est déjà inscrite à cette date."))
    return error


def passer(inscription: Inscription, geste: Geste, etat: EtatInscription, **champs: Any) -> None:
    """Give a registration that is held its next state, with what goes with it."""
    if (inscription.etat, geste, etat) not in TRANSITIONS:
        raise ValueError(f"{geste} does not lead from {inscription.etat} to {etat}.")
    champs = {"offre_expire_le": None, **champs, "etat": etat}
    for name, value in champs.items():
        setattr(inscription, name, value)
    inscription.save(update_fields=list(champs))
