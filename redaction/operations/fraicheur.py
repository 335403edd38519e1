"""Changes of state of the dates of review."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from wagtail.models import Page, Revision

from redaction.queries.fraicheur import confirmables
from socle import generation, journal
from socle.dates import today
from socle.publication import prochaine_revision

TOUJOURS_VALABLE = "redaction.toujours_valable"
Dates = dict[str, datetime.date | None]


@transaction.atomic
def toujours_valable(pages: Collection[int], user: Any, note: str, prochaine: datetime.date | None = None) -> int:
    """Say of public pages that their text still holds, with a note for the history; return how many.

    Each is read again on the day given, or after the time that its kind says. Raises `PermissionDenied` for all of them
    when the person may not confirm one. Those that are no longer public are left out.
    """
    if not note.strip():
        raise ValidationError("Une note est nécessaire.")
    if prochaine and prochaine <= today():
        raise ValidationError("La prochaine révision est à venir.")
    held = list(Page.objects.filter(pk__in=pages, live=True, alias_of=None).order_by("pk").select_for_update())
    wanted = {page.pk for page in held}
    if Page.objects.filter(confirmables(user), pk__in=wanted).count() != len(wanted):
        raise PermissionDenied
    dates: dict[int, Dates] = {}
    by_kind: dict[Any, list[int]] = defaultdict(list)
    for page in held:
        kind = page.cached_content_type.model_class()
        dates[page.pk] = {"revise_le": today(), "prochaine_revision": prochaine_revision(kind, prochaine)}
        by_kind[kind].append(page.pk)
    for kind, pks in by_kind.items():
        kind._base_manager.filter(pk__in=pks).update(**dates[pks[0]])
    _dater_revisions(held, dates)
    journal.noter(
        held, TOUJOURS_VALABLE, user, {"note": note.strip(), "prochaine": prochaine and prochaine.isoformat()}
    )
    generation.increment()
    return len(held)


def _dater_revisions(pages: Collection[Page], dates: dict[int, Dates]) -> None:
    """Give the same dates to the revisions that may be published or edited: they would bring the old ones back."""
    ids = {pk for page in pages for pk in (page.latest_revision_id, page.live_revision_id) if pk}
    revisions = Revision.page_revisions.filter(
        Q(pk__in=ids) | Q(approved_go_live_at__isnull=False), object_id__in=[str(page.pk) for page in pages]
    )
    found = list(revisions.select_for_update())
    for revision in found:
        for name, value in dates[int(revision.object_id)].items():
            revision.content[name] = value and value.isoformat()
    Revision.objects.bulk_update(found, ["content"], batch_size=100)
