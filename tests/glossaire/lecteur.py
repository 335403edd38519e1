"""A process that reads the site and tells what it sees, for each line it is sent. Run by test_processus.py."""

import json
import re
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

TITRE = re.compile(r'trouvaille__titre"><a[^>]*>([^<]*)</a>')
MOT = re.compile(r'data-mot="\d+"[^>]*>([^<]*)<')


def page(path: str) -> str:
    return Client(HTTP_HOST="exemple.test").get(path).content.decode()


def seen(fiche: str, q: str, langue: str) -> dict[str, object]:
    """Return the words explained in a text, what a search finds and its card, and the list of the glossary."""
    answer = page(f"/{langue}/recherche/?q={q}")
    return {
        "mots": MOT.findall(page(fiche)),
        "trouve": sorted(TITRE.findall(answer)),
        "carte": re.findall(r"<dfn>([^<]*)</dfn>", answer),
        "liste": page(f"/{langue}/glossaire/"),
    }


with override_settings(STORAGES=settings.STORAGES | {"staticfiles": settings.STORAGES["default"]}):
    for line in sys.stdin:
        sys.stdout.write(json.dumps(seen(**json.loads(line))) + "\n")
        sys.stdout.flush()
