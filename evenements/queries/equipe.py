"""Events as the team looks for them: the next date of each, who registers, and in which languages it has a page."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.text import capfirst

from evenements.dates import quand_court
from evenements.models import AVEC_PLACE, EtatInscription, Evenement, EvenementPage, Inscription, Seance
from evenements.permissions import peut_animer
from evenements.queries.inscriptions import peut_inscrire
from socle.dates import today as ce_jour

A_VENIR, PASSES, TOUS = "a-venir", "passes", "tous"


@dataclass(frozen=True)
class FiltresEquipe:
    """What to look for; `brouillon` keeps those whose French page is not public."""

    q: str = ""
    periode: str = A_VENIR
    genre: str = ""
    etat: str = ""
    miens: bool = False


def pour_liste(filtres: FiltresEquipe, user: Any, today: datetime.date) -> QuerySet[Evenement]:
    """The events that the filters look for, those to come from the soonest, those that are past from the latest."""
    dates = Seance.objects.filter(evenement=OuterRef("pk"))
    a_venir = dates.a_venir(today)
    held = a_venir.order_by(Case(When(statut=Seance.Statut.PREVUE, then=Value(0)), default=Value(1)), "debut")
    found = _filtrer(Evenement.objects.all(), filtres, user)
    if filtres.periode == PASSES:
        found = found.filter(Exists(dates), ~Exists(a_venir))
    elif filtres.periode == A_VENIR:
        # One without any date is to be finished: it comes first.
        found = found.filter(Exists(a_venir) | ~Exists(dates))
    found = found.annotate(
        prochaine=Subquery(held.values("pk")[:1]),
        prochain_debut=Subquery(held.values("debut")[:1]),
        derniere=Subquery(dates.order_by("-debut").values("pk")[:1]),
        dernier_debut=Subquery(dates.order_by("-debut").values("debut")[:1]),
    )
    if filtres.periode == A_VENIR:
        return found.order_by(F("prochain_debut").asc(nulls_first=True), "pk")
    latest = Coalesce("prochain_debut", "dernier_debut") if filtres.periode == TOUS else F("dernier_debut")
    return found.order_by(latest.desc(nulls_first=True), "-pk")


def _filtrer(found: QuerySet[Evenement], filtres: FiltresEquipe, user: Any) -> QuerySet[Evenement]:
    for word in filtres.q.split():
        found = found.filter(
            Q(nom__unaccent__icontains=word)
            | Q(lieu__nom__unaccent__icontains=word)
            | Q(lieu__commune__unaccent__icontains=word)
        )
    if filtres.genre:
        found = found.filter(genre=filtres.genre)
    if filtres.etat == "brouillon":
        found = found.exclude(pages__live=True, pages__locale__language_code="fr")
    elif filtres.etat:
        found = found.filter(statut=filtres.etat)
    if filtres.miens:
        mine = Evenement.responsables.through.objects.filter(evenement=OuterRef("pk"), utilisateur=user.pk)
        found = found.filter(Q(cree_par=user.pk) | Exists(mine))
    return found


# --- Seats and pages, for what is on the screen ---


@dataclass(frozen=True)
class Places:
    """How many people a date has. An offer holds a seat until it lapses."""

    prises: int = 0
    attente: int = 0
    a_confirmer: int = 0
    presents: int = 0
    capacite: int | None = None

    @property
    def complet(self) -> bool:
        return self.capacite is not None and self.prises >= self.capacite

    @property
    def restantes(self) -> int | None:
        return None if self.capacite is None else max(0, self.capacite - self.prises)

    def __str__(self) -> str:
        said = f"{self.prises} / {self.capacite}" if self.capacite is not None else f"{self.prises}"
        return f"{said}, {self.attente} en attente" if self.attente else said


def places_des(seances: Iterable[Seance]) -> dict[int, Places]:
    """Count the people of each date, in one query."""
    capacites = {seance.pk: seance.capacite for seance in seances}
    rows: Any = (
        Inscription.objects.filter(seance__in=capacites)
        .order_by()
        .values("seance_id")
        .annotate(
            prises=Count("pk", filter=Q(etat__in=AVEC_PLACE)),
            attente=Count("pk", filter=Q(etat=EtatInscription.EN_ATTENTE)),
            a_confirmer=Count("pk", filter=Q(etat=EtatInscription.A_CONFIRMER)),
            presents=Count("pk", filter=Q(present=True)),
        )
    )
    counted: dict[int, dict[str, int]] = {row.pop("seance_id"): row for row in rows}
    return {pk: Places(capacite=capacite, **counted.get(pk, {})) for pk, capacite in capacites.items()}


@dataclass(frozen=True)
class PageDuneLangue:
    """The page of an event in one language, and where it stands."""

    pk: int
    langue: str
    nom_langue: str
    etat: str


@dataclass(frozen=True)
class LigneEvenement:
    """One event in the list."""

    evenement: Evenement
    seance: Seance | None
    a_venir: bool
    places: Places | None
    pages: list[PageDuneLangue] = field(default_factory=list)

    @property
    def quand(self) -> str:
        return capfirst(quand_court(self.seance)) if self.seance else "Pas encore de date"

    @property
    def ou(self) -> str:
        return ou(self.seance or self.evenement)

    @property
    def etat(self) -> str:
        """What is not as planned, empty otherwise."""
        if self.evenement.statut != "prevu":
            return str(self.evenement.get_statut_display())
        return "Date annulée" if self.seance is not None and self.seance.annulee else ""


def ou(quoi: Seance | Evenement) -> str:
    """Say where, in a few words."""
    place = str(quoi.lieu) if quoi.lieu else ""
    if quoi.mode == "en_ligne":
        return "En ligne"
    if not place:
        return "Lieu à préciser"
    return f"{place} et en ligne" if quoi.mode == "mixte" else place


def decrire(evenements: Sequence[Any], today: datetime.date) -> list[LigneEvenement]:
    """Describe the events of one page of the list, in as many queries whatever their number."""
    wanted = {event.pk: event.prochaine or event.derniere for event in evenements}
    seances = {
        seance.evenement_id: seance
        for seance in Seance.objects.filter(pk__in=wanted.values()).select_related("lieu", "evenement")
    }
    places = places_des(seances.values())
    pages = pages_des(evenements)
    rows = []
    for event in evenements:
        seance = seances.get(event.pk)
        seats = places[seance.pk] if seance else None
        coming = seance is not None and seance.jour_fin >= today
        rows.append(LigneEvenement(event, seance, coming, seats, pages.get(event.pk, [])))
    return rows


def pages_des(evenements: Iterable[Evenement]) -> dict[int, list[PageDuneLangue]]:
    """The pages of events, the French ones first, in one query."""
    rows = EvenementPage.objects.filter(evenement__in=[event.pk for event in evenements]).select_related("locale")
    found: dict[int, list[PageDuneLangue]] = {}
    for page in rows.defer_streamfields().order_by("locale__pk"):
        code = page.locale.language_code
        row = PageDuneLangue(page.pk, code, page.locale.get_display_name(), etat_de(page))
        found.setdefault(page.evenement_id, []).append(row)
    for each in found.values():
        each.sort(key=lambda row: (row.langue != "fr", row.nom_langue))
    return found


def etat_de(page: Any) -> str:
    """Say where a page stands, in two words."""
    if page.live:
        return "en ligne, à compléter" if page.has_unpublished_changes else "en ligne"
    return "retirée" if page.first_published_at else "brouillon"


# --- One event ---


@dataclass(frozen=True)
class Resume:
    """The facts of an event in a few lines, and what the person may do with them."""

    evenement: Evenement
    seances: list[Any]
    autres: int
    modifiable: bool
    inscriptions: bool
    pages: list[PageDuneLangue]

    @property
    def ou(self) -> str:
        return ou(self.seances[0]["seance"] if self.seances else self.evenement)


MONTREES = 3


def resume_de(evenement: Evenement, user: Any) -> Resume:
    """Sum an event up; a person who handles no registration is not told of them."""
    dates = evenement.seances.select_related("lieu", "evenement")
    coming = list(dates.a_venir(ce_jour()).order_by("debut")[: MONTREES + 1])
    others = max(0, evenement.seances.a_venir(ce_jour()).count() - MONTREES) if len(coming) > MONTREES else 0
    shown = coming[:MONTREES] or list(dates.order_by("-debut")[:1])
    places = places_des(shown)
    handles = peut_inscrire(user)
    rows = [{"seance": seance, "quand": capfirst(quand_court(seance)), "places": places[seance.pk]} for seance in shown]
    return Resume(evenement, rows, others, peut_animer(user), handles, pages_des([evenement]).get(evenement.pk, []))
