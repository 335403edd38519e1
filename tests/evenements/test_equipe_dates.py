"""The dates of an event: what is done to one, to all, who is told, and what the history says."""

import datetime
from functools import partial
from typing import Any

import pytest

from evenements.models import Seance
from socle.dates import today
from socle.models import CourrielASortir
from tests.evenements.equipe import animation, serie, unique, url
from tests.factories.evenements import EvenementFactory, EvenementPageFactory, InscriptionFactory, LieuFactory
from tests.harness.queries import assert_same_cost

pytestmark = pytest.mark.django_db


def texte(html: str) -> str:
    return " ".join(html.split())


def test_a_date_of_a_series_is_cancelled_then_restored() -> None:
    client, _user = animation()
    seance = serie().seances.first()
    assert seance is not None
    one = InscriptionFactory(seance=seance)
    address = url("geste_date", seance.pk, "annuler")
    assert "Une personne reçoit un e-mail" in client.get(address).content.decode()
    assert "Dites pourquoi" in client.post(address, {"motif": ""}).content.decode()
    html = texte(client.post(address, {"motif": "La salle est fermée."}, follow=True).content.decode())
    seance.refresh_from_db()
    assert (seance.statut, seance.motif) == ("annulee", "La salle est fermée.")
    assert "La date est annulée." in html
    assert "Date annulée : " in html
    assert CourrielASortir.objects.filter(destinataire=one.courriel).count() == 1
    assert client.get(address).status_code == 302
    client.post(url("geste_date", seance.pk, "retablir"))
    seance.refresh_from_db()
    assert seance.statut == Seance.Statut.PREVUE


def test_a_date_is_moved_elsewhere() -> None:
    client, _user = animation()
    seance = serie().seances.first()
    assert seance is not None
    place, jour = LieuFactory(), seance.jour + datetime.timedelta(days=1)
    address = url("geste_date", seance.pk, "deplacer")
    sent = {"jour": jour.isoformat(), "heure_debut": "10:00", "heure_fin": "", "mode": "sur_place", "lieu": place.pk}
    assert "celle de la fin" in client.post(address, sent).content.decode()
    sent["jour_fin"] = seance.jour.isoformat()
    assert "vient après le premier" in client.post(address, {**sent, "heure_fin": "12:00"}).content.decode()
    sent |= {"jour_fin": "", "heure_fin": "12:00", "motif": "Travaux."}
    assert client.post(address, sent).status_code == 302
    seance.refresh_from_db()
    assert (seance.jour, seance.lieu, seance.modifiee) == (jour, place, True)


def test_the_seats_of_one_date() -> None:
    client, _user = animation()
    seance = serie(capacite=10).seances.first()
    assert seance is not None
    address = url("geste_date", seance.pk, "places")
    assert "au moins une place" in client.post(address, {"capacite": "0"}).content.decode()
    client.post(address, {"capacite": "12"})
    seance.refresh_from_db()
    assert seance.capacite == 12
    client.post(address, {"capacite": ""})
    seance.refresh_from_db()
    assert seance.capacite is None


@pytest.mark.parametrize(("cle", "statut"), [("annuler", "annule"), ("reporter", "reporte")])
def test_the_whole_event_is_not_held_then_is(cle: str, statut: str) -> None:
    client, _user = animation()
    event = EvenementFactory()
    InscriptionFactory(seance=unique(event))
    address = url("geste", event.pk, cle)
    assert "Une personne reçoit" in client.get(address).content.decode()
    assert "Dites pourquoi" in client.post(address, {}).content.decode()
    client.post(address, {"motif": "Grève."})
    event.refresh_from_db()
    assert (event.statut, event.motif_statut) == (statut, "Grève.")
    assert client.get(address).status_code == 302
    html = texte(client.get(url("dates", event.pk)).content.decode())
    assert "Grève." in html
    client.post(url("geste", event.pk, "retablir"))
    event.refresh_from_db()
    assert event.statut == "prevu"


def test_what_is_over_does_not_change() -> None:
    client, _user = animation()
    past = EvenementFactory(dans=-3)
    for cle in ("annuler", "deplacer", "places"):
        address = url("geste_date", unique(past).pk, cle)
        assert client.get(address).status_code == 302
    response = client.post(url("geste_date", unique(past).pk, "places"), {"capacite": "3"})
    assert "Cette date est passée" in response.content.decode()
    assert unique(past).capacite is None


def test_unknown_addresses_are_not_found() -> None:
    client, _user = animation()
    event = EvenementFactory()
    addresses: list[Any] = [
        url("dates", 0),
        url("geste_date", unique(event).pk, "detruire"),
        url("inscriptions", 0),
        url("inscription_annuler", 0),
    ]
    for address in addresses:
        assert client.get(address, follow=True).status_code == 404


# --- The list ---


def test_to_come_and_past_are_never_mixed() -> None:
    client, _user = animation()
    soon, past, today_one = (
        EvenementFactory(nom="Bientôt"),
        EvenementFactory(nom="Hier", dans=-1),
        EvenementFactory(nom="Aujourd’hui", dans=0),
    )
    empty = EvenementFactory(nom="Sans date", seance=False)
    for query, expected in (
        ("", {soon, today_one, empty}),
        ("?periode=a-venir", {soon, today_one, empty}),
        ("?periode=passes", {past}),
        ("?periode=tous", {soon, past, today_one, empty}),
    ):
        html = client.get(url("liste") + query).content.decode()
        shown = {event for event in (soon, past, today_one, empty) if url("dates", event.pk) in html}
        assert shown == expected, query


def test_filters_and_nonsense() -> None:
    client, user = animation()
    mine = EvenementFactory(nom="Café à moi", responsables=[user], genre="cafe")
    other = EvenementFactory(nom="Webinaire", genre="webinaire", statut="annule", lieu=LieuFactory(nom="Théâtre"))
    EvenementPageFactory(evenement=other)
    for query, expected in (
        ("?q=cafe", {mine}),
        ("?q=theatre", {other}),
        ("?genre=webinaire", {other}),
        ("?etat=annule", {other}),
        ("?etat=brouillon", {mine}),
        ("?miens=on", {mine}),
        ("?q=rien+du+tout", set()),
        ("?genre=n-importe&periode=hier&p=abc", {mine, other}),
    ):
        response = client.get(url("liste") + query)
        html = response.content.decode()
        assert response.status_code == 200
        assert {event for event in (mine, other) if url("dates", event.pk) in html} == expected, query
    assert "choix valide" in client.get(url("liste") + "?genre=n-importe").content.decode()


def test_the_list_tells_seats_and_pages() -> None:
    client, _user = animation()
    event = EvenementFactory(capacite=2)
    EvenementPageFactory(evenement=event)
    EvenementPageFactory(evenement=event, langue="en", brouillon=True)
    InscriptionFactory.create_batch(2, seance=unique(event))
    InscriptionFactory(seance=unique(event), etat="en_attente")
    html = texte(client.get(url("liste")).content.decode())
    assert "2 / 2, 1 en attente" in html
    assert "Complet" in html
    assert "en ligne" in html
    assert "brouillon" in html


def faire(nombre: int) -> None:
    for _rank in range(nombre):
        page = EvenementPageFactory(evenement=EvenementFactory(capacite=5))
        EvenementPageFactory(evenement=page.evenement, langue="en")
        InscriptionFactory(seance=unique(page.evenement))


def test_the_list_costs_the_same_for_one_and_for_ten() -> None:
    client, _user = animation()
    assert_same_cost(faire, partial(client.get, url("liste")), limit=25)


def test_the_dates_cost_the_same_for_one_and_for_ten() -> None:
    client, _user = animation()
    event = serie(1)

    def more(nombre: int) -> None:
        for seance in list(serie(nombre, dans=30 + event.seances.count()).seances.all()):
            seance.evenement = event
            seance.save()
            InscriptionFactory(seance=seance)

    assert_same_cost(more, partial(client.get, url("dates", event.pk)), limit=30)
    assert event.seances.a_venir(today()).count() == 11
