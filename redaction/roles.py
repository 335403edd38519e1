"""The roles of the team. A role is a group of Wagtail of the same name; a person may have several."""

from dataclasses import dataclass

from babel import Locale
from django.conf import settings
from django.db import models


@dataclass(frozen=True)
class Role:
    """What someone does in the team, in the languages given (all of them when empty)."""

    nom: str
    description: str
    langues: tuple[str, ...] = ()

    def couvre(self, langue: str) -> bool:
        return not self.langues or langue in self.langues


SOURCE = (settings.LANGUAGE_CODE,)
FALC = (settings.FALC_LANGUAGE_CODE,)

CONTRIBUTION = Role("Contribution", "Écrit des fiches, modifie les siennes et les soumet à la relecture.", SOURCE)
REDACTION = Role("Rédaction", "Écrit et modifie toutes les pages françaises, et les soumet à la relecture.", SOURCE)
REGARD_USAGER = Role(
    "Regard usager", "Relit ce que d’autres ont écrit, du côté des usagers : approuve ou demande des modifications."
)
REGARD_PROFESSIONNEL = Role(
    "Regard professionnel",
    "Relit ce que d’autres ont écrit, du côté des professionnels : approuve ou demande des modifications.",
)
MODERATION = Role("Modération", "Valide après la relecture en binôme : la page devient publique.")
REDACTION_FALC = Role("Rédaction FALC", "Écrit les pages en français facile à lire et à comprendre.", FALC)
RELECTURE_FALC = Role("Groupe de relecture FALC", "Relit les pages en FALC : les personnes concernées.", FALC)
ANIMATION = Role("Animation", "Annonce les rencontres et suit les inscriptions.", SOURCE)
OUTILTHEQUE = Role("Outilthèque", "Prête les outils et enregistre les retours.", SOURCE)
ADMINISTRATION = Role("Administration", "Tient les vocabulaires, les menus, les redirections et les réglages du site.")


def _nom_francais(code: str) -> str:
    return Locale.parse(code.replace("-", "_")).get_language_name("fr") or code


class Cote(models.TextChoices):
    """The two sides of the pair that reviews."""

    USAGER = "usager", "Regard usager"
    PROFESSIONNEL = "professionnel", "Regard professionnel"


COTES = {Cote.USAGER.value: REGARD_USAGER.nom, Cote.PROFESSIONNEL.value: REGARD_PROFESSIONNEL.nom}

TRADUCTIONS = tuple(
    Role(f"Traduction ({_nom_francais(code)})", f"Modifie les pages en {_nom_francais(code)}.", (code,))
    for code, _nom in settings.LANGUAGES
    if code not in (*SOURCE, *FALC)
)

# They read what others have translated, and write nothing: no row of the matrix is theirs.
RELECTURES_TRADUCTION = tuple(
    Role(
        role.nom.replace("Traduction", "Relecture"),
        f"Relit en {_nom_francais(role.langues[0])} ce que d’autres ont traduit : approuve et publie, ou demande des "
        "modifications.",
        role.langues,
    )
    for role in TRADUCTIONS
)

ROLES: tuple[Role, ...] = (
    CONTRIBUTION,
    REDACTION,
    REGARD_USAGER,
    REGARD_PROFESSIONNEL,
    MODERATION,
    *TRADUCTIONS,
    *RELECTURES_TRADUCTION,
    REDACTION_FALC,
    RELECTURE_FALC,
    ANIMATION,
    OUTILTHEQUE,
    ADMINISTRATION,
)
