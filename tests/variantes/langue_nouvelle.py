"""What a site does with a language that its settings have just gained; run in a process of its own.

Prints what it found, as JSON.
"""

import json
import sys
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 -- once the settings are read
from django.contrib.auth.models import Group  # noqa: E402
from django.core.management import call_command  # noqa: E402
from wagtail.models import Locale  # noqa: E402

from redaction.operations.roles import synchroniser_roles  # noqa: E402
from redaction.roles import TRADUCTIONS  # noqa: E402
from socle.catalogues import inactive_languages, translated_languages  # noqa: E402
from socle.search.langues import configuration  # noqa: E402
from tests.factories import FichePageFactory, accueil, index_fiches  # noqa: E402
from tests.harness.html import StrictClient  # noqa: E402
from tests.socle.reading import links, one, soup, texts  # noqa: E402


def page(url: str) -> dict[str, Any]:
    response = StrictClient().get(url)
    html = one(response, "html")
    return {"status": response.status_code, "lang": html["lang"], "dir": html["dir"], "h1": texts(response, "h1")}


def visit() -> dict[str, Any]:
    before = page("/tr/recherche/")["status"]
    for code in ("fr", "fr-simple", "en", "tr"):
        index_fiches(code)
    source = FichePageFactory(title="Animer", slug="animer", publiee=True)
    missing = page("/tr/fiches/animer/")
    version = FichePageFactory(title="Bir toplantı", parent=index_fiches("tr"), version_de=source, publiee=True)
    french, shown = StrictClient().get(source.url), StrictClient().get(version.url)
    return {
        "fermee": before,
        "absente": missing,
        "page": page(version.url),
        "titre_du_site": texts(shown, "title"),
        "og": one(shown, 'meta[property="og:locale"]')["content"],
        "voix": one(shown, "lecture-vocale")["data-langue"],
        "menu": links(french, ".langues ul a"),
        "hreflang": [link["hreflang"] for link in soup(french).select("link[hreflang]")],
        "accueil": StrictClient().get("/", headers={"Accept-Language": "tr-TR"}).url,
        "recherche": texts(StrictClient().get("/tr/recherche/?q=toplanti"), ".trouvaille__titre"),
        "plan": links(StrictClient().get("/tr/plan-du-site/"), "main a"),
        "mots": texts(StrictClient().get("/tr/recherche/"), "h1"),
        "falc": one(shown, ".bascule-falc")["href"],
        "sitemap": f"{version.full_url}</loc>" in StrictClient().get("/sitemap.xml").content.decode(),
        "a_cote": StrictClient().get(f"/tr/francais-a-cote/{version.pk}/").status_code,
        "numero": version.pk,
    }


def main() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    synchroniser_roles()
    accueil("fr")
    found = {
        "langues": sorted(Locale.objects.values_list("language_code", flat=True)),
        "inactives": inactive_languages(),
        "catalogues": translated_languages(),
        "role": [role.nom for role in TRADUCTIONS if role.langues == ("tr",)],
        "groupe": Group.objects.filter(name="Traduction (turc)").exists(),
        "configuration": configuration("tr"),
        "migrations": _changes(),
        **visit(),
    }
    sys.stdout.write(json.dumps(found))


def _changes() -> bool:
    """Tell whether a language more asks for a migration."""
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    except SystemExit:
        return True
    return False


if __name__ == "__main__":
    settings.ALLOWED_HOSTS = ["*"]
    main()
