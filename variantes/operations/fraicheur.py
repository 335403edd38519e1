"""What follows from a change of the French text, and of a text made from it."""

import json
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState
from wagtail_localize.models import TranslationSource

from redaction.queries.fraicheur import confirmables
from socle import generation, journal
from variantes.langues import est_source
from variantes.models import FraicheurPage, VersionDeRevision, VersionSource
from variantes.queries.fraicheur import (
    estimee,
    synchronisee,
    version_actuelle,
    version_synchronisee,
    versions_de,
)

TOUJOURS_VALABLE = "variantes.toujours_valable"
PRISE_EN_COMPTE = "variantes.prise_en_compte"


class SourceChangee(ValidationError):  # noqa: N818 -- a word of the screen
    """The French text has changed since it was looked at."""

    def __init__(self) -> None:
        super().__init__("La page en français vient encore de changer : relisez-la avant de confirmer.")


# --- What the French page does ---


@transaction.atomic
def noter_version(page: Page, revision: Revision | None, *, majeure: bool) -> None:
    """Count a publication of a French page, unless it was a minor change of what is public already."""
    VersionSource.objects.get_or_create(translation_key=page.translation_key)
    version = VersionSource.objects.select_for_update().get(translation_key=page.translation_key)
    if majeure or not version.numero:
        version.numero += 1
        version.majeure_le = page.last_published_at or timezone.now()
        version.revision = revision
        version.save()
    _noter_revisions([revision.pk] if revision else [], version.numero)


@transaction.atomic
def noter_synchronisation(source: TranslationSource) -> None:
    """Note which version of a French page wagtail-localize has just cut into strings."""
    VersionSource.objects.get_or_create(translation_key=source.object_id)
    version = VersionSource.objects.select_for_update().get(translation_key=source.object_id)
    revision = json.loads(source.content_json).get("live_revision")
    # What it read may have been replaced while it was reading.
    known = versions_de([revision]).get(revision) if revision else 0
    version.synchronisee = known
    if known is None:
        version.synchronisee = estimee(source.last_updated_at, version.numero, version.majeure_le)
    version.save(update_fields=["synchronisee"])


def oublier_les_versions(translation_key: UUID) -> None:
    """Forget the versions of a text of which no page is left."""
    if not Page.objects.filter(translation_key=translation_key).exists():
        VersionSource.objects.filter(translation_key=translation_key).delete()


# --- What the variants do ---


@transaction.atomic
def noter_revision(revision: Revision) -> None:
    """Note which version a new revision of a variant was made from.

    That of the strings, for a synchronised translation; else that of the draft before it, until somebody says that a
    newer one has been taken into account.
    """
    pages = Page.objects.exclude(locale__language_code=settings.LANGUAGE_CODE)
    page = pages.annotate(synchronisee=version_synchronisee()).filter(pk=int(revision.object_id)).first()
    if page is None:
        return
    row = _fraicheur(page)
    if page.synchronisee is not None:
        row.version_brouillon = max(page.synchronisee, row.version_brouillon if row.page_id else 0)
    _noter_revisions([revision.pk], row.version_brouillon)
    _garder(page, row)


def _fraicheur(page: Any) -> FraicheurPage:
    """Return what is known of a variant; of one that nobody has noted, what its dates tell (`page_id` is empty)."""
    row = FraicheurPage.objects.select_for_update().filter(page=page.pk).first()
    if row is not None:
        return row
    source = VersionSource.objects.filter(translation_key=page.translation_key).first() or VersionSource(numero=0)
    if page.first_published_at is None and page.latest_revision_id is None:
        # It has just been made, from what is public now; a translation is made from strings.
        synced = getattr(page, "synchronisee", None)
        return FraicheurPage(version_brouillon=source.numero if synced is None else synced)
    le = page.last_published_at or page.latest_revision_created_at
    found = estimee(le, source.numero, source.majeure_le)
    return FraicheurPage(version_brouillon=found, version_publique=found if page.live else None)


def assurer(pages: Collection[Any]) -> None:
    """Give a row to the variants that nobody has noted; `numero` and `majeure_le` are on each."""
    FraicheurPage.objects.bulk_create(
        [
            FraicheurPage(
                page_id=page.pk,
                version_brouillon=(found := estimee(page.last_published_at, page.numero, page.majeure_le)),
                version_publique=found if page.live else None,
            )
            for page in pages
        ],
        ignore_conflicts=True,
    )


def _garder(page: Page, row: FraicheurPage) -> None:
    row.page_id = page.pk
    row.save()


@transaction.atomic
def noter_publication(page: Page, revision: Revision | None) -> None:
    """Note which version the text of a variant that has just become public was made from.

    It may be behind already: the French page may have changed while the variant was being reviewed.
    """
    row = _fraicheur(page)
    known = versions_de([revision.pk]).get(revision.pk) if revision else None
    row.version_publique = row.version_brouillon if known is None else known
    _garder(page, row)


@transaction.atomic
def noter_source(page: Any, version: int | None = None) -> None:
    """Say that the draft of `page` is now made from this version of the French text: the newest, by default.

    The public text keeps its own until the draft is published.
    """
    if est_source(page):
        raise ValueError("A French page is made from no other.")
    row = _fraicheur(page)
    row.version_brouillon = version_actuelle(page.translation_key) if version is None else version
    stored = Page.objects.filter(pk=page.pk).exclude(latest_revision=F("live_revision"))
    drafts = stored.exclude(latest_revision=None).values_list("latest_revision_id", flat=True)
    _noter_revisions(drafts, row.version_brouillon)
    _garder(page, row)


@transaction.atomic
def prendre_en_compte(page: Page, user: Any, version: int) -> None:
    """Let a person say that the draft takes the new version into account; `version` is the one that was read."""
    held = _tenues([page.pk], user)
    if not held:
        raise ValidationError("Cette page n’existe plus, ou répète la page en français.")
    if synchronisee(held[0]):
        raise ValidationError("Cette version est traduite passage par passage : reprenez le texte français.")
    _verifier_lues(held, {page.pk: version})
    noter_source(held[0], version)
    journal.noter(held, PRISE_EN_COMPTE, user, {"version": version})


def toujours_valable(page: Page, user: Any, note: str) -> None:
    """Say of one variant that it still holds for the French text of today."""
    toujours_valables([page.pk], user, note)


@transaction.atomic
def toujours_valables(pages: Collection[int], user: Any, note: str, lues: Mapping[int, int] | None = None) -> int:
    """Say of variants that their text still holds for the French one, with a note for the history; return how many.

    `lues` gives the version that the person has read for each page. Raises `SourceChangee` for all of them when there
    is a newer one, and `PermissionDenied` when the person may not change one of them.
    """
    if not note.strip():
        raise ValidationError("Une note est nécessaire.")
    held = _tenues(pages, user)
    versions = _verifier_lues(held, lues)
    for page in held:
        page.version_lue = versions.get(page.translation_key, 0)
    now, name = timezone.now(), str(user)[:255]
    FraicheurPage.objects.bulk_create(
        [
            FraicheurPage(
                page_id=page.pk,
                version_publique=page.version_lue if page.live else None,
                version_brouillon=page.version_lue,
                verifiee_le=now,
                verifiee_par=user,
                verifiee_par_nom=name,
            )
            for page in held
        ],
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=[
            "version_publique",
            "version_brouillon",
            "verifiee_le",
            "verifiee_par",
            "verifiee_par_nom",
        ],
    )
    _confirmer_revisions(held)
    journal.noter(held, TOUJOURS_VALABLE, user, {"note": note.strip()})
    generation.increment()
    return len(held)


def _tenues(pages: Collection[int], user: Any) -> list[Page]:
    """Lock the variants that a person is about to confirm; those that are no variants are left out."""
    wanted = Page.objects.filter(pk__in=pages, depth__gt=1, alias_of=None)
    variants = wanted.exclude(locale__language_code=settings.LANGUAGE_CODE).select_related("locale").order_by("pk")
    held = list(variants.select_for_update(of=("self",)))
    if Page.objects.filter(confirmables(user), pk__in=[page.pk for page in held]).count() != len(held):
        raise PermissionDenied
    return held


def _verifier_lues(pages: Collection[Page], lues: Mapping[int, int] | None) -> dict[UUID, int]:
    """Return the newest version of the source of each page, held until the end of the transaction."""
    found = VersionSource.objects.filter(translation_key__in=[page.translation_key for page in pages])
    locked = found.order_by("translation_key").select_for_update()
    versions = dict(locked.values_list("translation_key", "numero"))
    if lues is not None and any(lues.get(page.pk) != versions.get(page.translation_key, 0) for page in pages):
        raise SourceChangee
    return versions


def _confirmer_revisions(pages: Collection[Any]) -> None:
    """Confirm the revisions that may still be published: they would bring the old versions back."""
    by_page = {str(page.pk): page.version_lue for page in pages}
    kept = {pk for page in pages for pk in (page.latest_revision_id, page.live_revision_id) if pk}
    in_review = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, revision__object_id__in=by_page)
    wanted = Q(pk__in=kept) | Q(approved_go_live_at__isnull=False) | Q(pk__in=in_review.values("revision_id"))
    revisions = Revision.page_revisions.filter(wanted, object_id__in=by_page)
    _ecrire([(pk, by_page[object_id]) for pk, object_id in revisions.values_list("pk", "object_id")])


def _noter_revisions(revisions: Collection[int], version: int) -> None:
    _ecrire([(pk, version) for pk in revisions])


def _ecrire(rows: Collection[tuple[int, int]]) -> None:
    VersionDeRevision.objects.bulk_create(
        [VersionDeRevision(revision_id=pk, version=version) for pk, version in rows],
        update_conflicts=True,
        unique_fields=["revision"],
        update_fields=["version"],
    )
