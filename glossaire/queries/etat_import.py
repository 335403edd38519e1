"""What the glossary says before a table is taken: read together, whatever the number of lines."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from wagtail.models import Locale, Page, Revision, WorkflowState, get_default_page_content_type
from wagtail_localize.models import Translation

from glossaire.liaison import cle_de
from glossaire.models import Concept, GlossairePage, NomDeTerme, Relation, TermePage
from glossaire.tableau import VOCABULAIRES, cellules_de
from redaction.queries.lignes import modifiable
from variantes.queries.gardes import EN_RELECTURE, PROGRAMMEE, VERROUILLEE

# The column of each kind of relation.
GENRES = {
    "associes": Relation.Genre.ASSOCIE,
    "a_distinguer": Relation.Genre.A_DISTINGUER,
    "plus_large": Relation.Genre.PLUS_LARGE,
}


@dataclass(frozen=True)
class PageConnue:
    """A term page as its next editor would find it."""

    page: TermePage
    contenu: dict[str, Any]
    cellules: dict[str, str]
    verrou: str = ""
    # Translated phrase by phrase from a French text, of which this is the content.
    source: dict[str, Any] | None = None


@dataclass
class Etat:
    """The glossary, for one person."""

    user: Any
    locales: dict[str, Locale]
    glossaires: dict[str, GlossairePage]
    concepts: dict[str, UUID]
    pages: dict[tuple[UUID, int], PageConnue]
    # Names by language, and who has each: the concept, and the title of its term.
    noms: dict[tuple[int, str], list[tuple[UUID, str]]]
    # Accepted words of each vocabulary in French, normalised, and the identifier that they stand for.
    vocabulaires: dict[str, dict[str, str]]
    relations: set[tuple[str, str, str]]
    droits: dict[int, frozenset[str]] = field(default_factory=dict)

    def page(self, identifiant: str, langue: str) -> PageConnue | None:
        cle, locale = self.concepts.get(identifiant), self.locales.get(langue)
        return self.pages.get((cle, locale.pk)) if cle and locale else None

    def droits_sous(self, parent: Page) -> frozenset[str]:
        """What the person may do to the pages below one."""
        if parent.pk not in self.droits:
            tester = parent.permissions_for_user(self.user)
            every = frozenset({"add", "change"}) if self.user.is_superuser else frozenset(tester.permissions)
            self.droits[parent.pk] = every
        return self.droits[parent.pk]

    @cached_property
    def plus_larges(self) -> dict[str, set[str]]:
        """The concepts right above each."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for genre, de, vers in self.relations:
            if genre == Relation.Genre.PLUS_LARGE:
                found[de].add(vers)
        return found


def lire_etat(user: Any, identifiants: Iterable[str] | None = None, noms: Iterable[str] = ()) -> Etat:
    """Read the glossary: all of it, or what concerns these concepts and these names alone."""
    wanted = None if identifiants is None else list(identifiants)
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    glossaires = GlossairePage.objects.select_related("locale").order_by("-path")
    concepts = Concept.objects.all() if wanted is None else Concept.objects.filter(identifiant__in=wanted)
    known = dict(concepts.order_by().values_list("identifiant", "cle"))
    slugs, accepted = _vocabulaires(locales[settings.LANGUAGE_CODE])
    return Etat(
        user=user,
        locales=locales,
        glossaires={page.locale.language_code: page for page in glossaires},
        concepts=known,
        pages=_pages(user, None if wanted is None else list(known.values()), slugs),
        noms=_noms(None if wanted is None else list(noms)),
        vocabulaires=accepted,
        # What is written line by line leaves the relations for the end.
        relations=set() if wanted is not None else relations_connues(),
    )


def relations_connues() -> set[tuple[str, str, str]]:
    """Every relation, the symmetrical ones with the identifiers in their order."""
    return {
        relation(genre, de, vers)
        for genre, de, vers in Relation.objects.values_list("genre", "de__identifiant", "vers__identifiant")
    }


def relation(genre: str, de: str, vers: str) -> tuple[str, str, str]:
    """What two ways to say the same symmetrical relation share."""
    if genre in Relation.SYMETRIQUES and de > vers:
        de, vers = vers, de
    return (str(genre), de, vers)


def _vocabulaires(francais: Locale) -> tuple[dict[str, dict[int, str]], dict[str, dict[str, str]]]:
    slugs: dict[str, dict[int, str]] = {}
    accepted: dict[str, dict[str, str]] = {}
    for nom in VOCABULAIRES:
        slugs[nom], accepted[nom] = {}, {}
        model: Any = TermePage._meta.get_field(nom).related_model
        for pk, slug, texte, locale in model._default_manager.values_list("pk", "slug", "nom", "locale_id"):
            slugs[nom][pk] = slug
            if locale == francais.pk:
                accepted[nom] |= {cle_de(texte): slug, cle_de(slug): slug}
    return slugs, accepted


def _noms(cles: list[str] | None) -> dict[tuple[int, str], list[tuple[UUID, str]]]:
    found: defaultdict[tuple[int, str], list[tuple[UUID, str]]] = defaultdict(list)
    rows = NomDeTerme.objects.exclude(genre=NomDeTerme.Genre.FORME).order_by("-public", "pk")
    if cles is not None:
        rows = rows.filter(cle__in=cles)
    for locale, cle, concept, titre in rows.values_list("locale_id", "cle", "page__translation_key", "page__title"):
        found[locale, cle].append((concept, titre))
    return found


def _pages(user: Any, cles: list[UUID] | None, slugs: dict[str, dict[int, str]]) -> dict[tuple[UUID, int], PageConnue]:
    rows = TermePage.objects.select_related("locale", "latest_revision", "content_type").order_by()
    pages = list(rows if cles is None else rows.filter(translation_key__in=cles))
    keys = [str(page.pk) for page in pages]
    states = WorkflowState.objects.filter(
        base_content_type=get_default_page_content_type(),
        object_id__in=keys,
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    relues = {int(key) for key in states.values_list("object_id", flat=True)}
    scheduled = Revision.objects.filter(
        base_content_type=get_default_page_content_type(), object_id__in=keys, approved_go_live_at__isnull=False
    )
    programmees = {int(key) for key in scheduled.values_list("object_id", flat=True)}
    sources = _sources([page.translation_key for page in pages])
    found = {}
    for page in pages:
        revision = page.latest_revision
        contenu = revision.content if revision else page.serializable_data()
        falc = page.locale.language_code == settings.FALC_LANGUAGE_CODE
        verrou = ""
        if page.pk in relues:
            verrou = EN_RELECTURE
        elif page.locked and page.locked_by_id != user.pk:
            verrou = VERROUILLEE
        elif page.pk in programmees:
            verrou = PROGRAMMEE
        found[page.translation_key, page.locale_id] = PageConnue(
            page,
            contenu,
            cellules_de(contenu, slugs, falc=falc),
            verrou,
            sources.get((page.translation_key, page.locale_id)),
        )
    return found


def _sources(cles: list[UUID]) -> dict[tuple[UUID, int], dict[str, Any]]:
    """The French text that each version translated phrase by phrase is made from."""
    rows = Translation.objects.filter(enabled=True, source__object_id__in=cles).exclude(
        target_locale__language_code__in=(settings.LANGUAGE_CODE, settings.FALC_LANGUAGE_CODE)
    )
    return {
        (cle, locale): json.loads(content)
        for cle, locale, content in rows.values_list("source__object_id", "target_locale_id", "source__content_json")
    }


def peut_modifier_la_page(etat: Etat, connue: PageConnue) -> bool:
    return bool(modifiable(connue.page, etat.user))
