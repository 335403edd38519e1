"""What the tests of the public forms share."""

import re
from typing import Any

from wagtail.models import Site

from evenements.models import Seance
from tests.factories import EvenementFactory, EvenementPageFactory, accueil
from tests.harness.html import StrictClient

LANGUES = ("fr", "fr-simple", "en", "ar", "es", "pt")
DEMANDE = {
    "nom": "Lou Exemple",
    "courriel": "lou@exemple.test",
    "genre": "usager",
    "departement": "93",
    "structure": "Association des exemples",
    "besoins": ["lsf", "plain_pied"],
    "besoins_texte": "Faire des pauses.",
    "consentement": "on",
    "site_web": "",
}
PRIVE = ("Lou", "lou@exemple.test", "Association des exemples", "pauses")


def site_de_test() -> None:
    """Give the site the address of the test client, so that links of mails can be followed."""
    accueil()
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = "testserver", 80
    site.save()


def date(
    titre: str = "Café du partenariat", langues: tuple[str, ...] = ("fr",), page: Any = None, **faits: Any
) -> Seance:
    """Return the date of an event that has a page in these languages; `page` says how that page is."""
    evenement = EvenementFactory(**faits)
    for langue in langues:
        EvenementPageFactory(evenement=evenement, langue=langue, title=titre, **(page or {}))
    return evenement.seances.get()


def formulaire(seance: Seance, langue: str = "fr") -> str:
    return f"/{langue}/agenda/inscription/{seance.pk}/"


def lien(message: Any, quoi: str = "inscription") -> str:
    """Return the address that a mail gives, of that kind."""
    found = [url for url in re.findall(r"http://testserver(/\S+)", message.body) if f"/{quoi}/" in url]
    assert len(found) == 1, message.body
    return str(found[0])


class Public:
    """Somebody without an account, whose mails leave at once."""

    def __init__(self, client: StrictClient, capture: Any) -> None:
        self.client = client
        self.capture = capture

    def get(self, url: str, **query: str) -> Any:
        return self.client.get(url, query)

    def post(self, url: str, values: dict[str, Any] | None = None) -> Any:
        with self.capture(execute=True):
            return self.client.post(url, values or {})
