"""The grid of the language versions with 5,000 French pages in six languages, next to Wagtail's list of as many pages.

Half of the languages' pages are up to date, the others behind, unfinished, drafts or missing. Wagtail's list is that of
the pages below the French index, which says of each page whether it is public, and when it changed.
"""

import random
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from wagtail.models import Locale, Page

from benchmarks.growth import Change, Words, copy, grow
from fiches.models import FichePage, FichesIndexPage
from socle.models import Utilisateur
from tests.harness.queries import queries_of
from tests.harness.server import demo_database
from variantes.models import FraicheurPage, VersionSource
from variantes.operations.avancement import recompter

FEW, PAGES = 100, 5_000
RUNS = 7
TIMES_AT_MOST = 1.5
# Strings of a page to translate, as a resource of the demo has.
CHAINES = 25
GRILLE = "/admin/variantes/"
SCREENS = {
    "the grid": GRILLE,
    "behind for a month": f"{GRILLE}?retard=30",
    "to complete in English": f"{GRILLE}?langue=en&etat=incomplete",
    "a word of the title": f"{GRILLE}?q=vous",
}


def measure() -> bool:
    with demo_database():
        words = Words.read()
        fill(words, FEW)
        few = {name: len(queries_of(get)) for name, get in screens().items()}
        fill(words, PAGES)
        passed = True
        print(f"  {french().count()} French pages, {Page.objects.count()} in all languages")
        explorer = partial(client().get, f"/admin/pages/{FichesIndexPage.objects.get(locale__language_code='fr').pk}/")
        theirs = 0.0
        print(f"  {'':30}{'queries':>8}{'first':>11}{'best':>11}{'Wagtail’s':>13}")
        for name, get in screens().items():
            queries = len(queries_of(get))
            first, mine, theirs = compare(get, explorer)
            grows = "" if queries <= few[name] else f"   {few[name]} queries with {FEW} pages"
            slower = "   slower" if mine > theirs * TIMES_AT_MOST else ""
            passed &= not grows and not slower
            numbers = f"{first * 1000:8.0f} ms{mine * 1000:8.0f} ms{theirs * 1000:10.0f} ms"
            print(f"  {name:30}{queries:8}{numbers}{grows}{slower}")
    return passed


def client() -> Client:
    found = Client(HTTP_HOST="localhost")
    found.force_login(Utilisateur.objects.get(email="administration@demo.test"))
    return found


def screens() -> dict[str, Callable[[], Any]]:
    found = client()
    return {name: partial(found.get, address) for name, address in SCREENS.items()}


def french() -> Any:
    return FichePage.objects.filter(locale__language_code="fr")


def compare(ours: Callable[[], Any], theirs: Callable[[], Any]) -> tuple[float, float, float]:
    """Return the seconds of the first and of the best visit to ours, and of the best to Wagtail's, in turns."""
    mine, stock = [], []
    for _ in range(RUNS):
        mine.append(timed(ours))
        stock.append(timed(theirs))
    return mine[0], min(mine), min(stock)


def timed(get: Callable[[], Any]) -> float:
    start = time.perf_counter()
    answer = get()
    assert answer.status_code == 200, answer.status_code
    return time.perf_counter() - start


# --- The site grows ---


def fill(words: Words, size: int) -> None:
    """Add French pages until there are `size` of them, and their versions in every language."""
    grow(words, Page.objects.count() + size - french().count())
    missing = french().exclude(translation_key__in=VersionSource.objects.values("translation_key"))
    sources = list(missing.order_by("pk").values_list("pk", "translation_key"))
    VersionSource.objects.bulk_create(
        [VersionSource(translation_key=key, numero=2, majeure_le="2026-10-01T10:00:00Z") for _pk, key in sources],
        batch_size=1000,
    )
    rng = random.Random(size)
    with connection.cursor() as cursor:
        cut_strings(cursor, [key for _pk, key in sources])
        for locale in Locale.objects.exclude(language_code="fr"):
            add_versions(cursor, rng, sources, locale)
    recompter()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def add_versions(cursor: Any, rng: random.Random, sources: list[tuple[int, Any]], locale: Locale) -> None:
    """Write the versions of nine pages in ten, most of them public and half of those up to date."""
    index = FichesIndexPage.objects.filter(locale=locale).first() or Page.objects.get(locale=locale, depth=2)
    chosen = [source for source in sources if rng.random() < 0.9]
    last = Page.objects.order_by("-pk")[0].pk
    rows = []
    for number, (pk, _key) in enumerate(chosen, start=1):
        place = index.numchild + number
        rows.append((last + number, pk, Page._get_path(index.path, index.depth + 1, place), place, rng.random() < 0.8))
    cursor.execute("CREATE TEMPORARY TABLE neuve (id int, source int, path text, place text, live bool)")
    cursor.executemany("INSERT INTO neuve VALUES (%s, %s, %s, %s, %s)", rows)
    page: Change = {
        "id": "neuve.id",
        "path": "neuve.path",
        "depth": str(index.depth + 1),
        "locale_id": str(locale.pk),
        "live": "neuve.live",
        "slug": "'page-' || neuve.place",
        "url_path": f"'{index.url_path}page-' || neuve.place || '/'",
        "alias_of_id": "NULL",
    }
    copy(cursor, Page, "id", page)
    copy(cursor, FichePage, "page_ptr_id", {"page_ptr_id": "neuve.id"})
    cursor.execute("UPDATE wagtailcore_page SET numchild = numchild + %s WHERE id = %s", [len(rows), index.pk])
    cursor.execute("SELECT setval(pg_get_serial_sequence('wagtailcore_page', 'id'), %s)", [last + len(rows)])
    cursor.execute("DROP TABLE neuve")
    FraicheurPage.objects.bulk_create(
        [
            FraicheurPage(page_id=pk, version_brouillon=2, version_publique=rng.choice((1, 2)) if live else None)
            for pk, _source, _path, _place, live in rows
        ],
        batch_size=1000,
    )
    if locale.language_code != "fr-simple":
        translate(cursor, [key for pk, key in sources if pk in {source for source, _key in chosen}], locale)


def cut_strings(cursor: Any, keys: list[Any]) -> None:
    """Cut these pages into strings, all different, as wagtail-localize does."""
    pages = ContentType.objects.get_for_model(Page).pk
    fiches = ContentType.objects.get_for_model(FichePage).pk
    values = {"keys": keys, "pages": pages, "fiches": fiches, "fr": Locale.objects.get(language_code="fr").pk}
    for sql in CUT:
        cursor.execute(sql, {**values, "chaines": CHAINES})


CUT = (
    """
    INSERT INTO wagtail_localize_translatableobject (translation_key, content_type_id)
    SELECT unnest(%(keys)s::uuid[]), %(pages)s ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO wagtail_localize_translationsource (object_id, specific_content_type_id, locale_id, object_repr,
      content_json, schema_version, created_at, last_updated_at)
    SELECT unnest(%(keys)s::uuid[]), %(fiches)s, %(fr)s, '', '{}', '', now(), now() ON CONFLICT DO NOTHING
    """,
    """
    CREATE TEMPORARY TABLE chaine AS SELECT object_id, rang, gen_random_uuid() AS uuid
    FROM unnest(%(keys)s::uuid[]) object_id, generate_series(1, %(chaines)s) rang
    """,
    "INSERT INTO wagtail_localize_string (locale_id, data_hash, data) SELECT %(fr)s, uuid, uuid::text FROM chaine",
    """
    INSERT INTO wagtail_localize_translationcontext (object_id, path_id, path, field_path)
    SELECT object_id, uuid, 'corps.' || uuid, 'corps' FROM chaine
    """,
    """
    INSERT INTO wagtail_localize_stringsegment (source_id, context_id, string_id, "order", attrs)
    SELECT source.id, context.id, string.id, chaine.rang, '{}' FROM chaine
    JOIN wagtail_localize_translationsource source ON source.object_id = chaine.object_id
    JOIN wagtail_localize_translationcontext context ON context.path_id = chaine.uuid
    JOIN wagtail_localize_string string ON string.data_hash = chaine.uuid
    """,
    "DROP TABLE chaine",
)


def translate(cursor: Any, keys: list[Any], locale: Locale) -> None:
    """Translate every string of these pages, but for one page in ten, which lacks some."""
    for sql in TRANSLATE:
        cursor.execute(sql, {"keys": keys, "locale": locale.pk})


TRANSLATE = (
    """
    INSERT INTO wagtail_localize_translation (uuid, source_id, target_locale_id, created_at, enabled)
    SELECT gen_random_uuid(), id, %(locale)s, now(), true FROM wagtail_localize_translationsource
    WHERE object_id = ANY(%(keys)s::uuid[]) ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO wagtail_localize_stringtranslation (translation_of_id, locale_id, context_id, data, translation_type,
      tool_name, created_at, updated_at, has_error, field_error)
    SELECT segment.string_id, %(locale)s, segment.context_id, 'x', 'manual', '', now(), now(), false, ''
    FROM wagtail_localize_stringsegment segment
    JOIN wagtail_localize_translationsource source ON source.id = segment.source_id
    WHERE source.object_id = ANY(%(keys)s::uuid[])
      AND NOT (source.id %% 10 = 0 AND segment."order" %% 5 = 0) ON CONFLICT DO NOTHING
    """,
)
