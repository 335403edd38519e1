"""Lighthouse's scores of the pages that readers see first, on a phone, in French and in Arabic.

Lighthouse comes from npm, kept in `.local/lighthouse/`; Node.js and Chromium from the distribution. The server is that
of the measure `server`: production settings, compression, kept pages. There is neither HTTPS nor HTTP/2; localhost
counts as secure.
"""

import json
import os
import shutil
import subprocess
from itertools import product
from pathlib import Path
from typing import Any

from django.conf import settings

from benchmarks.server import servers
from tests.harness.pages import addresses

VERSION = "12"
FOLDER: Path = settings.LOCAL_DIR / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TEMPLATES = ("accueil", "index", "fiche", "recherche")
LANGUAGES = ("fr", "ar")
SCORE_AT_LEAST = 98
# Lighthouse asks that every page may be indexed; a page of results may not.
EXPECTED = {"recherche": {"is-crawlable"}}


def measure() -> bool:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    missing = [name for name, path in {"nodejs": shutil.which("node"), "chromium": chromium}.items() if not path]
    if not shutil.which("npm") and not command().exists():
        missing.append("npm")
    if missing:
        print(f"  skipped: apt-get install {' '.join(missing)}")
        return True
    install()
    outcomes = []
    with servers() as (site, _bare, name):
        found = addresses(name)
        print(f"  {'page':16}{''.join(f'{category:>16}' for category in CATEGORIES)}")
        for template, language in product(TEMPLATES, LANGUAGES):
            outcomes.append(report(template, language, audit(f"{site}{found[template, language]}", str(chromium))))
    return all(outcomes)


def command() -> Path:
    return FOLDER / "node_modules" / ".bin" / "lighthouse"


def install() -> None:
    if not command().exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        options = ["--no-audit", "--no-fund", "--loglevel", "error"]
        subprocess.run(["npm", "install", "--prefix", FOLDER, *options, f"lighthouse@{VERSION}"], check=True)


def audit(url: str, chromium: str) -> dict[str, Any]:
    """Return Lighthouse's answer for a page on a phone, its preset unless told otherwise."""
    result = subprocess.run(
        [
            *(str(command()), url, "--quiet", "--output", "json", "--only-categories", ",".join(CATEGORIES)),
            "--chrome-flags=--headless --no-sandbox --disable-dev-shm-usage",
        ],
        env={**os.environ, "CHROME_PATH": chromium},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def report(template: str, language: str, answer: dict[str, Any]) -> bool:
    """Print the scores, then every audit of a score below the limit that cost something."""
    expected = EXPECTED.get(template, set())
    scores = {category: score(answer, category, expected) for category in CATEGORIES}
    print(f"  {f'{template}, {language}':16}{''.join(f'{value:16.0f}' for value in scores.values())}")
    low = [category for category, value in scores.items() if value < SCORE_AT_LEAST]
    for category in low:
        for audit_id, weight, found in weighed(answer, category, expected):
            if weight and found["score"] < 1:
                print(f"    {category}: {audit_id} {found['score']:.2f} {found.get('displayValue', '')} {nodes(found)}")
    return not low


def weighed(answer: dict[str, Any], category: str, expected: set[str]) -> list[tuple[str, float, dict[str, Any]]]:
    refs = answer["categories"][category]["auditRefs"]
    found = [(ref["id"], ref["weight"], answer["audits"][ref["id"]]) for ref in refs if ref["id"] not in expected]
    return [row for row in found if row[2]["score"] is not None]


def score(answer: dict[str, Any], category: str, expected: set[str]) -> float:
    """The score out of a hundred, without the audits that are expected to fail."""
    rows = weighed(answer, category, expected)
    return (
        100 * sum(weight * found["score"] for _id, weight, found in rows) / sum(weight for _id, weight, _found in rows)
    )


def nodes(found: dict[str, Any]) -> str:
    """The first elements or files that an audit complains of."""
    items = found.get("details", {}).get("items", [])[:3]
    return "; ".join(str(item.get("node", {}).get("snippet") or item.get("url", "")) for item in items)
