"""What somebody needs, changed by the link of their registration."""

import datetime
from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from evenements.erreurs import ImpossibleError
from evenements.models import OUVERTS, Inscription
from evenements.operations.inscriptions import noter_besoins
from evenements.operations.verrous import inscription_sous_verrou


def changer_besoins(
    inscription_id: int,
    *,
    besoins: Collection[str],
    besoins_texte: str,
    remboursement: bool,
    maintenant: datetime.datetime | None = None,
) -> Inscription:
    """Keep the needs of somebody in the place of those they had told, until the meeting starts."""
    with inscription_sous_verrou(inscription_id) as found:
        if found.etat not in OUVERTS:
            raise ImpossibleError(_("Cette inscription est close. Vous pouvez vous inscrire à nouveau."))
        if (maintenant or timezone.now()) >= found.seance.debut:
            raise ImpossibleError(_("Cette rencontre a déjà commencé."))
        noter_besoins(found, besoins, besoins_texte)
        if found.remboursement_demande != remboursement:
            found.remboursement_demande = remboursement
            found.save(update_fields=["remboursement_demande"])
        return found
