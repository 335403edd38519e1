"""The concepts behind the terms."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from glossaire.models import Concept
from socle.queries import public_pages

if TYPE_CHECKING:
    from glossaire.models import TermePage


@transaction.atomic
def concept_de(page: "TermePage") -> Concept:
    """Return the concept that a term names, created with the first of its terms."""
    concept, _created = Concept.objects.get_or_create(
        cle=page.translation_key,
        defaults={"identifiant": _libre(page.slug or slugify(page.title), page.translation_key)},
    )
    return concept


def noter_publication(page: "TermePage") -> None:
    """Keep that a concept has had a term that anyone could read."""
    waiting = Concept.objects.filter(cle=page.translation_key, public_le=None)
    if page.live and waiting.exists() and public_pages().filter(pk=page.pk).exists():
        waiting.update(public_le=timezone.localdate())


def _libre(base: str, cle: UUID) -> str:
    """Return an identifier that no concept has had."""
    base = base[:70].strip("-") or "mot"
    taken = set(Concept.objects.filter(identifiant__startswith=base).values_list("identifiant", flat=True))
    if base not in taken:
        return base
    return next(name for rank in range(2, len(taken) + 3) if (name := f"{base}-{rank}") not in taken)
