"""`python -m benchmarks [measure …]`: measure, and fail when a limit is passed (docs/tests.md lists the measures).

Databases, demo content and server are those of the tests (tests/harness).
"""

import argparse
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plateforme.settings.test")


def main() -> int:
    import django

    django.setup()
    from benchmarks import (
        agenda,
        bureau,
        falc,
        glossaire,
        growth,
        inscriptions,
        lighthouse,
        migrations,
        pages,
        recherche,
        server,
        variantes,
    )

    measures = {
        "migrations": migrations.measure,
        "pages": pages.measure,
        "growth": growth.measure,
        "recherche": recherche.measure,
        "agenda": agenda.measure,
        "bureau": bureau.measure,
        "falc": falc.measure,
        "glossaire": glossaire.measure,
        "inscriptions": inscriptions.measure,
        "variantes": variantes.measure,
        "server": server.measure,
        "lighthouse": lighthouse.measure,
    }
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("names", nargs="*", metavar="measure", help=", ".join(measures))
    names = parser.parse_args().names or list(measures)
    if unknown := set(names) - set(measures):
        parser.error(f"unknown measure: {', '.join(unknown)}")
    passed = True
    for name in names:
        print(f"\n{name}")
        passed &= measures[name]()
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
