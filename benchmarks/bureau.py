"""The admin's first screen and the desk with 5,000 pages, 1,000 of them in review, next to Wagtail's own panels.

Each person of the demo opens their screens in turns, ours and Wagtail's, so that what else the machine does weighs on
all of them. Wagtail's panels and its summary of the site come back when our hooks leave. The verdict is on the whole
team: to those for whom nothing waits, Wagtail shows less than we do, in less time.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import wagtail.admin
from django.template import engines
from django.test import Client
from wagtail import hooks
from wagtail.admin.views.home import HomeView
from wagtail.models import Page, TaskState

from benchmarks.growth import Words, grow
from fiches.models import FichePage
from socle.models import Utilisateur
from tests.factories.relectures import mettre_en_relecture
from tests.harness.queries import queries_of
from tests.harness.server import demo_database

PAGES = 5_000
FEW, MANY = 10, 1_000
RUNS = 9
# One visit to a screen of Wagtail's that takes longer says enough.
LONG = 1
# What a screen that does the same costs more or less by chance.
NOISE = 1.1
ADMIN, BUREAU = "/admin/", "/admin/moderation/"
PEOPLE = ("contribution", "redaction", "usager", "professionnel", "moderation", "administration")


def measure() -> bool:
    with demo_database():
        grow(Words.read(), PAGES)
        pages = list(FichePage.objects.filter(locale__language_code="fr", latest_revision=None).order_by("pk")[:MANY])
        send(pages[:FEW])
        few = {key: len(queries_of(get)) for key, get in screens().items()}
        send(pages[FEW:])
        passed = True
        print(f"  {PAGES} pages, {TaskState.objects.count()} in review")
        print(f"  {'':30}{'queries':>8}{'ours':>11}{'Wagtail’s':>13}")
        ours, theirs = {ADMIN: 0.0, BUREAU: 0.0}, {ADMIN: 0.0, BUREAU: 0.0}
        for (person, address), get in screens().items():
            queries, mine, stock = compare(get, partial(client(person).get, ADMIN))
            grows = "" if queries == few[person, address] else f"   {few[person, address]} queries with {FEW} in review"
            passed &= not grows
            print(f"  {f'{person} {address}':30}{queries:8}{mine * 1000:8.0f} ms{stock * 1000:10.0f} ms{grows}")
            ours[address] += mine
            theirs[address] += stock
        for address, mine in ours.items():
            slower = mine > theirs[address] * NOISE
            passed &= not slower
            line = f"{mine * 1000:8.0f} ms{theirs[address] * 1000:10.0f} ms{'   slower' if slower else ''}"
            print(f"  {f'the team {address}':38}{line}")
    return passed


def client(person: str) -> Client:
    found = Client(HTTP_HOST="localhost")
    found.force_login(Utilisateur.objects.get(email=f"{person}@demo.test"))
    return found


def screens() -> dict[tuple[str, str], Callable[[], object]]:
    found = {}
    for person in PEOPLE:
        for address in (ADMIN, BUREAU):
            get = partial(client(person).get, address)
            if get().status_code == 200:
                found[person, address] = get
    return found


def send(pages: list[FichePage]) -> None:
    """Let a contributor send pages, half of which wait for the moderation."""
    people = {name: Utilisateur.objects.get(email=f"{name}@demo.test") for name in PEOPLE[:4]}
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(owner=people["contribution"])
    rows = list(Page.objects.filter(pk__in=[page.pk for page in pages]))
    mettre_en_relecture(rows[::2], people["contribution"], people["usager"])
    mettre_en_relecture(rows[1::2], people["contribution"], people["usager"], etape=1)


def compare(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[int, float, float]:
    """Return the queries of our screen, and the seconds of the best visits to it and to Wagtail's."""
    queries = len(queries_of(ours))
    mine, stock = [], []
    for _ in range(RUNS):
        mine.append(timed(ours))
        if not stock or stock[-1] < LONG:
            with wagtails_panels():
                stock.append(timed(theirs))
    return queries, min(mine), min(stock)


@contextmanager
def wagtails_panels() -> Iterator[None]:
    names = ("construct_homepage_panels", "construct_homepage_summary_items")
    theirs = {
        name: [(fn, order) for fn, order in hooks._hooks.get(name, []) if not fn.__module__.startswith("redaction.")]
        for name in names
    }
    with patch.dict(hooks._hooks, theirs), patch.object(HomeView, "get_template_names", lambda _view: wagtails_home()):
        yield


@cache
def wagtails_home() -> Any:
    """Return Wagtail's own template of the first screen, which ours replaces."""
    found = Path(wagtail.admin.__file__).parent / "templates/wagtailadmin/home.html"
    return engines["django"].from_string(found.read_text(encoding="utf-8"))


def timed(get: Callable[[], object]) -> float:
    start = time.perf_counter()
    get()
    return time.perf_counter() - start
