"""What leads from one page to the others: language versions and menus."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language_info
from wagtail.models import Page, Site

from socle import directory
from socle.frame import frame
from socle.memo import per_generation, shelf
from socle.sites import full_url_of, url_of

# Pages whose language versions are kept ready.
VARIANTES = 1_000


@dataclass(frozen=True)
class Variante:
    """A language version of a page."""

    code: str
    url: str
    url_absolue: str = ""

    @property
    def nom(self) -> str:
        """The language in its own name."""
        return str(get_language_info(self.code)["name_local"])

    @property
    def dir(self) -> str:
        return "rtl" if get_language_info(self.code)["bidi"] else "ltr"

    @property
    def falc(self) -> bool:
        return self.code == settings.FALC_LANGUAGE_CODE


_LANGUAGE_ORDER = {code: rank for rank, (code, _) in enumerate(settings.LANGUAGES)}


def _as_variantes(pages: Iterable[Page]) -> list[Variante]:
    variantes = [Variante(page.locale.language_code, url_of(page), full_url_of(page)) for page in pages]
    return sorted(variantes, key=lambda variante: _LANGUAGE_ORDER.get(variante.code, 99))


@per_generation
def accueils(site: Site | None) -> list[Variante]:
    """Home pages of `site` that anyone may read, one per language, in the order of the settings."""
    return _as_variantes(home for home in frame().homes(site) if home.ouverte) if site else []


def variantes(page: Page) -> list[Variante]:
    """Language versions of `page` that anyone may read, itself included, in the order of the settings."""
    kept: dict[UUID, list[Variante]] = shelf(dict, "variantes", limit=VARIANTES)
    if page.translation_key not in kept:
        kept[page.translation_key] = _as_variantes(directory.current().pages.versions(page.translation_key))
    return kept[page.translation_key]


@dataclass(frozen=True)
class Lien:
    """A link of a menu, ready to show."""

    texte: str
    url: str
    page_id: int | None


@per_generation
def menus(language_code: str) -> dict[str, list[Lien]]:
    """Menus by place for that language.

    A place without a menu in the language takes the French one. A link to a page shows the page's version in that
    language, or nothing when there is none that anyone may read. In easy-to-read French, an address of the French menu
    leads to nothing easy: it is left out.
    """
    falc = language_code == settings.FALC_LANGUAGE_CODE
    whole = frame()
    own = {lien.menu.emplacement for lien in whole.liens if lien.menu.locale.language_code == language_code}
    result: dict[str, list[Lien]] = {}
    for lien in whole.liens:
        is_own = lien.menu.locale.language_code == language_code
        is_french = lien.menu.locale.language_code == settings.LANGUAGE_CODE
        if not is_own and (not is_french or lien.menu.emplacement in own):
            continue
        if lien.page_id is None:
            if falc and not is_own:
                continue
            resolved = Lien(lien.texte, lien.url, None)
        else:
            page = whole.linked_page(lien, language_code)
            url = url_of(page) if page else ""
            if page is None or not url:  # closed, absent from the language, or outside the site
                continue
            resolved = Lien((is_own and lien.texte) or page.title, url, page.pk)
        result.setdefault(lien.menu.emplacement, []).append(resolved)
    return result
