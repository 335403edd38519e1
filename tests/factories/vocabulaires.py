"""Terms of the shared vocabularies."""

from collections.abc import Iterable

from wagtail.models import Locale

from fiches.queries import VOCABULAIRES
from socle.models import Vocabulaire


def terme(facette: str, slug: str, langue: str = "fr", nom: str = "") -> Vocabulaire:
    """Return the term of that slug in that language; the terms of one slug are translations of each other."""
    model = VOCABULAIRES[facette][0]
    locale = Locale.objects.get(language_code=langue)
    existing = {found.locale_id: found for found in model.objects.filter(slug=slug)}
    if locale.pk in existing:
        return existing[locale.pk]
    nom = nom or (slug.capitalize() if langue == "fr" else f"{slug.capitalize()} ({langue})")
    made = model(locale=locale, slug=slug, nom=nom)
    if existing:
        made.translation_key = next(iter(existing.values())).translation_key
    made.save()
    return made


def termes(facette: str, slugs: Iterable[str], langue: str = "fr") -> list[Vocabulaire]:
    return [terme(facette, slug, langue) for slug in slugs]
