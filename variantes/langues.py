"""Names of the languages, as the team calls them."""

from functools import lru_cache

from babel import Locale
from django.conf import settings


@lru_cache(maxsize=100)
def nom_de_langue(code: str) -> str:
    """Return the French name of a language: "arabe". Readers see each language in its own name."""
    if code == settings.FALC_LANGUAGE_CODE:
        return "FALC"
    return Locale.parse(code.replace("-", "_")).get_language_name("fr") or code
