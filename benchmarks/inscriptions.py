"""The agenda of the team with 10,000 events and 10,000 registrations to one date: no screen takes a second."""

import datetime
import statistics
import time
from collections.abc import Callable
from functools import partial

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenements.calendrier import moment
from evenements.models import Evenement, Inscription, Participant, Seance
from socle.dates import today
from socle.models import Lieu, Utilisateur
from tests.harness.queries import queries_of
from tests.harness.server import demo_database

EVENEMENTS = INSCRIPTIONS = 10_000
LOT = 1_000
RUNS = 7
SECONDES_AU_PLUS = 1.0
# A file of everybody is no screen.
EXPORT = "export of 10,000"
EXPORT_AU_PLUS = 10.0
GENRES = Participant.values


def measure() -> bool:
    with demo_database():
        seance = grandir(EVENEMENTS, INSCRIPTIONS)
        person = Client(HTTP_HOST="localhost")
        person.force_login(Utilisateur.objects.filter(is_superuser=True).order_by("pk")[0])
        print(f"  {Evenement.objects.count()} events, {Inscription.objects.count()} registrations")
        print(f"  {'':44}{'queries':>8}{'median':>11}")
        passed = True
        for name, get in ecrans(person, seance).items():
            queries = len(queries_of(get))
            median = statistics.median(duree(get) for _ in range(RUNS))
            slow = median > (EXPORT_AU_PLUS if name == EXPORT else SECONDES_AU_PLUS)
            passed &= not slow
            print(f"  {name:44}{queries:8}{median * 1000:8.0f} ms{'   too slow' if slow else ''}")
    return passed


def grandir(evenements: int, inscriptions: int) -> Seance:
    """Add events, half of them past, and people to the first one; return its date."""
    place, day = Lieu.objects.create(nom="Lieu de mesure", commune="Paris"), today()
    hours = (datetime.time(14), datetime.time(16))
    made: list[Evenement] = []
    for start in range(0, evenements, LOT):
        days = [
            day + datetime.timedelta(days=(rank % 700) - 350) for rank in range(start, min(start + LOT, evenements))
        ]
        made += Evenement.objects.bulk_create(
            Evenement(
                nom=f"Rencontre {rank}", jour=jour, jour_fin=jour, heure_debut=hours[0], heure_fin=hours[1], lieu=place
            )
            for rank, jour in enumerate(days, start)
        )
    dates = []
    for event in made:
        when = moment(event.jour, datetime.timedelta(0), *hours, event.fuseau)
        facts = {"debut": when.debut, "fin": when.fin, "jour": when.jour, "jour_fin": when.jour_fin}
        dates.append(Seance(evenement=event, jour_prevu=event.jour, lieu=place, **facts))
    Seance.objects.bulk_create(dates, batch_size=LOT)
    first = next(one for one in dates if one.jour >= day)
    now = timezone.now()
    people = (
        Inscription(
            seance=first,
            nom=f"Personne {rank}",
            courriel=f"personne-{rank}@exemple.test",
            genre=GENRES[rank % len(GENRES)],
            etat="en_attente" if rank % 2 else "confirmee",
            confirmee_le=None if rank % 2 else now,
            attend_depuis=now + datetime.timedelta(microseconds=rank) if rank % 2 else None,
        )
        for rank in range(inscriptions)
    )
    Inscription.objects.bulk_create(people, batch_size=LOT)
    return first


def ecrans(person: Client, seance: Seance) -> dict[str, Callable[[], object]]:
    liste = reverse("evenements_equipe:liste")
    inscrits = reverse("evenements_equipe:inscriptions", args=[seance.pk])
    export = reverse("evenements_equipe:exporter", args=[seance.pk])
    addresses = {
        "events to come": liste,
        "past events, page 100": f"{liste}?periode=passes&p=100",
        "all events": f"{liste}?periode=tous",
        "events, a word": f"{liste}?periode=tous&q=rencontre+99",
        "the dates of one": reverse("evenements_equipe:dates", args=[seance.evenement_id]),
        "registrations": inscrits,
        "registrations, page 100": f"{inscrits}?p=100&etat=ouverts",
        "registrations, a word": f"{inscrits}?q=personne-99&etat=",
        "waiting list": f"{inscrits}?etat=en_attente&tri=etat",
    }
    return {name: partial(person.get, address) for name, address in addresses.items()} | {
        EXPORT: partial(person.post, export)
    }


def duree(get: Callable[[], object]) -> float:
    start = time.perf_counter()
    get()
    return time.perf_counter() - start
