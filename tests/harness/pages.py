"""The pages that browser tests visit: for each template and language, the page that shows the most of it."""

from wagtail.fields import StreamField
from wagtail.models import Page

from fiches.models import FichePage, FichesIndexPage
from home.models import ContactPage, HomePage, InformationPage
from tests.harness import database

MODELS: dict[str, type[Page]] = {
    "accueil": HomePage,
    "information": InformationPage,
    "contact": ContactPage,
    "index": FichesIndexPage,
    "fiche": FichePage,
}
VIEWS = {
    "index_filtre": "fiches/?publics=usagers&tri=titre",
    "recherche": "recherche/?q=a",
    "recherche_vide": "recherche/?q=zzzzzz",
    "plan": "plan-du-site/",
    "introuvable": "cette-page-n-existe-pas/",
}
TEMPLATES = [*MODELS, *VIEWS]
NOT_FOUND = "introuvable"

Addresses = dict[tuple[str, str], str]


def addresses(database_name: str) -> Addresses:
    """Return the address to visit for each (template, language) that the demo site has."""
    found: Addresses = {}
    with database.connected_to(database_name):
        for template, model in MODELS.items():
            richest: dict[str, int] = {}
            for page in model.objects.live().select_related("locale").order_by("path"):
                language = page.locale.language_code
                if richness(page) > richest.get(language, -1):
                    richest[language] = richness(page)
                    found[template, language] = page.get_url()
    for language in {language for _template, language in found}:
        for template, path in VIEWS.items():
            if template != "index_filtre" or ("index", language) in found:
                found[template, language] = f"/{language}/{path}"
    return found


def richness(page: Page) -> int:
    """Count the kinds of blocks of a page, then its blocks."""
    fields = [field.name for field in page._meta.get_fields() if isinstance(field, StreamField)]
    blocks = [block for name in fields for block in getattr(page, name)]
    return 1000 * len({block.block_type for block in blocks}) + len(blocks)
