"""Keeping the table of names true to the pages."""

from typing import TYPE_CHECKING

from django.db import connection, transaction

from glossaire.models import NomDeTerme

if TYPE_CHECKING:
    from glossaire.models import TermePage

# Names are written by one transaction at a time: two terms published together never take the same one.
VERROU = "SELECT pg_advisory_xact_lock(hashtext('glossaire_noms'))"


@transaction.atomic
def tenir_les_noms(page: "TermePage") -> bool:
    """Write again the names of a term as its page says; return whether that changed what the public reads.

    Raises `ValidationError` where another term took one of its names meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(VERROU)
    if page.live:
        page.refuser_les_noms_pris()
    before = {(row.cle, row.texte, row.genre, row.public) for row in NomDeTerme.objects.filter(page=page)}
    wanted = {(nom.cle, nom.texte, nom.genre, page.live) for nom in page.noms_ecrits()}
    if before == wanted:
        return False
    NomDeTerme.objects.filter(page=page).delete()
    NomDeTerme.objects.bulk_create(
        NomDeTerme(page=page, locale_id=page.locale_id, cle=cle, texte=texte, genre=genre, public=public)
        for cle, texte, genre, public in sorted(wanted)
    )
    return any(public for *_nom, public in before | wanted)
