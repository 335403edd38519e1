"""The communes of Île-de-France, from a file of ours: for development, tests, and networks without a way out."""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from socle.collation import sort_key
from socle.geocodage import Resultat

FICHIER = Path(__file__).resolve().parents[1] / "donnees" / "geo" / "communes.csv"
CODE_POSTAL = re.compile(r"\b\d{5}\b")
ARRONDISSEMENT = re.compile(r"751(\d\d)")


@dataclass(frozen=True)
class Commune:
    """A commune and its town hall."""

    code_insee: str
    nom: str
    departement: str
    longitude: float
    latitude: float
    mots: str


def mots(texte: str) -> str:
    """Return the words of a text, without accents or hyphens, between spaces."""
    plain = re.sub(r"[^a-z0-9]+", " ", sort_key(texte)).strip()
    whole = re.sub(r"\bst(e?)\b", r"saint\1", plain)
    return f" {whole} "


@lru_cache(maxsize=1)
def communes() -> tuple[Commune, ...]:
    with FICHIER.open(encoding="utf-8", newline="") as source:
        return tuple(
            Commune(row["insee"], row["nom"], row["dep"], float(row["lng"]), float(row["lat"]), mots(row["nom"]))
            for row in csv.DictReader(source)
        )


class Communes:
    """Finds the commune named in an address; it knows no street."""

    def chercher(self, texte: str) -> list[Resultat]:
        code = (CODE_POSTAL.findall(texte) or [""])[-1]
        asked = mots(CODE_POSTAL.sub(" ", texte))
        district = ARRONDISSEMENT.fullmatch(code.replace("750", "751", 1))
        found = []
        for each in communes():
            where = asked.rfind(each.mots)
            begins = len(asked) > 3 and each.mots.startswith(asked.rstrip())
            # 75010 is the tenth arrondissement.
            exact = bool(district and each.code_insee == f"751{district[1]}")
            if where >= 0 or begins or exact:
                there = bool(code) and code.startswith(each.departement)
                found.append(((exact, there, where + len(each.mots) if where >= 0 else 0, len(each.mots)), each))
        found.sort(key=lambda pair: pair[0], reverse=True)
        if any(rank[0] or rank[1] for rank, _each in found):
            found = [(rank, each) for rank, each in found if rank[0] or rank[1]]
        return [self.resultat(each, code) for _rank, each in found]

    def resultat(self, commune: Commune, code: str) -> Resultat:
        district = ARRONDISSEMENT.fullmatch(commune.code_insee)
        postal = f"750{district[1]}" if district else code if code.startswith(commune.departement) else ""
        return Resultat(
            libelle=f"{commune.nom} ({commune.departement})",
            latitude=commune.latitude,
            longitude=commune.longitude,
            code_postal=postal,
            commune="Paris" if district else commune.nom,
            code_insee=commune.code_insee,
            departement=commune.departement,
        )
