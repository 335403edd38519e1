"""Links that open one thing, once, without an account: signed, compared in constant time, and that expire."""

import datetime
from typing import TYPE_CHECKING

from django.core import signing

if TYPE_CHECKING:
    from redaction.models import MessageProposition, Proposition

CONFIRMER = "redaction.proposition.confirmer"
COMPLETER = "redaction.proposition.completer"
DUREES = {CONFIRMER: datetime.timedelta(days=7), COMPLETER: datetime.timedelta(days=30)}


def jeton_de_confirmation(proposition: "Proposition") -> str:
    return signing.dumps(proposition.pk, salt=CONFIRMER)


def jeton_de_reponse(message: "MessageProposition") -> str:
    return signing.dumps(message.pk, salt=COMPLETER)


def lire_jeton(jeton: str, usage: str) -> int | None:
    """Return what a link is about; None when it was not made by us for this use, or is too old."""
    try:
        numero = signing.loads(jeton, salt=usage, max_age=DUREES[usage])
    except signing.BadSignature:
        return None
    return numero if isinstance(numero, int) else None
