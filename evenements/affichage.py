"""What lists show of dates: facts of the event, words of its page, state."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenements.calendrier import Regle, RegleError
from evenements.dates import balises, decrire, quand
from evenements.etats import EtatAffiche, etat_de
from evenements.models import Evenement, EvenementPage, GenreEvenement, Mode, Seance
from evenements.queries.filtres import A_DISTANCE
from evenements.queries.places import Places, places_de
from socle.accessibilite import Accessibilite
from socle.geographie import Departement
from socle.models import Lieu
from socle.queries import Reader
from socle.sites import url_of

# Of a date that is over, nobody counts the seats.
SANS_PLACES = Places(None)


@dataclass(frozen=True)
class DateAffichee:
    """One date in a list."""

    seance: Seance
    titre: str
    url: str
    genre: str
    quand: str
    # Values of `<time datetime>`.
    debut: str
    fin: str
    # The day under which it is listed: of a meeting that has begun, today.
    jour: datetime.date
    lieu: str
    en_ligne: str
    acces: tuple[str, ...]
    serie: str
    etat: EtatAffiche

    @property
    def mois(self) -> datetime.date:
        return self.jour.replace(day=1)


def nom_du_lieu(lieu: Lieu | None) -> str:
    """A place on one line: its name, the town, the département."""
    if lieu is None:
        return ""
    ville = lieu.commune
    if lieu.departement:
        nom = Departement(lieu.departement).label
        ville = f"{ville} ({lieu.departement})" if ville and not nom.startswith(ville) else nom
    return _(", ").join(part for part in (lieu.nom, ville) if part)


def dit_en_ligne(mode: str) -> str:
    """Whether one may take part from home, in words."""
    return str(Mode(mode).label) if mode in A_DISTANCE else ""


def acces_de(evenement: Evenement, lieu: Lieu | None) -> tuple[str, ...]:
    """What makes a date accessible, by the event or by its place, in the order of the choices."""
    found = {*evenement.accessibilite, *(lieu.accessibilite if lieu else ())}
    return tuple(str(choice.label) for choice in Accessibilite if choice.value in found)


def regle_de(evenement: Evenement) -> str:
    """How often a series takes place: "le premier mardi de chaque mois"; empty without a series."""
    if not evenement.recurrence:
        return ""
    try:
        return decrire(Regle.depuis_rrule(evenement.recurrence))
    except RegleError:
        return ""


def pages_par_evenement(evenements: Iterable[int], language_code: str, user: Reader) -> dict[int, EvenementPage]:
    """The pages of these events in that language that `user` may read, with what a link shows."""
    pages = EvenementPage.objects.visible_to(user).in_language(language_code).filter(evenement_id__in=set(evenements))
    shown = pages.only("title", "path", "depth", "url_path", "locale", "content_type", "resume", "evenement")
    return {page.evenement_id: page for page in shown}


def seances_affichees(ids: Iterable[int]) -> list[Seance]:
    """The dates of these ids in the same order, with their event and place. One query."""
    wanted = list(ids)
    found = Seance.objects.filter(pk__in=wanted).select_related("evenement", "lieu").in_bulk()
    return [found[pk] for pk in wanted if pk in found]


def dates_affichees(
    seances: Iterable[Seance], language_code: str, user: Reader, today: datetime.date, *, avec_places: bool = True
) -> list[DateAffichee]:
    """What a list shows of these dates, in order; those without a page to read are left out. Three queries at most.

    Without `avec_places`, nobody counts the seats that are left.
    """
    dates = list(seances)
    pages = pages_par_evenement((date.evenement_id for date in dates), language_code, user)
    seats = places_de([date for date in dates if avec_places and date.jour_fin >= today])
    return [
        _afficher(date, pages[date.evenement_id], etat_de(date, seats.get(date.pk, SANS_PLACES), today), today)
        for date in dates
        if date.evenement_id in pages
    ]


def _afficher(seance: Seance, page: EvenementPage, etat: EtatAffiche, today: datetime.date) -> DateAffichee:
    event = seance.evenement
    debut, fin = balises(seance)
    begun = seance.jour < today <= seance.jour_fin
    return DateAffichee(
        seance=seance,
        titre=page.title,
        url=url_of(page),
        genre=str(GenreEvenement(event.genre).label),
        quand=quand(seance),
        debut=debut,
        fin=fin,
        jour=today if begun else seance.jour,
        lieu=nom_du_lieu(seance.lieu),
        en_ligne=dit_en_ligne(seance.mode),
        acces=acces_de(event, seance.lieu),
        serie=regle_de(event),
        etat=etat,
    )


def par_mois(dates: Iterable[DateAffichee]) -> list[tuple[datetime.date, list[DateAffichee]]]:
    """Group dates that are in order under their month."""
    found: list[tuple[datetime.date, list[DateAffichee]]] = []
    for date in dates:
        if not found or found[-1][0] != date.mois:
            found.append((date.mois, []))
        found[-1][1].append(date)
    return found
