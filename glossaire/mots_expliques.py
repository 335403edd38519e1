"""The words that the glossary explains in easy words, for the checker of texts in FALC."""

from django.conf import settings
from wagtail.models import Locale

from glossaire.lexique import Lexique, lexique


class MotsDuGlossaire:
    """The public terms in FALC, under every name and form that they have."""

    def __init__(self, mots: Lexique) -> None:
        self.mots = mots

    def explique(self, mot: str) -> bool:
        return self.mots.mot(mot) is not None

    def synonymes(self) -> tuple[tuple[str, ...], ...]:
        """The names of each concept that are words of their own: not its acronym, nor what that stands for."""
        groups = []
        for mot in self.mots:
            names = [name for name in mot.noms if name not in (mot.sigle, mot.developpe)]
            if len(names) > 1:
                groups.append(tuple(name.lower() for name in names))
        return tuple(groups)


def mots_du_glossaire(locale: Locale) -> MotsDuGlossaire:
    """What explains words is in FALC, whatever the text that is checked: the checker reads French."""
    return MotsDuGlossaire(lexique(settings.FALC_LANGUAGE_CODE))
