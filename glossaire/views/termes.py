"""The page of one word."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from glossaire.models import Concept, TermePage
from glossaire.queries.liste import entrees
from glossaire.queries.mentions import mentions_de
from glossaire.queries.relations import relations_de
from glossaire.views.liste import adresse
from socle import directory
from socle.facettes import noms_des_vocabulaires
from socle.page_context import page_context
from socle.queries import Reader
from socle.search import terme
from socle.sites import url_of


@dataclass(frozen=True)
class Ailleurs:
    """The same word in another language."""

    code: str
    langue: str
    sens: str
    titre: str
    url: str


@dataclass(frozen=True)
class Theme:
    """A theme of the word, and the words that share it."""

    nom: str
    url: str


@page_context(TermePage)
def contexte_terme(request: HttpRequest, page: TermePage) -> dict[str, Any]:
    """A word with its neighbours, the pages that say it, its versions."""
    mentions, autres = mentions_de(page, request.user) if page.pk else ([], False)
    ailleurs = _ailleurs(page)
    return {
        "grammaire": grammaire(page),
        "relations": relations_de(page, request.user),
        "mentions": mentions,
        "url_mentions": _url_de_recherche(page) if autres else "",
        "themes": _themes(page, request.user),
        "ailleurs": [autre for autre in ailleurs if autre.code != settings.FALC_LANGUAGE_CODE],
        "facile": _facile(page, ailleurs),
        "permanente": _permanente(page),
        "url_glossaire": page.fil_d_ariane[-1].url if page.fil_d_ariane else "",
    }


def grammaire(page: TermePage) -> str:
    """Return the part of speech and the gender in plain words: "nom · féminin"."""
    nature = page.get_nature_grammaticale_display()
    if page.nature_grammaticale == TermePage.NatureGrammaticale.LOCUTION:
        nature = _("groupe de mots")
    return " · ".join(str(part) for part in (nature, page.get_genre_grammatical_display()) if part)


def _facile(page: TermePage, ailleurs: list[Ailleurs]) -> Ailleurs | None:
    """The word in easy-to-read French, for who reads French."""
    if page.locale.language_code != settings.LANGUAGE_CODE:
        return None
    return next((autre for autre in ailleurs if autre.code == settings.FALC_LANGUAGE_CODE), None)


def _themes(page: TermePage, user: Reader) -> list[Theme]:
    """The themes of the word; a draft, which no list shows, has none."""
    code = page.locale.language_code
    indexes = next((mot.termes for mot in entrees(code, user) if mot.pk == page.pk), frozenset())
    url = page.fil_d_ariane[-1].url if page.fil_d_ariane else ""
    return [
        Theme(nom, f"{url}?thematiques={slug}")
        for slug, nom in noms_des_vocabulaires(code)["thematiques"]
        if terme("thematiques", slug) in indexes
    ]


def _ailleurs(page: TermePage) -> list[Ailleurs]:
    """The word in the other languages in which anyone may read it, in the order of the settings."""
    versions = {other.locale.language_code: other for other in directory.current().pages.versions(page.translation_key)}
    versions.pop(page.locale.language_code, None)
    return [
        Ailleurs(
            code=code,
            langue=str(get_language_info(code)["name_local"]),
            sens="rtl" if get_language_info(code)["bidi"] else "ltr",
            titre=other.title,
            url=url_of(other),
        )
        for code, _name in settings.LANGUAGES
        if (other := versions.get(code)) is not None
    ]


def _url_de_recherche(page: TermePage) -> str:
    url = adresse("recherche")
    cherche = urlencode({"q": f'"{page.title}"'})
    return f"{url}?{cherche}" if url else ""


def _permanente(page: TermePage) -> str:
    """The address of the concept, which is the same in every language and never changes."""
    parts = page.get_url_parts()
    identifiant = Concept.objects.filter(cle=page.translation_key).values_list("identifiant", flat=True).first()
    if identifiant is None or parts is None:
        return ""
    try:
        return f"{parts[1]}{reverse('concept', args=[identifiant])}"
    except NoReverseMatch:
        return ""
