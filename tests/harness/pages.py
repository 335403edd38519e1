"""The pages that browser tests visit: for each template and language, the page that shows the most of it."""

from django.conf import settings
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from fiches.models import FichePage, FichesIndexPage
from glossaire.models import GlossairePage, TermePage
from home.models import ContactPage, HomePage, InformationPage
from tests.harness import database

MODELS: dict[str, type[Page]] = {
    "accueil": HomePage,
    "information": InformationPage,
    "contact": ContactPage,
    "index": FichesIndexPage,
    "fiche": FichePage,
    "glossaire": GlossairePage,
    "terme": TermePage,
}
VIEWS = {
    "index_filtre": "fiches/?publics=usagers&tri=titre",
    "recherche": "recherche/?q=a",
    "recherche_vide": "recherche/?q=zzzzzz",
    "plan": "plan-du-site/",
    "proposer": "proposer/",
    "proposition": "proposer/fiche/",
    "correction": "proposer/correction/",
    "rencontre_proposee": "proposer/evenement/",
    "signaler": "signaler/",
    "connexion": "compte/connexion/",
    "introuvable": "cette-page-n-existe-pas/",
}
TEMPLATES = [*MODELS, *VIEWS]
# What helps to read a page: an address for each language that has one.
LECTURE = ["absente", "a_cote", "avis", "avis_merci"]
# The same templates as others, in another state.
STATES = ["index_filtre", "recherche_vide", "correction"]
NOT_FOUND = "introuvable"
# The languages in which every template is looked at.
LANGUAGES = ["fr-simple", "en", "ar"]

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
        found |= _lecture(database_name, language)
    return found


def _lecture(database_name: str, language: str) -> Addresses:
    """Return the pages about a page: a missing version, the French beside a translation, the readers' answers."""
    found: Addresses = {}
    with database.connected_to(database_name):
        pages = Page.objects.live().filter(depth__gt=1)
        here = pages.filter(locale__language_code=language)
        known = here.values("translation_key")
        absent = pages.filter(locale__language_code="fr").exclude(translation_key__in=known).first()
        if absent is not None:
            found["absente", language] = f"/{language}/version/{absent.pk}/"
        fiches = FichePage.objects.live().filter(locale__language_code=language)
        one = max(fiches, key=richness, default=here.first())
        if language == settings.FALC_LANGUAGE_CODE and one is not None:
            found["avis", language] = f"/{language}/avis/{one.pk}/compris/"
            found["avis_merci", language] = f"/{language}/avis/{one.pk}/merci/"
        elif language != settings.LANGUAGE_CODE and one is not None:
            found["a_cote", language] = f"/{language}/francais-a-cote/{one.pk}/"
    return found


def richness(page: Page) -> int:
    """Count the kinds of blocks of a page, then its blocks."""
    fields = [field.name for field in page._meta.get_fields() if isinstance(field, StreamField)]
    blocks = [block for name in fields for block in getattr(page, name)]
    return 1000 * len({block.block_type for block in blocks}) + len(blocks)


def complete(database_name: str) -> None:
    """Copy the richest page of each kind into the languages where the demo has none, to see its template there."""
    with database.connected_to(database_name):
        for language in LANGUAGES:
            locale = Locale.objects.get(language_code=language)
            for model in MODELS.values():
                if model.objects.filter(locale=locale, live=True).exists():
                    continue
                source = max(model.objects.filter(locale__language_code="fr", live=True), key=richness)
                copy = source.copy_for_translation(locale, copy_parents=True)
                copy.save_revision().publish()
                for parent in copy.get_ancestors().filter(locale=locale, live=False):
                    parent.specific.save_revision().publish()
