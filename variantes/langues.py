"""The languages: how the team calls them, and which one the others are made from."""

from functools import lru_cache
from typing import Any

from babel import Locale
from django.conf import settings


@lru_cache(maxsize=100)
def nom_de_langue(code: str) -> str:
    """Return the French name of a language: "arabe". Readers see each language in its own name."""
    if code == settings.FALC_LANGUAGE_CODE:
        return "FALC"
    return Locale.parse(code.replace("-", "_")).get_language_name("fr") or code


def est_source(instance: Any) -> bool:
    """Tell whether something is in the language from which everything is translated."""
    return bool(instance.locale.language_code == settings.LANGUAGE_CODE)
