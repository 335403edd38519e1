"""Licences under which texts, pictures and documents may be reused."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Licence(models.TextChoices):
    """Values are the lower-case SPDX identifiers where one exists."""

    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    CC_BY_NC_SA = "cc-by-nc-sa-4.0", "CC BY-NC-SA 4.0"
    OUVERTE = "licence-ouverte-2.0", "Licence Ouverte 2.0"
    RESERVES = "droits-reserves", _("Tous droits réservés")


URLS: dict[str, str] = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_NC_SA: "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    Licence.OUVERTE: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}


@dataclass(frozen=True)
class LicenceAffichee:
    """A licence as a reader sees it; `url` is empty when all rights are reserved."""

    code: str
    nom: str
    url: str

    @property
    def reutilisable(self) -> bool:
        return bool(self.url)


def licence_affichee(code: str) -> LicenceAffichee:
    """Return the licence of that code. Raises `ValueError` for an unknown code."""
    licence = Licence(code)
    return LicenceAffichee(licence.value, str(licence.label), URLS.get(licence.value, ""))
