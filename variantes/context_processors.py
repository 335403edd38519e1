"""What helps to read a page: its age, the voice, the French beside it, what readers say of it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import get_language

from socle.navigation import Lien, menus, variantes
from socle.sites import current_site
from variantes.models.retours import Reponse
from variantes.queries.fraicheur import Retard, retard
from variantes.queries.mode_emploi import mode_emploi


@dataclass(frozen=True)
class Visage:
    """One of the three answers at the end of a page in FALC."""

    cle: str
    texte: str
    url: str

    @property
    def icone(self) -> str:
        return f"visage-{self.cle}"


class Lecture:
    """The help of the page being shown; nothing where what is shown is no page of the site."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        page = getattr(request, "page_courante", None)
        # A page that nobody has saved yet is only previewed.
        self.page = page if page is not None and page.pk else None

    @cached_property
    def falc(self) -> bool:
        return self.page is not None and self.page.locale.language_code == settings.FALC_LANGUAGE_CODE

    @cached_property
    def traduite(self) -> bool:
        """Whether the page is in another language than French, plain or easy."""
        if self.page is None or self.falc:
            return False
        return bool(self.page.locale.language_code != settings.LANGUAGE_CODE)

    @cached_property
    def outils(self) -> bool:
        """Whether to offer to listen and to print: where there is a text, and more than a form."""
        return self.page is not None and (self.falc or self.page.se_lit)

    @cached_property
    def retard(self) -> Retard | None:
        return retard(self.page) if self.page is not None and self.page.live else None

    @cached_property
    def url_a_cote(self) -> str:
        """Where the French text stands beside this one, where anyone may read both."""
        if self.page is None or not (self.traduite and self.page.se_lit):
            return ""
        both = {settings.LANGUAGE_CODE, self.page.locale.language_code} <= self._publiques
        return reverse("a_cote", args=[self.page.pk]) if both else ""

    @cached_property
    def mode_emploi(self) -> Lien | None:
        """In FALC, the page that explains the site; None where the menu leads to it already."""
        if get_language() != settings.FALC_LANGUAGE_CODE:
            return None
        return mode_emploi(current_site(self.request))

    @cached_property
    def aide_au_menu(self) -> bool:
        """Whether the page that explains the site is added to the menu: nobody has put it there."""
        liens = menus(settings.FALC_LANGUAGE_CODE).get("principal", [])
        return self.mode_emploi is not None and self.mode_emploi.page_id not in {lien.page_id for lien in liens}

    @cached_property
    def visages(self) -> list[Visage]:
        if self.page is None or not self.falc or settings.FALC_LANGUAGE_CODE not in self._publiques:
            return []
        return [
            Visage(value, str(label), reverse("avis", args=[self.page.pk, value])) for value, label in Reponse.choices
        ]

    @cached_property
    def _publiques(self) -> set[str]:
        return {version.code for version in variantes(self.page)} if self.page is not None else set()


def lecture(request: HttpRequest) -> dict[str, Any]:
    return {"lecture": SimpleLazyObject(lambda: Lecture(request))}
