"""The places of the demonstration: none of them exists, their towns do."""

import datetime

from home.demo import sources
from home.demo.sources import Data
from socle.models import FermetureLieu, HoraireLieu, Lieu

COLONNES = (
    *("nom", "adresse", "complement", "code_postal", "commune", "code_insee", "departement"),
    *("latitude", "longitude", "accessibilite", "acces", "telephone", "courriel"),
)
ANNEES = 2


def semer_lieux(today: datetime.date) -> dict[str, Lieu]:
    """Create the places that are missing; return all of them by key."""
    rows = sources.lieux()
    names = [data["nom"] for data in rows.values()]
    existing = {lieu.nom: lieu for lieu in Lieu.objects.filter(nom__in=names)}
    found = {}
    for cle, data in rows.items():
        lieu = existing.get(data["nom"])
        if lieu is None:
            lieu = Lieu.objects.create(**{name: data[name] for name in COLONNES if name in data})
            HoraireLieu.objects.bulk_create(
                HoraireLieu(lieu=lieu, **_heures(row)) for row in data.get("horaires") or ()
            )
            FermetureLieu.objects.bulk_create(
                FermetureLieu(lieu=lieu, du=du, au=au, motif=motif) for du, au, motif in fermetures(data, today)
            )
        found[cle] = lieu
    return found


def _heures(row: Data) -> Data:
    return {**row, "debut": heure(row["debut"]), "fin": heure(row["fin"])}


def heure(texte: str) -> datetime.time:
    return datetime.time.fromisoformat(texte)


def fermetures(data: Data, today: datetime.date) -> list[tuple[datetime.date, datetime.date, str]]:
    """Closures of last year, this one and those to come: "MM-JJ" in the file, an end before the beginning is later."""
    rows = []
    for year in range(today.year - 1, today.year + ANNEES):
        for row in data.get("fermetures") or ():
            du, au = _jour(year, row["du"]), _jour(year, row["au"])
            rows.append((du, au if du <= au else _jour(year + 1, row["au"]), row["motif"]))
    return rows


def _jour(year: int, texte: str) -> datetime.date:
    return datetime.date.fromisoformat(f"{year}-{texte}")
