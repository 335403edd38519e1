"""What the glossary lacks: acronyms that no term explains, terms that nobody meets, names that clash."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q
from wagtail.models import Locale, Page

from glossaire.lexique import lexique
from glossaire.liaison import cle_de
from glossaire.models import NomDeTerme, SigleCourant, TermePage
from glossaire.queries.rencontres import rencontres
from glossaire.sigles import courants, mot_courant
from redaction import roles
from redaction.queries.roles import roles_de
from socle.queries import visible_to
from socle.sites import url_of

# Who completes the glossary.
COMPLETENT = (roles.REDACTION, roles.MODERATION, roles.REDACTION_FALC, roles.ADMINISTRATION)
# Pages named beside an acronym.
PAGES_CITEES = 5
FRANCAIS = (settings.LANGUAGE_CODE, settings.FALC_LANGUAGE_CODE)


def peut_completer(user: Any) -> bool:
    """Tell whether a person reads what the glossary lacks."""
    if user.is_active and user.is_superuser:
        return True
    return any(role in COMPLETENT for role in roles_de(user))


# --- Acronyms that no term explains ---


@dataclass
class Sigle:
    """An acronym that the public pages of a language use, and no public term explains."""

    sigle: str
    fois: int
    pages: list[int]
    ecarte: bool = False
    # The draft that explains it, if any.
    brouillon: int | None = None
    brouillon_titre: str = ""
    citees: list[tuple[str, str]] = field(default_factory=list)

    @property
    def nombre(self) -> int:
        return len(self.pages)


def sigles_a_expliquer(langue: str, *, ecartes: bool = False) -> list[Sigle]:
    """Return the acronyms without a public term, the most frequent first; or those that editors have set aside."""
    met = rencontres(langue).sigles
    known = lexique(langue)
    aside = set(SigleCourant.objects.values_list("sigle", flat=True))
    wanted = {
        sigle: pages
        for sigle, pages in met.items()
        if sigle not in courants() and (sigle in aside) == ecartes and known.mot(sigle) is None
    }
    drafts = _brouillons(langue, wanted)
    found = []
    for sigle, pages in wanted.items():
        pk, titre = drafts.get(cle_de(sigle), (None, ""))
        best = sorted(pages, key=lambda page: (-pages[page], page))
        found.append(Sigle(sigle, sum(pages.values()), best, ecartes, pk, titre))
    return sorted(found, key=lambda one: (-one.fois, -one.nombre, one.sigle))


def _brouillons(langue: str, sigles: Iterable[str]) -> dict[str, tuple[int, str]]:
    rows = NomDeTerme.objects.filter(
        locale__language_code=langue, public=False, cle__in={cle_de(one) for one in sigles}
    )
    return {
        cle: (pk, titre)
        for cle, pk, titre in rows.exclude(genre=NomDeTerme.Genre.FORME).values_list(
            "cle", "page_id", "page__draft_title"
        )
    }


def citer_les_pages(rows: list[Sigle], *, au_plus: int = PAGES_CITEES) -> list[Sigle]:
    """Give each row the titles and addresses of its first pages. One query."""
    wanted = {pk for row in rows for pk in row.pages[:au_plus]}
    pages = visible_to(Page.objects.filter(pk__in=wanted), AnonymousUser()).in_bulk()
    for row in rows:
        row.citees = [(pages[pk].title, url_of(pages[pk])) for pk in row.pages[:au_plus] if pk in pages]
    return rows


# --- Terms that nobody meets ---


@dataclass(frozen=True)
class Terme:
    """A term of a report."""

    pk: int
    titre: str
    noms: tuple[str, ...] = ()
    relier: bool = True


def jamais_rencontres(langue: str) -> list[Terme]:
    """Return the public terms of a language that no other public page uses, in the order of the dictionary."""
    met = rencontres(langue).termes
    return [Terme(mot.pk, mot.titre, mot.noms, mot.relier) for mot in lexique(langue) if not met[mot.pk]]


# --- Names that clash ---


@dataclass(frozen=True)
class Conflit:
    """A spelling that leads to several terms, or that readers would take for another word."""

    texte: str
    langue: str
    genre: str
    termes: tuple[tuple[int, str, bool], ...]


FORME, BROUILLON, MOT = "Forme partagée", "Nom déjà pris", "Sigle qui se lit comme un mot"


def conflits(langue: str = "") -> list[Conflit]:
    """Return the names and forms of two terms, and the acronyms that are words, of one language or of all."""
    rows = NomDeTerme.objects.filter(locale__language_code=langue) if langue else NomDeTerme.objects.all()
    shared = rows.order_by().values("locale", "cle").annotate(n=Count("page", distinct=True)).filter(n__gt=1)
    twice = Q(cle__in=shared.values("cle"))
    sigle = Q(genre=NomDeTerme.Genre.SIGLE, locale__language_code__in=FRANCAIS)
    by_name: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in (
        rows.filter(twice | sigle)
        .order_by("cle", "page_id")
        .values(*("texte", "cle", "genre", "public", "page_id", "page__draft_title", "locale__language_code"))
    ):
        by_name[row["locale__language_code"], row["cle"]].append(row)
    found = []
    for (code, _cle), same in by_name.items():
        if len({row["page_id"] for row in same}) > 1:
            names = [row for row in same if row["genre"] != NomDeTerme.Genre.FORME]
            found.append(_conflit(code, BROUILLON if len(names) > 1 else FORME, names or same, same))
        found += [
            _conflit(code, MOT, [row], [row])
            for row in same
            if row["genre"] == NomDeTerme.Genre.SIGLE and code in FRANCAIS and mot_courant(row["texte"])
        ]
    return sorted(found, key=lambda one: (one.langue, one.genre != BROUILLON, one.genre, one.texte.casefold()))


def _conflit(langue: str, genre: str, named: list[Any], rows: list[Any]) -> Conflit:
    termes = tuple((row["page_id"], row["page__draft_title"], row["public"]) for row in rows)
    return Conflit(named[0]["texte"], langue, genre, termes)


# --- Terms without their versions ---


@dataclass
class Versions:
    """A public French term, and what there is of it in the other languages."""

    pk: int
    titre: str
    # Language code → whether its page is public; nothing where there is none.
    etats: dict[str, bool]
    manquantes: list[Locale]


def sans_versions(langue: str = "") -> list[Versions]:
    """Return the public French terms that lack a version: in this language, or in any. Three queries."""
    locales = [one for one in Locale.objects.order_by("pk") if one.language_code != settings.LANGUAGE_CODE]
    wanted = [one for one in locales if not langue or one.language_code == langue]
    french = TermePage.objects.in_language(settings.LANGUAGE_CODE).live().filter(alias_of=None)
    others = TermePage.objects.filter(alias_of=None).exclude(locale__language_code=settings.LANGUAGE_CODE)
    known: dict[Any, dict[str, bool]] = defaultdict(dict)
    for cle, code, live in others.order_by().values_list("translation_key", "locale__language_code", "live"):
        known[cle][code] = live
    found = []
    for pk, titre, cle in french.alphabetiques().values_list("pk", "title", "translation_key"):
        etats = known[cle]
        if manquantes := [one for one in wanted if one.language_code not in etats]:
            found.append(Versions(pk, titre, etats, manquantes))
    return found
