"""What the bank holds: one drawing for each concept, with the words that propose it."""

import hashlib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import resvg_py
import yaml

DOSSIER = Path(__file__).resolve().parent
DESSINS = DOSSIER / "dessins"
# Twice the widest a pictogram is shown on a screen, and three centimetres on paper at 300 dots an inch.
LARGEUR = 400


@dataclass(frozen=True)
class Notice:
    """What is said of a pictogram: its name, who made it, the words that propose it."""

    titre: str
    description: str
    auteur: str
    source: str
    licence: str
    mots: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"mots": sorted(self.mots)}


@dataclass(frozen=True)
class Dessin:
    """A drawing of the bank."""

    concept: str
    theme: str
    notice: Notice

    @property
    def chemin(self) -> Path:
        return DESSINS / f"{self.concept}.svg"

    @property
    def empreinte(self) -> str:
        """Changes with the drawing."""
        return hashlib.sha256(self.chemin.read_bytes()).hexdigest()

    def png(self) -> bytes:
        svg = self.chemin.read_text(encoding="utf-8")
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=LARGEUR, skip_system_fonts=True))


@cache
def _donnees() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((DOSSIER / "banque.yaml").read_text(encoding="utf-8"))
    return data


@cache
def themes() -> dict[str, str]:
    """Return the name of each theme, in their order."""
    return {theme["cle"]: theme["nom"] for theme in _donnees()["themes"]}


@cache
def dessins() -> tuple[Dessin, ...]:
    """Return every drawing, theme by theme."""
    data = _donnees()
    credit = {name: data[name] for name in ("auteur", "source", "licence")}
    return tuple(
        Dessin(row["concept"], theme["cle"], Notice(row["titre"], row["alt"], mots=tuple(row["mots"]), **credit))
        for theme in data["themes"]
        for row in theme["pictogrammes"]
    )
