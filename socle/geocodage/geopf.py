"""The national service of addresses: https://data.geopf.fr/geocodage (no key, 50 requests per second)."""

import json
import logging
import math
from typing import Any

from urllib3 import PoolManager, Timeout
from urllib3.exceptions import HTTPError

from socle.geocodage import RESULTATS_MAX, GeocodageIndisponibleError, Resultat
from socle.geographie import Departement

logger = logging.getLogger(__name__)

ADRESSE = "https://data.geopf.fr/geocodage/search"
# Between equals, the nearest to the middle of the region comes first.
CENTRE = {"lat": "48.7", "lon": "2.5"}
ATTENTE = Timeout(connect=2, read=4)
TAILLE_MAX = 256 * 1024


class Geoplateforme:
    """Asks the service over https, without following it elsewhere nor waiting for long."""

    def chercher(self, texte: str) -> list[Resultat]:
        content = self.demander({"q": texte, "limit": str(RESULTATS_MAX), "index": "address", **CENTRE})
        try:
            features = json.loads(content)["features"]
            return [found for feature in features if (found := lire(feature))]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            logger.warning("The service of addresses answered what cannot be read: %s", type(error).__name__)
            raise GeocodageIndisponibleError from error

    def demander(self, query: dict[str, str]) -> bytes:
        """Return the body of the answer. What is looked for is in no record."""
        try:
            with PoolManager(num_pools=1, retries=False, timeout=ATTENTE) as pool:
                answer = pool.request(
                    "GET",
                    ADRESSE,
                    fields=query,
                    headers={"Accept": "application/json"},
                    redirect=False,
                    preload_content=False,
                )
                content: bytes = answer.read(TAILLE_MAX + 1, decode_content=True)
        except (HTTPError, OSError) as error:
            logger.warning("The service of addresses did not answer: %s", type(error).__name__)
            raise GeocodageIndisponibleError from error
        if answer.status != 200 or len(content) > TAILLE_MAX:
            logger.warning("The service of addresses answered %s, %s bytes", answer.status, len(content))
            raise GeocodageIndisponibleError
        return content


def lire(feature: dict[str, Any]) -> Resultat | None:
    """Return what a feature says of a place; None where it has no position."""
    facts = feature["properties"]
    longitude, latitude = (float(each) for each in feature["geometry"]["coordinates"][:2])
    if not (math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        return None

    def dit(name: str, size: int) -> str:
        return str(facts.get(name) or "").strip()[:size]

    code_insee = dit("citycode", 5)
    departement = code_insee[:2] if code_insee[:2] in Departement.values else ""
    # A whole commune has no street: its name would be taken for one.
    adresse = "" if facts.get("type") == "municipality" else dit("name", 200)
    return Resultat(
        libelle=dit("label", 300) or dit("name", 200),
        latitude=round(latitude, 6),
        longitude=round(longitude, 6),
        adresse=adresse,
        code_postal=dit("postcode", 5),
        commune=dit("city", 100),
        code_insee=code_insee,
        departement=departement,
    )
