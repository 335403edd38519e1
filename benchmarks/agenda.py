"""Queries and time of the agenda as it grows to 100, 1,000 and 10,000 events.

No page is kept: every time is that of a page made anew, in a process that knows the content, and once in one that does not.
"""

import datetime
import random
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Page

from benchmarks.growth import RUNS, SIZES, Measures, copy, visit
from evenements.models import AgendaPage, Evenement, EvenementPage, GenreEvenement, Seance
from socle import generation, memo
from socle.accessibilite import Accessibilite
from socle.dates import today
from socle.geographie import Departement
from socle.models import Lieu
from tests.factories.evenements import EvenementFactory, EvenementPageFactory, instant
from tests.harness.server import demo_database

QUERIES_AT_MOST = 15
# Dates are spread over a year, half of it past.
DAYS = 365


def measure() -> bool:
    passed = True
    with demo_database():
        source = EvenementPageFactory(
            evenement=EvenementFactory(nom="Rencontre mesurée"), publics=["usagers"], thematiques=["animation"]
        )
        for size in SIZES:
            grow(source, size)
            print(f"  {size:6} events{'':16}{'queries':>8}{'p50':>9}{'p95':>9}")
            for kind, one in measures().items():
                print(f"  {kind:28}{one.report()}")
                passed &= max(one.queries) <= QUERIES_AT_MOST
    return passed


def grow(source: EvenementPage, size: int) -> None:
    """Add events with a date and a page of their own, until the agenda has `size`."""
    rng = random.Random(size)
    agenda = AgendaPage.objects.get(locale__language_code="fr")
    missing = size - Evenement.objects.count()
    places = _places(rng)
    events = Evenement.objects.bulk_create([_event(rng, number, places) for number in range(missing)], batch_size=500)
    Seance.objects.bulk_create([_date(event) for event in events], batch_size=500)
    last = Page.objects.order_by("-pk")[0].pk
    rows = []
    for number, event in enumerate(events, start=1):
        place = agenda.numchild + number
        path = Page._get_path(agenda.path, agenda.depth + 1, place)
        rows.append((last + number, source.pk, path, place, event.nom, event.pk, event.cle))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE neuve"
            " (id int, source int, path text, place text, titre text, evenement bigint, cle uuid)"
        )
        cursor.executemany("INSERT INTO neuve VALUES (%s, %s, %s, %s, %s, %s, %s)", rows)
        _copy_pages(cursor, agenda)
        cursor.execute("UPDATE wagtailcore_page SET numchild = numchild + %s WHERE id = %s", [missing, agenda.pk])
        cursor.execute("SELECT setval(pg_get_serial_sequence('wagtailcore_page', 'id'), %s)", [last + missing])
        cursor.execute("DROP TABLE neuve")
        cursor.execute("VACUUM ANALYZE")
    generation.increment()


def _places(rng: random.Random) -> list[Lieu]:
    """A place in each département, made once."""
    for code in Departement.values:
        Lieu.objects.get_or_create(
            nom=f"Lieu mesuré {code}",
            defaults={
                "commune": "Exemple",
                "departement": code,
                "latitude": 48.6 + rng.random() / 2,
                "longitude": 2 + rng.random(),
                "accessibilite": ["plain_pied"],
            },
        )
    return list(Lieu.objects.filter(nom__startswith="Lieu mesuré"))


def _event(rng: random.Random, number: int, places: list[Lieu]) -> Evenement:
    day = today() + datetime.timedelta(days=rng.randint(-DAYS // 2, DAYS // 2))
    return Evenement(
        nom=f"Rencontre mesurée {number}",
        genre=rng.choice(GenreEvenement.values),
        jour=day,
        jour_fin=day,
        heure_debut=datetime.time(14),
        heure_fin=datetime.time(16),
        lieu=rng.choice(places),
        accessibilite=rng.sample(Accessibilite.values, 2),
        capacite=rng.choice([None, 10, 50]),
    )


def _date(event: Evenement) -> Seance:
    return Seance(
        evenement=event,
        jour_prevu=event.jour,
        jour=event.jour,
        jour_fin=event.jour,
        debut=instant(event.jour, event.heure_debut, event.fuseau),
        fin=instant(event.jour, event.heure_fin, event.fuseau),
        lieu=event.lieu,
        capacite=event.capacite,
    )


def _copy_pages(cursor: Any, agenda: AgendaPage) -> None:
    """Repeat the source page, under the title, the event and the place of each new one."""
    page = {
        "id": "neuve.id",
        "path": "neuve.path",
        "title": "neuve.titre",
        "draft_title": "neuve.titre",
        "slug": "'mesure-' || neuve.place",
        "url_path": f"'{agenda.url_path}mesure-' || neuve.place || '/'",
        "translation_key": "neuve.cle",
        "content_type_id": str(ContentType.objects.get_for_model(EvenementPage).pk),
        "latest_revision_id": "NULL",
        "live_revision_id": "NULL",
    }
    copy(cursor, Page, "id", page)
    words = {"page_ptr_id": "neuve.id", "titre_tri": "lower(neuve.titre)", "evenement_id": "neuve.evenement"}
    copy(cursor, EvenementPage, "page_ptr_id", words)
    for name in ("publics", "thematiques"):
        copy(cursor, getattr(EvenementPage, name).through, "evenementpage_id", {"evenementpage_id": "neuve.id"})


def measures() -> dict[str, Measures]:
    agenda = "/fr/agenda/"
    pages = {
        "list": agenda,
        "list, past": f"{agenda}?periode=passes",
        "list, three filters": f"{agenda}?genre=cafe&departement=93&acces=plain_pied",
        "list, words": f"{agenda}?q=rencontre",
        "month": f"{agenda}?vue=mois",
        "map": f"{agenda}?vue=carte",
        "points of the map": f"{agenda}points.json",
        "event": f"{agenda}mesure-{AgendaPage.objects.get(locale__language_code='fr').numchild}/",
    }
    result = {kind: visit([address], RUNS) for kind, address in pages.items()}
    # What each process pays once after a change.
    result["list, after a change"] = visit([agenda], 3, memo.forget)
    return result
