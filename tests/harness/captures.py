"""Pictures of the guide, taken from the demonstration site: `make captures`.

Each is a screen of the admin as one of the demonstration accounts sees it. They are written into docs/guide/images/,
in few colours: they stay small in the repository.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.harness import database, server
from tests.harness.browser import ARGUMENTS, chromium

FOLDER: Path = settings.BASE_DIR / "docs" / "guide" / "images"
WINDOW = {"width": 1100, "height": 760}
COLOURS = 64
BUREAU = "/admin/moderation"


@dataclass(frozen=True)
class Capture:
    """One picture: whose screen, where, and what to do before it is taken."""

    nom: str
    compte: str
    adresse: str
    avant: Callable[[Page], None] | None = None


def _ouvrir_le_menu(page: Page) -> None:
    page.get_by_role("button", name="Plus d'actions").click()


def _ecrire_une_fiche(page: Page) -> None:
    page.get_by_role("link", name="Écrire une fiche").click()
    page.locator("#id_title").fill("Préparer une visite à deux voix")
    page.locator("#id_resume").fill("Deux personnes visitent le service, et disent ensemble ce qu’elles ont vu.")
    _ouvrir_le_menu(page)


def _demander(page: Page) -> None:
    page.get_by_text("Demander des modifications").first.click()


CAPTURES = (
    Capture("contribution-accueil", "contribution", "/admin/"),
    Capture("contribution-fiche", "contribution", "/admin/", _ecrire_une_fiche),
    Capture("contribution-envois", "contribution", f"{BUREAU}/envois/"),
    Capture("redaction-accueil", "redaction", "/admin/"),
    Capture("redaction-a-revoir", "redaction", "/admin/rapports/a-revoir/"),
    Capture("relecture-attend", "usager", f"{BUREAU}/attend/", _demander),
    Capture("moderation-accueil", "moderation", "/admin/"),
    Capture("moderation-en-retard", "moderation", f"{BUREAU}/en-retard/"),
    Capture("moderation-propositions", "moderation", f"{BUREAU}/propositions/"),
    Capture("administration-accueil", "administration", "/admin/"),
)


def prendre(browser: Browser, url: str, capture: Capture) -> None:
    """Sign in and take one picture."""
    page = browser.new_context(viewport=WINDOW, locale="fr-FR", reduced_motion="reduce", base_url=url).new_page()
    page.goto(f"/fr/compte/connexion/?next={capture.adresse}")
    page.get_by_label("Adresse e-mail").fill(f"{capture.compte}@demo.test")
    page.get_by_label("Mot de passe", exact=True).fill(server.PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.get_by_role("heading", level=1).wait_for()
    page.goto(capture.adresse)  # without the welcome of the login
    if capture.avant is not None:
        capture.avant(page)
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(COLOURS).save(FOLDER / f"{capture.nom}.png", optimize=True)
    page.context.close()


def main() -> None:
    """Take every picture from a copy of the demonstration."""
    os.environ.setdefault(server.RUN, str(os.getpid()))
    FOLDER.mkdir(parents=True, exist_ok=True)
    server.FOLDER.mkdir(parents=True, exist_ok=True)
    with database.private_copy(server.ensure_demo_database, f"captures_{os.getpid()}") as name:
        server.ensure_static_files(name)
        site = server.start(name)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
                for capture in CAPTURES:
                    prendre(browser, site.url, capture)
                    sys.stdout.write(f"  {capture.nom}.png\n")
        finally:
            server.stop(site.pid)
