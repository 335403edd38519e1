"""Changes of state of the foundation."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from wagtail.models import Locale

from socle.models import VOCABULAIRES

DONNEES = Path(__file__).resolve().parent / "donnees" / "vocabulaires.yaml"


def creer_langues(**kwargs: Any) -> int:
    """Create the languages of the settings that the site does not have yet; return how many.

    Runs after every migration: a language is added by a line of the settings.
    """
    existing = set(Locale.objects.values_list("language_code", flat=True))
    missing = [Locale(language_code=code) for code, _name in settings.LANGUAGES if code not in existing]
    for locale in missing:
        locale.save()
    return len(missing)


@transaction.atomic
def semer_vocabulaires() -> int:
    """Create the terms of the shared vocabularies that are missing, in every language; return how many.

    What an administrator renamed or removed in French stays as it is: only unknown slugs are created.
    """
    data: dict[str, list[dict[str, Any]]] = yaml.safe_load(DONNEES.read_text(encoding="utf-8"))
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    number = 0
    for model in VOCABULAIRES:
        existing = {(term.slug, term.locale_id): term for term in model.objects.all()}
        for rank, row in enumerate(data[_key(model)], start=1):
            source = existing.get((row["slug"], locales["fr"].pk))
            for code, name in row["noms"].items():
                locale = locales[code]
                if (row["slug"], locale.pk) in existing:
                    continue
                term = model(
                    locale=locale,
                    slug=row["slug"],
                    nom=name,
                    description=row.get("description", {}).get(code, ""),
                    ordre=rank * 10,
                )
                if source is not None:
                    term.translation_key = source.translation_key
                term.save()
                source = source or term
                number += 1
    return number


def _key(model: type) -> str:
    return {"NiveauEngagement": "niveau_engagement"}.get(model.__name__, model.__name__.lower())
