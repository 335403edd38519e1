"""The figures of the agenda for the steering committee: meetings, who came, who led, what they thought.

The indicators are those of the regional roadmap (2025): meetings per year, participants and their diversity, sessions
run by a pair, satisfaction.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import ExtractQuarter, ExtractYear

from evenements.masquage import a_masquer
from evenements.models import (
    AnimateurEvenement,
    Cote,
    EtatInscription,
    GenreEvenement,
    Inscription,
    Mode,
    Participant,
    Seance,
    StatutEvenement,
)
from evenements.queries.enquetes import Somme, additionner, par_date
from redaction import roles
from redaction.queries.roles import roles_de
from socle.geographie import Departement

# Who reads the figures.
LISENT = (roles.ANIMATION, roles.MODERATION, roles.ADMINISTRATION)
ANNEE = 0
TRIMESTRES = (1, 2, 3, 4)
PERIODES = (*TRIMESTRES, ANNEE)
TOTAL = "total"
INCONNU = ""


def peut_lire_les_chiffres(user: Any) -> bool:
    """Tell whether a person reads the figures of the agenda."""
    if not user.is_active:
        return False
    return user.is_superuser or any(role in LISENT for role in roles_de(user))


@dataclass
class Ligne:
    """One line of a table: a value for each quarter and for the year; None where it must stay unsaid."""

    titre: str
    valeurs: dict[int, Any]

    @property
    def rangees(self) -> list[Any]:
        """The values in the order of the columns."""
        return [self.valeurs.get(periode) for periode in PERIODES]

    @property
    def annee(self) -> Any:
        return self.valeurs.get(ANNEE)


@dataclass
class Chiffres:
    """Everything the committee is shown of a year."""

    annee: int
    rencontres: list[Ligne]
    genres: list[Ligne]
    participations: Ligne
    par_participant: list[Ligne]
    par_departement: list[Ligne]
    satisfaction: list[Ligne]
    # Dates held for which nobody ticked the sheet: those who had registered are counted.
    sans_feuille: int = 0

    @property
    def masquees(self) -> bool:
        """Whether some cell stays unsaid."""
        tables = ([self.participations], self.par_participant, self.par_departement, self.satisfaction)
        return any(None in line.rangees for table in tables for line in table)


def tenues(today: datetime.date) -> Any:
    """Dates that were held: over, and cancelled neither by themselves nor with their event."""
    return Seance.objects.passees(today).filter(statut=Seance.Statut.PREVUE, evenement__statut=StatutEvenement.PREVU)


def annees(today: datetime.date) -> list[int]:
    """The years of which there is something to say, the last first."""
    found = Seance.objects.passees(today).order_by().values_list(ExtractYear("jour"), flat=True).distinct()
    return sorted({*found, today.year}, reverse=True)


def chiffres(annee: int, today: datetime.date) -> Chiffres:
    """Return the figures of a year, by quarter; cells that could tell of a person are None. Seven queries."""
    held = tenues(today).filter(jour__year=annee)
    persons, without_sheet = _participations(held)
    shown = _masquer(persons)
    return Chiffres(
        annee=annee,
        rencontres=_rencontres(held, annee, today),
        genres=_genres(held),
        participations=Ligne("Participations", shown[TOTAL, TOTAL]),
        par_participant=_lignes(shown, "genre", [*Participant.choices]),
        par_departement=_lignes(shown, "departement", [*Departement.choices, (INCONNU, "Non dit")]),
        satisfaction=_satisfaction(held),
        sans_feuille=without_sheet,
    )


def _with_year(values: dict[int, int]) -> dict[int, int]:
    return {**{quarter: values.get(quarter, 0) for quarter in TRIMESTRES}, ANNEE: sum(values.values())}


def _rencontres(held: Any, annee: int, today: datetime.date) -> list[Ligne]:
    led_by = {
        cote: Exists(AnimateurEvenement.objects.filter(evenement_id=OuterRef("evenement_id"), cote=cote))
        for cote in (Cote.USAGER, Cote.PROFESSIONNEL)
    }
    rows = (
        held.annotate(trimestre=ExtractQuarter("jour"), usager=led_by[Cote.USAGER], pro=led_by[Cote.PROFESSIONNEL])
        .order_by()
        .values("trimestre")
        .annotate(
            nombre=Count("pk"),
            binome=Count("pk", filter=Q(usager=True, pro=True)),
            distance=Count("pk", filter=~Q(mode=Mode.SUR_PLACE)),
        )
    )
    found = {row["trimestre"]: row for row in rows}
    over = Seance.objects.passees(today).filter(jour__year=annee)
    cancelled = over.filter(Q(statut=Seance.Statut.ANNULEE) | Q(evenement__statut=StatutEvenement.ANNULE))
    lost = Counter(cancelled.order_by().values_list(ExtractQuarter("jour"), flat=True))

    def line(titre: str, name: str) -> Ligne:
        return Ligne(titre, _with_year({quarter: row[name] for quarter, row in found.items()}))

    held_line, pair = line("Rencontres tenues", "nombre"), line("dont menées en binôme", "binome")
    return [
        held_line,
        pair,
        Ligne(
            "part menée en binôme, en %",
            {
                periode: round(100 * pair.valeurs[periode] / number) if (number := held_line.valeurs[periode]) else 0
                for periode in PERIODES
            },
        ),
        line("dont en ligne, en tout ou partie", "distance"),
        Ligne("Annulées", _with_year(lost)),
    ]


def _genres(held: Any) -> list[Ligne]:
    rows = held.order_by().values_list("evenement__genre", ExtractQuarter("jour")).annotate(nombre=Count("pk"))
    found: dict[str, dict[int, int]] = {}
    for genre, quarter, number in rows:
        found.setdefault(genre, {})[quarter] = number
    return [Ligne(str(nom), _with_year(found[genre])) for genre, nom in GenreEvenement.choices if genre in found]


Cle = tuple[str, str, int]


def _participations(held: Any) -> tuple[dict[Cle, int], int]:
    """How many came, by (dimension, value, quarter), and the number of dates without a sheet.

    A sheet on which somebody was ticked says who came. Without one, whoever had a seat is counted.
    """
    ticked = Inscription.objects.filter(seance_id=OuterRef("seance_id"), present__isnull=False)
    came = Q(present=True) | Q(feuille=False, etat=EtatInscription.CONFIRMEE)
    rows = (
        Inscription.objects.filter(seance__in=held.order_by().values("pk"))
        .annotate(feuille=Exists(ticked), trimestre=ExtractQuarter("seance__jour"))
        .filter(came)
        .order_by()
        .values("genre", "departement", "trimestre", "feuille")
        .annotate(nombre=Count("pk"), dates=Count("seance_id", distinct=True))
    )
    persons: Counter[Cle] = Counter()
    for row in rows:
        for dimension, value in (("genre", row["genre"]), ("departement", row["departement"]), (TOTAL, TOTAL)):
            for periode in (row["trimestre"], ANNEE):
                persons[dimension, value, periode] += row["nombre"]
    without = held.filter(inscriptions__etat=EtatInscription.CONFIRMEE).exclude(
        pk__in=Inscription.objects.filter(present__isnull=False).values("seance_id")
    )
    return dict(persons), without.distinct().count()


def _masquer(persons: dict[Cle, int]) -> dict[tuple[str, str], dict[int, int | None]]:
    """Return the same by (dimension, value), with None for what must stay unsaid."""
    values = {"genre": [*Participant.values], "departement": [*Departement.values, INCONNU], TOTAL: [TOTAL]}
    names = [(dimension, value) for dimension, each in values.items() for value in each]
    cells = {(*name, periode): persons.get((*name, periode), 0) for name in names for periode in PERIODES}
    # Quarters make the year; kinds, and départements, make the total of a period.
    sums = [{(*name, periode) for periode in PERIODES} for name in names]
    for dimension in ("genre", "departement"):
        for periode in PERIODES:
            parts = {(dimension, value, periode) for value in values[dimension]}
            sums.append({*parts, (TOTAL, TOTAL, periode)})
    hidden = a_masquer(cells, sums)
    return {
        name: {periode: None if (*name, periode) in hidden else cells[*name, periode] for periode in PERIODES}
        for name in names
    }


def _lignes(
    shown: dict[tuple[str, str], dict[int, int | None]], dimension: str, choix: Iterable[tuple[str, Any]]
) -> list[Ligne]:
    """The lines of a dimension, without those where nobody is."""
    lines = (Ligne(str(nom), shown[dimension, value]) for value, nom in choix)
    return [line for line in lines if any(value != 0 for value in line.rangees)]


def _satisfaction(held: Any) -> list[Ligne]:
    """Answers, and their means from 1 to 4, where at least five people answered."""
    quarters: dict[int, list[Somme]] = {quarter: [] for quarter in TRIMESTRES}
    days = dict(held.order_by().values_list("pk", ExtractQuarter("jour")))
    for date in par_date(held.order_by().values("pk")):
        quarters[days[date.seance_id]].append(date)
    sums = {quarter: additionner(dates) for quarter, dates in quarters.items()}
    sums[ANNEE] = sum(sums.values(), Somme())
    hidden = a_masquer({periode: each.reponses for periode, each in sums.items()}, [set(PERIODES)])

    def mean(titre: str, name: str, counter: str) -> Ligne:
        numbers = {periode: getattr(each, counter) for periode, each in sums.items()}
        unsaid = a_masquer(numbers, [set(PERIODES)], aussi=hidden)
        means = {
            periode: round(getattr(sums[periode], name) / number, 1) if number else ""
            for periode, number in numbers.items()
        }
        return Ligne(titre, {periode: None if periode in unsaid else value for periode, value in means.items()})

    return [
        Ligne("Réponses", {periode: None if periode in hidden else each.reponses for periode, each in sums.items()}),
        mean("Satisfaction, de 1 à 4", "satisfaction", "satisfaits"),
        mean("J’ai pu prendre ma place, de 1 à 4", "place", "places"),
    ]
