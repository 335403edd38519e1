"""What a feed tells: public events with the words of one language, and those of their dates that were asked for."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Max, prefetch_related_objects
from django.utils.translation import gettext as _

from evenements.dates import quand
from evenements.models import Evenement, EvenementPage, Seance, StatutEvenement
from evenements.queries.filtres import FiltresAgenda, Periode
from evenements.queries.seances import SeanceQuerySet
from socle.dates import months_later, today
from socle.models import Thematique
from socle.sites import absolue, urls_of

# What somebody attended stays in their calendar for a while.
MOIS_GARDES = 3
MOIS_PASSES = 24
# Nobody reads more in a calendar, and one takes a millisecond to write; the nearest dates come first.
DATES_MAXIMUM = 3000
EVENEMENTS_MAXIMUM = 1000


@dataclass(frozen=True)
class Mots:
    """What the page of an event says of it in one language."""

    titre: str
    resume: str
    url: str
    annonce_le: datetime.datetime
    publie_le: datetime.datetime
    themes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Annonce:
    """An event as a feed tells it."""

    evenement: Evenement
    mots: Mots
    seances: tuple[Seance, ...]
    # The planned day of its last date, those left out included.
    dernier_jour: datetime.date

    @property
    def modifiee_le(self) -> datetime.datetime:
        moments = [self.evenement.modifie_le, self.mots.publie_le, *(seance.modifie_le for seance in self.seances)]
        return max(moments)


def seances_publiques(langue: str) -> SeanceQuerySet:
    """Return the dates that anyone may read in that language."""
    return Seance.objects.visible_to(AnonymousUser(), langue)


def seances_du_flux(filtres: FiltresAgenda) -> SeanceQuerySet:
    """Return the dates of a feed: those to come and those of the last months, or the past ones; `du` goes further."""
    found = seances_publiques(filtres.langue).filtrees(filtres)
    jour = today()
    if filtres.periode is Periode.PASSES:
        found, mois = found.passees(jour), MOIS_PASSES
    else:
        mois = MOIS_GARDES
    if not filtres.du:
        found = found.filter(jour_fin__gte=months_later(jour, -mois))
    # The nearest first, then the past from the most recent: the limit cuts what is furthest.
    return found.order_by("-jour_fin" if filtres.periode is Periode.PASSES else "debut")


def annonces(seances: SeanceQuerySet, langue: str) -> list[Annonce]:
    """Return the events of these dates, the first to come first, in a number of queries that does not grow."""
    by_event: dict[int, list[Seance]] = defaultdict(list)
    found = seances.select_related("lieu", "evenement__lieu")[:DATES_MAXIMUM]
    events: dict[int, Evenement] = {}
    for seance in sorted(found, key=lambda each: (each.debut, each.pk)):
        seance.evenement = events.setdefault(seance.evenement_id, seance.evenement)
        by_event[seance.evenement_id].append(seance)
    by_event = dict(islice(by_event.items(), EVENEMENTS_MAXIMUM))
    mots = mots_des_pages(by_event, langue)
    derniers = dict(
        Seance.objects.filter(evenement_id__in=by_event).values_list("evenement_id").annotate(Max("jour_prevu"))
    )
    avec_organisateurs(events[pk] for pk in by_event)
    return [Annonce(events[pk], mots[pk], tuple(dates), derniers[pk]) for pk, dates in by_event.items() if pk in mots]


def avec_organisateurs(evenements: Iterable[Evenement]) -> None:
    """Read the organisers of many events together."""
    if events := list(evenements):
        prefetch_related_objects(events, "organisateurs")


def mots_des_pages(evenements: Iterable[int], langue: str) -> dict[int, Mots]:
    """Return the words of the public pages of these events in a language, by event."""
    pages = EvenementPage.objects.visible_to(AnonymousUser()).in_language(langue).filter(evenement_id__in=evenements)
    rows: list[Any] = list(
        pages.order_by("pk").values(
            "pk", "content_type_id", "url_path", "title", "resume", "evenement_id",
            "first_published_at", "last_published_at", "latest_revision_created_at",
        )
    )  # fmt: skip
    urls = urls_of((row["pk"], row["content_type_id"], row["url_path"]) for row in rows)
    themes = _themes([row["pk"] for row in rows])
    jamais = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    return {
        row["evenement_id"]: Mots(
            row["title"],
            row["resume"],
            absolue(urls[row["pk"]]),
            row["first_published_at"] or row["last_published_at"] or jamais,
            row["last_published_at"] or row["first_published_at"] or jamais,
            themes.get(row["pk"], ()),
        )
        for row in rows
    }


def _themes(pages: list[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    rows = EvenementPage.thematiques.through.objects.filter(evenementpage_id__in=pages)
    noms = dict(Thematique.objects.values_list("pk", "nom"))
    for page, theme in rows.order_by("thematique_id").values_list("evenementpage_id", "thematique_id"):
        found[page] = (*found.get(page, ()), noms[theme])
    return found


# --- What is said of a date ---


def titre_dit(annonce: Annonce, *, annulee: bool) -> str:
    """Return the title, marked where the date will not be held: many calendars show nothing else."""
    if annonce.evenement.statut == StatutEvenement.REPORTE:
        return _("Reporté : %(titre)s") % {"titre": annonce.mots.titre}
    return _("Annulé : %(titre)s") % {"titre": annonce.mots.titre} if annulee else annonce.mots.titre


def lieu_dit(seance: Seance | Evenement) -> str:
    """Return where it is held, on one line; never the address of a meeting online."""
    place = ", ".join(filter(None, (seance.lieu.nom, seance.lieu.adresse_complete))) if seance.lieu else ""
    if seance.mode == "en_ligne":
        return _("En ligne")
    if seance.mode == "mixte":
        return _("%(lieu)s, et en ligne") % {"lieu": place} if place else _("Sur place et en ligne")
    return place


def quand_et_ou(seance: Seance) -> str:
    return ". ".join(filter(None, (quand(seance), lieu_dit(seance))))
