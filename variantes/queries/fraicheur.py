"""Questions about the age of the language versions: which are older than the French text they were made from."""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from wagtail.models import Page, Revision
from wagtail_localize.models import Translation

from socle import directory, memo
from socle.dates import day_of
from socle.sites import url_of
from variantes.langues import est_source
from variantes.models import FraicheurPage, VersionDeRevision, VersionSource

# Variants whose age is kept ready for their readers.
LIMITE = 1_000


@dataclass(frozen=True)
class Retard:
    """What a reader is told of the French page, when it has changed since."""

    source_titre: str
    source_url: str
    source_le: datetime.date


def retard(page: Any) -> Retard | None:
    """Return the French page that the public text of `page` is behind; None when it is up to date.

    None too when nobody may read the French page: a reader is not told of it. One query the first time that a variant
    is asked about, none until the public content changes.
    """
    if not page.pk or page.alias_of_id or est_source(page):
        return None
    kept: dict[int, Retard | None] = memo.shelf(dict, "variantes.retard", limit=LIMITE)
    if page.pk not in kept:
        kept[page.pk] = _retard(page)
    return kept[page.pk]


def _retard(page: Any) -> Retard | None:
    versions = directory.current().pages.versions(page.translation_key)
    source = next((version for version in versions if est_source(version)), None)
    if source is None or (depuis := changee_depuis(page)) is None:
        return None
    jour = day_of(depuis)
    return Retard(source.title, url_of(source), jour) if jour else None


def connue_avec_la_page() -> dict[str, Subquery]:
    """Return what `changee_depuis` reads on a page that was fetched with it, which then costs no query of its own."""
    version = VersionSource.objects.filter(translation_key=OuterRef("translation_key"))
    publique = FraicheurPage.objects.filter(page=OuterRef("pk"))
    return {
        "source_numero": Subquery(version.values("numero")),
        "source_majeure_le": Subquery(version.values("majeure_le")),
        "version_publique": Subquery(publique.values("version_publique")),
    }


def changee_depuis(page: Any) -> datetime.datetime | None:
    """Return when the French text changed, if the public text of `page` was made from an older one."""
    expressions = connue_avec_la_page()
    known = {name: page.__dict__[name] for name in expressions if name in page.__dict__}
    if len(known) < len(expressions):
        known = Page.objects.filter(pk=page.pk).order_by().values(**expressions).first() or {}
    numero, majeure_le, publique = (known.get(name) for name in expressions)
    if numero is None:
        return None
    if publique is None:
        publique = estimee(page.last_published_at, numero, majeure_le)
    return majeure_le if publique < numero else None


def estimee(le: datetime.datetime | None, numero: int, majeure_le: datetime.datetime | None) -> int:
    """Return the version of a text of which only the date is known; without a date, nothing is held against it."""
    return numero - 1 if numero and majeure_le and le and le < majeure_le else numero


def version_actuelle(translation_key: UUID) -> int:
    """Return the number of the version that is public, or was last; 0 when none has been."""
    version = VersionSource.objects.filter(translation_key=translation_key).values_list("numero", flat=True)
    return version.first() or 0


def page_source(page: Any) -> Page | None:
    """Return the French page that `page` is a version of, public or not."""
    if est_source(page):
        return None
    sources = Page.objects.filter(translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE)
    found: Page | None = sources.select_related("locale").first()
    return found


def revision_de_la_version(source: Page, version: int) -> Revision | None:
    """Return the last published revision of a French page that held this version."""
    revisions: QuerySet[Revision] = Revision.page_revisions.filter(
        object_id=str(source.pk), version_de_source__version=version
    )
    return revisions.order_by("-pk").first()


def synchronisee(page: Any) -> bool:
    """Tell whether the text of a page is made from the strings of the French one."""
    return Translation.objects.filter(
        enabled=True,
        source__object_id=page.translation_key,
        source__locale__language_code=settings.LANGUAGE_CODE,
        target_locale_id=page.locale_id,
    ).exists()


def version_synchronisee() -> Subquery:
    """Return, for a query of pages, the version whose strings are translated; NULL where none are."""
    synced = Translation.objects.filter(
        enabled=True,
        source__object_id=OuterRef(OuterRef("translation_key")),
        source__locale__language_code=settings.LANGUAGE_CODE,
        target_locale_id=OuterRef(OuterRef("locale_id")),
    )
    version = VersionSource.objects.filter(translation_key=OuterRef("translation_key"))
    return Subquery(version.filter(translation_key__in=synced.values("source__object_id")).values("synchronisee"))


def versions_de(revisions: list[int]) -> dict[int, int]:
    """Return the version of each of these revisions, where one is known."""
    return dict(VersionDeRevision.objects.filter(revision__in=revisions).values_list("revision_id", "version"))


@dataclass(frozen=True)
class Changement:
    """What those who write a variant are told: the French text has changed since the one that theirs was made from."""

    source: Page
    numero: int
    le: datetime.datetime
    depuis: int
    # Whether the draft takes the new text into account already, and only the public text does not.
    en_cours: bool

    @property
    def avant(self) -> Revision | None:
        """The French text that the variant was made from, while its revision is kept."""
        return revision_de_la_version(self.source, self.depuis)


def variantes() -> QuerySet[Page]:
    """Return the pages that are versions of others: in another language, with a text of their own."""
    pages: QuerySet[Page] = Page.objects.filter(depth__gt=1, alias_of=None)
    return pages.exclude(locale__language_code=settings.LANGUAGE_CODE)


def en_retard() -> QuerySet[Page]:
    """Return the public variants whose French page, public too, has changed since; with `numero` and `majeure_le`."""
    version = VersionSource.objects.filter(translation_key=OuterRef("translation_key"))
    sources = Page.objects.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=settings.LANGUAGE_CODE, live=True
    )
    found = (
        variantes()
        .filter(Exists(sources), live=True)
        .annotate(numero=Subquery(version.values("numero")), majeure_le=Subquery(version.values("majeure_le")))
    )
    unknown = Q(fraicheur__version_publique=None, last_published_at__lt=F("majeure_le"))
    return found.filter(Q(fraicheur__version_publique__lt=F("numero")) | unknown)


def a_annoncer(avant: datetime.datetime) -> QuerySet[Page]:
    """Return those whose French page changed before that moment, and of which the team has not been told."""
    told = Q(fraicheur__annoncee__gte=F("numero"))
    return en_retard().filter(majeure_le__lt=avant).exclude(told).select_related("locale").order_by("pk")


def changement(page: Any) -> Changement | None:
    """Return what has changed in French since the draft of `page`, or its public text, was made."""
    if page.alias_of_id or est_source(page):
        return None
    version = VersionSource.objects.filter(translation_key=page.translation_key).first()
    source = page_source(page)
    if version is None or version.majeure_le is None or source is None:
        return None
    row = FraicheurPage.objects.filter(page=page.pk).first()
    if row is None:
        found = estimee(page.last_published_at or page.latest_revision_created_at, version.numero, version.majeure_le)
        row = FraicheurPage(version_brouillon=found, version_publique=found if page.live else None)
    publique = row.version_publique if page.live else None
    known = [one for one in (row.version_brouillon, publique) if one is not None and one < version.numero]
    if not known:
        return None
    en_cours = row.version_brouillon >= version.numero
    depuis = known[0]
    return Changement(source, version.numero, version.majeure_le, depuis, en_cours)
