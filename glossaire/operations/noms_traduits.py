"""The names of a term in another language, written by those who translate it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from glossaire.models import TermePage
from variantes.queries.gardes import raison_du_verrou
from variantes.queries.traductions import peut_traduire

CHANGE = "Ces noms ont changé depuis que vous les avez ouverts. Voici ceux d’aujourd’hui : reprenez votre travail."


@transaction.atomic
def nommer(page: TermePage, user: Any, noms: Mapping[str, str], revision: int | None) -> bool:
    """Write the names into the draft of a translated term; return whether they changed.

    What the public reads stays as it is until the translation is submitted, read and approved. A `ValidationError`
    says why they are refused: another term has one, the text is being reviewed, somebody else wrote meanwhile.
    """
    held = TermePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    if not peut_traduire(user, held):
        raise PermissionDenied
    if reason := raison_du_verrou(held, user):
        raise ValidationError(reason)
    if held.latest_revision_id != revision:
        raise ValidationError(CHANGE)
    draft: TermePage = held.get_latest_revision_as_object()
    if all(getattr(draft, name) == value for name, value in noms.items()):
        return False
    for name, value in noms.items():
        setattr(draft, name, value)
    draft.full_clean(exclude={field.name for field in draft._meta.get_fields()} - noms.keys())
    draft.refuser_les_noms_pris()
    draft.save_revision(user=user, log_action=True, clean=False)
    return True
