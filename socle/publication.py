"""What a publication says of the freshness of a page: whether its text is new, and until when it holds."""

import datetime
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from socle import generation
from socle.dates import day_of, months_later, today

# Sent with `page` and `revision` after every publication; `majeure` tells whether it was more than a minor change.
publiee = Signal()
# Sent with the same when the text is new: whatever was made from it, translations first, may be behind.
# Never sent after a minor change.
publication_majeure = Signal()

DATES = ("mis_a_jour_le", "revise_le", "prochaine_revision")
MODIFICATION_MINEURE = "socle.modification_mineure"


def noter_publication(page: Any) -> None:
    """Date `page`, about to be saved, if that publishes a revision: the dates go live with the text, in one write.

    A minor change moves no date. What is published for the first time is never minor. Whoever publishes, and however,
    Wagtail saves the page with its new live revision; signals come too late, and its actions are called by their name.
    """
    # Whoever changes dates holds the row that all kinds of pages share.
    row = Page.objects.select_for_update().filter(pk=page.pk)
    before = row.values("live_revision_id", "first_published_at", "last_published_at").first()
    if before is None or not _is_new(page, before):
        return
    mineure = page.modification_mineure and before["first_published_at"] is not None
    if mineure:
        for name, value in type(page)._base_manager.values(*DATES).get(pk=page.pk).items():
            setattr(page, name, value)
        page.mis_a_jour_le = page.mis_a_jour_le or day_of(before["last_published_at"])
    else:
        dater(page)
    page.modification_mineure = False
    # The next draft is made from this revision: it starts from these dates, and is not minor by itself.
    ecrire_dates(page.live_revision, page)
    Revision.objects.filter(pk=page.live_revision_id).update(content=page.live_revision.content)
    page.publication_majeure = not mineure


def _is_new(page: Any, before: dict[str, Any]) -> bool:
    """Tell a publication from the saving of a page that was read before the last one."""
    if page.live_revision_id == before["live_revision_id"] or not page.last_published_at:
        return False
    return not before["last_published_at"] or bool(page.last_published_at > before["last_published_at"])


def annoncer_publication(page: Any, revision: Revision | None) -> None:
    """Log and tell what was noted, once the page is public."""
    majeure = page.__dict__.pop("publication_majeure", None)
    if majeure is None:
        if page.mis_a_jour_le is None:  # a copy that stays live is public without being published
            dater(page)
            type(page)._base_manager.filter(pk=page.pk).update(**{name: getattr(page, name) for name in DATES})
        return
    if not majeure:
        log(instance=page, action=MODIFICATION_MINEURE, revision=revision)
    publiee.send(sender=type(page), page=page, revision=revision, majeure=majeure)
    if majeure:
        publication_majeure.send(sender=type(page), page=page, revision=revision)


def dater(page: Any) -> None:
    """Say that the text of `page` is new today; nothing is saved."""
    page.mis_a_jour_le = page.revise_le = today()
    page.prochaine_revision = prochaine_revision(page, page.prochaine_revision)


@transaction.atomic
def reprendre_dates(page: Any, revise_le: datetime.date, prochaine: datetime.date | None) -> None:
    """Give a public page the dates of a text that is older than the site."""
    values = {"mis_a_jour_le": revise_le, "revise_le": revise_le, "prochaine_revision": prochaine}
    type(page)._base_manager.filter(pk=page.pk).update(**values)
    revision = Revision.objects.for_instance(page).get(pk=page.latest_revision_id)
    for name, value in values.items():
        setattr(page, name, value)
    ecrire_dates(revision, page)
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    generation.increment()


def prochaine_revision(page: Any, choisie: datetime.date | None = None) -> datetime.date | None:
    """Return when a text that was confirmed today is to be read again: the day chosen, or what its kind says."""
    if choisie and choisie > today():
        return choisie
    delai: int | None = page.duree_de_validite
    return months_later(today(), delai) if delai else None


def ecrire_dates(revision: Revision, page: Page) -> None:
    """Write the dates of `page` into the content of one of its revisions, without saving it."""
    for name in DATES:
        value = getattr(page, name)
        revision.content[name] = value and value.isoformat()
    revision.content["modification_mineure"] = page.modification_mineure
