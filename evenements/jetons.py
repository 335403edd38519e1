"""Links that open one registration, without an account: signed, and that expire."""

import datetime
import secrets

from django.core import signing
from django.utils import timezone
from django.utils.crypto import salted_hmac

from evenements.models import Inscription

CONFIRMER = "evenements.inscription.confirmer"
GERER = "evenements.inscription.gerer"
ENQUETE = "evenements.enquete"

A_CONFIRMER_SOUS = datetime.timedelta(hours=48)
# After the end of the date.
GERER_APRES = datetime.timedelta(days=30)


def jeton(inscription: Inscription, usage: str) -> str:
    """Return what a link about this registration holds, for `CONFIRMER` or for `GERER`."""
    return signing.dumps(inscription.pk, salt=usage)


def lire_jeton(texte: str, usage: str, maintenant: datetime.datetime | None = None) -> Inscription | None:
    """Return what a link is about, with its date and its event; None when it is not ours, or too old.

    What may still be done with it, the operations say.
    """
    age = A_CONFIRMER_SOUS if usage == CONFIRMER else None
    try:
        numero = signing.loads(texte, salt=usage, max_age=age)
    except signing.BadSignature:
        return None
    if not isinstance(numero, int):
        return None
    # Once it is anonymous, it is nobody's.
    known = Inscription.objects.filter(pk=numero, anonyme_le=None).select_related("seance__evenement", "seance__lieu")
    found: Inscription | None = known.first()
    if found is None or found.seance.fin + GERER_APRES <= (maintenant or timezone.now()):
        return None
    return found


def nouveau_jeton_d_enquete() -> str:
    """Return the right to answer once. It says neither who nor when, and only its print is kept."""
    return secrets.token_urlsafe(24)


def empreinte(jeton_d_enquete: str) -> str:
    """Return what is kept of the right to answer."""
    return salted_hmac(ENQUETE, jeton_d_enquete, algorithm="sha256").hexdigest()
