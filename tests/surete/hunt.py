"""Visits every address that the URL configuration, pages and links give, and notes the words read there."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override
from wagtail.models import Page

from evenements.jetons import CONFIRMER, GERER, jeton
from evenements.models import Evenement, Inscription, Seance
from glossaire.models import Concept
from redaction.jetons import jeton_de_confirmation
from redaction.models import Proposition
from redaction.propositions import genres
from socle.models import Fichier

HREF = re.compile(r'\s(?:href|src|action|content)="((?:https?:|/|\?|\.)[^"]+)"')
JSON_URL = re.compile(r'"url": ?"([^"]+)"')
WORD = re.compile(r"zy(?:[bcdfgklmnprtvz]ou){3}k")
PARAMETER = re.compile(r"<[^>]+>")
ADMIN = "admin/"
NUMERO = "<int:page_id>"
MOST = 2_500


def routes(pattern: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Every route of the URL configuration, its parameters as `<name>`."""
    for child in (pattern or get_resolver()).url_patterns:
        piece = simplified(str(child.pattern))
        if isinstance(child, URLResolver):
            yield from routes(child, prefix + piece)
        elif isinstance(child, URLPattern):
            yield prefix + piece


def simplified(pattern: str) -> str:
    """A route as it is written, a regular expression with its groups as `<var>`."""
    if not set("(^$") & set(pattern):
        return pattern
    while "(" in pattern:
        pattern = re.sub(r"\([^()]*\)[*+?]?", "<var>", pattern, count=1)
    return re.sub(r"[\^$\\]", "", pattern)


def public_routes() -> list[str]:
    # The language of the last request stays active: routes are told in that of the site.
    with override(settings.LANGUAGE_CODE):
        return [route for route in routes() if not route.startswith(ADMIN)]


def admin_addresses(page_ids: Iterable[int], names: Iterable[str] = ("fiches", "fichepage")) -> list[str]:
    """Every address of the admin, with the pages in the place of each number and names elsewhere."""
    app, model = names
    text = {"app_label": app, "model_name": model, "app_name": app, "content_type_app_name": app, "mode": ""}
    found: list[str] = []
    for route in routes():
        if not route.startswith(ADMIN):
            continue
        for pk in page_ids if "<" in route else (0,):

            def value(match: re.Match[str], pk: int = pk) -> str:
                name = match[0].strip("<>").rpartition(":")[2]
                if "model" in name and name != "model_id":
                    return text.get(name, model)
                return text.get(name, app if "app" in name else str(pk))

            found.append(f"/{PARAMETER.sub(value, route)}")
    return list(dict.fromkeys(found))


@dataclass
class Hunt:
    """What one person reads on the whole site."""

    client: Client
    # word → addresses that show it, other than by repeating what was asked
    found: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    statuses: dict[str, int] = field(default_factory=dict)

    def visit(self, address: str) -> str:
        """Ask for an address, note the words, return the text."""
        response = self.client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = body.decode("utf-8", "ignore") + "\n".join(f"{name}: {value}" for name, value in response.items())
        self.statuses[address] = response.status_code
        echoed = set(WORD.findall(unquote(unquote(address)).lower()))
        for word in set(WORD.findall(unquote(text).lower())) - echoed:
            self.found[word].add(address)
        return text

    def crawl(self, addresses: Iterable[str]) -> None:
        """Visit these addresses, then all those of the site that they lead to."""
        waiting = list(dict.fromkeys(addresses))
        seen = set(waiting)
        while waiting:
            address = waiting.pop(0)
            text = self.visit(address)
            for link in (*HREF.findall(text), *JSON_URL.findall(text), *re.findall(r"<loc>([^<]+)", text)):
                target = local(address, link)
                if target and target not in seen:
                    seen.add(target)
                    waiting.append(target)
            assert len(seen) < MOST, "the hunt does not end"


def local(base: str, link: str) -> str | None:
    """The address of this site that a link leads to; files and the admin are visited on their own."""
    parts = urlsplit(urljoin(f"http://testserver{base}", urldefrag(link.replace("&amp;", "&")).url))
    if parts.scheme not in ("http", "https") or parts.hostname not in ("testserver", "localhost"):
        return None
    if parts.path.startswith((settings.STATIC_URL, settings.MEDIA_URL, "/admin/")):
        return None
    # One filter at a time: combinations have no end. Questions are asked one by one.
    if parts.query.count("=") > 1 or parts.query.startswith("q="):
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def seeds(words: list[str]) -> list[str]:
    """Every public address that can be named: routes, pages live or not, documents, questions about the words."""
    languages = [code for code, _name in settings.LANGUAGES]
    pages = list(Page.objects.filter(depth__gt=1).select_related("locale"))
    samples = {
        "documents/<var>/<var>": [document.url.lstrip("/") for document in Fichier.objects.all()],
        "documents/authenticate_with_password/<int:restriction_id>/": _each("documents/authenticate_with_password/{}/"),
        "sitemap-<section>.xml": [f"sitemap-{section}.xml" for section in ("pages", "fr", "en", "1")],
        "falc/<path:path>": [f"falc/{page.slug}/" for page in pages],
        "concepts/<slug:identifiant>/": [f"concepts/{concept.identifiant}/" for concept in Concept.objects.all()],
        "concepts/<var>.<var>": [
            f"concepts/{concept.identifiant}.{kind}" for concept in Concept.objects.all() for kind in ("ttl", "jsonld")
        ],
        "media/<var>": ["media/", "media/documents/", "media/original_images/"],
        "fr/_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": [
            f"fr/_util/authenticate_with_password/{number}/{page.pk}/" for number in range(1, 4) for page in pages[-4:]
        ],
        "fr/proposer/<slug:cle>/": [
            *(f"{code}/proposer/{kind.cle}/" for code in languages for kind in genres()),
            *(f"fr/proposer/correction/?page={page.pk}" for page in pages),
            *(f"{page.locale.language_code}/signaler/?page={page.pk}" for page in pages),
        ],
        "fr/agenda/evenement/<uuid:cle>.ics": [
            f"{code}/agenda/evenement/{evenement.cle}.ics"
            for code in languages
            for evenement in Evenement.objects.all()
        ],
        "fr/agenda/seance/<int:pk>.ics": [
            f"{code}/agenda/seance/{seance.pk}.ics" for code in languages for seance in Seance.objects.all()
        ],
        # The links that each person receives for their own proposal; that of a question shows the question.
        "fr/proposer/confirmer/<str:jeton>/": [
            f"fr/proposer/confirmer/{jeton_de_confirmation(proposition)}/" for proposition in Proposition.objects.all()
        ],
        "fr/proposer/completer/<str:jeton>/": ["fr/proposer/completer/1/"],
        **{
            f"fr/agenda/inscription/<int:seance_id>/{end}": [
                f"{code}/agenda/inscription/{seance.pk}/{end}" for code in languages for seance in Seance.objects.all()
            ]
            for end in ("", "merci/")
        },
        "fr/agenda/inscription/confirmer/<str:lien>/": [
            f"fr/agenda/inscription/confirmer/{jeton(one, CONFIRMER)}/" for one in Inscription.objects.all()
        ],
        # Whoever has the link of a registration knows of the meeting.
        "fr/agenda/inscription/gerer/<str:lien>/": [
            f"fr/agenda/inscription/gerer/{jeton(one, GERER)}/" for one in Inscription.objects.all()
        ],
        "fr/agenda/enquete/<str:jeton>/": ["fr/agenda/enquete/1/"],
        # Of every page, in a language where it exists and in one where it does not.
        **{
            f"fr/{route}": [
                f"{code}/{route.replace(NUMERO, str(page.pk))}" for code in ("fr-simple", "en") for page in pages
            ]
            for route in (f"avis/{NUMERO}/merci/", f"francais-a-cote/{NUMERO}/", f"version/{NUMERO}/")
        },
        "fr/avis/<int:page_id>/<slug:reponse>/": [f"fr-simple/avis/{page.pk}/compris/" for page in pages],
        "fr/<var>": [
            *(url.lstrip("/") for page in pages if (url := page.get_url())),
            *(f"fr/fiches/{page.slug}/" for page in pages if page.locale.language_code != "fr"),
        ],
    }
    found: list[str] = []
    for route in public_routes():
        if "<" in route:
            # A route that is new here must be given examples; those of accounts take keys that nobody can guess.
            found += samples[route] if "/compte/" not in route else [PARAMETER.sub("1", route)]
        else:
            found += [route.replace("fr/", f"{code}/", 1) if route.startswith("fr/") else route for code in languages]
    for word in words:
        found += [f"fr/recherche/?q={word}", f"fr/fiches/?q={word}"]
        found += [f"fr/recherche/?q={word[:4]}x{word[5:]}", f"fr/recherche/?q={word[:-2]}"]
        found += [f"fr/recherche/suggestions/?q={word[:-2]}", f"fr/glossaire/termes.json?q={word[:-2]}"]
    found += [f"fr/recherche/?q=titre&type={kind}" for kind in ("fiche", "document", "autre", "information")]
    found += [f"{code}/recherche/?q=titre" for code in languages]
    found += [f"en/recherche/?q={word}" for word in words[::2]]
    found += ["sitemap.xml?p=2", "fr/fiches/?tri=titre", "fr/fiches/?page=2", "fr/fiches/?publics=usagers"]
    return [f"/{address}" for address in dict.fromkeys(found)]


def _each(template: str) -> list[str]:
    return [template.format(number) for number in range(1, 6)]
