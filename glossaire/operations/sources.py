"""Checking that the sources of the terms still answer: a few at a time, each once a month, where settings allow it."""

import datetime
import time

from django.conf import settings
from django.utils import timezone

from glossaire.models import SourceVerifiee
from glossaire.queries.sources import adresses_citees
from glossaire.sondes import AdresseRefuseeError, demander

DELAI = datetime.timedelta(days=30)
# Of one run of the job, which comes every minute, and in so many seconds.
PAR_PASSAGE = 5
TEMPS_MAX = 15
Etat = SourceVerifiee.Etat


def verifier_les_sources() -> int:
    """Check the next addresses, those never checked first, and forget those that no term cites; return how many.

    Nothing is asked of anyone unless `GLOSSAIRE_VERIFIER_LES_SOURCES` is true.
    """
    if not settings.GLOSSAIRE_VERIFIER_LES_SOURCES:
        return 0
    cited = adresses_citees()
    SourceVerifiee.objects.exclude(adresse__in=cited).delete()
    checked = dict(SourceVerifiee.objects.values_list("adresse", "verifiee_le"))
    limit = timezone.now() - DELAI
    never = sorted(cited - checked.keys())
    old = sorted((adresse for adresse in cited & checked.keys() if checked[adresse] <= limit), key=checked.__getitem__)
    end, number = time.monotonic() + TEMPS_MAX, 0
    for adresse in [*never, *old][:PAR_PASSAGE]:
        # Sites that keep us waiting wait for the next run: other jobs have their hour.
        if time.monotonic() > end:
            break
        verifier(adresse)
        number += 1
    return number


def verifier(adresse: str) -> SourceVerifiee:
    """Ask one address, and keep what it answered."""
    try:
        code = demander(adresse).code
        etat = _etat(code)
    except AdresseRefuseeError:
        code, etat = None, Etat.INTERDITE
    now = timezone.now()
    good = {"bonne_le": now} if etat == Etat.REPOND else {}
    row, _created = SourceVerifiee.objects.update_or_create(
        adresse=adresse, defaults={"etat": etat, "code": code, "verifiee_le": now, **good}
    )
    return row


def _etat(code: int | None) -> SourceVerifiee.Etat:
    if code is None:
        return Etat.MUETTE
    if code in {404, 410}:
        return Etat.INTROUVABLE
    # Many sites refuse what is no browser: a reader may well open them.
    if code in {401, 403, 405, 406, 429, 451}:
        return Etat.REFUS
    return Etat.REPOND if code < 400 else Etat.ERREUR
