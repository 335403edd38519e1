"""Reads the demonstration content: one YAML file per page and language."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

DOSSIER = Path(__file__).resolve().parent
CONTENUS = DOSSIER / "contenus"
DESSINS = DOSSIER / "dessins"
DOCUMENTS = DOSSIER / "documents"

Data = dict[str, Any]


@cache
def _load(path: Path) -> Data:
    data: Data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


def accueil(langue: str) -> Data:
    """The home page of a language."""
    return _load(CONTENUS / langue / "home.yaml")


def langues() -> list[str]:
    """Languages that have a home page, French first: the others are versions of it."""
    codes = sorted(path.parent.name for path in CONTENUS.glob("*/home.yaml"))
    return sorted(codes, key=lambda code: code != "fr")


def _folder(langue: str, name: str) -> dict[str, Data]:
    return {path.stem: _load(path) for path in sorted((CONTENUS / langue / name).glob("*.yaml"))}


def index(langue: str) -> Data:
    """The index of the resources of a language."""
    return _load(CONTENUS / langue / "index.yaml")


def fiches(langue: str) -> dict[str, Data]:
    """Resources of a language by slug."""
    return _folder(langue, "fiches")


def glossaire(langue: str) -> Data:
    """The glossary of a language, with its terms by identifier; empty where there is none."""
    path = CONTENUS / langue / "glossaire.yaml"
    return _load(path) if path.exists() else {}


def agenda(langue: str) -> Data:
    """The agenda of a language, with its meetings by identifier; empty where there is none."""
    path = CONTENUS / langue / "agenda.yaml"
    return _load(path) if path.exists() else {}


def lieux() -> dict[str, Data]:
    """Places by key."""
    rows: dict[str, Data] = _load(CONTENUS / "fr" / "lieux.yaml")["lieux"]
    return rows


def relectures() -> dict[str, Data]:
    """French resources that are not public yet, by slug; `etat` says how far each has come."""
    return _folder("fr", "relectures")


def brouillons(langue: str) -> dict[str, Data]:
    """Resources of which a language has the first strings only, by slug."""
    return _folder(langue, "brouillons")


def pages(langue: str) -> dict[str, Data]:
    """Information pages of a language by slug."""
    return _folder(langue, "pages")


def propositions() -> list[Data]:
    """What people outside the team proposed."""
    rows: list[Data] = yaml.safe_load((CONTENUS / "propositions.yaml").read_text(encoding="utf-8"))
    return rows


def credits_dessins() -> dict[str, Data]:
    """Title, alternative text, author, source and licence of each drawing."""
    return _load(DESSINS / "credits.yaml")


def documents() -> dict[str, Data]:
    """Documents to reuse, by key."""
    return {path.stem: _load(path) for path in sorted(DOCUMENTS.glob("*.yaml"))}
