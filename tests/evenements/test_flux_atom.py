"""The announcements of the agenda, as a reader of feeds reads them (RFC 4287)."""

import datetime
from xml.etree import ElementTree as ET

import pytest
from django.http import HttpResponse
from django.test import Client

from evenements.models import EvenementPage
from evenements.operations.evenements import annuler_evenement
from tests.evenements.dates import lundi, serie
from tests.factories import EvenementFactory, EvenementPageFactory, agenda

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
URL = "/fr/agenda/agenda.atom"


def flux(response: HttpResponse) -> ET.Element:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def texte(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def liens(element: ET.Element) -> dict[str, str]:
    return {link.attrib.get("rel", "alternate"): link.attrib["href"] for link in element.findall(f"{ATOM}link")}


def annoncee(page: EvenementPage, jours: int) -> None:
    """Say that a page was first published so many days ago."""
    moment = datetime.datetime(2026, 1, 31, tzinfo=datetime.UTC) - datetime.timedelta(days=jours)
    EvenementPage.objects.filter(pk=page.pk).update(first_published_at=moment, last_published_at=moment)


def test_the_newest_announcement_comes_first(client: Client) -> None:
    for nom, jours in (("Ancienne", 20), ("Nouvelle", 1), ("Moyenne", 10)):
        annoncee(EvenementPageFactory(evenement=EvenementFactory(nom=nom, dans=jours)), jours)
    found = flux(client.get(URL))
    assert [texte(entry, "title") for entry in found.iter(f"{ATOM}entry")] == ["Nouvelle", "Moyenne", "Ancienne"]


def test_a_feed_has_what_the_standard_asks(client: Client) -> None:
    agenda()
    evenement = serie("FREQ=WEEKLY;BYDAY=MO", nom="Café", organisateurs=["ARS (exemple)"])
    EvenementPageFactory(evenement=evenement, resume="Parler <ensemble> & rire.")
    found = flux(client.get(f"{URL}?genre=cafe"))
    assert found.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "fr"
    assert texte(found, "title").startswith("Agenda")
    assert texte(found, "id") == f"http://localhost{URL}?genre=cafe"
    assert liens(found) == {
        "alternate": "http://localhost/fr/agenda/?genre=cafe",
        "self": f"http://localhost{URL}?genre=cafe",
    }
    assert found.findtext(f"{ATOM}author/{ATOM}name")
    [entry] = found.iter(f"{ATOM}entry")
    assert texte(entry, "id").endswith(f":agenda/fr/{evenement.cle}")
    assert texte(entry, "id").startswith("tag:localhost,")
    assert texte(entry, "summary").startswith("Parler <ensemble> & rire.\n")
    assert "chaque semaine, le lundi" in texte(entry, "summary")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "ARS (exemple)"
    assert liens(entry) == {"alternate": "http://localhost/fr/agenda/cafe/"}
    for element in (found, entry):
        assert datetime.datetime.fromisoformat(texte(element, "updated")).tzinfo
    assert texte(found, "updated") == texte(entry, "updated")
    assert datetime.datetime.fromisoformat(texte(entry, "published"))


def test_a_change_of_facts_is_an_update_of_the_same_entry(client: Client) -> None:
    evenement = EvenementFactory(jour=lundi(), nom="Café")
    EvenementPageFactory(evenement=evenement)
    [before] = flux(client.get(URL)).iter(f"{ATOM}entry")
    annuler_evenement(evenement.pk, "Plus de salle")
    [after] = flux(client.get(URL)).iter(f"{ATOM}entry")
    assert texte(before, "id") == texte(after, "id")
    assert texte(before, "updated") < texte(after, "updated")
    assert texte(before, "published") == texte(after, "published")
    assert texte(after, "title") == "Annulé : Café"
    assert "Plus de salle" in texte(after, "summary")


def test_an_empty_feed_is_the_same_at_each_reading(client: Client) -> None:
    agenda()
    first, second = client.get(URL), client.get(URL)
    assert first.content == second.content
    assert list(flux(first).iter(f"{ATOM}entry")) == []
    assert client.get(URL, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_another_language_and_what_is_not_understood(client: Client) -> None:
    evenement = EvenementFactory(jour=lundi(), nom="Café")
    EvenementPageFactory(evenement=evenement)
    EvenementPageFactory(evenement=evenement, langue="ar", title="مقهى", slug="cafe")
    found = flux(client.get("/ar/agenda/agenda.atom"))
    assert found.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "ar"
    assert [texte(entry, "title") for entry in found.iter(f"{ATOM}entry")] == ["مقهى"]
    assert "fete" in texte(flux(client.get(f"{URL}?genre=fete")), "subtitle")


@pytest.mark.parametrize(
    "query", ["?q=%00", "?du=9999-99-99", "?page=-1&page=x", "?lieu=" + "9" * 40, "?q=" + "é" * 500]
)
@pytest.mark.parametrize("name", ["agenda.atom", "agenda.ics"])
def test_no_question_breaks_a_feed(client: Client, name: str, query: str) -> None:
    EvenementPageFactory()
    assert client.get(f"/fr/agenda/{name}{query}", follow=True).status_code == 200
