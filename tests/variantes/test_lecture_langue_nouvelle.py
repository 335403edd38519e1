"""A language more is one line of the settings and a catalogue; Turkish proves it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings
from pytest_django.plugin import DjangoDbBlocker

from socle.catalogues import Message, catalogue_path, compile_catalogue, merge
from tests.harness import database

MOTS = {"Recherche": "Arama", "Accueil": "Ana sayfa", "Plan du site": "Site haritası"}


def catalogue(root: Path) -> None:
    """Write and compile a small catalogue, as `make messages` and the deployment do."""
    path = catalogue_path("tr", root)
    path.parent.mkdir(parents=True)
    merged = merge("tr", {("", text): Message("", text) for text in MOTS}, polib.POFile())
    for entry in merged:
        entry.msgstr = MOTS[entry.msgid]
    path.write_text(f"{merged}\n", encoding="utf-8")
    compile_catalogue(path)


@pytest.fixture(scope="module")
def trouve(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """Run a site whose settings have one language more, on a database that was made before it."""
    root = tmp_path_factory.mktemp("locale")
    catalogue(root)
    with django_db_blocker.unblock(), database.private_copy(database.ensure_model, f"test_turc_{os.getpid()}") as name:
        environment = {
            **os.environ,
            "CATALOGUE": str(root),
            "DATABASE_URL": database.url(name),
            "DJANGO_SETTINGS_MODULE": "tests.variantes.reglages_turc",
            "PYTHONPATH": os.pathsep.join([str(settings.BASE_DIR), str(settings.BASE_DIR / "site")]),
        }
        result = subprocess.run(
            [sys.executable, "-m", "tests.variantes.langue_nouvelle"],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stderr[-6000:]
        yield json.loads(result.stdout.splitlines()[-1])


def test_the_language_and_its_team_exist(trouve: dict[str, Any]) -> None:
    assert "tr" in trouve["langues"]
    assert trouve["inactives"] == []
    assert "tr" in trouve["catalogues"]
    assert trouve["role"] == ["Traduction (turc)"]
    assert trouve["groupe"] is True
    assert trouve["migrations"] is False, "a language asks for no migration"


def test_it_is_closed_until_its_home_page_is_live(trouve: dict[str, Any]) -> None:
    assert trouve["fermee"] == 404


def test_its_pages_speak_it(trouve: dict[str, Any]) -> None:
    assert trouve["page"] == {"status": 200, "lang": "tr", "dir": "ltr", "h1": ["Bir toplantı"]}
    assert (trouve["og"], trouve["voix"]) == ("tr_TR", "tr-TR")
    assert trouve["mots"] == ["Arama"]
    assert trouve["recherche"] == ["Bir toplantı"]
    assert "Bir toplantı" in trouve["plan"]
    assert trouve["absente"]["status"] == 404
    assert trouve["absente"]["lang"] == "tr"
    assert trouve["a_cote"] == 200


def test_readers_are_led_to_it(trouve: dict[str, Any]) -> None:
    assert list(trouve["menu"]) == ["Français", "Türkçe", "English Home"]
    assert trouve["hreflang"] == ["fr", "tr", "x-default"]
    assert trouve["accueil"] == "/tr/"
    assert trouve["sitemap"] is True


def test_easy_to_read_french_is_as_it_was(trouve: dict[str, Any]) -> None:
    assert trouve["falc"].startswith("/fr-simple/version/")
    assert "fr-simple" not in trouve["hreflang"]
