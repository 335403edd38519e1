"""Where a word is explained, as the app that explains words tells.

That app registers from its `AppConfig.ready()` a function that is given a word and a language, and returns the address
of the word's page, "" where it has none. It is asked for each word of a page: it must not ask the database each time.
"""

from collections.abc import Callable

Adresse = Callable[[str, str], str]

_ADRESSES: list[Adresse] = []


def enregistrer(adresse: Adresse) -> None:
    """Add who knows where words are explained; registering twice changes nothing."""
    if adresse not in _ADRESSES:
        _ADRESSES.append(adresse)


def retirer(adresse: Adresse) -> None:
    """Forget who knew where words are explained."""
    _ADRESSES.remove(adresse)


def adresse_du_mot(mot: str, langue: str) -> str:
    """Return where a word is explained in a language, "" where nowhere."""
    return next((found for adresse in _ADRESSES if (found := adresse(mot, langue))), "")
